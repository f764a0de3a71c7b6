"""The command of a hub: one index over the registers of many sites."""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from sangkien.adapters.generator import Generation
from sangkien.adapters.hub_frame import furnish
from sangkien.adapters.pool import Pool
from sangkien.adapters.published import documents
from sangkien.adapters.site_folder import Successor
from sangkien.adapters.store import Store
from sangkien.adapters.workshop import Workshop
from sangkien.cli.exits import FINDINGS
from sangkien.cli.site import may_be_replaced
from sangkien.cli.watch import Watch
from sangkien.domain import layout
from sangkien.render import hub_telling, telling
from sangkien.workflow import hub as hub_step
from sangkien.workflow.base import Base


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="The folder to write to.")
@click.option("--processes", type=click.IntRange(1), default=os.cpu_count() or 1, help="How many to work in.")
@click.option("--without-samples", is_flag=True, help="Leave every sample record out.")
@click.pass_context
def hub(ctx: click.Context, files: tuple[Path, ...], out: Path, processes: int, without_samples: bool) -> None:  # noqa: FBT001  # click passes flags by name
    """Build one index over the published registers of many sites: lists and a search that lead to each of them.

    FILES are register.json files as the sites published them, each with its parts beside it; nothing is fetched.
    Name, theme and short forms come from the repository, the address the hub will have from the environment's
    SITE_URL. What cannot be used is listed and left out, the rest is built; exit code 1 tells of it.
    """
    store: Store = ctx.obj()
    out = out.absolute()
    if not may_be_replaced(out, store.root):
        raise click.UsageError(telling.UNSAFE_OUT.format(path=out))
    watch, workers = Watch(sys.stderr, os.environ.get("SANGKIEN_TIMINGS")), Pool(processes)
    with TemporaryDirectory() as name:
        room = Path(name)
        furnish(store.root, room / "frame")
        frame = Generation(room / "frame", room / "pages", room / "base.json")
        watch.begin("registers", 1)
        found = hub_step.read(
            [str(file) for file in files], lambda file: documents(Path(file)), workers, without_samples=without_samples
        )
        watch.begin("frame", 1)
        frame.finish()
        outcome = None
        if found.places:
            folder = Successor(out)
            folder.start_from(room / "pages")
            house = hub_step.House(
                base=Base.from_json((room / "base.json").read_text(encoding="utf-8")),
                movement=_record(store, "movement"),
                lists=_record(store, "lists"),
            )
            outcome = hub_step.build(found, house, Workshop(store.root).press, folder, workers, watch)
            watch.begin("finish", 1)
            folder.take_place()
        watch.end()
    if outcome:
        told = outcome.pages, outcome.places, outcome.ideas
        click.echo(hub_telling.built(*told, str(out), samples=outcome.samples))
    else:
        click.echo(hub_telling.NOTHING)
    if left := hub_telling.left_out(found.findings):
        click.echo(left)
    ctx.exit(FINDINGS if found.findings else 0)


def _record(store: Store, kind: str) -> Any:
    """Read one of the records there is but one of; None where it is missing or cannot be read."""
    path = layout.path_of(kind, kind)
    return store.read(path).record if store.exists(path) else None


COMMANDS: dict[str, click.Command] = {"hub": hub}
