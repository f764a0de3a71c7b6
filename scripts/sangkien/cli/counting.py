"""Commands that count: ballot parse, tally, conclude, verify."""

import datetime
import json
import os
import zoneinfo
from pathlib import Path
from typing import Any

import click

from sangkien.adapters.git import Git
from sangkien.adapters.pool import Pool
from sangkien.adapters.published import documents
from sangkien.adapters.sealing import Keyring, keep, new_key, seal
from sangkien.adapters.store import Store
from sangkien.cli.desk import desk_tally
from sangkien.cli.exits import FINDINGS
from sangkien.cli.records import relative
from sangkien.domain import notation
from sangkien.domain.ballot import SEALED
from sangkien.domain.ballot import fences as fences_in
from sangkien.domain.errors import UsageError
from sangkien.render import counting as told
from sangkien.render.messages import say
from sangkien.render.reporters import FORMATS
from sangkien.workflow import ballot as ballot_step
from sangkien.workflow import conclude as conclude_step
from sangkien.workflow import verify as verify_step
from sangkien.workflow.new import open_desk

EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
FORM = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
DAY = click.option(
    "--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day seats are looked up; today if absent."
)


def record_in(path: Path) -> Any:
    """Read a YAML record given by path; raises UsageError when it cannot be read."""
    document = notation.parse(path.read_bytes(), str(path))
    if document.record is None:
        raise UsageError("bad-file", path=path)
    return document.record


def json_in(path: Path) -> Any:
    """Read a JSON file given by path; raises UsageError when it cannot be read."""
    try:
        return json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise UsageError("bad-file", path=path) from error


def today(ctx: click.Context) -> str:
    """Give the day it is where the movement is; outside a repository, here."""
    try:
        zone: zoneinfo.ZoneInfo | None = open_desk(ctx.obj()).zone
    except UsageError:
        zone = None
    return datetime.datetime.now(zone).date().isoformat()


@click.group()
def ballot() -> None:
    """Read ballots out of review bodies."""


@ballot.command("parse")
@click.argument("file", type=EXISTING)
@click.option("--rubric", type=EXISTING, required=True, help="The rubric's YAML file.")
@FORM
@click.pass_context
def parse(ctx: click.Context, file: Path, rubric: Path, form: str) -> None:
    """Read the ballot in one review body.

    Exit code 0 with a ballot, a sealed one or none at all; 1 when something is to be mended.
    """
    body = file.read_bytes().decode("utf-8", "replace")
    reading = ballot_step.parse(body, record_in(rubric))
    render = told.ballot_as_json if form == "json" else told.ballot_as_text
    click.echo(render(reading, str(file)))
    ctx.exit(FINDINGS if reading.findings else 0)


@ballot.command("key")
@click.argument("file", type=click.Path(exists=False, path_type=Path))
def key(file: Path) -> None:
    """Make a key for sealed ballots: the private part into FILE, which must not exist, the public part printed."""
    private, public = new_key()
    try:
        keep(file, private)
    except OSError as error:
        raise UsageError("key-file", path=file) from error
    click.echo(public)


@ballot.command("seal")
@click.argument("file", type=EXISTING)
@click.option("--to", "recipients", multiple=True, required=True, help="A public key, age1…; once for each.")
def seal_ballot(file: Path, recipients: tuple[str, ...]) -> None:
    """Seal the ballot in FILE as the score page does, ready to be put into a review."""
    try:
        sealed = seal(file.read_bytes().decode("utf-8", "replace"), recipients)
    except ValueError as error:
        raise UsageError("bad-key") from error
    click.echo(f"```{SEALED}\n{sealed.rstrip()}\n```")


@ballot.command("open")
@click.argument("file", type=EXISTING)
@click.option("--key", "keys", type=EXISTING, required=True, help="The file that holds the private key.")
@click.pass_context
def open_ballot(ctx: click.Context, file: Path, keys: Path) -> None:
    """Open the sealed ballot in FILE with a private key; exit code 1 when it does not open."""
    fences = [f.text for f in fences_in(file.read_bytes().decode("utf-8", "replace")) if f.info == SEALED]
    texts = [text for fence in fences if (text := Keyring(keys.read_text(encoding="utf-8")).open(fence.strip()))]
    click.echo("\n".join(texts) if texts else say("not-opened"))
    ctx.exit(0 if texts else FINDINGS)


@click.command()
@click.option("--rubric", type=EXISTING)
@click.option("--council", type=EXISTING)
@click.option("--idea", type=EXISTING)
@click.option("--reviews", type=EXISTING, help="GitHub's list of reviews, as JSON.")
@click.option("--digests", type=EXISTING, help="JSON: commit → scored digest; without it every review is fresh.")
@click.option("--number", type=int, help="At the desk: the pull request or issue somebody just wrote under.")
@DAY
@FORM
@click.pass_context
def tally(
    ctx: click.Context,
    rubric: Path | None,
    council: Path | None,
    idea: Path | None,
    reviews: Path | None,
    digests: Path | None,
    number: int | None,
    day: datetime.datetime | None,
    form: str,
) -> None:
    """Count reviews by the rules, exactly: those in the files given, or without any at the desk.

    At the desk every idea before the council is counted anew; GITHUB_REPOSITORY, GITHUB_TOKEN, GITHUB_API_URL,
    GITHUB_SERVER_URL, SCORE_PAGE, BALLOT_KEYS and PUBLISH are read from the environment.
    """
    if not any((rubric, council, idea, reviews, digests, day)):
        desk_tally(ctx.obj(), number)
        return
    if not (rubric and council and idea and reviews):
        raise UsageError("tally-files")
    rubric_record = record_in(rubric)
    result = ballot_step.tally(
        rubric_record,
        record_in(council),
        record_in(idea),
        json_in(reviews),
        json_in(digests) if digests else None,
        day.date().isoformat() if day else today(ctx),
    )
    if form == "json":
        click.echo(told.tally_as_json(result))
    else:
        click.echo(told.tally_as_text(result, ballot_step.rubric_of(rubric_record)))


@click.command()
@click.argument("folder")
@click.option("--reviews", type=EXISTING, required=True, help="GitHub's list of reviews, as JSON.")
@click.option("--digests", type=EXISTING, help="JSON: commit → scored digest.")
@click.option(
    "--outcome", type=click.Choice(["cong-nhan", "bo-sung", "khong-cong-nhan"]), help="By default the result."
)
@click.option("--reasons", default="", help="The council's words; needed when the outcome is not the result.")
@click.option("--session", help="The session in which it was concluded.")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day of the conclusion.")
@click.pass_context
def conclude(
    ctx: click.Context,
    folder: str,
    reviews: Path,
    digests: Path | None,
    outcome: str | None,
    reasons: str,
    session: str | None,
    day: datetime.datetime,
) -> None:
    """Write the council's conclusion on the idea in FOLDER as a new record beside it."""
    store: Store = ctx.obj()
    (inside,) = relative(store, (folder,)) or [""]
    path = conclude_step.conclude(
        store,
        Git(store.root),
        inside,
        json_in(reviews),
        json_in(digests) if digests else None,
        conclude_step.Word(outcome=outcome, reasons=reasons, session=session),
        day.date().isoformat(),
    )
    click.echo(told.concluded(path))


@click.command()
@click.argument("folders", nargs=-1, metavar="[IDEA_FOLDER]...")
@click.option("--all", "everything", is_flag=True, help="Recount every idea (also the default without a folder).")
@click.option("--against", type=EXISTING, help="A register.json published earlier: what it told must still stand.")
@FORM
@click.pass_context
def verify(
    ctx: click.Context,
    folders: tuple[str, ...],
    everything: bool,  # noqa: FBT001  # click passes flags by name
    against: Path | None,
    form: str,
) -> None:
    """Recount every conclusion from its stored marks, offline, and check decisions and references."""
    store: Store = ctx.obj()
    report = verify_step.verify(
        store,
        Git(store.root),
        Pool(os.cpu_count() or 1),
        () if everything else relative(store, folders),
        documents(against) if against else (),
    )
    text = told.verified(report.findings, report.checked)
    click.echo(FORMATS["json"](report.findings, report.checked) if form == "json" else text)
    ctx.exit(FINDINGS if report.errors else 0)


COMMANDS: dict[str, click.Command] = {"ballot": ballot, "tally": tally, "conclude": conclude, "verify": verify}
