"""The command that draws up a unit's report on a period."""

import os
from contextlib import closing
from pathlib import Path

import click

from sangkien.adapters import word
from sangkien.adapters.bundles import Bundles
from sangkien.adapters.git import Git
from sangkien.adapters.parcels import Parcels
from sangkien.adapters.pool import Pool
from sangkien.adapters.room import room
from sangkien.adapters.store import Store
from sangkien.adapters.whole import write_whole
from sangkien.adapters.workbook import Bindery
from sangkien.cli.desk import today
from sangkien.cli.paper_files import warn
from sangkien.domain import address
from sangkien.domain.report_versions import slug
from sangkien.domain.statement import Statement
from sangkien.render import report_data, report_markdown, report_sheets, telling
from sangkien.render.messages import say
from sangkien.render.papers import reports
from sangkien.workflow import paper as paper_step
from sangkien.workflow import report as report_step
from sangkien.workflow.survey import Survey


@click.command()
@click.option("--unit", required=True, help="Whose report.")
@click.option("--period", required=True, help="2019-H1, 2019 or 2015..2019.")
@click.option("--format", "form", type=click.Choice(["md", "json", "xlsx", "docx"]), default="md")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file to write to.")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day it is told as of; today if not given.")
@click.option("--without-samples", is_flag=True, help="Leave every sample record out.")
@click.pass_context
def report(
    ctx: click.Context,
    unit: str,
    period: str,
    form: str,
    out: Path | None,
    day: click.DateTime | None,
    without_samples: bool,  # noqa: FBT001  # click passes flags by name
) -> None:
    """Draw up a unit's report on half a year, a year or several: figures, their records, and what is yet to be written.

    Markdown and JSON go to the terminal unless --out names a file. For Word the office's own template is filled:
    content/register/templates/bao-cao.docx, or that of the letterhead's layout.
    """
    store: Store = ctx.obj()
    on = f"{day:%Y-%m-%d}" if day else today(store)
    with room(store.root, lambda: click.echo(telling.WAITING, err=True)), closing(Parcels(store.root)) as kept:
        survey = Survey(store, Git(store.root), kept, Bundles(store.root), Pool(os.cpu_count() or 1), faulty=True)
        statement = report_step.report(survey, unit, period, on, samples=not without_samples)
    data = _written(store, statement, form)
    if out is None and form in ("md", "json"):
        click.echo(data.decode(), nl=False)
        return
    out = out or Path(f"bao-cao-{unit}-{slug(statement.account.period)}.{form}")
    write_whole(out, data)
    click.echo(say("report-written", path=out))


def _written(store: Store, statement: Statement, form: str) -> bytes:
    if form == "md":
        return report_markdown.as_markdown(statement).encode()
    if form == "json":
        return report_data.as_json(statement).encode()
    if form == "xlsx":
        url = address.of_site(statement.books.movement, os.environ.get("SITE_URL", ""))
        return Bindery(store.root).bind(*report_sheets.sheets(statement, url))
    made = reports.report(statement)
    warn(made.findings)
    return word.fill(store.root / paper_step.template(store, made), made.values)


COMMANDS: dict[str, click.Command] = {"report": report}
