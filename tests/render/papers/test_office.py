"""Plans, minutes of inspections and reports of five years: what is on record, and blanks for all else."""

import io
from typing import Any

import pytest
from docx import Document

from places import ROOT
from sangkien.adapters.word import fill
from sangkien.domain.books import Books
from sangkien.domain.deeds import Deed
from sangkien.domain.errors import UsageError
from sangkien.domain.layout import TEMPLATES
from sangkien.domain.paper_source import Source
from sangkien.domain.period import Period
from sangkien.domain.statement import Statement, draw_up
from sangkien.domain.unit_changes import Change, changes
from sangkien.render.papers.catalogue import KINDS
from sangkien.render.papers.frame import Paper, Wish, in_two
from sangkien.render.papers.reports import five_years

NO_BREAK = "\u00a0"
TITLE = "Kế hoạch <b>phong trào</b> {{ 7*7 }} năm 2019"
UNITS: Any = {
    "huyen": {"id": "huyen", "level": "huyen", "name": "Suối Mẫu", "valid_from": "2003-01-01"},
    **{
        key: {"id": key, "level": "xa", "name": name, "parents": [{"unit": "huyen", "from": since}], **more}
        for key, name, since, more in (
            ("xa-a", "Đồi Mẫu", "2003-01-01", {"valid_from": "2003-01-01", "valid_to": "2019-06-30"}),
            ("xa-b", "Bãi Mẫu", "2019-07-01", {"valid_from": "2019-07-01", "predecessors": ["xa-a"]}),
        )
    },
}
LISTS: Any = {
    "levels": [
        {"id": "huyen", "name": "huyện", "group": "dia-ban"},
        {"id": "xa", "name": "xã", "group": "dia-ban"},
    ],
    "strata": [],
    "awards": [],
    "report_calendar": [],
    "inspection_items": [{"id": "ke-hoach", "name": "Có kế hoạch"}, {"id": "bao-cao", "name": "Báo cáo đúng hạn"}],
}
BASES: Any = {
    "cu": {"id": "cu", "kind": "Nghị định", "number": "1/2000", "title": "Việc cũ", "issuer": "Nơi ra"},
    "moi": {"id": "moi", "kind": "Quy chế", "number": "Quy chế năm 2019", "title": "Việc mới", "issuer": "Mặt trận"},
}  # fmt: skip
for _basis, _to in (("cu", {"effective_to": "2018-12-31"}), ("moi", {})):
    BASES[_basis] |= {"issued_on": "2000-01-05", "confirmed": True, **_to}
CONTENTS: Any = {
    key: {"id": key, "order": order, "name": name, "valid_from": "2017-08-28"}
    for order, (key, name) in enumerate((("nd1", "Cơ quan"), ("nd2", "Sản xuất")), 1)
}
ORGS: Any = {"hnd": {"id": "hnd", "name": "Hội Nông dân", "movements": [{"id": "sx", "name": "Sản xuất giỏi"}]}}
PLAN: Any = {
    "id": "kh-1", "unit": "huyen", "year": 2019, "title": TITLE, "legal_bases": ["cu", "moi"],
    "local_contents": [{"content": "nd2", "items": ["Tưới ít nước"], "movements": ["sx"]}],
    "tasks": [
        {
            "what": "Xem vườn", "owner": "Mặt trận", "due": "2019-02-05", "partners": ["hnd"], "unit": "xa-a",
            "status": "bo", "note": "Mưa lớn",
        },
        *({"what": f"Việc {n}", "owner": "Mặt trận"} for n in range(2, 41)),
    ],
    "calendar": [
        {"what": "Báo cáo", "due": "2019-06-15", "from_level": "xa", "to_level": "huyen", "period": "2019-H1"}
    ],
}  # fmt: skip
INSPECTION: Any = {
    "id": "kt-1", "by_unit": "huyen", "unit": "xa-a", "date": "2019-05-09", "plan": "kh-1", "partners": ["hnd"],
    "checklist": [{"item": "bao-cao", "result": "chua-dat", "note": "Trễ hai ngày"}],
    "findings": [{"what": "Sổ thiếu", "action": "Ghi đủ", "due": "2019-06-01", "done_on": "2019-05-30"}],
    "conclusion": "Làm thật.\n\nCần thêm người.",
}  # fmt: skip


def books(**more: Any) -> Books:
    kept: Any = {"plans": {"kh-1": PLAN}, "inspections": {"kt-1": INSPECTION}, "contents": CONTENTS}
    return Books(**({"units": UNITS, "lists": LISTS, "legal_bases": BASES, "member_orgs": ORGS} | kept | more))


def made(kind: str, key: str, **more: Any) -> Paper:
    makes = KINDS[kind].makes
    assert makes is not None
    (paper,) = makes(Source.of_registers(books(**more), on="2019-05-20"), Wish(kind=kind, keys=(key,)))
    return paper


def text_of(paper: Paper) -> str:
    opened = Document(io.BytesIO(fill(ROOT / TEMPLATES / f"{paper.kind}.docx", paper.values)))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in opened.paragraphs), *cells])


def test_a_plan_says_what_is_on_record_and_not_how_far_it_came() -> None:
    values = made("ke-hoach", "kh-1").values

    assert values["title"] == "<b>phong trào</b> {{ 7*7 }} năm 2019"
    assert values["head"]["place_day"].endswith("ngày ……… tháng ……… năm 2019")
    assert values["bases"] == [
        "Căn cứ Nghị định số 1/2000 ngày 05 tháng 01 năm 2000 của Nơi ra về việc cũ;",
        "Căn cứ Quy chế năm 2019 ngày 05 tháng 01 năm 2000 của Mặt trận về việc mới.",
    ]
    assert values["contents"] == [
        {"name": "Cơ quan", "items": [], "movements": ""},
        {"name": "Sản xuất", "items": ["Tưới ít nước"], "movements": "“Sản xuất giỏi”"},
    ]
    assert values["tasks"][0] == {
        "place": "1", "what": "Xem vườn (tại xã Đồi Mẫu)", "owner": "Mặt trận", "partners": "Hội Nông dân",
        "due": "05/02/2019",
    }  # fmt: skip
    assert values["calendar"] == [
        {
            "place": "1", "what": "Báo cáo", "period": "Sáu tháng đầu năm 2019", "sender": "Xã", "receiver": "Huyện",
            "due": "15/6/2019",
        }
    ]  # fmt: skip


def test_a_plan_of_one_purpose_names_no_content_it_has_not() -> None:
    plan = {**PLAN, "purpose": "kiem-tra"}
    del plan["local_contents"]

    assert made("ke-hoach", "kh-1", plans={"kh-1": plan}).values["contents"] == []


def test_a_basis_no_longer_in_force_on_the_plans_day_is_told() -> None:
    assert [one.code.value for one in made("ke-hoach", "kh-1").findings] == ["H977", "H974"]
    early = {**PLAN, "issued_on": "2018-01-05"}
    assert [one.code.value for one in made("ke-hoach", "kh-1", plans={"kh-1": early}).findings] == ["H977"]


def test_the_paper_of_a_plan_keeps_text_as_text() -> None:
    text = text_of(made("ke-hoach", "kh-1"))

    assert "<b>phong trào</b> {{ 7*7 }} năm 2019" in text
    assert "III. PHÂN CÔNG THỰC HIỆN" in text
    assert "Việc 40" in text
    assert "{%" not in text


def test_minutes_say_what_was_found_that_day_and_not_what_was_done_since() -> None:
    values = made("bien-ban-kiem-tra", "kt-1").values

    assert values["head"]["place_day"].endswith("ngày 09 tháng 5 năm 2019")
    assert (values["inspector"], values["inspected"]) == ("huyện Suối Mẫu", "xã Đồi Mẫu")
    assert values["day"] == "ngày 09 tháng 5 năm 2019"
    assert values["plan"] == "Theo Kế hoạch số ………… ngày ……… tháng ……… năm ………."
    assert values["items"] == [
        {
            "place": "1", "name": "Báo cáo đúng hạn", "yes": "", "no": "x", "unclear": "", "none": "",
            "note": "Trễ hai ngày",
        }
    ]  # fmt: skip
    assert values["findings"] == [{"place": "1", "what": "Sổ thiếu", "action": "Ghi đủ", "due": "01/6/2019"}]
    assert values["conclusion"] == ["Làm thật.", "Cần thêm người."]


def test_minutes_of_a_unit_hold_all_that_is_looked_at_and_no_answer() -> None:
    paper = made("bien-ban-kiem-tra", "xa-a")

    assert [item["name"] for item in paper.values["items"]] == ["Có kế hoạch", "Báo cáo đúng hạn"]
    assert not [item for item in paper.values["items"] if item["yes"] or item["no"] or item["note"]]
    assert paper.values["inspector"] == "huyện Suối Mẫu"
    assert "IV. KẾT LUẬN\n\t\n" in text_of(paper)


@pytest.mark.parametrize(
    ("kind", "keys"), [("ke-hoach", ("kh-9",)), ("bien-ban-kiem-tra", ("kt-9",)), ("ke-hoach", ())]
)
def test_what_is_not_there_is_said(kind: str, keys: tuple[str, ...]) -> None:
    makes = KINDS[kind].makes
    assert makes is not None
    with pytest.raises(UsageError):
        next(makes(Source.of_registers(books(), on="2019-05-20"), Wish(kind=kind, keys=keys)))


DEEDS = {
    "y-da-gui": [
        Deed("xa-a", f"{year}-03-01", f"{year}-B8M4-R0XT", parts=("nd1", "sang-kien")) for year in (2016, 2019)
    ],
    "tac-gia-ca-nhan": [Deed("xa-a", f"{year}-03-01", "p-0a1b2c3d", parts=("",)) for year in (2014, 2016, 2018)],
}  # fmt: skip


def told(period: Period) -> Statement:
    return draw_up(books(), DEEDS, "huyen", period, "2019-12-20")


def test_five_years_stand_beside_each_other_and_who_came_twice_is_one_in_all() -> None:
    whole = told(Period(2015, 2019))
    values = five_years(whole, [told(year) for year in Period(2015, 2019).years()]).values
    lines = {line["label"]: line for section in values["sections"] for line in section["lines"]}

    assert values["years"] == ["2015", "2016", "2017", "2018", "2019"]
    assert values["before"] == "Các năm 2010–2014"
    ideas = lines["Ý bà con đã gửi"]
    assert (ideas["years"], ideas["total"], ideas["then"]) == (["0", "1", "0", "0", "1"], "2", "0")
    people = lines["Cá nhân có ý được ghi nhận (người)"]
    assert (people["years"], people["total"], people["change"]) == (["0", "1", "0", "1", "0"], "1 *", "không đổi")
    assert lines["Lần kiểm tra"]["years"] == ["–"] * 5
    assert [line[:2] for line in values["legend"]] == ["* "]
    assert values["changes"] == ["Từ 01/7/2019: xã Bãi Mẫu thay cho xã Đồi Mẫu."]


def drawn(kind: str, *keys: str) -> Paper:
    makes = KINDS[kind].makes
    assert makes is not None
    source = Source(books(), lambda _: None, lambda _: None, tuple, statement=lambda _, one: told(one), on="2019-12-20")
    (paper,) = makes(source, Wish(kind=kind, keys=keys))
    return paper


def test_a_report_of_five_years_tells_the_same_whole_as_the_report_on_them() -> None:
    one, other = (drawn(kind, "huyen", "2015..2019") for kind in ("bao-cao", "bao-cao-nam-nam"))
    blocks = [block for part in one.values["parts"] for block in part["blocks"]]
    figures = [line["now"] for block in blocks for line in block["lines"] if not line["parts"]]
    totals = [line["total"].rstrip(" *") for section in other.values["sections"] for line in section["lines"]]

    assert [key for key in one.values if one.values[key] != other.values[key]] == []
    assert totals == ["–" if figure == "chưa báo cáo" else figure for figure in figures]
    assert "PHỤ LỤC" in text_of(other)


def test_five_years_are_five() -> None:
    with pytest.raises(UsageError, match="paper-five-years"):
        drawn("bao-cao-nam-nam", "huyen", "2016..2019")


def test_a_change_is_told_to_all_it_counted_for_in_its_period_alone() -> None:
    found = [Change(unit="xa-b", on="2019-07-01", replaced=("xa-a",))]

    assert [*changes(UNITS, "huyen", Period(2015, 2019))] == found
    assert [*changes(UNITS, "xa-b", Period(2019, 2019))] == found
    assert [*changes(UNITS, "xa-a", Period(2015, 2019))] == []
    assert [*changes(UNITS, "huyen", Period(2020, 2024))] == []


@pytest.mark.parametrize(
    ("unit", "lines"),
    [
        ("huyện Suối Mẫu", "Ủy ban Mặt trận Tổ quốc|Việt Nam huyện Suối Mẫu"),
        ("xã Mẫu", "Ủy ban Mặt trận|Tổ quốc Việt Nam xã Mẫu"),
        ("thành phố Ba Con Suối", "Ủy ban Mặt trận Tổ quốc Việt Nam|thành phố Ba Con Suối"),
    ],
)
def test_an_offices_name_breaks_where_a_name_in_it_begins(unit: str, lines: str) -> None:
    told = in_two(f"Ủy ban Mặt trận Tổ quốc Việt Nam {unit}", unit)

    first, second = lines.split("|")
    assert told == f"{first} {second.replace(' ', NO_BREAK)}"
