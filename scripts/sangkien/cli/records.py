"""Commands on records: validate, explain, new, fmt."""

import datetime
import os
import secrets
from pathlib import Path

import click

from sangkien.adapters.pool import Pool
from sangkien.adapters.store import Store
from sangkien.cli.exits import FINDINGS
from sangkien.domain.books import Books
from sangkien.domain.errors import UsageError
from sangkien.domain.finding import Code
from sangkien.render.interview import Interview
from sangkien.render.messages import explain as words_of
from sangkien.render.messages import say
from sangkien.render.reporters import FORMATS
from sangkien.workflow import fmt as fmt_step
from sangkien.workflow import new as new_step
from sangkien.workflow import validate as validate_step
from sangkien.workflow.new import zone_of


def relative(store: Store, paths: tuple[str, ...]) -> list[str]:
    """Turn paths as typed into paths relative to the repository; raises UsageError for what is not there."""
    found = []
    for path in paths:
        place = Path(path) if Path(path).is_absolute() else Path.cwd() / path
        if not os.path.lexists(place):
            raise UsageError("no-such-file", path=path)
        try:
            inner = Path(os.path.normpath(place)).relative_to(store.root).as_posix()
        except ValueError as error:
            raise UsageError("no-such-file", path=path) from error
        found.append("" if inner == "." else inner)
    return [] if "" in found else found


def day_in(books: Books) -> str:
    """Give the day it is where the movement is."""
    return datetime.datetime.now(zone_of(books)).date().isoformat()


@click.command()
@click.argument("paths", nargs=-1, metavar="[FILE_OR_FOLDER]...")
@click.option("--format", "form", type=click.Choice(sorted(FORMATS)), default="text", show_default=True)
@click.pass_context
def validate(ctx: click.Context, paths: tuple[str, ...], form: str) -> None:
    """Check records: the whole repository, or only the files and folders named.

    Everything to mend is listed at once, best first, each with its cure.
    """
    store: Store = ctx.obj()
    report = validate_step.validate(store, Pool(os.cpu_count() or 1), relative(store, paths), today=day_in)
    click.echo(FORMATS[form](report.findings, report.checked))
    ctx.exit(FINDINGS if report.errors else 0)


@click.command()
@click.argument("code")
def explain(code: str) -> None:
    """Tell what a code such as E309 means, how to mend it, and how it looks when right."""
    try:
        words = words_of(Code(code.upper()))
    except ValueError as error:
        raise UsageError("no-such-code", code=code) from error
    click.echo(f"{code.upper()}: {words.sentence}\n{say('cure')}: {words.cure}\n{say('example')}:")
    click.echo("\n".join(f"    {line}" for line in words.example.splitlines()))


@click.group()
def new() -> None:
    """Write a new record by answering questions."""


@new.command("idea")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day of submission; today if not given.")
@click.pass_context
def new_idea(ctx: click.Context, day: datetime.datetime | None) -> None:
    """Ask for an idea in Vietnamese and write its files with a fresh code."""
    store: Store = ctx.obj()
    desk = new_step.open_desk(store)
    on = day.date() if day else datetime.date.fromisoformat(day_in(desk.books))
    interview = Interview(ask=_ask, tell=click.echo)
    written = new_step.new_idea(store, desk, interview, on=on, choose=secrets.choice)
    if written is None:
        ctx.exit(FINDINGS)
    click.echo(say("new-done", path=written.path, code=written.code))
    click.echo(say("new-next", path=written.path))


@new.command("plan")
@click.option("--from", "source", required=True, metavar="ID", help="The plan to begin from.")
@click.option("--year", type=click.IntRange(1900, 2200), required=True, help="The year of the new plan.")
@click.pass_context
def new_plan(ctx: click.Context, source: str, year: int) -> None:
    """Begin a year's plan from another's: days move along, what was of its year is left out."""
    store: Store = ctx.obj()
    path = new_step.new_plan(store, new_step.open_desk(store), source, year)
    click.echo(say("new-plan-done", path=path))
    click.echo(say("new-next", path=path))


def _ask(question: str) -> str:
    return str(click.prompt(question, default="", show_default=False))


@click.command()
@click.argument("paths", nargs=-1, metavar="[FILE_OR_FOLDER]...")
@click.option("--check", is_flag=True, help="Only say which files would change; exit 1 if any would.")
@click.pass_context
def fmt(ctx: click.Context, paths: tuple[str, ...], check: bool) -> None:  # noqa: FBT001  # click passes flags by name
    """Rewrite records in their canonical form; what they say, and their digests, stay the same."""
    store: Store = ctx.obj()
    result = fmt_step.fmt(store, relative(store, paths), write=not check)
    for key, path in result.notes:
        click.echo(say(key, path=path))
    click.echo(say("fmt-done", count=result.seen, changed=len(result.changed)))
    ctx.exit(FINDINGS if check and result.changed else 0)


COMMANDS: dict[str, click.Command] = {"validate": validate, "explain": explain, "new": new, "fmt": fmt}
