"""Commands about reports: due."""

import datetime

import click

from sangkien.adapters.store import Store
from sangkien.cli.records import day_in
from sangkien.render import reporting as told
from sangkien.workflow import due as due_step
from sangkien.workflow.new import open_desk

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


COMMANDS: dict[str, click.Command] = {"due": due}
