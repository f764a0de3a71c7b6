"""Small charts from plain values, made of markup alone: no script, no style attribute, zero at the foot of every bar.

Lengths are percentages of the width there is, heights and letters are pixels: so a chart narrows on a phone and its
letters do not shrink. Colour never says anything that a number or a word beside it does not say too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isqrt

from markupsafe import Markup, escape

from sangkien.render import vietnamese as vi
from sangkien.render.page import write

SHEET = "charts.css"  # every page with a chart names it among its sheets


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a table: its name, the number and, where there is no number, the words instead."""

    label: str | Markup
    value: int | None
    instead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The figures themselves: what is counted, under which heads; sums at the foot have no bar."""

    caption: str
    heads: tuple[str, str]
    rows: tuple[Row, ...]
    foot: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Counts by two things at once; `columns` and `rows` name them, `head` names the rows' side."""

    caption: str
    head: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


def bars(table: Table) -> Markup:
    """Draw a table whose every number has its bar; it needs no second table."""
    longest = max((row.value or 0 for row in table.rows), default=0)
    widths = [_tenths(row.value or 0, longest) for row in table.rows]
    return Markup(write("chart_table.html.j2", table=table, widths=widths))  # noqa: S704  # written by a template


def folded(table: Table) -> Markup:
    """Write a table that opens below its chart."""
    return Markup(  # written by a template
        '<details class="sk-more sk-chart__more"><summary>Xem bảng số</summary>{}</details>'
    ).format(Markup(write("chart_table.html.j2", table=table, widths=[])))  # noqa: S704  # the same


def columns(table: Table, says: str, *, marked: Sequence[str] = ()) -> Markup:
    """Draw upright columns in the order of a table's rows, which name points in time; `marked` ones stand out."""
    rows = table.rows
    slot = 100 / max(len(rows), _FEWEST)
    most = max((row.value or 0 for row in rows), default=0)
    spare = _spare(slot, max((len(vi.whole(row.value or 0)) for row in rows), default=0))
    parts = []
    for place, row in enumerate(rows):
        value, label = row.value or 0, str(row.label)
        x, height = place * slot, _height(value, most)
        stands_out = label in marked
        parts.append(_rect(x + slot * 0.14, slot * 0.72, height, "sk-chart__mark" if stands_out else ""))
        kept = len(marked) == 1 and stands_out
        if kept or spare is not None:
            called = "sk-chart__number" + ("" if kept else spare or "")
            parts.append(_text(x + slot / 2, _FOOT - height - 6, vi.whole(value), called))
    letters = max((len(str(row.label)) for row in rows), default=0)
    for back, called in _named(len(rows), slot, letters):  # from the newest, which always is named
        place = len(rows) - 1 - back
        parts.append(_text((place + 0.5) * slot, _FOOT + 20, str(rows[place].label), called))
    return _drawing(says, parts) + folded(table)


def histogram(table: Table, says: str, *, edges: Sequence[int], middle: float, word: str) -> Markup:
    """Draw how often each span of values occurs; a line with a word stands at the middle value.

    `edges` are the spans' borders on the axis, one more than there are; rows beyond them stand in the table alone.
    """
    rows = table.rows[: len(edges) - 1]
    slot = 100 / max(len(rows), _FEWEST)
    most = max((row.value or 0 for row in rows), default=0)
    heights = [_height(row.value or 0, most) for row in rows]
    parts = [_rect(n * slot + 0.15, slot - 0.3, height, "") for n, height in enumerate(heights)]
    spare = _spare(slot, len(vi.whole(most)))
    if spare is not None:
        parts += [
            _text((n + 0.5) * slot, _FOOT - height - 6, vi.whole(row.value or 0), f"sk-chart__number{spare}")
            for n, (height, row) in enumerate(zip(heights, rows, strict=True))
            if row.value
        ]
    for place, called in _named(len(rows), slot, len(vi.whole(edges[-1]))):
        anchor = "middle" if place else "start"
        parts.append(_text(place * slot, _FOOT + 20, vi.whole(edges[place]), called, anchor=anchor))
    x = slot * len(rows) * middle / edges[-1]
    parts.append(f'<line class="sk-chart__middle" x1="{_number(x)}%" x2="{_number(x)}%" y1="6" y2="{_FOOT}"/>')
    anchor, shift = ("end", -1.5) if x > 50 else ("start", 1.5)
    parts.append(_text(x + shift, 16, word, "sk-chart__word", anchor=anchor))
    return _drawing(says, parts) + folded(table)


def dots(matrix: Matrix) -> Markup:
    """Draw a table whose every number stands by a dot of that area; it needs no second table."""
    most = max((value for _, values in matrix.rows for value in values), default=0)
    rows = [(label, [(value, _radius(value, most)) for value in values]) for label, values in matrix.rows]
    return Markup(write("chart_dots.html.j2", matrix=matrix, rows=rows))  # noqa: S704  # written by a template


# A drawing is _HIGH pixels high, its columns stand on _FOOT and leave room for a line and a number above the highest.
_HIGH, _FOOT, _TALLEST = 200, 170, 124
_FEWEST = 6  # fewer columns are not drawn wider
_NARROW, _WIDE = 280, 600  # pixels: the drawing on the narrowest phone, and where spare words are shown
_LETTER, _GAP = 9.4, 6  # pixels: a wide digit, the least gap between two words


def _fits(percent: float, letters: int, width: int) -> bool:
    return letters * _LETTER + _GAP <= percent * width / 100


def _spare(slot: float, letters: int) -> str | None:
    """Tell how the words of all slots are called: nothing special, spare ones, or none at all for want of room."""
    if _fits(slot, letters, _NARROW):
        return ""
    return " sk-chart__spare" if _fits(slot, letters, _WIDE) else None


def _named(count: int, slot: float, letters: int) -> Iterator[tuple[int, str]]:
    """Choose the places on an axis that are named, evenly from the first; spare ones only where there is room."""
    wide = next((n for n in range(1, count) if _fits(slot * n, letters, _WIDE)), max(1, count))
    narrow = next((n for n in range(wide, count, wide) if _fits(slot * n, letters, _NARROW)), max(1, count))
    for place in range(0, count, wide):
        yield place, "" if place % narrow == 0 else "sk-chart__spare"


def _height(value: int, most: int) -> int:
    """Scale a value; whatever is not nothing can be seen."""
    return max(2, value * _TALLEST // most) if value else 0


def _tenths(value: int, most: int) -> str:
    """Scale a value to 100, to one decimal; whatever is not nothing can be seen."""
    return _number(max(1, value * 1000 // most) / 10) if value else "0"


def _radius(value: int, most: int) -> int:
    """Scale a value so that areas compare, not widths."""
    return max(2, isqrt(361 * value // most)) if value else 0


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _rect(x: float, width: float, height: int, called: str) -> str:
    mark = f' class="{called}"' if called else ""
    return f'<rect{mark} x="{_number(x)}%" y="{_FOOT - height}" width="{_number(width)}%" height="{height}"/>'


def _text(x: float, y: int, text: str, called: str = "", *, anchor: str = "middle") -> Markup:
    mark = Markup(' class="{}"').format(called) if called else ""
    return Markup('<text{} x="{}%" y="{}" text-anchor="{}">{}</text>').format(mark, _number(x), y, anchor, text)


def _drawing(says: str, parts: Sequence[str]) -> Markup:
    """Frame a drawing; what it shows is said in one sentence to whoever cannot see it."""
    return Markup(  # noqa: S704  # numbers, and texts escaped above
        f'<svg class="sk-chart__drawing" width="100%" height="{_HIGH}" role="img" aria-label="{escape(says)}"'
        f' focusable="false">{"".join(parts)}<line class="sk-chart__ground" x1="0" x2="100%" y1="{_FOOT}"'
        f' y2="{_FOOT}"/></svg>'
    )
