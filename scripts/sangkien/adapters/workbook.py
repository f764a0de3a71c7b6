"""Workbooks for Excel and LibreOffice, kept by what stands in them: a year without a change is not written again."""

import datetime
import hashlib
import io
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import xlsxwriter

from sangkien.adapters import kept
from sangkien.adapters.whole import write_whole
from sangkien.render.tables import Sheet

_BORN = datetime.datetime(2019, 1, 1)  # noqa: DTZ001  # a fixed day, so that the same rows make the same file
_LONGEST = 32_767  # characters of a cell


_NUMBER = re.compile(r"-?\d+")

_LOOKS: dict[str, dict[str, Any]] = {
    "head": {"bold": True, "bg_color": "#F4EADD", "bottom": 1, "text_wrap": True, "valign": "top"},
    "day": {"num_format": "dd/mm/yyyy"},
    "number": {"num_format": "#,##0", "align": "right", "indent": 1},
    "text": {},
    "word": {"align": "right", "indent": 1},  # where a number is not known
}


class Bindery:
    """Binds sheets of one repository to workbooks."""

    def __init__(self, root: Path) -> None:
        self.kept = root / ".cache" / "workbooks"

    def bind(self, *sheets: Sheet) -> bytes:
        """Write a workbook: text that is never a formula, days as days, numbers as numbers."""
        place = (
            self.kept / f"{hashlib.sha256(repr((xlsxwriter.__version__, _LOOKS, *sheets)).encode()).hexdigest()}.xlsx"
        )
        if not place.is_file():
            write_whole(place, _bound(sheets))
        return kept.take(place)


def _bound(sheets: Iterable[Sheet]) -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"constant_memory": True, "in_memory": True})
    book.set_properties({"created": _BORN})
    formats = {name: book.add_format(look) for name, look in _LOOKS.items()}
    for sheet in sheets:
        _write(book.add_worksheet(sheet.name), sheet, formats)
    book.close()
    return made.getvalue()


def _write(page: Any, sheet: Sheet, formats: Mapping[str, Any]) -> None:
    for place, (heading, width) in enumerate(zip(sheet.headings, sheet.widths, strict=True)):
        page.set_column(place, place, width)
        page.write_string(0, place, heading, formats["head"])
    for line, row in enumerate(sheet.rows, 1):
        for place, (kind, value) in enumerate(zip(sheet.kinds, row, strict=True)):
            if kind == "day" and value:
                page.write_datetime(line, place, datetime.datetime.fromisoformat(value), formats["day"])
            elif kind == "number" and _NUMBER.fullmatch(value):
                page.write_number(line, place, int(value), formats["number"])
            else:
                page.write_string(line, place, value[:_LONGEST], formats["word" if kind == "number" else "text"])
    page.freeze_panes(1, 2)
    page.set_paper(9)  # A4
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.autofilter(0, 0, len(sheet.rows), len(sheet.headings) - 1)
