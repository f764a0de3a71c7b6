"""How long a clerk's sheet takes, of 5,000 rows or so many as are named. Run by hand:

    PYTHONPATH=tests .venv/bin/python tests/benchmark/sheet.py [ROWS]

The sheet is invented and written first. Timed are `sangkien import --check`, which tells a clerk what is to be mended,
and `--dry-run`, which also writes every record to a folder.
"""

import sys
import tempfile
import time
from pathlib import Path

from openpyxl import Workbook

from places import ROOT
from sangkien.cli import main

_HEAD = (
    "STT", "Tên ý", "Loại", "Nội dung", "Lĩnh vực", "Đơn vị", "Tác giả", "Tỷ lệ (%)", "Trước đây", "Bây giờ",
    "Cách làm", "Kinh phí", "Ngày nộp", "Số điện thoại",
)  # fmt: skip
_THINGS = ("tưới vườn tiêu", "ủ phân", "dạy chữ", "phơi nông sản", "dọn rác ấp", "mượn sách", "nuôi gà")


def sheet(rows: int, place: Path) -> None:
    """Write a sheet of so many invented ideas."""
    book = Workbook(write_only=True)
    page = book.create_sheet("Danh sách")
    page.append(["DANH SÁCH Ý HAY"])
    page.append(_HEAD)
    for number in range(1, rows + 1):
        thing = _THINGS[number % len(_THINGS)]
        page.append(
            [
                number, f"Cách {thing} đỡ công hơn, lối thứ {number}", "Cách làm mới", number % 3 + 1, "Nông nghiệp",
                "xa Gia Kiem", "ThS. Trần Thị Ví Dụ\nLê Văn Thử Nghiệm", "60\n40",
                f"Trước kia {thing} mất {number % 90 + 10} phút mỗi ngày, nhiều nhà ngại làm.",
                f"Nay {thing} chỉ còn {number % 9 + 1} phút, cả tổ cùng làm được.",
                "1. Chuẩn bị đồ có sẵn trong nhà.\n2. Làm thử một góc.\n3. Ghi lại rồi chia cho cả tổ.",
                "350.000 đồng", "05/7/2026", "0912345678",
            ]
        )  # fmt: skip
    book.save(place)


def run(rows: int) -> None:
    """Time both and say what they took."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "danh-sach.xlsx")
        sheet(rows, place)
        words = ["--root", str(ROOT), "import", str(place), "--by", "xa-gia-kiem-2025"]
        for more in (["--check"], ["--dry-run", f"{folder}/thu"]):
            began = time.perf_counter()
            code = main([*words, *more], standalone_mode=False)
            print(f"{rows} rows, {more[0]}: {time.perf_counter() - began:.1f} s, exit {code or 0}", file=sys.stderr)


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000)
