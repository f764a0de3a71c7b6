"""Commands for what people ask about their own data: requests, contact, held, consents."""

import datetime
import sys
from pathlib import Path

import click

from sangkien.adapters.sealing import Keyring, recipients, seal
from sangkien.adapters.store import Store
from sangkien.cli.desk import forge
from sangkien.cli.exits import FINDINGS
from sangkien.cli.nominate import is_in_git
from sangkien.cli.records import day_in
from sangkien.domain import layout, terms
from sangkien.domain.errors import UsageError
from sangkien.domain.records import DataRequestRecord
from sangkien.render import held as held_words
from sangkien.render.desk import label
from sangkien.render.privacy import asked as asked_in_words
from sangkien.render.privacy import audit as audit_in_words
from sangkien.render.privacy import request as request_in_words
from sangkien.render.privacy import told
from sangkien.workflow import consents as consents_step
from sangkien.workflow import contact as contact_step
from sangkien.workflow import held as held_step
from sangkien.workflow import requests as requests_step
from sangkien.workflow.new import open_desk

_KINDS = click.Choice(["xem", "sua", "rut-dong-y", "xoa", "han-che", "phan-doi"])
_OUTCOMES = click.Choice(["da-lam", "mot-phan", "khong-lam", "da-rut"])
_DOORS = click.Choice(["truc-tiep", "giay", "dien-thoai", "bieu-mau", "trang-gui"])
_KEY = click.option(
    "--key",
    "key_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The office's private key, kept outside any repository.",
)
_DAY = click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day; today if not given.")


def day_of(store: Store, day: datetime.datetime | None) -> str:
    """Give the day named, or the day it is where the movement is."""
    return day.date().isoformat() if day else day_in(open_desk(store).books)


def _keys(key_file: Path | None) -> Keyring:
    if key_file and is_in_git(key_file.parent):
        raise UsageError("key-in-git")
    return Keyring(key_file.read_text(encoding="utf-8", errors="replace") if key_file else "")


@click.group(invoke_without_command=True)
@click.option("--forge", "ask_forge", is_flag=True, help="Also list what was asked on GitHub and is still open there.")
@_DAY
@click.pass_context
def requests(
    ctx: click.Context,
    ask_forge: bool,  # noqa: FBT001  # click passes flags by name
    day: datetime.datetime | None,
) -> None:
    """List people's open requests about their data by the day they are due; exit code 1 when one is overdue."""
    if ctx.invoked_subcommand:
        return
    step, today = _log(ctx, day)
    waiting = step.waiting(today)
    for one in waiting:
        click.echo(request_in_words(one.request, one.due, step.schemas, overdue=one.overdue))
    if not waiting:
        click.echo(told("requests", "none"))
    asked = step.on_forge(forge(), label("privacy"), today) if ask_forge else []
    for one in asked:
        click.echo(asked_in_words(one.request, one.due, overdue=one.overdue))
    ctx.exit(FINDINGS if any(one.overdue for one in (*waiting, *asked)) else 0)


def _log(ctx: click.Context, day: datetime.datetime | None) -> tuple[requests_step.Requests, str]:
    step = requests_step.Requests(ctx.obj())
    return step, day.date().isoformat() if day else day_in(step.books)


@requests.command("new")
@click.argument("people", nargs=-1, required=True, metavar="PERSON...")
@click.option("--kind", type=_KINDS, required=True, help="What they ask for.")
@click.option("--door", type=_DOORS, required=True, help="How the request came.")
@_DAY
@click.pass_context
def new_request(
    ctx: click.Context, people: tuple[str, ...], kind: str, door: str, day: datetime.datetime | None
) -> None:
    """Write a request down by the ids of who asks; a second run finds the first one's record."""
    step, on = _log(ctx, day)
    _tell(step, step.new(people, kind, door, on))


@requests.command("answer")
@click.argument("request", metavar="ID")
@_DAY
@click.pass_context
def answer_request(ctx: click.Context, request: str, day: datetime.datetime | None) -> None:
    """Write down that who asked was told what is going to be done."""
    step, on = _log(ctx, day)
    _tell(step, step.answer(request, on))


@requests.command("close")
@click.argument("request", metavar="ID")
@click.option("--outcome", type=_OUTCOMES, required=True, help="What became of it.")
@click.option("--reason", default="", help="Why only in part, or not; without any name.")
@_DAY
@click.pass_context
def close_request(ctx: click.Context, request: str, outcome: str, reason: str, day: datetime.datetime | None) -> None:
    """Write down that a request is done, or why it cannot be."""
    step, on = _log(ctx, day)
    _tell(step, step.close(request, on, outcome, reason))


def _tell(step: requests_step.Requests, record: DataRequestRecord) -> None:
    line = request_in_words(record, terms.due(record, step.books.lists), step.schemas, overdue=False)
    click.echo(told("requests", "written", path=layout.path_of("data_request", record["id"]), told=line))


@click.group()
def contact() -> None:
    """Open, reseal and check people's sealed contacts."""


@contact.command("open")
@click.argument("person")
@_KEY
@click.option("--reason", required=True, help="Why it is opened; without any name or number.")
@click.option("--really", is_flag=True, help="Open it although the output is a file or a pipe.")
@_DAY
@click.pass_context
def open_contact(
    ctx: click.Context,
    person: str,
    key_file: Path | None,
    reason: str,
    really: bool,  # noqa: FBT001  # click passes flags by name
    day: datetime.datetime | None,
) -> None:
    """Show one contact on the screen, and write day and reason into the person's record."""
    if not really and not sys.stdout.isatty():
        raise UsageError("contact-screen")
    store: Store = ctx.obj()
    opened = contact_step.Contacts(store, _keys(key_file)).open(person, reason, day_of(store, day))
    if opened is None:
        click.echo(told("contact", "not_opened", person=person), err=True)
        ctx.exit(FINDINGS)
    click.echo(opened)
    click.echo(told("contact", "logged", path=layout.path_of("person", person)), err=True)


@contact.command("seal")
@_KEY
@click.pass_context
def seal_contacts(ctx: click.Context, key_file: Path | None) -> None:
    """Seal every contact anew to the keys the movement names now; exit code 1 when some did not open."""
    step = contact_step.Contacts(ctx.obj(), _keys(key_file))
    if not step.public_keys:
        raise UsageError("contact-no-keys")
    done, unopened = step.seal_anew(seal)
    for person in unopened:
        click.echo(told("contact", "unopened", person=person))
    click.echo(told("contact", "sealed", count=len(done), keys=len(step.public_keys)))
    ctx.exit(FINDINGS if unopened else 0)


@contact.command("check")
@_KEY
@click.pass_context
def check_contacts(ctx: click.Context, key_file: Path | None) -> None:
    """Tell which contacts are sealed to other keys than today's; exit code 1 when some are."""
    step = contact_step.Contacts(ctx.obj(), _keys(key_file))
    needed, found = len(step.public_keys), step.check(recipients)
    other = [one for one in found if one.keys != needed]
    unknown = [one for one in found if one.opens is False]
    click.echo(told("contact", "check_count", count=len(found), keys=needed))
    for one in other:
        click.echo(told("contact", "check_other", person=one.person, found=one.keys, keys=needed))
    for one in unknown:
        click.echo(told("contact", "check_unknown", person=one.person))
    if key_file and not other and not unknown:
        click.echo(told("contact", "check_fine"))
    ctx.exit(FINDINGS if other or unknown else 0)


@click.command()
@click.argument("people", nargs=-1, required=True, metavar="PERSON...")
@_KEY
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@_DAY
@click.pass_context
def held(
    ctx: click.Context, people: tuple[str, ...], key_file: Path | None, form: str, day: datetime.datetime | None
) -> None:
    """Tell all that is held on a person, to be handed over to them.

    With a key also the contact, whose opening is written down.
    """
    store: Store = ctx.obj()
    holder = held_step.Holder(store)
    holdings = holder.held(people)
    contacts: dict[str, str | None] = {}
    on = day_of(store, day)
    if key_file:
        opener = contact_step.Contacts(store, _keys(key_file))
        sealed = [h.record["id"] for h in holdings if h.kind == "person" and "contact" in h.record]
        contacts = {person: opener.open(person, told("held", "reason"), on) for person in sealed}
    if form == "json":
        click.echo(held_words.as_json(people, holdings, contacts, on))
    else:
        teller = held_words.Teller(holder.schemas, holder.books)
        click.echo(teller.text(people, holdings, contacts, on), nl=False)


@click.command()
@_DAY
@click.pass_context
def consents(ctx: click.Context, day: datetime.datetime | None) -> None:
    """Tell in figures and ids who is shown with what consent; exit code 1 when somebody is shown beyond it."""
    store: Store = ctx.obj()
    found = consents_step.consents(store, day_of(store, day))
    click.echo(audit_in_words(found))
    ctx.exit(FINDINGS if found.errors else 0)


COMMANDS: dict[str, click.Command] = {"requests": requests, "contact": contact, "held": held, "consents": consents}
