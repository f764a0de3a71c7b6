"""A report in words, in Word and in sheets: what was written stays text, what was not is told from nought."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from places import ROOT
from sangkien.adapters.word import fill
from sangkien.adapters.workbook import Bindery
from sangkien.domain.books import Books
from sangkien.domain.deeds import Deed
from sangkien.domain.errors import UsageError
from sangkien.domain.figures import CATALOGUE, SECTIONS
from sangkien.domain.layout import TEMPLATES
from sangkien.domain.period import Period
from sangkien.domain.statement import Statement, draw_up
from sangkien.render.papers.reports import report as on_paper
from sangkien.render.report import ReportWords, change, number
from sangkien.render.report import words as catalogue
from sangkien.render.report_data import data
from sangkien.render.report_markdown import as_markdown
from sangkien.render.report_paper import paper
from sangkien.render.report_sheets import sheets

TEMPLATE = ROOT / TEMPLATES / "bao-cao.docx"
UNITS: Any = {
    key: {
        "id": key, "level": "xa", "name": name, "valid_from": "2003-01-01",
        "parents": [{"unit": "huyen", "from": "2003-01-01"}] if key != "huyen" else [],
    }
    for key, name in (("huyen", "Mẫu"), ("xa-a", "Suối & Đồi"), ("xa-b", "=Bãi"))
}  # fmt: skip
REPORT: Any = {
    "id": "bc-huyen-2019-1", "unit": "huyen", "period": "2019", "number": 1, "status": "da-nhan",
    "figures": [{"figure": "kiem-tra", "value": 0}, {"figure": "tuyen-truyen", "value": 1234}],
    "strengths": "Bà con <b>đoàn kết</b> {{ 7*7 }} @thuky\n\n- một\n- hai & ba",
    "document": {"number": "12/BC-MTTQ", "date": "2019-12-10"},
}  # fmt: skip
DEEDS = {"y-duoc-ghi-nhan": [Deed("xa-a", "2019-03-01", "2019-B8M4-R0XT", parts=("nd1", "sang-kien", "y-te", ""))]}


def statement(**books: Any) -> Statement:
    given = Books(units=UNITS, reports={REPORT["id"]: REPORT}, **books)
    return draw_up(given, DEEDS, "huyen", Period(2019, 2019), "2019-12-20", ("ideas/x/idea.yml",))


def test_every_figure_and_section_has_its_words() -> None:
    said = catalogue()
    assert set(said["figure"]) == {figure.id for figure in CATALOGUE}
    assert set(said["section"]) == set(SECTIONS)
    assert {way for figure in CATALOGUE for way in figure.parts} == set(said["way"])


def test_the_guide_tells_of_every_figure_and_of_every_key() -> None:
    guide = (ROOT / "content" / "huong-dan" / "bao-cao-dem-the-nao.md").read_text(encoding="utf-8")
    rows = [f"- **{catalogue()['figure'][figure.id]['name']}** (`{figure.id}`): " for figure in CATALOGUE]
    assert [row for row in rows if row not in guide] == []
    found = data(statement())
    assert [key for key in (*found, *found["figures"][0]) if f"`{key}`" not in guide] == []


@pytest.mark.parametrize(
    ("value", "shown", "changed"),
    [
        (None, "chưa báo cáo", "chưa so được"),
        (0, "0", "không đổi"),
        (1234, "1.234", "tăng 1.234"),
        (-2, "-2", "giảm 2"),
    ],
)
def test_numbers_and_changes(value: int | None, shown: str, changed: str) -> None:
    assert (number(value), change(value)) == (shown, changed)


def test_five_parts_in_their_order_and_what_nobody_wrote_is_left_blank() -> None:
    parts = paper(statement()).parts
    assert [part.numeral for part in parts] == ["I", "II", "III", "IV", "V"]
    assert [block.blank for block in parts[2].blocks] == [False, True, True]
    assert [block.heading[:2] for block in parts[1].blocks if block.heading] == ["1.", "2.", "3.", "4.", "5."]


def test_nought_nothing_and_a_great_number_in_markdown() -> None:
    text = as_markdown(statement())
    assert "| Lần kiểm tra | 0 | chưa báo cáo | chưa so được |" in text
    assert "| Buổi, bài tuyên truyền (lần) | 1.234 | chưa báo cáo | chưa so được |" in text
    assert "| Đợt thi đua đã phát động | chưa báo cáo | chưa báo cáo | chưa so được |" in text
    assert "Có 1 hồ sơ viết chưa đúng khuôn" in text


def test_what_people_wrote_runs_nothing_and_calls_nobody_in_markdown() -> None:
    text = as_markdown(statement())
    assert "<b>" not in text
    assert "@thuky" not in text
    assert r"Bà con \<b\>đoàn kết" in text


@pytest.mark.long
def test_a_comment_bears_the_report_of_a_city_with_hundreds_of_communes() -> None:
    parents = [{"unit": "huyen", "from": "2003-01-01"}]
    many: Any = {
        key: {"id": key, "level": "xa", "name": f"Suối Mẫu {key}", "valid_from": "2003-01-01", "parents": parents}
        for key in (f"xa-{n}" for n in range(300))
    }
    parts = "nd1", "sang-kien", "y-te", "tot"
    deeds = {
        figure.id: [
            Deed(key, "2019-03-01", f"2019-{n:04}-0000", parts=parts[: len(figure.parts)]) for n, key in enumerate(many)
        ]
        for figure in CATALOGUE
    }
    text = as_markdown(draw_up(Books(units=UNITS | many), deeds, "huyen", Period(2019, 2019), "2019-12-20"))
    assert len(text) < 65_536
    assert "Còn 260 đơn vị nữa" in text
    assert "và 288 hồ sơ khác" in text


@pytest.mark.parametrize(
    ("below", "told"),
    [
        (1000, "báo cáo 1.234, cộng các đơn vị 1.000, hơn 234: chưa ghi lý do."),
        (2000, "báo cáo 1.234, cộng các đơn vị 2.000, kém 766: chưa ghi lý do."),
    ],
)
def test_a_sum_that_differs_is_said_with_its_reason_or_that_there_is_none(below: int, told: str) -> None:
    child = REPORT | {"id": "bc-a", "unit": "xa-a", "figures": [{"figure": "tuyen-truyen", "value": below}]}
    books = Books(units=UNITS, reports={"r": REPORT, "bc-a": child})
    assert (
        f"Buổi, bài tuyên truyền: {told}"
        in paper(draw_up(books, {}, "huyen", Period(2019, 2019), "2019-12-20")).balance
    )


def test_more_in_the_books_than_was_reported_is_said() -> None:
    talks = {"kiem-tra": [Deed("huyen", "2019-03-01", "kt-1")]}
    found = draw_up(Books(units=UNITS, reports={"r": REPORT}), talks, "huyen", Period(2019, 2019), "2019-12-20")
    assert "Lần kiểm tra: báo cáo 0, trong sổ đã ghi 1; xin xem lại." in paper(found).balance


def text_of(packed: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        return opened.read("word/document.xml").decode()


def test_the_word_paper_holds_the_words_and_leaves_no_trace_of_its_template() -> None:
    made = fill(TEMPLATE, on_paper(statement()).values)
    xml = text_of(made)
    assert "Bà con &lt;b&gt;đoàn kết&lt;/b&gt; {{ 7*7 }} @thuky" in xml
    assert "12/BC-MTTQ" in xml
    assert "ngày 10 tháng 12 năm 2019" in xml
    assert "hai &amp; ba" in xml
    assert "{%" not in xml
    assert "{{ part" not in xml


def test_its_head_and_foot_are_those_of_the_reports_day() -> None:
    heads: Any = {
        "dau-giay-1": {
            "id": "dau-giay-1", "unit": "huyen", "valid_from": "2003-01-01", "valid_to": "2019-12-10",
            "superior": "Ủy ban Mặt trận Suối & Đồi", "body": "Ban Thường trực", "symbol": "MTTQ", "layout": "mat-tran",
            "recipients": [{"lines": ["Nơi khác"]}, {"papers": ["bao-cao"], "lines": ["Tỉnh", "Lưu Văn phòng"]}],
        },
        "dau-giay-2": {"id": "dau-giay-2", "unit": "huyen", "valid_from": "2019-12-11", "body": "Nơi sau"},
    }  # fmt: skip
    made = on_paper(statement(letterheads=heads))

    assert (made.layout, made.values["head"]["body"]) == ("mat-tran", "Ban Thường trực")
    assert made.values["head"]["number"] == "Số: 12/BC-MTTQ"
    assert made.values["recipients"] == ["- Tỉnh;", "- Lưu Văn phòng."]


def test_without_a_letterhead_its_head_is_left_blank() -> None:
    made = on_paper(statement())

    assert [finding.code.value for finding in made.findings] == ["H977"]
    assert "…" in made.values["head"]["body"]


def test_the_same_report_is_the_same_file() -> None:
    assert fill(TEMPLATE, on_paper(statement()).values) == fill(TEMPLATE, on_paper(statement()).values)


def test_a_template_somebody_broke_is_said_to_be_so(tmp_path: Any) -> None:
    broken = tmp_path / "bao-cao.docx"
    broken.write_bytes(b"no zip")
    with pytest.raises(UsageError, match="paper-template") as caught:
        fill(broken, {})
    assert caught.value.params["template"] == "bao-cao.docx"


@pytest.mark.parametrize("mark", ["{{ title.__class__.__mro__ }}", "{{ cycler.__init__.__globals__.os.getcwd() }}"])
def test_a_template_reaches_what_it_is_given_and_no_more(mark: str, tmp_path: Any) -> None:
    paper = Document()
    paper.add_paragraph(mark)
    paper.save(str(tmp_path / "bao-cao.docx"))

    with pytest.raises(UsageError, match="paper-template") as caught:
        fill(tmp_path / "bao-cao.docx", {"title": "Báo cáo"})
    assert "unsafe" in str(caught.value.params["text"])


def cells(found: Statement, tmp_path: Any) -> Mapping[str, list[tuple[Any, ...]]]:
    book = load_workbook(io.BytesIO(Bindery(tmp_path).bind(*sheets(found, "https://sang-kien.example/"))))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_the_workbook_has_numbers_as_numbers_and_leads_to_each_record(tmp_path: Any) -> None:
    found = cells(statement(), tmp_path)
    assert [*found] == ["Số liệu", "Theo đơn vị", "Đối chiếu", "Hồ sơ", "Tình hình báo cáo"]
    rows = {row[0]: row for row in found["Số liệu"]}
    assert rows["Lần kiểm tra"][1:4] == (0, "chưa báo cáo", "chưa so được")
    assert rows["Ý được ghi nhận"][1:4] == (1, 0, 1)
    assert found["Theo đơn vị"][0][2:] == ("Suối & Đồi",)
    (record,) = [row for row in found["Hồ sơ"] if row[0] == "Ý được ghi nhận"]
    assert record[1] == "2019-B8M4-R0XT"
    assert record[5] == "https://sang-kien.example/ghi-nhan/2019/b8m4r0xt/"


def test_a_record_without_a_page_is_named_by_its_path() -> None:
    figure = next(one for one in CATALOGUE if one.id == "tac-gia-ca-nhan")
    told = ReportWords(statement())
    assert told.place(figure, "p-0a1b2c3d", "https://x/") == "content/register/people/0a/p-0a1b2c3d.yml"
    ideas = next(one for one in CATALOGUE if one.id == "sang-kien-va-mo-hinh-moi")
    assert told.place(ideas, "mh-1", "https://x/") == "https://x/mo-hinh/mh-1/"
    assert told.place(ideas, "2019-7K3Q-F2TY/hd-1", "https://x/") == "ideas/2019/7k/7k3qf2ty/idea.yml"


def test_programs_are_told_what_was_declared_beside_what_is_recorded() -> None:
    talks = {"tuyen-truyen": [Deed("xa-a", "2019-03-01", "tt-1", parts=("loa", ("nhan-dan",)))]}
    found = data(draw_up(Books(units=UNITS, reports={"r": REPORT}), talks, "huyen", Period(2019, 2019), "2019-12-20"))
    row = next(one for one in found["figures"] if one["id"] == "tuyen-truyen")
    assert (row["value"], row["declared"], row["recorded"], row["source"]) == (1234, 1234, 1, "bao-cao")
    assert row["reconciliation"] == {
        "children": 1, "shared": 0, "own": None, "difference": 1233, "why": None, "unknown": ["xa-b"],
    }  # fmt: skip
    assert found["version"]["status"] == "da-nhan"
    assert found["sections"]["causes"] is None
