"""The command that closes a site for good: handover."""

import datetime
import os
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from sangkien.adapters import archive
from sangkien.adapters.bundles import Bundles
from sangkien.adapters.git import Git
from sangkien.adapters.git_work import Workbench
from sangkien.adapters.parcels import Parcels
from sangkien.adapters.pool import Pool
from sangkien.adapters.site_folder import SiteFolder
from sangkien.adapters.store import Store
from sangkien.adapters.workbook import Bindery
from sangkien.cli.exits import FINDINGS
from sangkien.cli.site import build
from sangkien.cli.watch import Watch
from sangkien.domain import address, kit, layout
from sangkien.domain.archive import MANIFEST, SITE
from sangkien.domain.errors import UsageError
from sangkien.render import handover as told
from sangkien.render import telling
from sangkien.workflow import export as export_step
from sangkien.workflow import handover as handover_step
from sangkien.workflow.survey import Survey

_REGISTER, _BUNDLE = "so", "kho.bundle"


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--until", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day the site closes.")
@click.option("--now-at", help="Who answers from then on, in one line; nobody's name.")
@click.option("--with-desk", is_flag=True, help="Keep a closed desk's repository too: proposals, and names nobody saw.")
@click.option("--without-samples", is_flag=True, help="Leave every sample record out.")
@click.option("--check", is_flag=True, help="Only look at an archive: its sums, its links, its old addresses.")
@click.pass_context
def handover(
    ctx: click.Context,
    out: Path,
    day: datetime.datetime | None,
    now_at: str | None,
    with_desk: bool,  # noqa: FBT001  # click passes flags by name
    without_samples: bool,  # noqa: FBT001  # the same
    check: bool,  # noqa: FBT001  # the same
) -> None:
    """Write an archive of the last commit to OUT, a folder or a .zip: it answers at the old addresses without anybody.

    The site, closed and saying who answers now; the register for programs; an open repository's history, a closed
    desk's only when asked for; sums; a note on how to host it. The day and who answers may stand in movement.yml.
    """
    if check:
        _check(ctx, out)
        return
    store: Store = ctx.obj()
    if not archive.is_free(out):
        raise UsageError("handover-not-free", path=out)
    said = {"on": day.date().isoformat() if day else None, "now_at": now_at}
    bench = Workbench(store.root)
    with TemporaryDirectory(prefix="sangkien-handover-") as folder:
        room, made = Path(folder), Path(folder) / "archive"
        made.mkdir()
        place = Store(bench.aside(room / "place").root)
        try:
            movement = handover_step.close(place, {key: value for key, value in said.items() if value})
            _build(place, made, without_samples=without_samples)
        finally:
            bench.put_away(place.root)
        archive.rewrite(made, handover_step.for_disk(archive.read(made)))
        is_open = movement["topology"] == "open"
        if is_open or with_desk:
            bench.bundle(made / _BUNDLE)
        kept = ("open" if is_open else "desk") if is_open or with_desk else ""
        commit = bench.run("rev-parse", "HEAD")
        archive.rewrite(made, [(told.READ_ME, handover_step.read_me(movement, commit, kept))])
        archive.rewrite(made, [(MANIFEST, kit.sums(archive.digests(made)))])
        pages = sum(1 for _ in (made / SITE).rglob("*.html"))
        count = sum(1 for file in made.rglob("*") if file.is_file())
        archive.move(made, out.absolute())
    click.echo(told.say("made", path=out, count=count, pages=pages))
    if bench.run("status", "--porcelain"):
        click.echo(told.say("uncommitted"))
    if not is_open:
        click.echo(told.say("with_desk" if with_desk else "without_desk"))


def _build(place: Store, made: Path, *, without_samples: bool) -> None:
    """Build the closed site and the register's exports from a copy."""
    watch, workers = Watch(sys.stderr, os.environ.get("SANGKIEN_TIMINGS")), Pool(os.cpu_count() or 1)
    outcome, _ = build(place, None, (made / SITE, None, None), workers, watch, without_samples=without_samples)
    watch.end()
    url = address.of_site(place.read(layout.path_of("movement", "movement")).record, "")
    if kept_back := telling.withheld(outcome.findings, outcome.withheld):
        click.echo(kept_back)
    with closing(Parcels(place.root)) as kept:
        survey = Survey(place, Git(place.root), kept, Bundles(place.root), workers)
        output = SiteFolder(made / _REGISTER)
        export_step.export(survey, Bindery(place.root), output, site_url=url, without_samples=without_samples)


def _check(ctx: click.Context, out: Path) -> None:
    if not out.exists():
        raise UsageError("no-such-file", path=out)
    faults, count, pages = handover_step.check(lambda: archive.read(out))
    click.echo(told.faults(faults) if faults else told.say("fine", count=count, pages=pages))
    ctx.exit(FINDINGS if faults else 0)


COMMANDS: dict[str, click.Command] = {"handover": handover}
