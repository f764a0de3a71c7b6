"""The demo: a site on this computer alone that follows its sources."""

import os
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack, closing

import click

from sangkien.adapters import local_server
from sangkien.adapters.bundles import Bundles
from sangkien.adapters.generator import Generation
from sangkien.adapters.parcels import Parcels
from sangkien.adapters.pool import Pool
from sangkien.adapters.remembered import Remembered, Unversioned
from sangkien.adapters.room import room
from sangkien.adapters.site_folder import Living
from sangkien.adapters.store import Store
from sangkien.adapters.workshop import Workshop
from sangkien.domain import layout
from sangkien.domain.errors import OutsideError
from sangkien.render import telling
from sangkien.render.messages import say
from sangkien.workflow import publish
from sangkien.workflow.base import Base
from sangkien.workflow.survey import Survey

_GLANCE = 0.15  # seconds between two looks at the sources
_FEW = 20  # files that changed: read sooner than processes are started
_SOURCES = ("ideas", "content", "schemas", "mkdocs.yml", "scripts/sangkien/render/theme")
# A change in these alone leaves the shells and the written pages as they are.
_DATA = (f"{layout.IDEAS}/", f"{layout.REGISTER}/", "schemas/")
_SHELL_DATA = layout.path_of("movement", "movement")


class _OvertakenError(Exception):
    """Something changed again before the last change was all written."""


class Changes:
    """Files that are not shown yet as they stand; also somebody who waits, and gives up waiting for what is old."""

    def __init__(self, store: Store) -> None:
        self._watch = local_server.Watch(store.root, _SOURCES)
        self._told = 0.0
        self.waiting: set[str] = set()
        self.show: Callable[[], None] = lambda: None
        self.shown = False

    def look(self) -> bool:
        """Tell whether something changed since the last look."""
        new = self._watch.changed()
        self._told = time.monotonic()
        self.waiting.update(new)
        return bool(new)

    def wait(self) -> None:
        """Wait until something is not shown as it stands."""
        while not self.waiting:
            time.sleep(_GLANCE)
            self.look()

    def begin(self, stage: str, jobs: int) -> None:
        """Show the site as soon as only prints are missing; look around between two stages."""
        del jobs
        if stage == "prints" and not self.shown:
            self.shown = True
            self.show()
        self.step()

    def step(self) -> None:
        """Look around now and then; raises _OvertakenError."""
        if self.shown and time.monotonic() - self._told > _GLANCE and self.look():
            raise _OvertakenError


class _Workshop:
    """One site, built again and again; what a build leaves in memory serves the next."""

    def __init__(self, store: Store, *, without_samples: bool) -> None:
        self.root, self.without_samples = store.root, without_samples
        self.kept = store.root / ".cache" / "demo"
        self.out = self.kept / "site"
        self.changes = Changes(store)
        self._files = Remembered(store.root)
        self._workers, self._workshop = Pool(os.cpu_count() or 1), Workshop(store.root)
        self._bundles = Bundles(store.root)
        self._framed = False

    def frame(self) -> Generation:
        """Begin to build the written pages and the shells."""
        self.kept.mkdir(parents=True, exist_ok=True)
        return Generation(self.root, self.kept / "pages", self.kept / "base.json")

    def build(self, changed: Collection[str] = ()) -> publish.Outcome:
        """Bring the site up to date, what shows the changed files first."""
        with ExitStack() as stack:
            place = stack.enter_context(room(self.root, lambda: click.echo(telling.WAITING)))
            frame = None
            if not self._framed or any(not path.startswith(_DATA) or path == _SHELL_DATA for path in changed):
                self._framed = False
                frame = stack.enter_context(self.frame())
            kept = stack.enter_context(closing(Parcels(self.root)))
            self._files.forget(changed)
            readers = Pool(1) if 0 < len(changed) <= _FEW else self._workers
            survey = Survey(self._files, Unversioned(), kept, self._bundles, readers)
            if frame:
                frame.finish()
                self._framed = True
            base = Base.from_json((self.kept / "base.json").read_text(encoding="utf-8"))
            site = Living(self.out, place)
            site.refresh_from(self.kept / "pages", but=base.written)
            shop = publish.Shop(
                workers=self._workers,
                workshop=self._workshop,
                bundles=self._bundles,
                output=site,
                progress=self.changes,
            )
            outcome = publish.stamp(base, survey, shop, without_samples=self.without_samples, changed=changed)
            site.finish()
            return outcome


@click.command()
@click.option("--port", default=8000, show_default=True, help="The port to begin looking for a free one at.")
@click.option("--without-samples", is_flag=True, help="Leave every sample record out.")
@click.pass_context
def demo(ctx: click.Context, port: int, without_samples: bool) -> None:  # noqa: FBT001  # click passes flags by name
    """Build the site, serve it on this computer alone, and build it anew whenever a file changes."""
    store: Store = ctx.obj()
    workshop = _Workshop(store, without_samples=without_samples)
    changes = workshop.changes
    changes.show = lambda: click.echo(telling.DEMO_OPEN.format(address=local_server.serve(workshop.out, port)))
    click.echo(telling.DEMO_READING.format(root=store.root))
    try:
        while True:
            _build(workshop, sorted(changes.waiting))
            changes.wait()
    except KeyboardInterrupt:
        click.echo(telling.DEMO_BYE)


def _build(workshop: _Workshop, changed: Sequence[str]) -> None:
    """Build once and tell of it; what is overtaken by another change waits to be built with it."""
    start = time.monotonic()
    try:
        outcome = workshop.build(changed)
    except _OvertakenError:
        return
    except OutsideError as error:  # a slip while writing must not end the session
        if not workshop.changes.shown:
            raise
        click.echo(say("outside-failed", system=error.system, text=error.text))
        workshop.changes.waiting.difference_update(changed)
        return
    workshop.changes.waiting.difference_update(changed)
    seconds = time.monotonic() - start
    click.echo(telling.changed(changed, seconds) if changed else telling.demo_built(outcome, seconds))
    if kept_back := telling.withheld(outcome.findings, outcome.withheld):
        click.echo(kept_back)


COMMANDS: dict[str, click.Command] = {"demo": demo}
