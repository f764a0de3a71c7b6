"""The commands that put an idea or a person before a higher level: nominate, its person, answer and check."""

import datetime
import os
from pathlib import Path

import click

from sangkien.adapters.github import GitHub
from sangkien.adapters.pool import Pool
from sangkien.adapters.published import documents
from sangkien.adapters.store import Store
from sangkien.cli.counting import EXISTING
from sangkien.cli.desk import today
from sangkien.cli.exits import FINDINGS
from sangkien.domain import idea_code, nomination
from sangkien.domain.errors import UsageError
from sangkien.render.messages import say
from sangkien.render.reporters import FORMATS
from sangkien.workflow import nominate as nominate_step

_ANSWERS = click.Choice(list(nomination.ANSWERED))


class _Group(click.Group):
    """A group whose first word is an idea's code unless it is a command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            args = ["idea", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Group)
def nominate() -> None:
    """Put an idea or a person before a higher level, or an idea before its council once more.

    `nominate CODE` is short for `nominate idea CODE`.
    """


@nominate.command("idea")
@click.argument("code")
@click.option("--to", "to_unit", default="", help="The unit it goes to; with --round the council's own.")
@click.option(
    "--from", "from_unit", default="", help="The unit that nominates; by default whose council recognised it."
)
@click.option("--round", "round_", default="", help="The round in which a council of this repository scores it.")
@click.option("--appeal", is_flag=True, help="Ask the same council to look again at an idea it refused.")
@click.option("--title", default="", help="The title it is nominated for.")
@click.option("--reason", default="", help="Why; without any name.")
@click.option("--desk", metavar="OWNER/NAME", help="Leave a letter at another desk, with ids and digests alone.")
@click.option(
    "--dossier", type=click.Path(file_okay=False, path_type=Path), help="Export a folder for who works on paper."
)
@click.option("--with-names", is_flag=True, help="Put the authors' names into the dossier, outside any git repository.")
@click.pass_context
def idea(
    ctx: click.Context,
    code: str,
    to_unit: str,
    from_unit: str,
    round_: str,
    appeal: bool,  # noqa: FBT001  # click passes flags by name
    title: str,
    reason: str,
    desk: str | None,
    dossier: Path | None,
    with_names: bool,  # noqa: FBT001  # the same
) -> None:
    """Write the nomination of an idea, ready for a pull request; a second run finds what the first did.

    With --desk reads GITHUB_TOKEN, GITHUB_API_URL and GITHUB_REPOSITORY from the environment.
    """
    store: Store = ctx.obj()
    sound = idea_code.read(code)
    if sound is None:
        raise UsageError("nominate-no-idea", value=code[:20])
    letters = _letterbox(desk) if desk else None
    if dossier and with_names and is_in_git(dossier):
        raise UsageError("nominate-in-git")
    step = nominate_step.Nominator(store, Pool(os.cpu_count() or 1))
    wish = nominate_step.Wish(
        code=sound,
        day=today(store),
        to_unit=to_unit,
        from_unit=from_unit,
        round=round_,
        title=title,
        reason=reason,
        appeal=appeal,
    )
    written = step.draft(wish)
    _told(ctx, written)
    if letters and desk:
        number = step.send(written.record, letters, os.environ.get("GITHUB_REPOSITORY", ""))
        click.echo(say("nominate-sent", desk=desk, number=number))
    if dossier:
        names = step.export(sound, Store(dossier), with_names=with_names)
        click.echo(say("nominate-exported", path=dossier, count=len(names)))


@nominate.command("person")
@click.argument("key", metavar="PERSON")
@click.option("--title", required=True, help="The title the person is nominated for.")
@click.option("--to", "to_unit", required=True, help="The unit it goes to.")
@click.option("--from", "from_unit", required=True, help="The unit that nominates.")
@click.option("--reason", default="", help="Why; without any name.")
@click.pass_context
def person(ctx: click.Context, key: str, title: str, to_unit: str, from_unit: str, reason: str) -> None:
    """Write the nomination of a person for a title, ready for a pull request; a second run finds what the first did."""
    store: Store = ctx.obj()
    step = nominate_step.Nominator(store, Pool(os.cpu_count() or 1))
    wish = nominate_step.Wish(
        day=today(store), person=key, title=title, to_unit=to_unit, from_unit=from_unit, reason=reason
    )
    _told(ctx, step.draft(wish))


@nominate.command()
@click.argument("record")
@click.option("--status", type=_ANSWERS, required=True)
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day of the answer.")
@click.option("--text", default="", help="The answer's number, or its words without any name.")
@click.pass_context
def answer(ctx: click.Context, record: str, status: str, day: datetime.datetime, text: str) -> None:
    """Write down what the higher level answered."""
    step = nominate_step.Nominator(ctx.obj(), Pool(os.cpu_count() or 1))
    _told(ctx, step.answer(record, status, day.date().isoformat(), text))


@nominate.command()
@click.argument("letter", type=EXISTING)
@click.option(
    "--against",
    type=click.Path(exists=True, path_type=Path),
    help="The dossier's folder, or the register.json of the desk that wrote.",
)
@click.pass_context
def check(ctx: click.Context, letter: Path, against: Path | None) -> None:
    """Read the block of a letter from another desk and compare its digests."""
    body = letter.read_bytes().decode("utf-8", "replace")
    files = Store(against) if against and against.is_dir() else None
    register = documents(against) if against and files is None else None
    findings = nominate_step.check(body, files, register)
    if findings:
        click.echo(FORMATS["text"](findings, 1))
        ctx.exit(FINDINGS)
    click.echo(say("nominate-checked" if against else "nominate-read"))


def _told(ctx: click.Context, written: nominate_step.Written) -> None:
    if written.findings:
        click.echo(FORMATS["text"](written.findings, 1))
        ctx.exit(FINDINGS)
    click.echo(say("nominate-written", path=written.path))


def _letterbox(desk: str) -> GitHub:
    token = os.environ.get("GITHUB_TOKEN")
    if not token:
        raise UsageError("no-forge", names="GITHUB_TOKEN")
    return GitHub(desk, token, os.environ.get("GITHUB_API_URL", "https://api.github.com"))


def is_in_git(folder: Path) -> bool:
    """Tell whether what is written into a folder could be committed by mistake."""
    place = folder.resolve()
    return any((above / ".git").exists() for above in (place, *place.parents))


COMMANDS: dict[str, click.Command] = {"nominate": nominate}
