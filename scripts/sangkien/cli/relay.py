"""Commands of the relay: relay serve, check, clone, retry, backup, restore; relay clerk add, list, remove."""

import datetime
import os
from contextlib import closing
from pathlib import Path

import click

from sangkien.adapters import safekeeping
from sangkien.adapters.clerks import Clerks
from sangkien.adapters.git import Git
from sangkien.adapters.ledger import Ledger
from sangkien.adapters.outbox import Outbox
from sangkien.adapters.store import Store
from sangkien.cli.exits import FINDINGS, USAGE
from sangkien.cli.relay_settings import OF_THE_DESK, sound, tell
from sangkien.domain.clerk import read_id
from sangkien.domain.errors import UsageError
from sangkien.domain.gazetteer import Gazetteer
from sangkien.relay import readiness, serve
from sangkien.relay.service import connect, only_one
from sangkien.relay.settings import BOOK, SECRET, Fault, Settings, read, secret_of
from sangkien.render.messages import say
from sangkien.workflow.new import open_desk

_FILE = click.Path(dir_okay=False, path_type=Path)
_SETTINGS = click.option("--settings", "path", type=_FILE, required=True, help="The settings, a TOML file.")


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
    tell(faults)
    if any(not fault.mild for fault in faults):
        ctx.exit(USAGE)
    serve.run(settings)


@relay.command("check")
@_SETTINGS
@click.pass_context
def check(ctx: click.Context, path: Path) -> None:
    """Check the settings and what they lead to; exit code 1 when something is to be mended."""
    _, faults = _read(path)
    tell(faults)
    if any(not fault.mild for fault in faults):
        ctx.exit(FINDINGS)
    click.echo(say("relay-fine"))


@relay.command("clone")
@_SETTINGS
def clone(path: Path) -> None:
    """Clone the desk's repository to where the settings want it, with the App's own token."""
    settings = sound(path, but=("root",))
    forge = connect(settings)
    Git(settings.root).clone(forge.clone_address(), forge.token())
    click.echo(say("relay-cloned", path=settings.root))


@relay.command("retry")
@_SETTINGS
def retry(path: Path) -> None:
    """Try again what the desk refused so often that it was set apart; the relay may run meanwhile."""
    settings = sound(path, but=OF_THE_DESK)
    with closing(Ledger(settings.data / BOOK)) as ledger:
        click.echo(say("relay-retry", count=Outbox(ledger).retry_apart()))


@relay.command("backup")
@_SETTINGS
@click.argument("file", type=_FILE)
def backup(path: Path, file: Path) -> None:
    """Write a copy of all that is stored, with the secret, while the relay runs on."""
    settings = sound(path, but=OF_THE_DESK)
    safekeeping.backup(settings.data / BOOK, settings.data / SECRET, file)
    click.echo(say("relay-saved", path=file))


@relay.command("restore")
@_SETTINGS
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Put it in the place of what is stored now.")
def restore(path: Path, file: Path, force: bool) -> None:  # noqa: FBT001  # click passes flags by name
    """Bring back what a copy holds; what had reached the desk meanwhile is not carried again."""
    settings = sound(path, but=("secret", *OF_THE_DESK))
    book, secret = settings.data / BOOK, settings.data / SECRET
    lock = only_one(settings.data)
    try:
        if not force and (book.exists() or secret.exists()):
            raise UsageError("relay-full", path=settings.data)
        waiting = safekeeping.restore(file, book, secret)
    finally:
        os.close(lock)
    click.echo(say("relay-restored", count=waiting))


@relay.group("clerk")
def clerk() -> None:
    """Say who may bring whole sheets to the relay; nobody's name is kept. The relay may run meanwhile."""


@clerk.command("add")
@_SETTINGS
@click.argument("unit")
def add(path: Path, unit: str) -> None:
    """Enter a clerk of a unit (its name or id) and print id and pass phrase, the phrase this once."""
    settings = sound(path, but=OF_THE_DESK)
    desk = open_desk(Store(settings.root))
    today = datetime.datetime.now(desk.zone).date().isoformat()
    found = unit if unit in desk.books.units else Gazetteer(desk.books).find(unit, today).key
    if found is None:
        raise UsageError("import-unit", value=unit)
    secret_of(settings.data)  # a book without its secret is told of as broken
    with closing(Ledger(settings.data / BOOK)) as ledger:
        key, phrase = Clerks(ledger).add(found, today)
    click.echo(say("clerk-added", unit=found, id=key, phrase=phrase, address=f"{settings['address']}can-bo/"))


@clerk.command("list")
@_SETTINGS
def list_(path: Path) -> None:
    """List the clerks: id, unit, since when."""
    settings = sound(path, but=OF_THE_DESK)
    with closing(Ledger(settings.data / BOOK)) as ledger:
        for one in Clerks(ledger).all():
            click.echo(f"{one.id}  {one.unit}  {one.since}")


@clerk.command("remove")
@_SETTINGS
@click.argument("key", metavar="ID")
@click.pass_context
def remove(ctx: click.Context, path: Path, key: str) -> None:
    """Remove a clerk, who is signed out at once; exit code 1 when there is none of that id."""
    settings = sound(path, but=OF_THE_DESK)
    with closing(Ledger(settings.data / BOOK)) as ledger:
        is_gone = Clerks(ledger).remove(read_id(key))
    click.echo(say("clerk-removed" if is_gone else "clerk-unknown", id=key))
    if not is_gone:
        ctx.exit(FINDINGS)


def _read(path: Path) -> tuple[Settings, list[Fault]]:
    settings, faults = read(path, os.environ)
    return settings, faults or readiness.faults(settings)


COMMANDS: dict[str, click.Command] = {"relay": relay}
