"""Files as clerks have them: made here, read there; every name is made up."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from openpyxl import Workbook

Rows = Sequence[Sequence[object]]

# Two ideas the sample round takes, in the words of a sheet.
HEAD = (
    "STT", "Tên ý", "Loại", "Nội dung", "Lĩnh vực", "Đơn vị", "Tác giả", "Tỷ lệ (%)", "Trước đây", "Bây giờ",
    "Cách làm", "Kinh phí", "Ngày nộp",
)  # fmt: skip
FIRST = (
    1, "Ủ lá chôm chôm thành phân cho vườn tiêu", "Cách làm mới", "2", "Nông nghiệp", "xa Gia Kiem",
    "ThS. Trần Thị Ví Dụ\nTập thể: Tổ ủ phân Mẫu", "60\n40", "Lá rụng thì gom lại đốt, khói cả xóm.",
    "Ba tháng thành phân, mỗi gốc đỡ hai ký phân mua.", "1. Gom lá khô\n2. Ủ ba tháng", "350.000 đồng", "05/7/2026",
)  # fmt: skip
SECOND = (
    2, "Che mát vườn ươm bằng lá dừa cũ", "3", "ND2", "nong nghiep", "Gia Kiệm", "Nguyễn Mẫu Hoa", "",
    "Mua lưới che, mỗi năm phải thay.", "Lá dừa có sẵn, không phải mua lưới nữa.", "Đan lá thành tấm",
    "không tốn", "6-7-26",
)  # fmt: skip


def xlsx(
    rows: Rows, *, merged: Sequence[str] = (), title: str = "Danh sách", more: Mapping[str, Rows] | None = None
) -> bytes:
    """Write a workbook; `merged` names blocks as `A1:D1`, `more` further sheets."""
    book = Workbook()
    page = book.active
    page.title = title
    _fill(page, rows)
    for block in merged:
        page.merge_cells(block)
    for name, other in (more or {}).items():
        _fill(book.create_sheet(name), other)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _fill(page: Any, rows: Rows) -> None:
    for line, row in enumerate(rows, 1):
        for place, value in enumerate(row, 1):
            if value not in (None, ""):
                page.cell(line, place).value = value


def ods(rows: Rows) -> bytes:
    """Write a sheet as LibreOffice does, by hand."""
    lines = "".join(
        "<table:table-row>"
        + "".join(
            '<table:table-cell office:value-type="string">'
            + "".join(f"<text:p>{escape(part)}</text:p>" for part in str(value or "").split("\n"))
            + "</table:table-cell>"
            for value in row
        )
        + "</table:table-row>"
        for row in rows
    )
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Danh sách">{lines}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return made.getvalue()


def text(rows: Rows, sign: str = ",") -> str:
    """Write rows as text, every cell in quotes."""
    return "".join(sign.join('"' + str(cell or "").replace('"', '""') + '"' for cell in row) + "\r\n" for row in rows)
