"""The clerk's door: import."""

import os
import time
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import click

from sangkien.adapters import clerk_books, spreadsheet
from sangkien.adapters.git import Git
from sangkien.adapters.ledger import Ledger
from sangkien.adapters.novelty import Shelf
from sangkien.adapters.pool import Pool
from sangkien.adapters.secret import own_secret
from sangkien.adapters.slips import Slips
from sangkien.adapters.spreadsheet import UnreadableError
from sangkien.adapters.store import Store
from sangkien.adapters.workshop import Workshop
from sangkien.cli.desk import forge, today
from sangkien.cli.exits import FINDINGS
from sangkien.cli.relay_settings import OF_THE_DESK, sound
from sangkien.domain.errors import UsageError
from sangkien.domain.grid import Grid
from sangkien.domain.paper import Paper
from sangkien.domain.row_reader import Terms
from sangkien.domain.rules.dates import in_force
from sangkien.domain.unit_history import UnitHistory
from sangkien.relay import handing_in
from sangkien.relay.settings import BOOK, Settings, secret_of
from sangkien.render import clerk_sheets, slips
from sangkien.render import importing as told
from sangkien.render.forms import Maker
from sangkien.render.sheets import Sheet
from sangkien.workflow import import_ as step
from sangkien.workflow import recognised, sheet_rows
from sangkien.workflow import similar as similar_step
from sangkien.workflow.carry import Carrier
from sangkien.workflow.new import open_desk

_EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
_NEW = click.Path(dir_okay=False, path_type=Path)
_PAUSE = 2.0  # seconds between two ideas: GitHub takes 80 new things a minute from one writer
_AN_HOUR = 150  # ideas: it takes 500 new things an hour, of which an idea is three


@click.command("import")
@click.argument("file", required=False, type=_EXISTING)
@click.option(
    "--by", "entered_by", help="The unit that enters the sheet, by name or id; the movement's own if not given."
)
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day of what bears none; today if not given.")
@click.option("--round", "round_", default="", help="The round all rows belong to; else found by unit and day.")
@click.option("--fill", "fills", multiple=True, metavar="COLUMN=TEXT", help="What a column says where it is empty.")
@click.option("--recognised", type=_EXISTING, help="A signed decision's record without codes: the rows are its annex.")
@click.option("--check", is_flag=True, help="Only say what is to be mended.")
@click.option("--dry-run", "tried", type=click.Path(file_okay=False, path_type=Path), help="Write to a folder only.")
@click.option("--outbox", type=_EXISTING, help="The settings of a relay that is to carry it, at its own pace.")
@click.option(
    "--at-most", default=_AN_HOUR, show_default=True, type=click.IntRange(1), help="New pull requests at once."
)
@click.option("--marked", type=_NEW, help="Write the sheet back with its faults marked (.xlsx).")
@click.option("--slips", type=_NEW, help="Print a slip for each idea (.pdf).")
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--template", type=_NEW, help="Write the workbook to fill in (.xlsx), and nothing else.")
@click.option("--paper", type=_NEW, help="Print the paper form (.pdf), and nothing else.")
@click.pass_context
def import_(ctx: click.Context, /, file: Path | None, **wanted: Any) -> None:
    """Take a sheet of ideas (.xlsx, .ods, .xls, .csv): one pull request for each row, or every fault at once.

    Nothing is filed while anything is to be mended. Run again, it files nothing twice, and goes on where it ended.
    Reads GITHUB_REPOSITORY, GITHUB_TOKEN, GITHUB_API_URL and DEFAULT_BRANCH from the environment, unless a relay
    carries it.
    """
    store: Store = ctx.obj()
    if wanted["template"] or wanted["paper"]:
        _stationery(store, wanted)
        return
    if file is None:
        raise UsageError("import-what")
    if wanted["outbox"] and wanted["recognised"]:
        raise UsageError("import-outbox")
    desk = _Desk(store, wanted)
    grids, reading = desk.read(file)
    if desk.old:
        said = recognised.faults(desk.importer, store, desk.pool, reading, desk.old) if not reading.errors else ()
        reading = replace(reading, findings=(*said, *reading.findings))
    click.echo(_report(reading, wanted["style"]))
    if wanted["marked"]:
        wanted["marked"].write_bytes(clerk_books.marked(grids, clerk_sheets.marked(reading.findings, reading.tables)))
        _say(wanted, "marked", path=wanted["marked"])
    if reading.errors:
        _say(wanted, "nothing_filed")
        ctx.exit(FINDINGS)
    if wanted["check"]:
        return
    if desk.relay and not wanted["tried"]:
        _leave(store, desk, desk.relay, reading, file)
    else:
        _deliver(store, desk, reading, wanted)


class _Desk:
    """The registers opened for one sheet, and what the options say of it."""

    def __init__(self, store: Store, wanted: Mapping[str, Any]) -> None:
        self.store, self.wanted = store, wanted
        opened = open_desk(store)
        self.maker = Maker(opened.schemas, opened.books)
        self.books = opened.books
        vocabulary = told.vocabulary(self.maker)
        words = step.Words(vocabulary=vocabulary, cells=told.cell_words())
        self.pool = Pool(os.cpu_count() or 1)
        self.relay = sound(wanted["outbox"], but=OF_THE_DESK) if wanted["outbox"] else None
        # One secret for the command and the page: who brings a sheet to both files nothing twice.
        secret = secret_of(self.relay.data) if self.relay else own_secret(store.root)
        self.importer = step.Importer(store, self.pool, words, secret, near_in(store, self.pool))
        self.old = self._old_list(wanted["recognised"])
        day: datetime | None = wanted["day"]
        self.today = day.date().isoformat() if day else today(store)

    def read(self, file: Path) -> tuple[list[Grid], step.Reading]:
        """Read a file; one that is no sheet is told of as any other fault."""
        try:
            grids = spreadsheet.read(file.read_bytes())
        except UnreadableError as error:
            said = told.unreadable(file.name, error.key, spreadsheet.LIMITS)
            return [], step.Reading(findings=(said,))
        return grids, self.importer.read(grids, self.terms(file.name))

    def _old_list(self, file: Path | None) -> recognised.OldList | None:
        if file is None:
            return None
        return recognised.open_list(file.read_bytes(), file.name, self.books.rounds, self.wanted["round_"])

    def terms(self, name: str) -> Terms:
        """Gather the terms a file is read under; raises UsageError for what does not exist."""
        terms = Terms(
            file=name,
            entered_by=self._unit(self.wanted["entered_by"]),
            today=self.today,
            labels=told.labels(self.maker),
            round=self._round(self.wanted["round_"]),
            fill=dict(map(self._fill, self.wanted["fills"])),
        )
        return self.old.terms(terms) if self.old else terms

    def _unit(self, named: str | None) -> str:
        if not named and self.books.movement:
            heirs = UnitHistory(self.books.units).now(self.books.movement["unit"])
            living = [
                heir for heir in heirs if heir in self.books.units and in_force(self.books.units[heir], self.today)
            ]
            if len(living) != 1:
                raise UsageError("import-by")
            return living[0]
        if named and named in self.books.units:
            return named
        found = self.importer.desk.gazetteer.find(named or "", self.today).key
        if found is None:
            raise UsageError("import-unit", value=named or "")
        return found

    def _round(self, named: str) -> str:
        if named and named not in self.books.rounds:
            raise UsageError("no-such", value=named)
        return named

    def _fill(self, said: str) -> tuple[str, str]:
        heading, _, text = said.partition("=")
        key = heading if heading in told.labels(self.maker) else self.importer.key_of(heading)
        if not key or not text.strip():
            raise UsageError("import-fill", value=said)
        return key, text.strip()


def near_in(store: Store, pool: Pool) -> step.Near:
    """Give the way to look for earlier ideas; the index is opened when first needed."""

    @cache
    def base() -> similar_step.Base:
        shelf = Shelf(store.root / ".cache" / "novelty")
        return similar_step.open_base(store, Git(store.root), shelf, pool, similar_step.set_aside_in(store))

    return lambda idea: similar_step.near_idea(base(), idea, (), top=1, least=step.NEAR)


def _report(reading: step.Reading, style: str) -> str:
    rows = len(reading.entries) + len(reading.known)
    if style == "json":
        return told.as_json(reading.findings, rows, [*reading.known])
    return told.as_text(reading.findings, rows, len(reading.known))


def _say(wanted: Mapping[str, Any], key: str, **params: object) -> None:
    """Say what was done; beside JSON it goes where people look and programs do not."""
    click.echo(told.report(key, **params), err=wanted["style"] == "json")


def _deliver(store: Store, desk: _Desk, reading: step.Reading, wanted: Mapping[str, Any]) -> None:
    if not reading.entries:
        return
    old = desk.old
    papers = [recognised.paper(desk.importer, reading, old)] if old else list(desk.importer.papers(reading.entries))
    if wanted["slips"] and not old:
        ideas = [entry.idea for entry in reading.entries]
        wanted["slips"].write_bytes(_printed(store, slips.slips(ideas, desk.maker)))
        _say(wanted, "slips", count=len(ideas), path=wanted["slips"])
    if wanted["tried"]:
        _try_out(papers, wanted["tried"])
        _say(wanted, "tried", count=len(papers), path=wanted["tried"])
    else:
        _carry(store, papers, wanted)


def _leave(store: Store, desk: _Desk, relay: Settings, reading: step.Reading, file: Path) -> None:
    """Leave the rows to a relay, which carries them to the desk."""
    rows, secret = sheet_rows.rows(desk.importer, reading.entries, file.read_bytes()), secret_of(relay.data)
    with closing(Ledger(relay.data / BOOK)) as ledger:
        book = Slips(ledger)
        sent = handing_in.hand_in(book, secret, today(store), rows)
        pins = handing_in.pins(book, secret, rows)
    _say(desk.wanted, "boxed", count=len(sent), stood=len(rows) - len(sent))
    if place := desk.wanted["slips"]:
        sheet = slips.slips([row.slip for row in rows], desk.maker, pins, f"{relay['address']}theo-doi/")
        place.write_bytes(_printed(store, sheet))
        _say(desk.wanted, "slips", count=len(rows), path=place)


def _try_out(papers: Iterable[Paper], folder: Path) -> None:
    """Write papers to a folder to look at, laid out as the repository would have them."""
    out = Store(folder)
    for paper in papers:
        for path, text in paper.texts.items():
            out.write(path, text)


def _carry(store: Store, papers: list[Paper], wanted: Mapping[str, Any]) -> None:
    carrier = Carrier(forge(), Git(store.root).head(), lambda: time.sleep(_PAUSE))
    done = carrier.carry(papers, wanted["at_most"])
    _say(wanted, "filed", filed=len(done.filed), stood=len(done.stood))
    if done.closed:
        _say(wanted, "closed", count=len(done.closed), codes=", ".join(done.closed))
    if done.left:
        _say(wanted, "left", count=len(done.left))


def _stationery(store: Store, wanted: Mapping[str, Any]) -> None:
    """Write what is filled in by hand: the blank workbook, the paper form."""
    desk = open_desk(store)
    maker = Maker(desk.schemas, desk.books)
    if wanted["template"]:
        wanted["template"].write_bytes(clerk_books.blank(clerk_sheets.blank(maker)))
        _say(wanted, "template", path=wanted["template"])
    if wanted["paper"]:
        wanted["paper"].write_bytes(_printed(store, slips.paper_form(maker)))
        _say(wanted, "paper", path=wanted["paper"])


def _printed(store: Store, sheet: Sheet) -> bytes:
    """Print one sheet."""
    ((_, made),) = Workshop(store.root).press.print([("", sheet)])
    return made


COMMANDS: dict[str, click.Command] = {"import": import_}
