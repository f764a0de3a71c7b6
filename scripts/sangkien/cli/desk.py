"""Commands of the desk: form parse."""

from pathlib import Path

import click

from sangkien.cli.exits import FINDINGS
from sangkien.render import answers
from sangkien.workflow import form as form_step

EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def form() -> None:
    """Read issue forms."""


@form.command("parse")
@click.argument("body", type=EXISTING)
@click.option("--template", type=EXISTING, required=True, help="The issue form's YAML file.")
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def parse(ctx: click.Context, body: Path, template: Path, style: str) -> None:
    """Read the answers of a form out of an issue's body; exit code 1 when something is to be mended."""
    texts = [path.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff") for path in (template, body)]
    submission = form_step.parse(*texts)
    click.echo(answers.as_json(submission) if style == "json" else answers.as_text(submission))
    ctx.exit(FINDINGS if submission.findings else 0)


COMMANDS: tuple[click.Command, ...] = (form,)
