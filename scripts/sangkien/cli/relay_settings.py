"""The settings of a relay, as its commands and those that leave it something need them."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from sangkien.domain.errors import UsageError
from sangkien.relay.settings import Fault, Settings, read
from sangkien.render.messages import say
from sangkien.render.relay_settings import fault as fault_words

OF_THE_DESK = ("no_key", "key_file", "key_open", "root")  # faults that matter only to who goes there


def sound(path: Path, but: Sequence[str]) -> Settings:
    """Read settings that are sound but for some faults; raises UsageError when all others are told."""
    settings, faults = read(path, os.environ)
    wrong = [fault for fault in faults if not fault.mild and fault.key not in but]
    if wrong:
        tell(wrong)
        raise UsageError("relay-settings")
    return settings


def tell(faults: Iterable[Fault]) -> None:
    """Say what is to be mended in settings."""
    for fault in faults:
        sentence, cure = fault_words(fault.key, **fault.params)
        click.echo(f"{say('hint' if fault.mild else 'error')}: {sentence}\n  {say('cure')}: {cure}", err=True)
