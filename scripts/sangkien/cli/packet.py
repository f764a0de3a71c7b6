"""All papers of a session in one folder, and the command that puts their place on the council's board."""

import os
from pathlib import Path
from typing import Literal

import click

from sangkien.adapters import office_suite, word
from sangkien.adapters.store import Store
from sangkien.adapters.whole import write_whole
from sangkien.adapters.workshop import Workshop
from sangkien.cli.desk import forge, home
from sangkien.domain.errors import SangKienError, UsageError
from sangkien.domain.paper_source import Source
from sangkien.render.messages import say
from sangkien.render.papers import packet
from sangkien.render.papers.frame import Wish
from sangkien.render.papers.packet import Item
from sangkien.workflow import board as board_step
from sangkien.workflow import paper as paper_step

Form = Literal["docx", "pdf"]


def draw_up(store: Store, source: Source, wish: Wish, form: Form | None, out: Path) -> None:
    """Write a session's or a decision's papers into folders, and on top what to read first.

    One kind that cannot be made keeps no other from being made: the sheet on top and the terminal tell why.
    """
    if len(wish.keys) != 1:
        raise UsageError("paper-of-what", kind=wish.kind)
    if form == "pdf" and office_suite.program() is None:
        raise UsageError("paper-no-suite")
    (key,) = wish.keys
    made = list(packet.items(source, key))
    for item in made:
        own = Wish(kind=item.kind.name, keys=(item.key,), seat=wish.seat, design=wish.design)
        try:
            files = _files(store, source, own, item, form)
        except SangKienError as error:
            item.trouble = error
            continue
        for name, data in files.items():
            write_whole(out / item.folder / name, data)
            click.echo(say("paper-written", path=out / item.folder / name))
        item.names = list(files)
    text = packet.top(source, key, made)
    write_whole(out / packet.TOP, text.replace("\n", "\r\n").encode("utf-8-sig"))  # for the oldest Notepad
    click.echo(say("paper-written", path=out / packet.TOP))
    for warning in packet.warnings(made):
        click.echo(f"{say('hint')} {warning}", err=True)
    for item in made:
        if item.trouble:
            click.echo(say("paper-not-made", kind=item.kind.name, why=packet.why(item)), err=True)


def _files(store: Store, source: Source, wish: Wish, item: Item, form: Form | None) -> dict[str, bytes]:
    """Make one kind of paper in each form there is of it, or in the one form asked for."""
    files: dict[str, bytes] = {}
    if item.kind.makes and not (form == "pdf" and item.kind.prints):
        papers = list(paper_step.papers(source, wish))
        item.findings = [finding for paper in papers for finding in paper.findings]
        filled = {one.name: word.fill(store.root / paper_step.template(store, one), one.values) for one in papers}
        ready = office_suite.as_pdf(filled) if form == "pdf" and filled else filled
        files |= {f"{name}.{form or 'docx'}": data for name, data in ready.items()}
    if item.kind.prints and form != "docx":
        press = Workshop(store.root).press
        files |= {f"{name}.pdf": data for name, data in press.print(paper_step.sheets(source, wish))}
    return files


@click.command()
@click.argument("key", metavar="SESSION|DECISION")
@click.option("--papers", "address", required=True, help="Where its papers are fetched.")
@click.option("--days", type=click.IntRange(min=1), required=True, help="How many days they are kept there.")
@click.pass_context
def board(ctx: click.Context, key: str, address: str, days: int) -> None:
    """Tell on the council's board where a session's papers are fetched: one comment for each, edited in place.

    GITHUB_REPOSITORY, GITHUB_TOKEN, GITHUB_API_URL and GITHUB_SERVER_URL are read from the environment.
    """
    source = paper_step.source(ctx.obj(), on="", site_url=os.environ.get("SITE_URL", ""), with_names=False)
    if key not in source.books.sessions:
        source.decision(key)
    there = board_step.tell_papers(forge(), key, address, days, home())
    click.echo(say("board-papers" if there else "board-none", of=key))


COMMANDS: dict[str, click.Command] = {"board": board}
