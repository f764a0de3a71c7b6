"""All papers of a session, a decision or an idea in one folder, and the command that tells where they are fetched."""

import re
from pathlib import Path

import click

from sangkien.adapters import office_suite
from sangkien.adapters.store import Store
from sangkien.adapters.whole import write_whole
from sangkien.cli.desk import forge, gatekeeper, home
from sangkien.cli.paper_files import Form, filled, printed
from sangkien.domain.errors import SangKienError, UsageError
from sangkien.domain.paper_source import Source
from sangkien.render.messages import say
from sangkien.render.papers import packet
from sangkien.render.papers.frame import Wish
from sangkien.render.papers.packet import Item, Subject
from sangkien.workflow import board as board_step
from sangkien.workflow import paper as paper_step

_PULL = re.compile(r"#?([1-9][0-9]{0,8})")


def draw_up(store: Store, source: Source, wish: Wish, form: Form | None, out: Path) -> None:
    """Write all papers of a session, a decision or an idea into folders, and on top what to read first.

    One kind that cannot be made keeps no other from being made: the sheet on top and the terminal tell why.
    """
    if len(wish.keys) != 1:
        raise UsageError("paper-of-what", kind=wish.kind)
    if form == "pdf" and office_suite.program() is None:
        raise UsageError("paper-no-suite")
    source, of = _subject(store, source, wish.keys[0])
    made = list(packet.items(source, of))
    for item in made:
        own = Wish(kind=item.kind.name, keys=item.keys, seat=wish.seat, design=wish.design)
        try:
            files = _files(store, source, own, item, form)
        except SangKienError as error:
            item.trouble = error
            continue
        for name, data in files.items():
            write_whole(out / item.folder / name, data)
            click.echo(say("paper-written", path=out / item.folder / name))
        item.names = list(files)
    text = packet.top(source, of, made)
    write_whole(out / packet.TOP, text.replace("\n", "\r\n").encode("utf-8-sig"))  # for the oldest Notepad
    click.echo(say("paper-written", path=out / packet.TOP))
    for warning in packet.warnings(made):
        click.echo(f"{say('hint')} {warning}", err=True)
    for item in made:
        if item.trouble:
            click.echo(say("paper-not-made", kind=item.kind.name, why=packet.why(item)), err=True)


def _subject(store: Store, source: Source, key: str) -> tuple[Source, Subject]:
    """Find what a key names: something on record, else by its number an open pull request, read from the forge."""
    number = _PULL.fullmatch(key)
    if key in source.books.sessions or key in source.books.decisions or number is None:
        return source, packet.subject(source, key)
    pull = int(number[1])
    files, codes = gatekeeper(store).proposed(pull)
    if not codes:
        raise UsageError("paper-no-pull", number=pull)
    source = paper_step.source(files, on=source.on, site_url=source.site, with_names=source.with_names)
    return source, Subject(ideas=tuple(codes), pull=pull)


def _files(store: Store, source: Source, wish: Wish, item: Item, form: Form | None) -> dict[str, bytes]:
    """Make one kind of paper in each form there is of it, or in the one form asked for."""
    files: dict[str, bytes] = {}
    if item.kind.makes and not (form == "pdf" and item.kind.prints):
        papers = list(paper_step.papers(source, wish))
        item.findings += [finding for paper in papers for finding in paper.findings]
        files |= filled(store, papers, form or "docx")
    if item.kind.prints and form != "docx":
        sheets = list(paper_step.sheets(source, wish))
        item.findings += [finding for _, sheet in sheets for finding in sheet.findings]
        files |= printed(store, sheets)
    return files


@click.command()
@click.argument("key", metavar="SESSION|DECISION|CODE|#PULL")
@click.option("--papers", "address", required=True, help="Where its papers are fetched.")
@click.option("--days", type=click.IntRange(min=1), required=True, help="How many days they are kept there.")
@click.pass_context
def board(ctx: click.Context, key: str, address: str, days: int) -> None:
    """Tell where the papers of something are fetched: under its pull request, else on the council's board.

    There is one comment for each session, decision, idea or pull request, edited in place. GITHUB_REPOSITORY,
    GITHUB_TOKEN, GITHUB_API_URL and GITHUB_SERVER_URL are read from the environment.
    """
    source = paper_step.source(ctx.obj(), on="", site_url="", with_names=False)
    source, of = _subject(ctx.obj(), source, key)
    place = board_step.tell_papers(forge(), of, address, days, home())
    click.echo(say("board-papers", of=key, number=place) if place else say("board-none", of=key))


COMMANDS: dict[str, click.Command] = {"board": board}
