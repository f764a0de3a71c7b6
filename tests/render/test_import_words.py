"""What a clerk reads, whole: the report of a faulty sheet, a slip, the paper form; every name is made up."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from messy_sheets import FIRST, HEAD, xlsx
from places import ROOT
from sangkien.adapters import spreadsheet
from sangkien.adapters.pool import Pool
from sangkien.adapters.store import Store
from sangkien.domain.finding import Code, Finding, Location
from sangkien.domain.row_reader import Terms
from sangkien.render import importing as told
from sangkien.render import slips
from sangkien.render.forms import Maker
from sangkien.render.sheets import Sheet
from sangkien.workflow.import_ import Importer, Words
from sangkien.workflow.new import open_desk

GOLDEN = Path(__file__).parent / "golden"
DESK = open_desk(Store(ROOT))
MAKER = Maker(DESK.schemas, DESK.books)
TERMS = Terms(file="a.xlsx", entered_by="xa-gia-kiem-2025", today="2026-11-23", labels=told.labels(MAKER))
BAD = (
    2, "Ngắn", "Khác", "ND9", "", "xã Không Đâu", "Trần Thị Ví Dụ\nLê Văn Thử", "60", "Gọi 0912345678", "Đỡ công.",
    "Làm.", "nhiều", "7/2026", "075123456789", "xanh",
)  # fmt: skip
IDEA: Mapping[str, Any] = {
    "code": "2026-7K3Q-F2TZ", "title": "Tưới nhỏ giọt bằng chai nhựa cũ", "unit": "xa-gia-kiem-2025",
    "submitted_on": "2026-07-05", "sample": True, "authors": [{"person": "p-0a1b2c3d", "share": 100}],
}  # fmt: skip


def golden(name: str, text: str) -> None:
    assert text == (GOLDEN / name).read_text(encoding="utf-8")


def test_the_report_of_a_faulty_sheet() -> None:
    words = Words(vocabulary=told.vocabulary(MAKER), cells=told.cell_words())
    grids = spreadsheet.read(xlsx([(*HEAD, "Số CCCD", "Màu"), FIRST, BAD]))
    reading = Importer(Store(ROOT), Pool(1), words, b"k").read(grids, TERMS)

    golden("nhap-bang.txt", told.as_text(reading.findings, 2, 1) + "\n")


def shown(sheet: Sheet) -> str:
    values = {**sheet.values}
    values["slips"] = [{**slip, "qr": bool(slip["qr"])} for slip in values.get("slips", ())]
    return json.dumps(values, ensure_ascii=False, indent=1) + "\n"


def test_a_slip_says_what_comes_next_and_names_nobody() -> None:
    golden("giay-hen.json", shown(slips.slips([IDEA], MAKER)))


def test_a_slip_with_a_pin_leads_to_where_it_opens_something() -> None:
    pin = {IDEA["code"]: "K7QF-2M9D"}
    sheet = slips.slips([IDEA, {**IDEA, "code": "2019-B8M4-R0XT"}], MAKER, pin, "https://gui.example/theo-doi/")
    first, second = sheet.values["slips"]

    assert sheet.secret
    assert (first["pin"], first["address"]) == ("K7QF-2M9D", "gui.example/theo-doi")
    assert second["pin"] == ""
    assert not slips.slips([IDEA], MAKER).secret


def test_the_paper_form_asks_what_the_form_asks() -> None:
    sheet = slips.paper_form(MAKER)
    asked = [block["attributes"]["label"] for block in MAKER.idea()["body"] if "id" in block]

    assert [question["label"] for question in sheet.values["questions"]] == asked[:-2]
    golden("phieu-giay.json", shown(sheet))


@pytest.mark.parametrize("code", [code for code in Code if code.value.startswith(("E9", "H92"))])
def test_every_sentence_of_a_sheet_is_whole(code: Code) -> None:
    params = dict.fromkeys(
        ("label", "value", "choices", "what", "heading", "line", "idea", "new", "old", "day", "why", "rows", "columns",
         "megabytes"), "x",
    )  # fmt: skip
    said = told.as_text([Finding(code=code, where=Location(file="a#b", line=1, column=1), params=params)], 1, 0)

    assert "…”" not in said.replace("=…”", "")
    assert "{" not in said
