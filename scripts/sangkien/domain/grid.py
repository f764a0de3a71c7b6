"""A sheet as a grid of texts, each cell as people see it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from sangkien.domain.text import canonical

# Spaces of every width, and what cannot be seen at all.
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000\t]")
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)
_QUOTED = re.compile(r'"([^"]*)"', re.DOTALL)
_FAULTS = {"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#####"}

Block = tuple[int, int, int, int]  # first row, first column, last row, last column


@dataclass(frozen=True)
class Grid:
    """One sheet: texts by row and column from 0, and the blocks whose cells were merged into their first one."""

    name: str
    rows: Sequence[Sequence[str]]
    merged: Sequence[Block] = ()

    @cached_property
    def _covered(self) -> dict[tuple[int, int], tuple[int, int]]:
        """The cells merged into another one, with that one."""
        return {
            (row, column): (top, left)
            for top, left, bottom, right in self.merged
            for row in range(top, min(bottom, len(self.rows) - 1) + 1)
            for column in range(left, right + 1)
            if (row, column) != (top, left)
        }

    @property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)

    def text(self, row: int, column: int) -> str:
        """Give what a cell itself holds."""
        cells = self.rows[row] if 0 <= row < len(self.rows) else ()
        return cells[column] if column < len(cells) else ""

    def seen(self, row: int, column: int) -> str:
        """Give what one sees at a place: a merged cell is seen all over its block."""
        return self.text(*self.home(row, column))

    def home(self, row: int, column: int) -> tuple[int, int]:
        """Give the cell that is seen at a place."""
        return self._covered.get((row, column), (row, column))

    def filled(self, row: int) -> Iterator[tuple[int, str]]:
        """List the cells of a row that hold anything, by column."""
        return ((column, text) for column, text in enumerate(self.rows[row]) if text)


def clean(text: str) -> str:
    """Take from a cell what nobody sees: odd spaces, hidden characters, outer quotes left by another program."""
    text = canonical(_UNSEEN.sub("", _SPACES.sub(" ", text)))
    if match := _QUOTED.fullmatch(text):
        text = match[1].strip()
    return text.removeprefix("'").strip() if text.startswith("'") and text.count("'") == 1 else text


def is_fault(text: str) -> bool:
    """Tell whether a cell shows that its formula failed."""
    return text in _FAULTS or text.startswith("#####")


def place(row: int, column: int) -> str:
    """Name a cell as a spreadsheet does: `D7`, from row and column counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"
