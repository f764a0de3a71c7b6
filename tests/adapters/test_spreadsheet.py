"""Files of every kind, honest and hostile, read to the same texts or refused with a reason."""

import contextlib
import datetime
import io
import unicodedata
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messy_sheets import FIRST, HEAD, ods, text, xlsx
from sangkien.adapters import spreadsheet
from sangkien.adapters.spreadsheet import UnreadableError
from sangkien.domain.grid import Grid

pytestmark = pytest.mark.long  # processes of their own

ROWS = (HEAD, FIRST)
PLAIN = [[str(cell) for cell in row] for row in ROWS]


NOON = datetime.datetime(2025, 7, 5, 12)  # noqa: DTZ001  # as a sheet keeps it, without a zone


def only(data: bytes) -> Grid:
    (grid,) = spreadsheet.read(data)
    return grid


def test_workbooks_are_read_alike() -> None:
    assert [list(row) for row in only(xlsx(ROWS)).rows] == PLAIN
    assert [list(row) for row in only(ods(ROWS)).rows] == PLAIN


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("letters", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1258"])
def test_text_tells_its_alphabet_and_its_sign(sign: str, letters: str) -> None:
    written = text(ROWS, sign)
    # That alphabet writes a tone as a letter of its own.
    data = _windows(written) if letters == "cp1258" else written.encode(letters)

    assert [list(row) for row in only(data).rows] == PLAIN


def _windows(written: str) -> bytes:
    """Write windows-1258, where the tone follows the letter with its hat."""
    found = []
    for letter in written:
        try:
            found.append(letter.encode("cp1258"))
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", letter)
            base, marks = parts[0], parts[1:]
            tones = [mark for mark in marks if mark in "\u0300\u0309\u0303\u0301\u0323"]
            hat = unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark not in tones))
            found.append((hat + "".join(tones)).encode("cp1258"))
    return b"".join(found)


def test_values_are_read_as_their_cells_show_them() -> None:
    row = (
        12.0,
        12.5,
        datetime.date(2025, 7, 5),
        NOON,
        True,
        "007",
        "=1+1",
        " a\u00a0b ",
    )
    read = only(xlsx([row, ("x",)])).rows[0]

    assert list(read[:6]) == ["12", "12.5", "2025-07-05", "2025-07-05", "TRUE", "007"]
    assert read[6] == ""  # a formula nobody has worked out is not worked out here
    assert read[7] == "a b"


def test_merged_cells_are_seen_all_over_their_block() -> None:
    grid = only(xlsx([("Tên", None, "Số"), ("a", "b", "c")], merged=["A1:B1"]))

    assert grid.seen(0, 1) == "Tên"
    assert grid.text(0, 1) == ""


def test_sheets_that_are_hidden_are_not_read() -> None:
    from openpyxl import load_workbook  # noqa: PLC0415  # this test alone takes a workbook apart

    book = load_workbook(io.BytesIO(xlsx(ROWS, more={"Riêng": [("a",)]})))
    book["Riêng"].sheet_state = "hidden"
    made = io.BytesIO()
    book.save(made)

    assert [grid.name for grid in spreadsheet.read(made.getvalue())] == ["Danh sách"]


def bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        for number in range(5):
            archive.writestr(f"xl/{number}.xml", b"0" * (50 * 1024 * 1024))
    return made.getvalue()


def archive(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"x" * (spreadsheet.MOST_BYTES + 1), "size"),
        (archive(bai=b"a"), "kind"),
        (b"PK\x03\x04" + b"x" * 400, "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 4000, "broken"),
        (xlsx(ROWS)[:3000], "broken"),
        (b"%PDF-1.7\n\x00\x01\x02\xff\xfe", "kind"),
        (b"\x81\x8d\x00\x01", "letters"),
        (("a," * 300).encode(), "size"),
        (b"a,b\r\n" * (spreadsheet.MOST_ROWS + 1), "size"),
        (b'"a\r\nb', "broken"),
    ],
    ids=["bytes", "archive", "zip", "ole", "cut", "pdf", "letters", "columns", "rows", "quote"],
)
def test_what_is_no_sheet_is_refused_with_a_reason(data: bytes, key: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        spreadsheet.read(data)

    assert refused.value.key == key


@pytest.mark.long
def test_a_bomb_is_seen_before_it_is_unpacked() -> None:
    data = bomb()

    assert len(data) < 1024 * 1024
    with pytest.raises(UnreadableError) as refused:
        spreadsheet.read(data)
    assert refused.value.key == "size"


def swollen(cells: str) -> bytes:
    made, parts = io.BytesIO(), ods([("x",)])
    with zipfile.ZipFile(io.BytesIO(parts)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text_ = old.read(name)
            if name == "content.xml":
                begin, end = text_.index(b"<table:table-row"), text_.rindex(b"</table:table-row>")
                text_ = text_[:begin] + cells.encode() + text_[end + 18 :]
            new.writestr(name, text_)
    return made.getvalue()


def test_a_few_cells_repeated_without_end_end_nothing_but_the_reading() -> None:
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="16000"><text:p>{}</text:p>'
    row = f"<table:table-row>{cell}</table:table-cell></table:table-row>"

    assert only(swollen(row.format("x").replace("16000", "2"))).rows[0] == ["x", "x"]
    with pytest.raises(UnreadableError) as refused:
        spreadsheet.read(swollen(row.format("x" * 200_000)))
    assert refused.value.key == "size"


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    for beginning in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"\xef\xbb\xbf"):
        with contextlib.suppress(UnreadableError):
            spreadsheet.read(beginning + data)
