"""Commands of the relay: relay serve, check, clone, retry, backup, restore."""

import os
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

import click

from sangkien.adapters import safekeeping
from sangkien.adapters.git import Git
from sangkien.adapters.ledger import Ledger
from sangkien.adapters.outbox import Outbox
from sangkien.cli.exits import FINDINGS, USAGE
from sangkien.domain.errors import UsageError
from sangkien.relay import readiness, serve
from sangkien.relay.service import connect, only_one
from sangkien.relay.settings import BOOK, SECRET, Fault, Settings, read
from sangkien.render.messages import say
from sangkien.render.relay_settings import fault as fault_words

_FILE = click.Path(dir_okay=False, path_type=Path)
_SETTINGS = click.option("--settings", "path", type=_FILE, required=True, help="The settings, a TOML file.")
_OF_THE_DESK = ("no_key", "key_file", "key_open", "root")  # faults that matter only to who goes there


@click.group()
def relay() -> None:
    """Take ideas from people without an account, and carry them to the desk."""


@relay.command("serve")
@_SETTINGS
@click.pass_context
def serve_command(ctx: click.Context, path: Path) -> None:
    """Serve the pages, store what is sent, and carry it to the desk, until stopped.

    The App's key is a file the settings name; GITHUB_TOKEN takes its place for trying out, and RELAY_METRICS_TOKEN
    opens the figures to who shows it.
    """
    settings, faults = _read(path)
    _tell(faults)
    if any(not fault.mild for fault in faults):
        ctx.exit(USAGE)
    serve.run(settings)


@relay.command("check")
@_SETTINGS
@click.pass_context
def check(ctx: click.Context, path: Path) -> None:
    """Check the settings and what they lead to; exit code 1 when something is to be mended."""
    _, faults = _read(path)
    _tell(faults)
    if any(not fault.mild for fault in faults):
        ctx.exit(FINDINGS)
    click.echo(say("relay-fine"))


@relay.command("clone")
@_SETTINGS
def clone(path: Path) -> None:
    """Clone the desk's repository to where the settings want it, with the App's own token."""
    settings = _sound(path, but=("root",))
    forge = connect(settings)
    Git(settings.root).clone(forge.clone_address(), forge.token())
    click.echo(say("relay-cloned", path=settings.root))


@relay.command("retry")
@_SETTINGS
def retry(path: Path) -> None:
    """Try again what the desk refused so often that it was set apart; the relay may run meanwhile."""
    settings = _sound(path, but=_OF_THE_DESK)
    with closing(Ledger(settings.data / BOOK)) as ledger:
        click.echo(say("relay-retry", count=Outbox(ledger).retry_apart()))


@relay.command("backup")
@_SETTINGS
@click.argument("file", type=_FILE)
def backup(path: Path, file: Path) -> None:
    """Write a copy of all that is stored, with the secret, while the relay runs on."""
    settings = _sound(path, but=_OF_THE_DESK)
    safekeeping.backup(settings.data / BOOK, settings.data / SECRET, file)
    click.echo(say("relay-saved", path=file))


@relay.command("restore")
@_SETTINGS
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Put it in the place of what is stored now.")
def restore(path: Path, file: Path, force: bool) -> None:  # noqa: FBT001  # click passes flags by name
    """Bring back what a copy holds; what had reached the desk meanwhile is not carried again."""
    settings = _sound(path, but=("secret", *_OF_THE_DESK))
    book, secret = settings.data / BOOK, settings.data / SECRET
    lock = only_one(settings.data)
    try:
        if not force and (book.exists() or secret.exists()):
            raise UsageError("relay-full", path=settings.data)
        waiting = safekeeping.restore(file, book, secret)
    finally:
        os.close(lock)
    click.echo(say("relay-restored", count=waiting))


def _read(path: Path) -> tuple[Settings, list[Fault]]:
    settings, faults = read(path, os.environ)
    return settings, faults or readiness.faults(settings)


def _sound(path: Path, but: Sequence[str]) -> Settings:
    settings, faults = read(path, os.environ)
    wrong = [fault for fault in faults if not fault.mild and fault.key not in but]
    if wrong:
        _tell(wrong)
        raise UsageError("relay-settings")
    return settings


def _tell(faults: Iterable[Fault]) -> None:
    for fault in faults:
        sentence, cure = fault_words(fault.key, **fault.params)
        click.echo(f"{say('hint' if fault.mild else 'error')}: {sentence}\n  {say('cure')}: {cure}", err=True)


COMMANDS: dict[str, click.Command] = {"relay": relay}
