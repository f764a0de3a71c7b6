"""Commands of the site: publish, export, demo."""

import os
import sys
import time
from contextlib import ExitStack, closing
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from sangkien.adapters import generator, local_server
from sangkien.adapters.bundles import Bundles
from sangkien.adapters.git import Git
from sangkien.adapters.object_store import ObjectStore, Settled
from sangkien.adapters.outputs import Outputs
from sangkien.adapters.parcels import Parcels
from sangkien.adapters.pool import Pool
from sangkien.adapters.site_folder import SiteFolder
from sangkien.adapters.site_tar import SiteTar
from sangkien.adapters.store import Store
from sangkien.adapters.workbook import Bindery
from sangkien.adapters.workshop import Workshop
from sangkien.cli.watch import Watch
from sangkien.domain import layout
from sangkien.domain.errors import OutsideError
from sangkien.render import telling
from sangkien.render.messages import say
from sangkien.workflow import export as export_step
from sangkien.workflow import publish as publish_step
from sangkien.workflow.survey import Survey

_GLANCE = 0.3  # seconds between two looks at the sources
_SOURCES = ("ideas", "content", "schemas", "mkdocs.yml", "scripts/sangkien/render/theme")
# A change in these alone leaves the shells and the written pages as they are.
_DATA = (f"{layout.IDEAS}/", f"{layout.REGISTER}/", "schemas/")
_SHELL_DATA = layout.path_of("movement", "movement")


def _survey(store: Store, processes: int) -> Survey:
    return Survey(store, Git(store.root), Parcels(store.root), Bundles(store.root), Pool(processes))


class _Build:
    """One build in its two halves: mkdocs' once, the register's as often as records change.

    All is taken from the work tree, or from a commit as it stands there.
    """

    def __init__(
        self, store: Store, room: Path, processes: int, watch: Watch, commit: ObjectStore | None = None
    ) -> None:
        self.store, self.pages, self.base = store, room / "pages", room / "base.json"
        self.processes, self.watch, self.commit = processes, watch, commit

    def frame(self) -> generator.Generation:
        self.base.parent.mkdir(parents=True, exist_ok=True)
        root = self.store.root
        if self.commit:
            root = self.base.with_name("written")
            self.commit.lay_out(root)
        return generator.Generation(root, self.pages, self.base)

    def stamp(
        self,
        out: Path | None,
        tar: Path | None = None,
        *,
        frame: generator.Generation | None = None,
        without_samples: bool,
    ) -> publish_step.Outcome:
        """Write the site to a folder, to a tar or to both; a frame under way is waited for when it is needed."""
        self.watch.begin("records", 1)
        workers = Pool(self.processes)
        root = self.store.root
        bundles = Bundles(root)
        survey = (
            Survey(self.commit, Settled(), Parcels(root), bundles, workers)
            if self.commit
            else Survey(self.store, Git(root), Parcels(root), bundles, workers)
        )
        if frame:
            self.watch.begin("frame", 1)
            frame.finish()
        base = publish_step.Base.from_json(self.base.read_text(encoding="utf-8"))
        folder = SiteFolder(out.with_name(f"{out.name}.new")) if out else None
        packed = SiteTar(tar) if tar else None
        if folder:
            folder.start_from(self.pages)
        if packed:
            packed.start_from(self.pages, but=base.written)
        workshop = Workshop(root, self.commit or self.store)
        shop = publish_step.Shop(
            workers=workers,
            workshop=workshop,
            bundles=bundles,
            output=Outputs([output for output in (folder, packed) if output]),
            progress=self.watch,
        )
        outcome = publish_step.stamp(base, survey, shop, without_samples=without_samples)
        self.watch.begin("finish", 1)
        if packed:
            packed.finish()
        if folder and out:
            folder.take_place_of(out)
        workshop.tidy()
        self.watch.end()
        return outcome


@click.command()
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="The folder to write to.")
@click.option("--tar", type=click.Path(dir_okay=False, path_type=Path), help="The tar to write to, as Pages takes it.")
@click.option("--commit", metavar="REV", help="Build from a commit alone; a bare clone will do.")
@click.option("--processes", type=click.IntRange(1), default=os.cpu_count() or 1, help="How many to work in.")
@click.option("--without-samples", is_flag=True, help="Leave every sample record out.")
@click.pass_context
def publish(
    ctx: click.Context,
    out: Path | None,
    tar: Path | None,
    commit: str | None,
    processes: int,
    without_samples: bool,  # noqa: FBT001  # click passes flags by name
) -> None:
    """Build the whole site into a folder, a tar or both: the same bytes as `mkdocs build`.

    Records with something to mend are kept back and listed; the rest is built. The address the site will have
    comes from the environment's SITE_URL.
    """
    store: Store = ctx.obj(bare=commit is not None)
    if not out and not tar:
        raise click.UsageError(telling.NO_OUT)
    out = out.absolute() if out else None
    if out and not may_be_replaced(out, store.root):
        raise click.UsageError(telling.UNSAFE_OUT.format(path=out))
    watch = Watch(sys.stderr, os.environ.get("SANGKIEN_TIMINGS"))
    with TemporaryDirectory() as room, ExitStack() as held:
        objects = held.enter_context(closing(ObjectStore(store.root, commit))) if commit is not None else None
        build = _Build(store, Path(room), processes, watch, objects)
        outcome = build.stamp(out, tar, frame=build.frame(), without_samples=without_samples)
    click.echo(
        telling.published(outcome.pages, outcome.ideas, [str(to) for to in (out, tar) if to], samples=outcome.samples)
    )
    if kept_back := telling.withheld(outcome.findings, outcome.withheld):
        click.echo(kept_back)


@click.command()
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="The folder to write to.")
@click.option("--without-samples", is_flag=True, help="Leave every sample record out.")
@click.pass_context
def export(ctx: click.Context, out: Path, without_samples: bool) -> None:  # noqa: FBT001  # click passes flags by name
    """Write the open data of the public register, as the site publishes it: JSON, CSV and feeds.

    Feeds need the address the site has, from the environment's SITE_URL; without it they are left out.
    """
    store: Store = ctx.obj()
    found, url = _survey(store, os.cpu_count() or 1), os.environ.get("SITE_URL", "")
    count = export_step.export(
        found, Bindery(store.root), SiteFolder(out), site_url=url, without_samples=without_samples
    )
    click.echo(telling.EXPORTED.format(count=count, path=out))


def may_be_replaced(out: Path, root: Path) -> bool:
    """Tell whether a folder holds nothing but a site, and does not hold the repository."""
    if out == root or out in root.parents:
        return False
    return not out.exists() or not any(out.iterdir()) or (out / "404.html").is_file()


@click.command()
@click.option("--port", default=8000, show_default=True, help="The port to begin looking for a free one at.")
@click.option("--without-samples", is_flag=True, help="Leave every sample record out.")
@click.pass_context
def demo(ctx: click.Context, port: int, without_samples: bool) -> None:  # noqa: FBT001  # click passes flags by name
    """Build the site, serve it on this computer alone, and build it anew whenever a file changes."""
    store: Store = ctx.obj()
    room = store.root / ".cache" / "demo"
    out = room / "site"
    workshop = _Build(store, room, os.cpu_count() or 1, Watch(None, None))
    changes = local_server.Watch(store.root, _SOURCES)
    click.echo(telling.DEMO_READING.format(root=store.root))
    start = time.monotonic()
    workshop.frame().finish()
    click.echo(telling.DEMO_FRAME.format(seconds=telling.took(time.monotonic() - start)))
    start = time.monotonic()
    outcome = workshop.stamp(out, without_samples=without_samples)
    seconds = telling.took(time.monotonic() - start)
    click.echo(telling.DEMO_STAMPED.format(pages=outcome.pages, ideas=outcome.ideas, seconds=seconds))
    for line in (telling.SAMPLES if outcome.samples else "", telling.withheld(outcome.findings, outcome.withheld)):
        if line:
            click.echo(line)
    click.echo(telling.DEMO_OPEN.format(address=local_server.serve(out, port)))
    try:
        while True:
            time.sleep(_GLANCE)
            if changed := changes.changed():
                _again(workshop, out, changed, without_samples=without_samples)
    except KeyboardInterrupt:
        click.echo(telling.DEMO_BYE)


def _again(workshop: _Build, out: Path, changed: list[str], *, without_samples: bool) -> None:
    start = time.monotonic()
    try:
        if any(not path.startswith(_DATA) or path == _SHELL_DATA for path in changed):
            workshop.frame().finish()
        outcome = workshop.stamp(out, without_samples=without_samples)
    except OutsideError as error:  # a slip while writing must not end the session
        click.echo(say("outside-failed", system=error.system, text=error.text))
        return
    click.echo(telling.changed(changed, time.monotonic() - start))
    if kept_back := telling.withheld(outcome.findings, outcome.withheld):
        click.echo(kept_back)


COMMANDS: tuple[click.Command, ...] = (publish, export, demo)
