"""A posted form is read and judged without storing or sending anything."""

from collections.abc import Mapping
from typing import Any

import pytest

from places import ROOT
from sangkien.adapters.store import Store
from sangkien.domain import notation, posting
from sangkien.domain.finding import Code
from sangkien.workflow.relay import Admission, Taken

DAY = "2026-11-29"
CODE = "2026-7K3Q-F2TZ"
FIELDS: Mapping[str, str] = {
    "kind": "Cách làm mới",
    "title": "Ủ lá chôm chôm thành phân cho vườn tiêu",
    "content": "Sản xuất, kinh doanh và hộ gia đình",
    "field": "Nông nghiệp",
    "unit": "xa Gia Kiem",
    "authors": "Trần Thị Ví Dụ 60%\r\nTập thể: Tổ ủ phân Mẫu 40%",
    "before": "Lá chôm chôm rụng thì gom lại đốt, khói cả xóm.",
    "after": "Lá được ủ với phân chuồng, ba tháng thành phân.",
    "how_to": "Gom lá khô\r\nỦ ba tháng",
    "cost": "350.000 đồng cho một khối",
}


@pytest.fixture(scope="module")
def admission() -> Admission:
    return Admission(Store(ROOT), "trang-gui-2026-1")


def taken(admission: Admission, **changed: str) -> Taken:
    read = posting.read({**FIELDS, **changed}, {}, admission.template, admission.choices, amending=False)
    return admission.take(read, DAY, CODE, "seed")


def idea_of(outcome: Taken) -> Any:
    assert outcome.paper, outcome.findings
    return next(
        notation.parse(str(text).encode()).record
        for path, text in outcome.paper.files.items()
        if path.endswith("idea.yml")
    )


def test_a_form_becomes_a_paper_without_names_in_the_idea(admission: Admission) -> None:
    outcome = taken(admission)
    idea = idea_of(outcome)

    assert outcome.paper
    assert outcome.paper.branch == "idea/2026-7k3qf2tz"
    assert (idea["submitted_on"], idea["unit"], idea["round"]) == (DAY, "xa-gia-kiem-2025", "dot-mau-2026")
    assert "Ví Dụ" not in next(str(text) for path, text in outcome.paper.files.items() if path.endswith("idea.yml"))


def test_the_same_form_gives_the_same_bytes(admission: Admission) -> None:
    first, second = taken(admission).paper, taken(admission).paper

    assert first
    assert second
    assert first.digest == second.digest


@pytest.mark.parametrize(
    ("changed", "code", "key"),
    [
        ({"title": ""}, Code.FORM_NO_ANSWER, "title"),
        ({"title": "Ngắn"}, Code.TOO_SHORT, "title"),
        ({"before": "Gọi cho tôi 0912345678"}, Code.PHONE, "before"),
        ({"after": "Chị Trần Thị Ví Dụ nghĩ ra cách này"}, Code.PERSON_NAME, "after"),
        ({"kind": "Phát minh"}, Code.CHOICE_UNKNOWN, "kind"),
        ({"unit": "xã Không Đâu"}, Code.UNIT_UNKNOWN, "unit"),
        ({"cost": "nhiều lắm"}, Code.AMOUNT_FORM, "cost"),
        ({"authors": "Ai đó\nVà ai nữa"}, Code.AUTHOR_LINE, "authors"),
        ({"authors": "A B 70%\nC D 70%"}, Code.SHARES, "authors"),
        ({"content": "nd4"}, Code.AT_THE_COUNTER, "content"),
        ({"title": "Ủ lá chôm\u202e chôm thành phân"}, Code.FORBIDDEN_CHARACTER, "title"),
        ({"contact": "0912345678"}, Code.WRONG_FORM, "contact"),
        ({"kind": "Sáng kiến", "applied": "Chưa áp dụng"}, Code.NOT_APPLIED, "kind"),
    ],
)
def test_what_is_amiss_is_told_under_its_question(
    admission: Admission, changed: dict[str, str], code: Code, key: str
) -> None:
    outcome = taken(admission, **changed)

    assert outcome.paper is None
    assert (code, key) in {(finding.code, admission.key_of(finding)) for finding in outcome.findings}


def test_codes_known_already_are_passed_over(admission: Admission) -> None:
    first, second = (code for code, _ in zip(admission.codes(DAY, "seed", lambda _: False), range(2), strict=False))

    assert next(admission.codes(DAY, "seed", lambda code: code == first[0]))[0] == second[0]


def test_what_is_written_anew_keeps_who_and_when(admission: Admission) -> None:
    standing = idea_of(taken(admission)) | {"images": [{"file": "anh-1.webp", "alt": "Lá"}]}
    answers = admission.answers(standing) | {"title": "Ủ lá chôm chôm làm phân bón", "cost": "0"}

    read = posting.read(answers, {}, admission.template, admission.choices, amending=True)
    outcome = admission.amend(read, standing)
    again = idea_of(outcome)

    assert outcome.paper
    assert len(outcome.paper.files) == 1
    assert (again["title"], again["cost"]) == ("Ủ lá chôm chôm làm phân bón", {"amount": 0})
    for key in ("authors", "submitted_on", "code", "images", "round", "unit", "source"):
        assert again[key] == standing[key]


def test_shown_and_sent_back_nothing_changes(admission: Admission) -> None:
    standing = idea_of(taken(admission))

    read = posting.read(admission.answers(standing), {}, admission.template, admission.choices, amending=True)

    assert idea_of(admission.amend(read, standing)) == standing
