"""What stands in a clerk's workbooks: the blank one, and one given back with its faults marked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sangkien.domain.finding import Finding
from sangkien.domain.grid import place
from sangkien.domain.sheet_table import Table
from sangkien.render.forms import Maker
from sangkien.render.importing import labels, questions, words
from sangkien.render.messages import message, say

_BARE = str.maketrans(dict.fromkeys("[]:*?/\\'", "-"))  # what a sheet's name may not hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of the blank workbook."""

    key: str
    heading: str
    help: str
    example: str
    choices: tuple[str, ...] = ()
    width: int = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """The workbook to fill in."""

    name: str
    lists_name: str
    warning_title: str
    warning: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """How a cell is marked, and the note on it."""

    look: str
    note: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list of faults; `target` is the cell it leads to."""

    look: str
    target: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A workbook given back: by sheet, row and column from 0; `blanked` are heading and columns not given back."""

    list_name: str
    headings: tuple[tuple[str, int], ...]
    rows: tuple[Line, ...]
    marks: Mapping[tuple[str, int, int], Mark]
    sheets: Mapping[str, str]
    blanked: Mapping[str, tuple[int, frozenset[int]]] = field(default_factory=dict)


def blank(maker: Maker) -> Blank:
    """Lay out the blank workbook from the schemas and registers."""
    said, named, asked = words()["blank_sheet"], labels(maker), _asked(maker)
    columns = []
    for key in said["order"]:
        keys = [k for k in asked if k in criteria_of(maker)] if key == "criteria" else [key]
        for one in keys:
            own, choices = said["columns"].get(one, {}), tuple(_choices(maker, one))
            example = own.get("example", "").format(unit=maker.home(), first=choices[0] if choices else "")
            columns.append(
                Column(
                    key=one,
                    heading=named[one],
                    help=own.get("help", asked.get(one, "")),
                    example=example,
                    choices=choices,
                    width=own.get("width", 18),
                )
            )
    return Blank(
        name=said["name"],
        lists_name=said["lists"],
        warning_title=said["warning_title"],
        warning=said["warning"],
        columns=tuple(columns),
    )


def _asked(maker: Maker) -> dict[str, str]:
    """Give the help that stands beside every question of an idea's form."""
    blocks = (block for block in maker.idea()["body"] if "id" in block)
    return {block["id"]: block["attributes"].get("description", "") for block in blocks}


def criteria_of(maker: Maker) -> set[str]:
    """Give the criteria that an idea's form asks about."""
    return {c["id"] for rubric in maker.books.rubrics.values() for c in rubric["criteria"]} & set(questions(maker))


def _choices(maker: Maker, key: str) -> Iterable[str]:
    made, said = maker.choices(), words()["blank_sheet"]
    offered: Mapping[str, Iterable[str]] = {
        "kind": made["kinds"].values(),
        "content": made["contents"].values(),
        "field": made["fields"].values(),
        "applied": made["applied"],
        "display": made["displays"].values(),
        "minor": said["yes_no"],
        "guardian": maker.schemas.choices(maker.schemas.at("person", ("guardian", "relation"))).values(),
    }
    return offered.get(key, ())


def marked(findings: Sequence[Finding], tables: Sequence[Table]) -> Marked:
    """Lay out a workbook given back."""
    said = words()["marked_sheet"]
    sheets = _names([table.sheet for table in tables], said["name"])
    marks: dict[tuple[str, int, int], Mark] = {}
    rows = []
    for finding in findings:
        told, sheet = message(finding), sheet_of(finding)
        look = finding.severity
        at = cell_of(finding)
        target = f"'{sheets[sheet]}'!{at}" if sheet in sheets and at else ""
        rows.append(
            Line(look, target, (at or "–", sheets.get(sheet, ""), say(look), told.sentence, told.cure, told.example))
        )
        if target:
            spot = (sheet, finding.where.line - 1, finding.where.column - 1)
            note = f"{told.sentence}\n{told.cure}"
            before = marks.get(spot)
            if before:
                look, note = "error" if "error" in (before.look, look) else look, f"{before.note}\n\n{note}"
            marks[spot] = Mark(look, note)
    return Marked(
        list_name=said["name"],
        headings=tuple((heading, width) for heading, width in said["headings"]),
        rows=tuple(rows),
        marks=marks,
        sheets=sheets,
        blanked={table.sheet: (table.heading, frozenset(table.dropped)) for table in tables},
    )


def sheet_of(finding: Finding) -> str:
    """Name the sheet a finding is about; empty for the whole file."""
    return finding.where.file.partition("#")[2]


def cell_of(finding: Finding) -> str:
    """Name the cell a finding is about: `D7`; empty for the whole file."""
    return place(finding.where.line - 1, finding.where.column - 1) if finding.where.line else ""


def _names(sheets: Sequence[str], taken: str) -> dict[str, str]:
    """Give every sheet a name a workbook may have, none twice."""
    given: dict[str, str] = {}
    used = {taken.lower()}
    for number, sheet in enumerate(dict.fromkeys(sheets), 1):
        name = sheet.translate(_BARE).strip()[:31] or str(number)
        while name.lower() in used:
            name = f"{name[:27]} {number}"
            number += 1  # noqa: PLW2901  # the next one to try
        used.add(name.lower())
        given[sheet] = name
    return given
