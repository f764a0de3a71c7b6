"""The table inside a sheet: found among titles and signatures, read to rows of named cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from sangkien.domain.grid import Grid
from sangkien.domain.heading import Headings, Match, Vocabulary, begins, plain

_LOOKED_INTO = 60  # rows in which a heading may begin
_TALLEST = 4  # rows of a heading
NEEDED = "title"
_SEVERAL = frozenset({"authors"})  # keys that may have several columns, read one below the other
_NUMBER = "number"
_LEAST = 2  # known columns, or it is no table of ours
_OF_PEOPLE = frozenset({"authors", "shares", "display", "consent_on", "minor"})  # one line for each person
_FEW = 4  # cells of a line of signatures
_ROMAN = frozenset("ivxlc")

Spot = tuple[int, int]  # row and column from 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row read: texts by key, and where each stands; `section` is the line above that heads a group of rows."""

    number: int
    cells: Mapping[str, str]
    spots: Mapping[str, Spot]
    section: str = ""

    def spot(self, key: str) -> Spot:
        """Give the cell something is said of: its own, or the idea's title."""
        return self.spots.get(key) or self.spots.get(NEEDED) or (self.number, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table found: its columns by key, what was left out, its rows."""

    sheet: str
    heading: int  # the last row of the heading
    columns: Mapping[str, tuple[int, ...]]
    dropped: Mapping[int, str]  # column → the kind of personal data in it
    unknown: Mapping[int, str] = field(default_factory=dict)  # column → its heading
    twice: Mapping[int, str] = field(default_factory=dict)  # column → the key another column has already
    rows: Sequence[Row] = ()
    sections: Mapping[int, str] = field(default_factory=dict)  # row → the line that heads the rows below it


def find(grid: Grid, vocabulary: Vocabulary) -> Table | None:
    """Find the table of a sheet; None when no row looks like its heading."""
    headings = Headings(vocabulary)
    best: tuple[tuple[int, int, int], int, int, dict[int, Match]] | None = None
    for top in range(min(_LOOKED_INTO, len(grid.rows))):
        if not any(grid.rows[top]):
            continue
        for height in range(1, _TALLEST + 1):
            if top + height > len(grid.rows):
                break
            matches = _matches(grid, headings, top, height)
            kept = {m.key for m in matches.values() if m.weight and not m.drops}
            if NEEDED not in kept or len(kept - {_NUMBER}) < _LEAST:
                continue
            score = (len(kept), sum(m.weight for m in matches.values()), -top)
            if best is None or score > best[0]:
                best = (score, top, height, matches)
    if best is None:
        return None
    _, top, height, matches = best
    table = _columns(grid, top, height, matches)
    return _Reading(grid, vocabulary, table).whole()


def _matches(grid: Grid, headings: Headings, top: int, height: int) -> dict[int, Match]:
    """Match every column by its heading's rows together, else by the lowest row that says something."""
    found = {}
    for column in range(grid.width):
        parts = list(dict.fromkeys(filter(None, (_head(grid, row, column) for row in range(top, top + height)))))
        if not parts:
            continue
        tries = [headings.match(" ".join(parts)), headings.match(parts[-1])]
        found[column] = max(tries, key=lambda match: match.weight)
    return found


def _head(grid: Grid, row: int, column: int) -> str:
    """Read a cell of a heading; one merged over the whole sheet is a title, and names no column."""
    home = grid.home(row, column)
    text = grid.text(*home)
    return "" if len(text) > 400 else text


def _columns(grid: Grid, top: int, height: int, matches: Mapping[int, Match]) -> Table:
    columns: dict[str, list[int]] = {}
    dropped: dict[int, str] = {}
    unknown: dict[int, str] = {}
    twice: dict[int, str] = {}
    for column, match in sorted(matches.items(), key=lambda item: (-item[1].weight, item[0])):
        if not match.weight:
            parts = [_head(grid, row, column) for row in range(top, top + height)]
            unknown[column] = " ".join(dict.fromkeys(filter(None, parts)))
        elif match.drops:
            dropped[column] = match.key
        elif match.key not in columns or match.key in _SEVERAL:
            columns.setdefault(match.key, []).append(column)
        elif matches[columns[match.key][0]].weight > match.weight:
            unknown[column] = " ".join(filter(None, [_head(grid, top + height - 1, column)]))
        else:
            twice[column] = match.key
    in_order = {key: tuple(sorted(places)) for key, places in columns.items()}
    return Table(
        sheet=grid.name, heading=top + height - 1, columns=in_order, dropped=dropped, unknown=unknown, twice=twice
    )


class _Reading:
    """Reads the rows below a heading, one after the other."""

    def __init__(self, grid: Grid, vocabulary: Vocabulary, table: Table) -> None:
        self._grid, self._words, self._table = grid, vocabulary, table
        self._rows: list[Row] = []
        self._sections: dict[int, str] = {}

    def whole(self) -> Table:
        for number in range(self._table.heading + 1, len(self._grid.rows)):
            if not self._take(number):
                break
        return replace(self._table, rows=tuple(self._rows), sections=self._sections)

    def _take(self, number: int) -> bool:
        """Read one row; False when the table ends before it."""
        filled = list(self._grid.filled(number))
        if not filled:
            return True
        untitled = NEEDED not in self._own(number)
        if untitled and len(filled) <= _FEW and self._ends([text for _, text in filled]):
            return False
        cells, spots = self._cells(number)
        if not self._is_passed_over(filled, untitled=untitled) and not self._continues(number, cells):
            if self._is_section(filled, cells):
                self._sections[number] = max((text for _, text in filled), key=len)
            elif NEEDED in cells or len(cells.keys() - {_NUMBER}) > 1:
                section = next(reversed(self._sections.values()), "")
                self._rows.append(Row(number=number, cells=cells, spots=spots, section=section))
        return True

    def _is_passed_over(self, filled: Sequence[tuple[int, str]], *, untitled: bool) -> bool:
        """Tell rows that are none: sums, numbers of columns, the example of how to fill in."""
        first = filled[0][1]
        is_sum = untitled and begins(first, self._words.totals)
        return is_sum or self._is_numbering(filled) or begins(first, self._words.examples)

    def _own(self, number: int) -> set[str]:
        """Name the keys whose own cell of a row holds something."""
        return {key for key, places in self._table.columns.items() if any(self._grid.text(number, c) for c in places)}

    def _cells(self, number: int) -> tuple[dict[str, str], dict[str, Spot]]:
        cells: dict[str, str] = {}
        spots: dict[str, Spot] = {}
        for key, places in self._table.columns.items():
            texts = [text for column in places if (text := self._grid.seen(number, column))]
            if texts:
                cells[key] = "\n".join(dict.fromkeys(texts))
            spots[key] = (number, places[0])
        return cells, spots

    def _ends(self, texts: Sequence[str]) -> bool:
        """Tell the place-and-day line above signatures, and the signatures themselves."""
        dated = any({"ngay", "thang", "nam"} <= set(plain(text).split()) for text in texts)
        return dated or any(begins(text, self._words.ends) for text in texts)

    @staticmethod
    def _is_numbering(filled: Sequence[tuple[int, str]]) -> bool:
        """Tell a row that numbers the columns: (1) (2) (3), or A B C."""
        marks = [plain(text) for _, text in filled]
        if len(marks) < 3:
            return False
        numbers = [int(mark) for mark in marks if mark.isdecimal() and len(mark) < 4]
        letters = [mark for mark in marks if len(mark) == 1 and mark.isalpha()]
        rising = all(b - a == 1 for a, b in pairwise(numbers))
        return rising and len(numbers) + len(letters) == len(marks)

    def _is_section(self, filled: Sequence[tuple[int, str]], cells: Mapping[str, str]) -> bool:
        """Tell a line that heads the rows below it: one text, at most with a number before it."""
        texts = [text for _, text in filled]
        if len(texts) == 2 and (plain(texts[0]).isdecimal() or set(plain(texts[0])) <= _ROMAN or len(texts[0]) < 4):
            texts = texts[1:] if NEEDED not in cells or not plain(texts[0]).isdecimal() else texts
        if len(texts) != 1:
            return False
        row_is_wide = len(self._table.columns) > 3
        return NEEDED not in cells or row_is_wide

    def _continues(self, number: int, cells: Mapping[str, str]) -> bool:
        """Join a row to the one above when it only names one more author of the same idea."""
        own = self._own(number)
        if not self._rows or not own or NEEDED in own or "authors" not in own or not own <= _OF_PEOPLE | {_NUMBER}:
            return False
        last = self._rows[-1]
        joined = dict(last.cells)
        for key in _OF_PEOPLE & set(self._table.columns):
            was, new = joined.get(key, ""), cells.get(key, "") if key in own else ""
            joined[key] = f"{was}\n{new}" if was or new else ""
        self._rows[-1] = Row(
            number=last.number,
            cells={key: text for key, text in joined.items() if text.strip("\n")},
            spots=last.spots,
            section=last.section,
        )
        return True
