"""What all papers have in common: head, place and day, who signs, who receives; blanks where nobody has decided."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from sangkien.domain.errors import UsageError
from sangkien.domain.finding import Code, Finding, Location
from sangkien.domain.letterhead import letterhead, recipients
from sangkien.domain.naming import Credit
from sangkien.domain.paper_source import Source
from sangkien.render import vietnamese as vi
from sangkien.render.unit_names import unit_name

DOTS = "………………………………"  # to be written over by hand
FEW_DOTS = "…………"
LINE = "\t"  # dots as far as the margin, by the tab stop of the paragraph it stands in
_NO_BREAK = "\u00a0"
_NARROW = 28  # letters on a line of an office's name, at the head of a standing page


@cache
def words() -> dict[str, Any]:
    """Read the papers' words, which stand beside this module."""
    return tomllib.loads(resources.files(__package__).joinpath("words_vi.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which paper is asked for: its kind, of what, and what only some kinds ask: a seat, a design."""

    kind: str
    keys: Sequence[str] = ()
    seat: str = ""
    design: str = ""

    def wanted(self) -> Sequence[str]:
        """Give what it is asked of; raises UsageError where nothing is named."""
        if not self.keys:
            raise UsageError("paper-of-what", kind=self.kind)
        return self.keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper for Word: the kind's template is filled with the values; `name` is the file's, without its ending.

    `layout` names the folder of templates it is taken from; empty for the usual ones.
    """

    kind: str
    name: str
    values: Mapping[str, Any]
    layout: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture among a paper's values: PNG, as wide as so many mm."""

    data: bytes
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The office's own part of a paper; `values` go into the template under `head`, `sign` and `recipients`."""

    layout: str
    values: Mapping[str, Any]
    findings: tuple[Finding, ...]


def frame(
    source: Source,
    kind: str,
    unit: str,
    *,
    day: str = "",
    as_of: str = "",
    number: str = "",
    superior: str | None = None,
    body: str = "",
    authority: str | None = None,
    position: str = "",
    name: str = "",
) -> Frame:
    """Make the frame of a unit's paper of a kind.

    `day` is the day of the paper where one is decided; the letterhead is that of this day, else of `as_of`, the day the
    paper tells of, else of today. A `body` is who issues it where that is not the letterhead's: a council then stands
    below the office it serves.
    """
    on = day or as_of or source.on
    record = letterhead(source.books, unit, on)
    own: Mapping[str, Any] = record or {}
    above = superior if superior is not None else own.get("superior") or (own.get("body", "") if body else "")
    symbol = "-".join(filter(None, (words()["symbols"].get(kind, ""), FEW_DOTS if body else own.get("symbol", ""))))
    title = called(source, unit)
    issuer = body or own.get("body", DOTS)
    missing = Finding(
        code=Code.LETTERHEAD_MISSING,
        where=Location(file="content/register/letterheads"),
        params={"unit": vi.capital(title), "day": on},
    )
    return Frame(
        layout=str(own.get("layout", "")),
        values={
            "head": {
                "superior": in_two(str(above), title),
                "body": in_two(issuer, title),
                "office": " ".join(filter(None, (issuer, above))),
                "number": number_line(number, symbol),
                "place_day": f"{own.get('place', FEW_DOTS)}, {day_line(day, on)}",
            },
            "sign": {
                "authority": own.get("authority", "") if authority is None else authority,
                "position": position or own.get("position", FEW_DOTS),
                "name": name,
            },
            "recipients": _closed(recipients(record, kind)) or [f"- {FEW_DOTS};", f"- {FEW_DOTS}."],
        },
        findings=() if record else (missing,),
    )


def called(source: Source, unit: str) -> str:
    """Call a unit by its name in the middle of a sentence; an unknown one by its key."""
    record, lists = source.books.units.get(unit), source.books.lists
    return unit_name(record, {level["id"]: level for level in lists["levels"]} if lists else {}) if record else unit


def number_line(number: str, symbol: str) -> str:
    """Write the line of the number; without one yet, room for it before the symbol."""
    return f"Số: {number or '        /' + (symbol or FEW_DOTS)}"


def day_line(day: str, on: str = "") -> str:
    """Write the day as papers do; an undecided one has room for day and month, and the year of `on`."""
    if not day:
        return f"ngày ……… tháng ……… năm {on[:4] or '………'}"
    year, month, day_ = day.split("-")
    return f"ngày {day_} tháng {month if month in ('01', '02') else month.lstrip('0')} năm {year}"


def named(credit: Credit) -> str:
    """Name somebody in a list, or say that their name is not public."""
    return credit.name or vi.NAMELESS[credit.collective, credit.erased]


def by_hand(credit: Credit) -> str:
    """Name somebody where a name alone may stand; dots where the office has to write it by hand."""
    return credit.name or DOTS


def left_out(people: Sequence[Credit]) -> tuple[Finding, ...]:
    """Say how many names were left out of a paper."""
    count = sum(not credit.name for credit in people)
    return (Finding(code=Code.PAPER_NAME_BLANK, params={"count": str(count)}),) if count else ()


def unbroken(text: str, unit: str) -> str:
    """Keep a unit's name within an office's on one line."""
    whole = re.search(rf"{re.escape(unit)}(?!\w)", text, re.IGNORECASE) if unit else None
    return text[: whole.start()] + whole[0].replace(" ", _NO_BREAK) + text[whole.end() :] if whole else text


def in_two(text: str, unit: str) -> str:
    """Break an office's name at the head of a page into two lines of like length, where a name in it begins."""
    told = unbroken(text, unit)
    begins = [gap.end() for gap in re.finditer(" ", told) if _begins_name(told, gap.end())]
    fits = [at for at in begins if max(at, len(told) - at) <= _NARROW]
    if len(told) <= _NARROW or not fits:
        return told
    at = min(fits, key=lambda at: abs(len(told) - 2 * at))
    return told[:at] + told[at:].replace(" ", _NO_BREAK)


def _begins_name(text: str, at: int) -> bool:
    """Tell whether a name begins at a place: after a word in small letters, or that of a unit kept whole."""
    word, before = text[at:].split(" ", 1)[0], text[:at].rsplit(maxsplit=1)[-1]
    return _NO_BREAK in word or (word[:1].isupper() and before[:1].islower())


def _closed(lines: Sequence[str]) -> list[str]:
    """Write a list as papers close it: each line with a semicolon, the last with a full stop."""
    return [f"- {line}{';' if place < len(lines) else '.'}" for place, line in enumerate(lines, 1)]
