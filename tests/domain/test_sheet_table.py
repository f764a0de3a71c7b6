"""The layouts clerks send, found and read; every name is made up."""

import pytest

from places import ROOT
from sangkien.adapters.store import Store
from sangkien.domain import sheet_table
from sangkien.domain.grid import Grid
from sangkien.domain.sheet_table import Row, Table
from sangkien.render.forms import Maker
from sangkien.render.importing import vocabulary
from sangkien.workflow.new import open_desk

DESK = open_desk(Store(ROOT))
WORDS = vocabulary(Maker(DESK.schemas, DESK.books))


def find(*rows: tuple[str, ...], merged: tuple[tuple[int, int, int, int], ...] = ()) -> Table:
    table = sheet_table.find(Grid(name="Trang", rows=rows, merged=merged), WORDS)
    assert table is not None
    return table


def cells(rows: "list[Row] | tuple[Row, ...]", *keys: str) -> list[tuple[str, ...]]:
    return [tuple(row.cells.get(key, "") for key in keys) for row in rows]


def test_a_table_stands_among_titles_numbers_sums_and_signatures() -> None:
    table = find(
        ("ỦY BAN MTTQ XÃ MẪU",),
        ("DANH SÁCH SÁNG KIẾN NĂM 2026",),
        (),
        ("TT", "TÊN SÁNG KIẾN", "Họ và tên", "Đơn vị"),
        ("(1)", "(2)", "(3)", "(4)"),
        ("1", "Che mát vườn ươm", "Trần Thị Ví Dụ", "xã Gia Kiệm"),
        (),
        ("2", "Ủ lá thành phân", "Lê Văn Thử", "xã Gia Kiệm"),
        ("Tổng cộng: 2 sáng kiến",),
        ("", "", "", "Gia Kiệm, ngày 5 tháng 7 năm 2026"),
        ("", "", "", "NGƯỜI LẬP BIỂU"),
        ("", "", "", "Nguyễn Văn Ký"),
    )

    assert table.columns == {"number": (0,), "title": (1,), "authors": (2,), "unit": (3,)}
    assert cells(tuple(table.rows), "title", "authors") == [
        ("Che mát vườn ươm", "Trần Thị Ví Dụ"),
        ("Ủ lá thành phân", "Lê Văn Thử"),
    ]
    assert [row.number for row in table.rows] == [5, 7]


def test_a_heading_of_four_merged_rows_is_read_together() -> None:
    table = find(
        ("DANH SÁCH", "", "", "", ""),
        ("STT", "Nội dung", "Tác giả", "", ""),
        ("", "", "Họ và tên", "Phần", "Ngày, tháng, năm sinh"),
        ("", "tên đề tài sáng kiến", "", "đóng góp", ""),
        ("", "", "", "(%)", ""),
        ("1", "Che mát vườn ươm", "Trần Thị Ví Dụ", "100", "1/1/1980"),
        merged=((0, 0, 0, 4), (1, 0, 4, 0), (1, 2, 1, 4), (2, 2, 4, 2), (2, 4, 4, 4)),
    )

    assert (table.columns["title"], table.columns["authors"], table.columns["shares"]) == ((1,), (2,), (3,))
    assert table.dropped == {4: "ngày sinh"}
    assert cells(tuple(table.rows), "title", "shares") == [("Che mát vườn ươm", "100")]


def test_one_idea_over_several_rows_is_one() -> None:
    table = find(
        ("STT", "Tên ý", "Tác giả", "Tỷ lệ"),
        ("1", "Che mát vườn ươm", "Trần Thị Ví Dụ", "60"),
        ("", "", "Lê Văn Thử", ""),
        ("", "", "Nguyễn Mẫu Hoa", "10"),
        ("2", "Ủ lá thành phân", "Lê Văn Thử", ""),
        merged=((1, 0, 3, 0), (1, 1, 3, 1)),
    )

    assert cells(tuple(table.rows), "authors", "shares") == [
        ("Trần Thị Ví Dụ\nLê Văn Thử\nNguyễn Mẫu Hoa", "60\n\n10"),
        ("Lê Văn Thử", ""),
    ]


def test_a_line_that_heads_rows_is_kept_for_them() -> None:
    table = find(
        ("STT", "Tên ý", "Tác giả", "Lĩnh vực"),
        ("I", "XÃ GIA KIỆM", "", ""),
        ("1", "Che mát vườn ươm", "Trần Thị Ví Dụ", "Nông nghiệp"),
        ("Xã Quang Trung", "", "", ""),
        ("2", "Ủ lá thành phân", "Lê Văn Thử", "Nông nghiệp"),
    )

    assert [(row.cells["title"], row.section) for row in table.rows] == [
        ("Che mát vườn ươm", "XÃ GIA KIỆM"),
        ("Ủ lá thành phân", "Xã Quang Trung"),
    ]
    assert table.sections == {1: "XÃ GIA KIỆM", 3: "Xã Quang Trung"}


def test_an_idea_with_a_title_alone_is_no_heading_when_it_is_numbered() -> None:
    table = find(("STT", "Tên ý", "Tác giả", "Lĩnh vực"), ("1", "Che mát vườn ươm", "", ""))

    assert cells(tuple(table.rows), "title") == [("Che mát vườn ươm",)]


def test_an_export_of_a_form_is_read_by_its_questions() -> None:
    table = find(
        (
            "Dấu thời gian", "Địa chỉ email", "Loại", "Tên của ý", "Nội dung phong trào", "Lĩnh vực", "Đơn vị",
            "Tác giả",
            "Trước đây làm thế nào, vướng ở đâu?", "Bây giờ làm khác ra sao, thấy gì tốt hơn?", "Cách làm từng bước",
            "Nơi khác làm theo thì tốn bao nhiêu tiền (đồng)?", "Tính mới", "Số điện thoại (Zalo) của bạn",
        ),
        ("05/07/2026 8:30:15", "a@b.vn", "Cách làm mới", "Che mát vườn ươm", *["x"] * 10),
    )  # fmt: skip

    assert set(table.columns) == {
        "submitted_on", "kind", "title", "content", "field", "unit", "authors", "before", "after", "how_to", "cost",
        "tinh-moi",
    }  # fmt: skip
    assert sorted(table.dropped.values()) == ["thư điện tử", "điện thoại"]


@pytest.mark.parametrize(
    "heading", ["TÊN SÁNG KIẾN", "ten sang kien", "Te\u0302n sa\u0301ng kie\u0302\u0301n", " Tên  sáng-kiến: "]
)
def test_headings_are_known_however_they_are_typed(heading: str) -> None:
    assert find((heading, "Tác giả"), ("Che mát vườn ươm", "Trần Thị Ví Dụ")).columns["title"] == (0,)


def test_columns_in_any_order_twice_and_unknown() -> None:
    table = find(
        ("Tác giả", "Đơn vị", "Đơn vị", "Màu ưa thích", "Tên ý", "CCCD", "Dân tộc"),
        ("Trần Thị Ví Dụ", "a", "b", "xanh", "Che mát vườn ươm", "1", "Kinh"),
    )

    assert table.twice == {2: "unit"}
    assert table.unknown == {3: "Màu ưa thích"}
    assert table.dropped == {5: "số giấy tờ", 6: "dân tộc"}
    assert "1" not in table.rows[0].cells.values()


def test_several_columns_of_authors_are_read_one_below_the_other() -> None:
    table = find(("Tên ý", "Tác giả", "Đồng tác giả"), ("Che mát vườn ươm", "Trần Thị Ví Dụ", "Lê Văn Thử"))

    assert table.rows[0].cells["authors"] == "Trần Thị Ví Dụ\nLê Văn Thử"


def test_what_has_no_heading_is_no_table() -> None:
    assert sheet_table.find(Grid(name="a", rows=(("a", "b"), ("Tên ý", ""))), WORDS) is None
    assert sheet_table.find(Grid(name="a", rows=()), WORDS) is None
