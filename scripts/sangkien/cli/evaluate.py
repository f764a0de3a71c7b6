"""The command that judges units and people by the movement's conditions: evaluate."""

import datetime
import os
from contextlib import closing
from pathlib import Path

import click

from sangkien.adapters import archive
from sangkien.adapters.bundles import Bundles
from sangkien.adapters.git import Git
from sangkien.adapters.parcels import Parcels
from sangkien.adapters.pool import Pool
from sangkien.adapters.room import room
from sangkien.adapters.store import Store
from sangkien.adapters.whole import write_whole
from sangkien.adapters.workbook import Bindery
from sangkien.cli.desk import today
from sangkien.domain import address, layout
from sangkien.domain.errors import UsageError
from sangkien.render import evaluation as told
from sangkien.render import report_data, telling
from sangkien.workflow import report as report_step
from sangkien.workflow.evaluate import Assessor
from sangkien.workflow.survey import Survey


@click.command()
@click.option("--unit", help="The unit that is judged, or that proposes.")
@click.option("--person", help="The person who is judged: p-7k3qf2tz.")
@click.option("--year", type=click.IntRange(1900, 2999), help="The year; of a person all until today without it.")
@click.option("--shortlist", is_flag=True, help="List who and what the unit may put before the level above.")
@click.option("--export", "package", type=click.Path(dir_okay=False, path_type=Path), help="Write a package, a .zip.")
@click.option("--format", "form", type=click.Choice(["md", "json", "xlsx"]), default="md", show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file to write to.")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day of asking; today by default.")
@click.option("--without-samples", is_flag=True, help="Leave every sample record out.")
@click.pass_context
def evaluate(
    ctx: click.Context,
    unit: str | None,
    person: str | None,
    year: int | None,
    shortlist: bool,  # noqa: FBT001  # click passes flags by name
    package: Path | None,
    form: str,
    out: Path | None,
    day: datetime.datetime | None,
    without_samples: bool,  # noqa: FBT001  # the same
) -> None:
    """Judge a unit's year, or a person, by the conditions in the lists: met, not met, unknown, with the evidence.

    People are told by their ids. Nothing is published: what comes of it is for the office.
    """
    of_unit = shortlist + (package is not None)
    if (unit is None) == (person is None) or (unit and year is None) or of_unit > (unit is not None):
        raise UsageError("evaluate-what")
    if form == "xlsx" and not out and not package:
        raise UsageError("evaluate-out")
    store: Store = ctx.obj()
    on = day.date().isoformat() if day else today(store)
    with room(store.root, lambda: click.echo(telling.WAITING, err=True)), closing(Parcels(store.root)) as kept:

        def survey(*, faulty: bool = False) -> Survey:
            return Survey(store, Git(store.root), kept, Bundles(store.root), Pool(os.cpu_count() or 1), faulty=faulty)

        def report(key: str, period: str) -> bytes:
            statement = report_step.report(survey(faulty=True), key, period, on, samples=not without_samples)
            return report_data.as_json(statement).encode()

        assessor = Assessor(survey(), on, without_samples=without_samples)
        if package and unit and year:
            files = list(assessor.package(unit, year, _site_url(store), report))
            archive.pack(files, package)
            click.echo(told.said("exported", path=package, count=len(files)))
            return
        if unit and year:
            found: told.Found = assessor.shortlist(unit, year) if shortlist else assessor.unit(unit, year)
        else:
            found = assessor.person(person or "", year)
        teller = told.Teller(assessor.wording, on)
        if form == "xlsx":
            data = Bindery(store.root).bind(teller.sheet(found))
        else:
            data = (teller.json(found) if form == "json" else teller.markdown(found)).encode()
    if out:
        write_whole(out, data)
        click.echo(told.said("written", path=out))
    else:
        click.echo(data.decode(), nl=False)


def _site_url(store: Store) -> str:
    return address.of_site(store.read(layout.path_of("movement", "movement")).record, os.environ.get("SITE_URL", ""))


COMMANDS: dict[str, click.Command] = {"evaluate": evaluate}
