"""Commands of the site: publish, export."""

import os
import sys
from contextlib import ExitStack, closing
from pathlib import Path

import click

from sangkien.adapters.bundles import Bundles
from sangkien.adapters.generator import Generation
from sangkien.adapters.git import Git
from sangkien.adapters.object_store import ObjectStore, Settled
from sangkien.adapters.outputs import Outputs
from sangkien.adapters.parcels import Parcels
from sangkien.adapters.pool import Pool
from sangkien.adapters.room import room
from sangkien.adapters.site_folder import SiteFolder, Successor
from sangkien.adapters.site_tar import SiteTar
from sangkien.adapters.store import Store
from sangkien.adapters.workbook import Bindery
from sangkien.adapters.workshop import Workshop
from sangkien.cli.exits import STOPPED
from sangkien.cli.watch import Watch
from sangkien.domain import address, layout
from sangkien.render import telling
from sangkien.workflow import export as export_step
from sangkien.workflow import publish as publish_step
from sangkien.workflow.base import Base
from sangkien.workflow.survey import Survey


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

    Records with something to mend are kept back and listed; the rest is built. The address the site will have is
    the register's where that says where the site stands, else the environment's SITE_URL. Until the new site is
    whole, the old one stands.
    """
    store: Store = ctx.obj(bare=commit is not None)
    if not out and not tar:
        raise click.UsageError(telling.NO_OUT)
    out = out.absolute() if out else None
    if out and not may_be_replaced(out, store.root):
        raise click.UsageError(telling.UNSAFE_OUT.format(path=out))
    watch = Watch(sys.stderr, os.environ.get("SANGKIEN_TIMINGS"))
    try:
        outcome = build(store, commit, (out, tar), Pool(processes), watch, without_samples=without_samples)
    except KeyboardInterrupt:
        watch.end()
        click.echo(telling.STOPPED, err=True)
        ctx.exit(STOPPED)
    finally:
        watch.end()
    click.echo(
        telling.published(outcome.pages, outcome.ideas, [str(to) for to in (out, tar) if to], samples=outcome.samples)
    )
    if kept_back := telling.withheld(outcome.findings, outcome.withheld):
        click.echo(kept_back)


def build(
    store: Store,
    commit: str | None,
    to: tuple[Path | None, Path | None],
    workers: Pool,
    watch: Watch,
    *,
    without_samples: bool,
) -> publish_step.Outcome:
    """Build the site from the work tree, or from a commit as it stands there."""
    root = written = store.root
    with ExitStack() as stack:
        place = stack.enter_context(room(root, _say_wait))
        files: Store | ObjectStore = store
        trees: Git | Settled = Git(root)
        if commit is not None:
            files = stack.enter_context(closing(ObjectStore(root, commit)))
            trees, written = Settled(), place / "written"
            files.lay_out(written)
        folder = Successor(to[0]) if to[0] else None
        packed = SiteTar(to[1], place) if to[1] else None
        if folder:
            stack.callback(folder.clear)
        if packed:
            stack.callback(packed.clear)
        frame = stack.enter_context(Generation(written, place / "pages", place / "base.json"))
        watch.begin("records", 1)
        kept, bundles = stack.enter_context(closing(Parcels(root))), Bundles(root)
        survey = Survey(files, trees, kept, bundles, workers)
        watch.begin("frame", 1)
        frame.finish()
        base = Base.from_json((place / "base.json").read_text(encoding="utf-8"))
        if folder:
            folder.start_from(place / "pages")
        if packed:
            packed.start_from(place / "pages", but=base.written)
        workshop = Workshop(root, files)
        shop = publish_step.Shop(
            workers=workers,
            workshop=workshop,
            bundles=bundles,
            output=Outputs([output for output in (folder, packed) if output]),
            progress=watch,
        )
        outcome = publish_step.stamp(base, survey, shop, without_samples=without_samples)
        watch.begin("finish", 1)
        if packed:
            packed.finish()
        if folder:
            folder.take_place()
        workshop.tidy()
        return outcome


def _say_wait() -> None:
    click.echo(telling.WAITING, err=True)


@click.command()
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="The folder to write to.")
@click.option("--without-samples", is_flag=True, help="Leave every sample record out.")
@click.pass_context
def export(ctx: click.Context, out: Path, without_samples: bool) -> None:  # noqa: FBT001  # click passes flags by name
    """Write the open data of the public register, as the site publishes it: JSON, CSV and feeds.

    Feeds need the address the site has, from the register or the environment's SITE_URL; without it they are left out.
    """
    store: Store = ctx.obj()
    url = address.of_site(store.read(layout.path_of("movement", "movement")).record, os.environ.get("SITE_URL", ""))
    with room(store.root, _say_wait), closing(Parcels(store.root)) as kept:
        survey = Survey(store, Git(store.root), kept, Bundles(store.root), Pool(os.cpu_count() or 1))
        count = export_step.export(
            survey, Bindery(store.root), SiteFolder(out), site_url=url, without_samples=without_samples
        )
    click.echo(telling.EXPORTED.format(count=count, path=out))


def may_be_replaced(out: Path, root: Path) -> bool:
    """Tell whether a folder holds nothing but a site, and does not hold the repository."""
    if out == root or out in root.parents:
        return False
    return not out.exists() or not any(out.iterdir()) or (out / "404.html").is_file()


COMMANDS: dict[str, click.Command] = {"publish": publish, "export": export}
