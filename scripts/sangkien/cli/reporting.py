"""Commands about reports: due, draft."""

import datetime
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager

import click

from sangkien.adapters.bundles import Bundles
from sangkien.adapters.git import Git
from sangkien.adapters.parcels import Parcels
from sangkien.adapters.pool import Pool
from sangkien.adapters.room import room
from sangkien.adapters.store import Store
from sangkien.cli.desk import forge, home
from sangkien.cli.records import day_in
from sangkien.domain.errors import OutsideError, UsageError
from sangkien.domain.period import Period
from sangkien.render import reporting as told
from sangkien.render import telling
from sangkien.render.messages import say
from sangkien.workflow import draft as draft_step
from sangkien.workflow import due as due_step
from sangkien.workflow.counted import Counted
from sangkien.workflow.new import open_desk
from sangkien.workflow.survey import Survey

_DAY = click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day; today if not given.")


@click.command()
@click.option("--unit", required=True, help="The unit whose reports, and those of the units below it, are meant.")
@click.option("--year", type=click.IntRange(1900, 2200), required=True, help="The year in which the periods end.")
@_DAY
@click.option("--format", "form", type=click.Choice(["md", "json"]), default="md", show_default=True)
@click.pass_context
def due(ctx: click.Context, unit: str, year: int, day: datetime.datetime | None, form: str) -> None:
    """Tell which reports are due by which day, and which came in time, late or not yet."""
    store: Store = ctx.obj()
    books = open_desk(store).books
    matrix = due_step.due(books, unit, year, day.date().isoformat() if day else day_in(books))
    click.echo(told.matrix_as_json(matrix) if form == "json" else told.matrix_as_text(matrix, books), nl=form == "json")


@click.command()
@click.option("--unit", default="", help="The unit whose report is drafted; by default all that fall due.")
@click.option("--period", "period_", default="", help="The period: 2019-H1, 2019 or 2015..2019.")
@click.option("--again", is_flag=True, help="Write the next version of a report that was sent, as a copy.")
@click.option("--desk", is_flag=True, help="Open a pull request for each that falls due, instead of writing files.")
@_DAY
@click.pass_context
def draft(
    ctx: click.Context,
    unit: str,
    period_: str,
    again: bool,  # noqa: FBT001  # click passes flags by name
    desk: bool,  # noqa: FBT001  # the same
    day: datetime.datetime | None,
) -> None:
    """Draw up the reports whose draft day has come, with all figures that are known; a second run finds the first's.

    With --desk reads GITHUB_REPOSITORY, GITHUB_TOKEN, GITHUB_API_URL and DEFAULT_BRANCH from the environment.
    """
    store: Store = ctx.obj()
    period = Period.read(period_)
    if bool(unit) != bool(period_) or (again and not unit) or (desk and unit) or (period_ and period is None):
        raise UsageError("draft-which")
    on = day.date().isoformat() if day else day_in(open_desk(store).books)
    counted = counted_on(store, on)
    drafter = draft_step.Drafter(store, counted.known, on)
    if desk:
        return _offer(drafter, store, on, counted)
    if period and again:
        written = [drafter.again(drafter.duty(unit, period))]
    else:
        written = drafter.write([drafter.duty(unit, period)] if period else drafter.waiting())
    for path in written:
        click.echo(say("draft-written", path=path))
    if not written:
        click.echo(say("draft-none"))
    return None


def counted_on(store: Store, on: str) -> Counted:
    """Give what is counted already; it is read when it is first asked for."""

    @contextmanager
    def survey() -> Iterator[Survey]:
        with room(store.root, lambda: click.echo(telling.WAITING, err=True)), closing(Parcels(store.root)) as kept:
            yield Survey(store, Git(store.root), kept, Bundles(store.root), Pool(os.cpu_count() or 1), faulty=True)

    return Counted(survey, on)


def _offer(drafter: draft_step.Drafter, store: Store, on: str, counted: Counted) -> None:
    clerk = draft_step.Clerk(drafter, forge(), Git(store.root).head(), counted.preview, home())
    troubles: list[OutsideError] = []
    for duty, result in clerk.offer(drafter.waiting(), on):
        if isinstance(result, OutsideError):
            troubles.append(result)
        else:
            click.echo(say("draft-result", unit=duty.unit, period=duty.period, result=say(f"draft-{result}")))
    if troubles:
        raise troubles[0]


COMMANDS: dict[str, click.Command] = {"due": due, "draft": draft}
