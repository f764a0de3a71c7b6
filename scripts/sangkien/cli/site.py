"""Commands of the site: publish, demo."""

import click

COMMANDS: tuple[click.Command, ...] = ()
