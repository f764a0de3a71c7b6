from collections.abc import Mapping

import pytest

from sangkien.domain import life_forms
from sangkien.domain.books import Books
from sangkien.domain.finding import Code
from sangkien.domain.form import Answer, Box
from sangkien.domain.submission import Choices, Circumstances, Desk

CLUB = "clb-mau-vuon-tieu"
BOOKS = Books.gather(
    [
        ("club", CLUB, {"id": CLUB, "name": "Câu lạc bộ Vườn tiêu (mẫu)"}),
        ("content", "nd2", {"id": "nd2", "name": "Sản xuất", "order": 1}),
        ("content", "nd4", {"id": "nd4", "name": "Quốc phòng", "order": 2}),
        ("movement", "movement", {"clearance_contents": ["nd4"], "intake": "Bàn mẫu.", "topology": "open"}),
        (
            "unit",
            "xa-suoi-mau-2003",
            {"id": "xa-suoi-mau-2003", "level": "xa", "name": "Suối Mẫu", "valid_from": "2003-01-01"},
        ),
    ]
)
DESK = Desk(
    BOOKS,
    Choices(
        kinds={}, displays={}, contents={}, fields={}, applied=("", ""), boxes=("", ""), consent_form="",
        decision_kinds={}, councils={}, awards={}, stills={"con-lam": "Còn làm", "da-thoi": "Đã thôi"},
        outreach_forms={"toa-dam": "Tọa đàm"}, audiences={"nhan-dan": "Bà con", "kieu-bao": "Kiều bào"},
    ),
)  # fmt: skip
HERE = Circumstances(day="2026-11-20", door="bieu-mau", seed="", labels={})
VISIT: Mapping[str, Answer] = {
    "code": "2019-MMVC-NS1B", "number": "1", "date": "15/3/2026", "still": "Còn làm",
    "measures": "nước: 40 -> 25 lít",
}  # fmt: skip


def codes(told: life_forms.Told) -> list[Code]:
    return [finding.code for finding in told.findings]


def test_a_visit_is_an_addition_with_its_day() -> None:
    told = life_forms.visit(DESK, VISIT, HERE)

    assert told.findings == []
    assert told.record == {"code": "2019-MMVC-NS1B", "number": 1}
    measure = {"label": "nước", "unit": "lít", "before": "40", "after": "25"}
    assert told.adds == {"follow_ups": [{"date": "2026-03-15", "still": "con-lam", "measures": [measure]}]}


def test_lines_that_cannot_be_read_are_named_together() -> None:
    (fault,) = life_forms.visit(DESK, {**VISIT, "measures": "đỡ nhiều\nnước: 40 -> 25 lít\nnước: 5"}, HERE).findings

    assert fault.params["lines"] == "1, 3"


def test_every_fault_of_a_visit_is_told_at_once() -> None:
    wrong: dict[str, Answer] = {
        "code": "ý ấy",
        "number": "hai",
        "date": "1/1/2030",
        "still": "thôi rồi",
        "measures": "đỡ nhiều\nnước: 5",
    }

    assert codes(life_forms.visit(DESK, wrong, HERE)) == [
        Code.CODE_UNKNOWN, Code.COUNT_FORM, Code.DAY_FORM, Code.CHOICE_UNKNOWN, Code.MEASURE_LINE,
    ]  # fmt: skip


@pytest.mark.parametrize("named", [CLUB, "cau lac bo vuon tieu (mau)"])
def test_a_meeting_and_a_count_are_added_to_the_club_that_is_named(named: str) -> None:
    answers = {"club": named, "date": "1/3/2026", "what": "Ủ lá", "attendance": "20 người", "members": "31"}

    told = life_forms.club(DESK, answers, HERE, 7)

    assert told.findings == []
    assert told.to == CLUB
    assert told.adds == {
        "counts": [{"date": "2026-03-01", "members": 31}],
        "activities": [{"date": "2026-03-01", "what": "Ủ lá", "attendance": 20}],
    }


def test_a_club_that_stands_is_never_described_anew() -> None:
    told = life_forms.club(DESK, {"club": CLUB, "name": "Tên khác", "date": "1/3/2026", "members": "3"}, HERE, 7)

    assert told.record == {}
    assert set(told.adds) == {"counts"}


def test_a_new_club_needs_what_makes_it_one() -> None:
    assert codes(life_forms.club(DESK, {}, HERE, 7)) == [Code.FORM_NO_ANSWER] * 4
    assert codes(life_forms.club(DESK, {"club": "không có"}, HERE, 7))[0] is Code.CLUB_UNKNOWN

    answers = {"name": "Câu lạc bộ mới", "unit": "Suối Mẫu", "founded_on": "1/3/2026", "summary": "Cùng nghĩ."}
    told = life_forms.club(DESK, answers, HERE, 7)
    assert told.findings == []
    assert (told.record["id"], told.record["unit"], told.adds) == ("clb-2026-7", "xa-suoi-mau-2003", {})


def test_a_problem_of_the_armed_forces_is_sent_to_the_counter() -> None:
    answers: dict[str, Answer] = {"unit": "Suối Mẫu", "title": "Giữ nước", "need": "Đất dốc.", "content": "nd4"}
    assert codes(life_forms.problem(DESK, answers, HERE, 7)) == [Code.AT_THE_COUNTER]

    told = life_forms.problem(DESK, {**answers, "content": "nd2", "until": "19/11/2026"}, HERE, 7)
    assert codes(told) == [Code.DAY_AHEAD]
    told = life_forms.problem(DESK, {**answers, "content": "nd2", "until": "20/11/2026"}, HERE, 7)
    assert (told.record["until"], told.record["status"], told.record["posted_on"]) == (
        "2026-11-20", "dang-cho", "2026-11-20",
    )  # fmt: skip


def test_outreach_counts_only_boxes_that_are_ours() -> None:
    boxes = [Box(label="Bà con", checked=True), Box(label="Kiều bào", checked=False), Box(label="Ai đó", checked=True)]
    answers: dict[str, Answer] = {"unit": "Suối Mẫu", "date": "1/3/2026", "form": "Tọa đàm", "title": "Mỗi nhà một ý"}

    assert codes(life_forms.outreach(DESK, answers, HERE, 7)) == [Code.FORM_NO_ANSWER]
    assert codes(life_forms.outreach(DESK, {**answers, "audiences": boxes[1:]}, HERE, 7)) == [Code.FORM_NO_ANSWER]
    told = life_forms.outreach(DESK, {**answers, "audiences": boxes, "reach": "1.200"}, HERE, 7)
    assert told.findings == []
    assert (told.record["audiences"], told.record["reach"]) == (["nhan-dan"], 1200)


def test_what_is_added_stands_in_the_order_of_its_days_and_once() -> None:
    standing = {"number": 1, "follow_ups": [{"date": "2026-06-01", "still": "con-lam"}]}
    earlier = {"follow_ups": [{"date": "2026-01-01", "still": "lam-rong-hon"}]}

    once = life_forms.amended(standing, earlier)

    assert [entry["date"] for entry in once["follow_ups"]] == ["2026-01-01", "2026-06-01"]
    assert life_forms.amended(once, earlier) == once
    assert standing["follow_ups"] == [{"date": "2026-06-01", "still": "con-lam"}]
