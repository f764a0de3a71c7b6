"""The command that draws up papers an office signs."""

import datetime
import os
from pathlib import Path

import click

from sangkien.adapters.store import Store
from sangkien.adapters.whole import write_whole
from sangkien.cli.desk import today
from sangkien.cli.nominate import is_in_git
from sangkien.cli.packet import draw_up
from sangkien.cli.paper_files import Form, filled, printed, warn
from sangkien.cli.reporting import counted_on
from sangkien.domain.errors import UsageError
from sangkien.domain.paper_source import Source
from sangkien.render.messages import say
from sangkien.render.papers import packet
from sangkien.render.papers.catalogue import KINDS, kind_of
from sangkien.render.papers.frame import Wish
from sangkien.workflow import paper as paper_step

_ALL = "{} ({}): SESSION, DECISION, CODE or #PULL, all its papers in folders".format(*packet.NAMES)


@click.command(epilog="\n".join(["\b", *(f"{kind.name} ({kind.english}): {kind.of}" for kind in KINDS.values()), _ALL]))
@click.argument("kind")
@click.argument("keys", nargs=-1, metavar="[OF]...")
@click.option("--docx", "form", flag_value="docx", help="A file for Word, as the office's own template lays it out.")
@click.option("--pdf", "form", flag_value="pdf", help="A file to print; of a Word template, made by LibreOffice.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path(), help="The folder to write to.")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day it is made on; today if not given.")
@click.option("--seat", default="", help="Of a score sheet: whose; as counted where that is on record.")
@click.option("--design", default="", help="Of a certificate: which; the office's own if not given.")
@click.option("--with-names", is_flag=True, help="Also names that are not public; the folder must lie outside git.")
@click.pass_context
def paper(
    ctx: click.Context,
    kind: str,
    keys: tuple[str, ...],
    form: Form | None,
    out: Path,
    day: datetime.datetime | None,
    seat: str,
    design: str,
    with_names: bool,  # noqa: FBT001  # click passes flags by name
) -> None:
    """Draw up papers of a KIND, each of what the keys name, from the registers; what nobody decided stays blank.

    Word files are filled into content/register/templates, which the office edits in Word as it likes.
    """
    if with_names and is_in_git(out):
        raise UsageError("letter-in-git")
    known = kind_of(kind)
    if known is None and kind not in packet.NAMES:
        raise UsageError("paper-kind", value=kind, kinds=", ".join((*KINDS, packet.NAMES[0])))
    store: Store = ctx.obj()
    on = day.date().isoformat() if day else today(store)
    source = paper_step.source(
        store,
        on=on,
        site_url=os.environ.get("SITE_URL", ""),
        with_names=with_names,
        statement=counted_on(store, on).statement,
    )
    wish = Wish(kind=known.name if known else kind, keys=keys, seat=seat, design=design)
    if known is None:
        draw_up(store, source, wish, form, out)
        return
    if known.prints and form != "docx":
        made = _printed(store, source, wish)
    else:
        made = _filled(store, source, wish, form or "docx")
    for name, data in made.items():
        write_whole(out / name, data)
        click.echo(say("paper-written", path=out / name))


def _filled(store: Store, source: Source, wish: Wish, form: Form) -> dict[str, bytes]:
    papers = list(paper_step.papers(source, wish))
    warn([finding for one in papers for finding in one.findings])
    return filled(store, papers, form)


def _printed(store: Store, source: Source, wish: Wish) -> dict[str, bytes]:
    sheets = list(paper_step.sheets(source, wish))
    warn([finding for _, sheet in sheets for finding in sheet.findings])
    return printed(store, sheets)


COMMANDS: dict[str, click.Command] = {"paper": paper}
