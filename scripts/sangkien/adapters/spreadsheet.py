"""Sheets read from a clerk's file: .xlsx, .xls and .ods by calamine, .csv by its own signs; formulas never run.

Everything here is bounded before it is opened: a small file may unpack to more than a computer holds.
"""

import csv
import datetime
import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

import python_calamine as calamine

from sangkien.domain.grid import Grid, clean

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS = 10_000, 200
LIMITS = {"rows": MOST_ROWS, "columns": MOST_COLUMNS, "megabytes": MOST_BYTES // 1024**2}
_MOST_PARTS = 5_000  # files in the archive a workbook is
_MOST_SHEETS = 40
_LONGEST = 32_767  # characters a cell may hold

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SEPARATORS = (",", ";", "\t", "|")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class UnreadableError(ValueError):
    """A file is no sheet we can read: `key` says why — `size`, `kind`, `broken`, `locked`, `letters`."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def read(data: bytes) -> list[Grid]:
    """Read every sheet of a file; raises UnreadableError."""
    if len(data) > MOST_BYTES:
        raise UnreadableError("size")
    if data.startswith(_ZIP):
        _measure(data)
        return _workbook(data)
    if data.startswith(_OLE):
        return _workbook(data)
    return [_text(data)]


def _measure(data: bytes) -> None:
    """Look at an archive's own list before anything of it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError, EOFError) as error:
        raise UnreadableError("broken") from error
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names and "content.xml" not in names and "xl/workbook.bin" not in names:
        raise UnreadableError("locked" if "EncryptedPackage" in names else "kind")
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise UnreadableError("size")
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableError("locked")


def _workbook(data: bytes) -> list[Grid]:
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            shown = [
                about.name
                for about in book.sheets_metadata
                if about.typ == calamine.SheetTypeEnum.WorkSheet and about.visible == calamine.SheetVisibleEnum.Visible
            ]
            return [_grid(book.get_sheet_by_name(name)) for name in shown[:_MOST_SHEETS]]
    except calamine.PasswordError as error:
        raise UnreadableError("locked") from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise UnreadableError("broken") from error
    except BaseException as error:
        # The reader is Rust; what it does not expect arrives as a panic, which is no Exception.
        if type(error).__name__ == "PanicException":
            raise UnreadableError("broken") from error
        raise


def _grid(sheet: calamine.CalamineSheet) -> Grid:
    rows, columns = sheet.total_height, sheet.total_width
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        _refuse_unless_empty(sheet)
    rows_read = sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS)
    texts = [[_shown(value) for value in row[:MOST_COLUMNS]] for row in rows_read]
    merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
    return Grid(name=sheet.name, rows=texts, merged=merged)


def _refuse_unless_empty(sheet: calamine.CalamineSheet) -> None:
    """Let sheets pass whose last rows and columns hold nothing: a stray format a thousand rows down is common."""
    for number, row in enumerate(sheet.to_python(skip_empty_area=False)):
        beyond = row if number >= MOST_ROWS else row[MOST_COLUMNS:]
        if any(value not in ("", None) for value in beyond):
            raise UnreadableError("size")


def _shown(value: Any) -> str:
    """Write a value as its cell shows it."""
    if isinstance(value, str):
        return clean(value[:_LONGEST])
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(round(value, 10))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date | int):
        return str(value)
    return "" if value is None else clean(str(value))


def _text(data: bytes) -> Grid:
    """Read values separated by one sign, which is found out, as is the alphabet they are written in."""
    text = _decoded(data)
    separator = _separator(text)
    limit = csv.field_size_limit(_LONGEST)
    try:
        lines = list(_lines(text, separator))
    except csv.Error as error:
        raise UnreadableError("broken") from error
    finally:
        csv.field_size_limit(limit)
    return Grid(name="CSV", rows=lines)


def _lines(text: str, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    for number, row in enumerate(reader):
        if number >= MOST_ROWS or len(row) > MOST_COLUMNS:
            raise UnreadableError("size")
        yield [clean(cell) for cell in row]


def _decoded(data: bytes) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strictly(data, name)
    if data[:400].count(0) > len(data[:400]) // 4:  # every other byte of plain letters in UTF-16
        even = data[:400:2].count(0) > data[1:400:2].count(0)
        return _strictly(data, "utf-16-be" if even else "utf-16-le")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _strictly(data, "cp1258")


def _strictly(data: bytes, name: str) -> str:
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        raise UnreadableError("letters") from error
    if any(c < " " and c not in "\t\r\n" for c in text):
        raise UnreadableError("kind")
    return text


def _separator(text: str) -> str:
    """Find the sign that parts the first lines into the same number of cells, the more the better."""
    lines = text[:20_000].splitlines()[:-1] or text.splitlines()

    def steadiness(sign: str) -> tuple[int, int]:
        try:
            widths: Sequence[int] = [len(row) for row in csv.reader(lines, delimiter=sign) if row]
        except csv.Error:
            return 0, 0
        widest = max(widths, default=1)
        return (sum(width == widest for width in widths) if widest > 1 else 0), widest

    return max(_SEPARATORS, key=lambda sign: (steadiness(sign)[1] > 1, *steadiness(sign)))
