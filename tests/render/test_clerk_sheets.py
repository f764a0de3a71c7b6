"""The workbooks a clerk gets: the blank one round and back, a faulty one given back marked."""

import io
import zipfile
from pathlib import Path

from openpyxl import load_workbook

from messy_sheets import FIRST, HEAD, xlsx
from places import ROOT
from sangkien.adapters import clerk_books, spreadsheet
from sangkien.adapters.pool import Pool
from sangkien.adapters.store import Store
from sangkien.domain.row_reader import Terms
from sangkien.domain.sheet_table import find
from sangkien.render import clerk_sheets
from sangkien.render import importing as told
from sangkien.render.forms import Maker
from sangkien.workflow.import_ import Importer, Reading, Words
from sangkien.workflow.new import open_desk

GOLDEN = Path(__file__).parent / "golden"
DESK = open_desk(Store(ROOT))
MAKER = Maker(DESK.schemas, DESK.books)
TERMS = Terms(file="a.xlsx", entered_by="xa-gia-kiem-2025", today="2026-11-23", labels=told.labels(MAKER))


def read(data: bytes) -> Reading:
    words = Words(vocabulary=told.vocabulary(MAKER), cells=told.cell_words())
    return Importer(Store(ROOT), Pool(1), words, b"k").read(spreadsheet.read(data), TERMS)


def marked(data: bytes) -> bytes:
    reading = read(data)
    return clerk_books.marked(spreadsheet.read(data), clerk_sheets.marked(reading.findings, reading.tables))


def test_the_blank_workbook_s_columns() -> None:
    layout = clerk_sheets.blank(MAKER)
    lines = [f"{c.heading} | {c.help} | {'; '.join(c.choices)}" for c in layout.columns]

    assert "\n".join(lines) + "\n" == (GOLDEN / "bang-mau.txt").read_text(encoding="utf-8")


def test_the_blank_workbook_is_read_back_by_its_own_headings() -> None:
    data = clerk_books.blank(clerk_sheets.blank(MAKER))
    (grid,) = spreadsheet.read(data)  # the choices stand on a hidden sheet
    table = find(grid, told.vocabulary(MAKER))

    assert table is not None
    assert [key for key, _ in sorted(table.columns.items(), key=lambda item: item[1])] == [
        column.key for column in clerk_sheets.blank(MAKER).columns
    ]
    assert (table.rows, table.unknown, table.dropped) == ((), {}, {})
    assert data == clerk_books.blank(clerk_sheets.blank(MAKER))


def test_the_example_of_the_blank_workbook_is_sound() -> None:
    book = load_workbook(io.BytesIO(clerk_books.blank(clerk_sheets.blank(MAKER))))
    page = book.worksheets[0]
    for column in range(2, page.max_column + 1):
        page.cell(4, column).value = page.cell(3, column).value
    made = io.BytesIO()
    book.save(made)

    reading = read(made.getvalue())

    assert reading.findings == ()
    assert [(e.idea["unit"], e.idea["submitted_on"], e.idea["source"]["door"]) for e in reading.entries] == [
        ("thanh-pho-dong-nai-2026", "2026-07-05", "giay")
    ]


def test_the_blank_workbook_offers_choices_and_keeps_days_as_typed() -> None:
    book = load_workbook(io.BytesIO(clerk_books.blank(clerk_sheets.blank(MAKER))))
    page = book.worksheets[0]

    assert page.freeze_panes == "C2"
    assert len(page.data_validations.dataValidation) == 7
    day = next(c for c in range(1, page.max_column + 1) if page.cell(1, c).value == "Ngày nộp")
    assert page.cell(3, day).number_format == "@"
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible", "hidden"]


def test_a_faulty_sheet_comes_back_with_its_faults_marked() -> None:
    bad = [*FIRST]
    bad[5], bad[8] = "xã Không Đâu", '=HYPERLINK("http://a")'
    book = load_workbook(io.BytesIO(marked(xlsx([(*HEAD, "Số CCCD", "Màu"), (*bad, "075123456789", "xanh")]))))
    listing, page = book.worksheets

    assert listing.title == "Cần sửa"
    assert [cell.value for cell in listing[2]][:3] == ["F2", "Danh sách", "Cần bổ sung"]
    assert "chưa biết đơn vị" in page["F2"].comment.text.lower()
    assert page["F2"].fill.start_color.rgb == "FFF6C9BE"
    assert page["B2"].value == FIRST[1]
    assert page["N1"].value == "Số CCCD"
    assert not page["N2"].value


def test_nothing_in_a_sheet_given_back_is_a_formula_or_an_id_number() -> None:
    rows = [(*HEAD, "Số CCCD"), (*FIRST[:8], "=1+1", "@SUM(1)", "+84", "-1", FIRST[12], "075123456789")]
    data = marked("\r\n".join(";".join(f'"{cell}"' for cell in row) for row in rows).encode())

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}
    assert not any("<f>" in text for text in texts.values())
    assert "075123456789" not in "".join(texts.values())
    assert "=1+1" in texts["xl/sharedStrings.xml"]


def test_names_of_sheets_that_no_workbook_may_have() -> None:
    long = "Danh sách sáng kiến của các đơn vị năm 2026"
    names = clerk_sheets._names(["Cần sửa", "a/b", "A-B", long, long + " tiếp"], "Cần sửa")

    assert len({name.lower() for name in names.values()} | {"cần sửa"}) == 6
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names.values())
