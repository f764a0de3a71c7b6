"""Workbooks for a clerk: the blank one to fill in, and a filled-in one given back with its faults marked.

Every cell is written as text, so that nothing anybody typed can act as a formula.
"""

import datetime
import io
from collections.abc import Callable, Iterable
from typing import Any

import xlsxwriter

from sangkien.domain.grid import Grid
from sangkien.render.clerk_sheets import Blank, Marked

_BORN = datetime.datetime(2019, 1, 1)  # noqa: DTZ001  # a fixed day, so that the same rows make the same file
_LONGEST = 32_767  # characters of a cell
_ROWS = 2_000  # rows of the blank sheet that offer choices
_HEAD = {"bold": True, "bg_color": "#F4EADD", "bottom": 1, "text_wrap": True, "valign": "top"}
_LOOKS = {
    "plain": {"text_wrap": True, "valign": "top"},
    "error": {"text_wrap": True, "valign": "top", "bg_color": "#F6C9BE", "border": 1, "border_color": "#A8492D"},
    "hint": {"text_wrap": True, "valign": "top", "bg_color": "#FBEFC2"},
}


def blank(layout: Blank) -> bytes:
    """Write the workbook to fill in: choices offered, days kept as they are typed, its example marked as one."""

    def fill(book: Any) -> None:
        page, lists = book.add_worksheet(layout.name), book.add_worksheet(layout.lists_name)
        lists.hide()
        head, text = book.add_format(_HEAD), book.add_format({**_LOOKS["plain"], "num_format": "@"})
        quiet = book.add_format({**_LOOKS["plain"], "num_format": "@", "italic": True, "font_color": "#6B5B4E"})
        for place, column in enumerate(layout.columns):
            page.set_column(place, place, column.width, text)
            page.write_string(0, place, column.heading, head)
            page.write_string(1, place, column.help, quiet)
            page.write_string(2, place, column.example, quiet)
            for line, choice in enumerate(column.choices):
                lists.write_string(line, place, choice)
            if column.choices:
                named = xlsxwriter.utility.xl_col_to_name(place, col_abs=True)
                rule = {
                    "validate": "list",
                    "source": f"='{layout.lists_name}'!{named}$1:{named}${len(column.choices)}",
                    "error_type": "warning",
                    "error_title": layout.warning_title,
                    "error_message": layout.warning,
                }
                page.data_validation(3, place, _ROWS, place, rule)
        page.freeze_panes(1, 2)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)

    return _written(fill)


def marked(grids: Iterable[Grid], layout: Marked) -> bytes:
    """Give a workbook back: the same cells, faults coloured with what is to be done as a note, all listed first."""

    def fill(book: Any) -> None:
        looks = {name: book.add_format(look) for name, look in _LOOKS.items()}
        _listing(book, layout, looks)
        for grid in grids:
            if grid.name not in layout.blanked:
                continue
            page = book.add_worksheet(layout.sheets[grid.name])
            heading, columns = layout.blanked[grid.name]
            for row, cells in enumerate(grid.rows):
                for column, text in enumerate(cells):
                    mark = layout.marks.get((grid.name, row, column))
                    shown = "" if row > heading and column in columns else text
                    if shown or mark:
                        page.write_string(row, column, shown[:_LONGEST], looks[mark.look if mark else "plain"])
            for (sheet, row, column), mark in layout.marks.items():
                if sheet == grid.name:
                    if column >= len(grid.rows[row]):
                        page.write_string(row, column, "", looks[mark.look])
                    page.write_comment(row, column, mark.note[:_LONGEST], {"x_scale": 2.4, "y_scale": 1.8})
            page.set_column(0, max(grid.width - 1, 0), 24)
            page.freeze_panes(heading + 1, 0)

    return _written(fill)


def _listing(book: Any, layout: Marked, looks: dict[str, Any]) -> None:
    page = book.add_worksheet(layout.list_name)
    head = book.add_format(_HEAD)
    for place, (heading, width) in enumerate(layout.headings):
        page.set_column(place, place, width)
        page.write_string(0, place, heading, head)
    for line, row in enumerate(layout.rows, 1):
        for place, text in enumerate(row.texts):
            page.write_string(line, place, text[:_LONGEST], looks[row.look if place == 0 else "plain"])
        if row.target and line < 50_000:
            page.write_url(line, 0, f"internal:{row.target}", looks[row.look], row.texts[0])
    page.freeze_panes(1, 0)


def _written(fill: Callable[[Any], None]) -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _BORN})
    fill(book)
    book.close()
    return made.getvalue()
