"""What members read under a pull request that puts an idea before them again; `SANGKIEN_GOLDEN=write` writes anew."""

import os
from pathlib import Path

import pytest

from places import ROOT
from sangkien.adapters.store import Store
from sangkien.domain.passages import Nearest
from sangkien.render import review
from sangkien.workflow import reading

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("purpose", ["cap-tren", "xet-lai"])
def test_a_case_as_members_read_it(purpose: str) -> None:
    files = Store(ROOT)
    books = reading.read_registers(files, reading.load_schemas(files)).books
    record = files.read("ideas/2018/zg/zgns08cz/idea.yml").record
    nomination = {
        "purpose": purpose, "council": "hd-mau-2026", "round": "dot-mau-2026",
        "reason": "Đã có số đo của hai vụ.\n<b>@ai</b> cũng thấy.",
    }  # fmt: skip
    near = (
        Nearest(code="2019-AAAA-AAAA", title="Tưới gốc tiêu bằng chai", status="cong-nhan", score=1.0, passages=()),
        Nearest(code="2019-BBBB-BBBB", title="Phơi tiêu trên giàn", status="dang-xet", score=0.5, passages=()),
    )
    higher = {
        record["code"]: (("tỉnh Đồng Nai", "2019-04-20"),),
        "2019-AAAA-AAAA": (("huyện Thống Nhất", "2019-02-03"), ("tỉnh Đồng Nai", "2019-04-20")),
    }
    about = review.Idea(
        record=record, books=books, unit="xã Gia Kiệm", near=near, score_page="", nomination=nomination, higher=higher
    )

    text = review.comment("case", [], about)

    file = GOLDEN / f"review-{purpose}.md"
    if os.environ.get("SANGKIEN_GOLDEN") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == text
