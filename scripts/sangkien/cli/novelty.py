"""The command that looks for earlier ideas like a new one: similar."""

import os
from pathlib import Path

import click

from sangkien.adapters.git import Git
from sangkien.adapters.novelty import Shelf
from sangkien.adapters.pool import Pool
from sangkien.adapters.store import Store
from sangkien.domain.errors import UsageError
from sangkien.render import novelty as told
from sangkien.workflow import similar as similar_step

_MOST_BYTES = 256 * 1024


@click.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--text", help="The new text itself, instead of a file.")
@click.option("--top", type=click.IntRange(1, 100), default=10, show_default=True, help="How many to show.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def similar(ctx: click.Context, file: Path | None, text: str | None, top: int, form: str) -> None:
    """Look for the earlier ideas nearest to an idea.yml, a text file or a text, with the passages that match.

    Every earlier idea counts, whatever became of it. The list says what to read, never what was copied.
    """
    if (file is None) == (text is None):
        raise UsageError("similar-what")
    store: Store = ctx.obj()
    shelf = Shelf(store.root / ".cache" / "novelty")
    new = similar_step.NewText(texts=(text or "",))
    if file is not None:
        inner = os.path.relpath(os.path.realpath(file), store.root)
        with file.open("rb") as opened:
            new = similar_step.new_text(opened.read(_MOST_BYTES), Path(inner).as_posix())
    set_aside = similar_step.set_aside_in(store)
    base = similar_step.open_base(store, Git(store.root), shelf, Pool(os.cpu_count() or 1), set_aside)
    found = similar_step.nearest(base, new, top)
    click.echo(told.as_json(found) if form == "json" else told.as_text(found))


COMMANDS: dict[str, click.Command] = {"similar": similar}
