"""Commands of the site: publish, export."""

import os
import sys
from collections.abc import Callable
from contextlib import ExitStack, closing
from functools import partial
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
from sangkien.cli.elsewhere import Elsewhere
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
@click.option("--to", metavar="TARGET", help="Where the site is shown: a folder, or a repository that holds no more.")
@click.option("--branch", metavar="NAME", default="", help="Its branch; else the one in movement.yml, else gh-pages.")
@click.option("--adopt", is_flag=True, help="Take over a target that holds what was not put there by this command.")
@click.option("--commit", metavar="REV", help="Build from a commit alone; a bare clone will do.")
@click.option("--processes", type=click.IntRange(1), default=os.cpu_count() or 1, help="How many to work in.")
@click.option("--without-samples", is_flag=True, help="Leave every sample record out.")
@click.pass_context
def publish(
    ctx: click.Context,
    out: Path | None,
    tar: Path | None,
    to: str | None,
    branch: str,
    adopt: bool,  # noqa: FBT001  # click passes flags by name
    commit: str | None,
    processes: int,
    without_samples: bool,  # noqa: FBT001
) -> None:
    """Build the whole site into a folder, a tar or both: the same bytes as `mkdocs build`.

    Records with something to mend are kept back and listed; the rest is built. The address the site will have is
    the register's where that says where the site stands, else the environment's SITE_URL. Until the new site is
    whole, the old one stands.

    `--to` brings it where it is shown: as the one commit of a branch, without parents, author or day, so that what
    was taken off the site is in no commit before it. The same site again sends nothing. Who may push is git's affair.
    """
    store: Store = ctx.obj(bare=commit is not None)
    if not out and not tar and not to:
        raise click.UsageError(telling.NO_OUT)
    out = out.absolute() if out else None
    if out and not may_be_replaced(out, store.root):
        raise click.UsageError(telling.UNSAFE_OUT.format(path=out))
    watch = Watch(sys.stderr, os.environ.get("SANGKIEN_TIMINGS"))
    try:
        outcome, said = build(
            store,
            commit,
            (out, tar, partial(Elsewhere, to, branch, adopt=adopt) if to else None),
            Pool(processes),
            watch,
            without_samples=without_samples,
        )
    except KeyboardInterrupt:
        watch.end()
        click.echo(telling.STOPPED, err=True)
        ctx.exit(STOPPED)
    finally:
        watch.end()
    places = [str(place) for place in (out, tar, to) if place]
    click.echo(telling.published(outcome.pages, outcome.ideas, places, samples=outcome.samples))
    if said:
        click.echo(said)
    if kept_back := telling.withheld(outcome.findings, outcome.withheld):
        click.echo(kept_back)


def build(
    store: Store,
    commit: str | None,
    to: tuple[Path | None, Path | None, Callable[..., Elsewhere] | None],
    workers: Pool,
    watch: Watch,
    *,
    without_samples: bool,
) -> tuple[publish_step.Outcome, str]:
    """Build from the work tree, or from a commit as it stands there; gives also what is said of where it is shown."""
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
        shown = to[2](place=place, files=files) if to[2] else None
        for begun in (folder, packed, shown):
            if begun:
                stack.callback(begun.clear)
        url = shown.site_url if shown else ""
        frame = stack.enter_context(Generation(written, place / "pages", place / "base.json", url))
        watch.begin("records", 1)
        kept, bundles = stack.enter_context(closing(Parcels(root))), Bundles(root)
        survey = Survey(files, trees, kept, bundles, workers)
        watch.begin("frame", 1)
        frame.finish()
        base = Base.from_json((place / "base.json").read_text(encoding="utf-8"))
        folders = [one for one in (folder, shown and shown.folder) if one]
        for one in folders:
            one.start_from(place / "pages")
        if packed:
            packed.start_from(place / "pages", but=base.written)
        workshop = Workshop(root, files)
        shop = publish_step.Shop(
            workers=workers,
            workshop=workshop,
            bundles=bundles,
            output=Outputs([*folders, *([packed] if packed else [])]),
            progress=watch,
        )
        outcome = publish_step.stamp(base, survey, shop, without_samples=without_samples)
        watch.begin("finish", 1)
        if packed:
            packed.finish()
        if folder:
            folder.take_place()
        said = shown.finish() if shown else ""
        workshop.tidy()
        return outcome, said


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
