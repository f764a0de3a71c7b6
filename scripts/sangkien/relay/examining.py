"""A clerk's file looked through in a process of its own, which may die of it: what it says comes back as values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from sangkien.adapters import clerk_books, spreadsheet
from sangkien.adapters.bounded import Bounds
from sangkien.adapters.git import Git
from sangkien.adapters.novelty import Shelf
from sangkien.adapters.pool import Pool
from sangkien.adapters.spreadsheet import UnreadableError
from sangkien.adapters.store import Store
from sangkien.adapters.workshop import Workshop
from sangkien.domain.finding import Finding
from sangkien.domain.publicness import Rulings
from sangkien.domain.row_reader import Terms
from sangkien.domain.rules.dates import in_force
from sangkien.domain.sheet_row import SheetRow
from sangkien.domain.unit_history import UnitHistory
from sangkien.render import clerk_sheets, slips
from sangkien.render import importing as told
from sangkien.render.forms import Maker
from sangkien.render.sheets import Sheet
from sangkien.workflow import follow, sheet_rows, similar
from sangkien.workflow import import_ as step
from sangkien.workflow.new import Desk, open_desk

BOUNDS = Bounds(memory=2 * 1024**3, seconds=60.0, waiting=6, each=50)
MOST_ROWS = 1_000  # of one file: so many are read in a quarter of a minute, and their slips printed
_LOOKED_AT = 5  # nearest ideas, of which the first public one is told
Trouble = Literal["", "unit", "fill", "rows"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How a clerk wants a file to be read; `fills` are lines such as `Lĩnh vực=Giáo dục`."""

    unit: str
    today: str
    megabytes: int
    day: str = ""  # of rows that bear none
    round: str = ""
    paper: str = ""
    fills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What a file came to: rows read, findings, sound rows that may be handed in, the file marked."""

    trouble: Trouble = ""
    about: str = ""  # what the trouble is with
    read: int = 0
    findings: tuple[Finding, ...] = ()
    known: Mapping[str, int] = field(default_factory=dict)
    rows: tuple[SheetRow, ...] = ()
    marked: bytes = b""


def examine(root: str, secret: bytes, wanted: Wanted, file: bytes) -> Examined:
    """Look through a file; nothing is written anywhere."""
    ground = _opened(root, secret)
    unit = ground.heir(wanted.unit, wanted.today)
    if not unit:
        return Examined(trouble="unit", about=wanted.unit)
    given = {"paper": wanted.paper, "submitted_on": wanted.day}
    fill = {key: text for key, text in given.items() if text}
    for line in wanted.fills:
        heading, _, text = line.partition("=")
        key = heading if heading in ground.labels else ground.importer.key_of(heading)
        if not key or not text.strip():
            return Examined(trouble="fill", about=line)
        fill[key] = text.strip()
    limits = spreadsheet.LIMITS | {"rows": MOST_ROWS, "megabytes": wanted.megabytes}
    try:
        grids = spreadsheet.read(file)
    except UnreadableError as error:
        return Examined(findings=(told.unreadable("", error.key, limits),))
    if sum(any(row) for grid in grids for row in grid.rows) > MOST_ROWS:
        return Examined(trouble="rows", about=f"{MOST_ROWS}")
    terms = Terms(file="", entered_by=unit, today=wanted.today, labels=ground.labels, round=wanted.round, fill=fill)
    reading = ground.importer.read(grids, terms)
    marked = clerk_books.marked(grids, clerk_sheets.marked(reading.findings, reading.tables))
    return Examined(
        read=len(reading.entries) + len(reading.known),
        findings=reading.findings,
        known=dict(reading.known),
        rows=sheet_rows.rows(ground.importer, reading.entries, file) if sheet_rows.fits(reading) else (),
        marked=marked,
    )


def print_slips(
    root: str, secret: bytes, ideas: Sequence[Mapping[str, Any]], pins: Mapping[str, str], follow: str
) -> bytes:
    """Print a slip for each idea; drawing so many squares takes longer than printing them."""
    return printed(root, slips.slips(ideas, _opened(root, secret).maker, pins, follow))


def printed(root: str, sheet: Sheet) -> bytes:
    """Print one sheet."""
    ((_, made),) = Workshop(Path(root)).press.print([("", sheet)])
    return made


def blank_workbook(maker: Maker) -> bytes:
    """Write the workbook to fill in."""
    return clerk_books.blank(clerk_sheets.blank(maker))


class _Ground:
    """The registers as they stand at one commit, opened for reading sheets."""

    def __init__(self, root: str, secret: bytes) -> None:
        self._store = Store(Path(root))
        self._desk: Desk = open_desk(self._store)
        self.maker = Maker(self._desk.schemas, self._desk.books)
        self.labels = told.labels(self.maker)
        words = step.Words(vocabulary=told.vocabulary(self.maker), cells=told.cell_words())
        self.importer = step.Importer(self._store, Pool(1), words, secret, self._near())

    def heir(self, unit: str, day: str) -> str:
        """Give what a unit is on a day; empty when it is no more, or several."""
        units = self._desk.books.units
        living = [heir for heir in UnitHistory(units).now(unit) if heir in units and in_force(units[heir], day)]
        return living[0] if len(living) == 1 else ""

    def _near(self) -> step.Near:
        """Give the way to look for earlier ideas; of those that are not public nothing is told."""
        shelf = Shelf(self._store.root / ".cache" / "novelty")
        git, set_aside = Git(self._store.root), similar.set_aside_in(self._store)
        base = similar.open_base(self._store, git, shelf, Pool(1), set_aside, clean=True)
        books = self._desk.books
        rulings = Rulings(books.decisions.values())

        def is_public(code: str) -> bool:
            return follow.verdict_of(self._store, self._desk.schemas, books, rulings, code).public

        return lambda idea: [
            near for near in similar.near_idea(base, idea, (), top=_LOOKED_AT, least=step.NEAR) if is_public(near.code)
        ]


def _opened(root: str, secret: bytes) -> _Ground:
    return _ground(root, Git(Path(root)).head().key, secret)


@lru_cache(maxsize=1)
def _ground(root: str, head: str, secret: bytes) -> _Ground:  # noqa: ARG001  # the head says which state it is of
    return _Ground(root, secret)
