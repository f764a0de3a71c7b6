"""Word of a place where an idea was taken up, or of who wants to do likewise, read and judged, nothing sent."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from places import ROOT
from sangkien.adapters.store import Store
from sangkien.domain import notation, posting
from sangkien.domain.finding import Code
from sangkien.workflow.beside import next_number
from sangkien.workflow.counter import Counter
from sangkien.workflow.likewise import ISSUE, Form, Likewise
from sangkien.workflow.relay import Admission, Taken

DAY, CODE = "2026-11-29", "2018-ZGNS-08CZ"
MARK = "0123456789abcdef" * 4
GOLDEN = Path(__file__).parent / "golden"
ARMOUR = "-----BEGIN AGE ENCRYPTED FILE-----\nYWdlLWVuY3J5cHRpb24ub3JnL3YxCnJlc3Q=\n-----END AGE ENCRYPTED FILE-----\n"
APPLIED: Mapping[str, str] = {
    "code": CODE.lower().replace("-", " "),
    "unit": "xa Gia Kiem",
    "since": "15/3/2026",
    "result": "Hai mươi gốc tiêu, mỗi tuần đỡ bốn buổi gánh nước.",
}
WISH: Mapping[str, str] = {"code": CODE, "unit": "xã Gia Kiệm", "question": "### Mã của ý\nĐất cát thì @sao? #1"}


@pytest.fixture(scope="module")
def likewise() -> Likewise:
    store = Store(ROOT)
    return Likewise(store, Admission(store, "trang-gui-2026-1"), lambda code: code == CODE)


def taken(likewise: Likewise, form: Form, fields: Mapping[str, str], mark: str = MARK) -> Taken:
    return likewise.take(form, posting.read_likewise(fields, likewise.templates[form]), DAY, mark)


def test_a_place_becomes_a_record_beside_the_idea(likewise: Likewise) -> None:
    told = {"place": "Cuối ấp", "applied_by": "Tổ tưới chung", "measures": "nước tưới: 40 -> 25 lít"}
    outcome = taken(likewise, "application", {**APPLIED, **told})
    assert outcome.paper, outcome.findings
    ((path, text),) = outcome.paper.texts.items()

    assert path == "ideas/2018/zg/zgns08cz/applications/5.yml"
    assert notation.parse(text.encode()).record == {
        "version": 1, "code": CODE, "number": 5, "unit": "xa-gia-kiem-2025", "place": "Cuối ấp",
        "applied_by": "Tổ tưới chung", "since": "2026-03-15", "result": APPLIED["result"],
        "measures": [{"label": "nước tưới", "unit": "lít", "before": "40", "after": "25"}],
    }  # fmt: skip
    assert outcome.paper.branch == "record/2018-zgns08cz-0123456789abcdef"


def test_the_same_mark_gives_the_same_paper_and_another_a_branch_of_its_own(likewise: Likewise) -> None:
    first, again, other = (taken(likewise, "application", APPLIED, mark).paper for mark in (MARK, MARK, "f" * 64))

    assert first == again
    assert first
    assert other
    assert first.branch != other.branch


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("applied_by", "Gọi 0912 345 678", Code.PHONE),
        ("measures", "gọi 0912 345 678: 40 -> 25 lít", Code.PHONE),
        ("measures", "\n".join(["nước: 40 -> 25 lít"] * 11), Code.TOO_MANY),
        ("measures", "đỡ nhiều lắm", Code.MEASURE_LINE),
    ],
)
def test_what_is_told_more_is_judged_as_the_rest(likewise: Likewise, key: str, text: str, code: Code) -> None:
    outcome = taken(likewise, "application", {**APPLIED, key: text})

    assert outcome.paper is None
    assert {finding.code for finding in outcome.findings} == {code}


def test_all_there_is_to_mend_is_told_at_once(likewise: Likewise) -> None:
    wrong = {"code": "2018-ZGNS-08CX", "unit": "xã Không Đâu", "since": "hôm nọ", "result": "Hỏi 0912 345 678 là rõ"}
    outcome = taken(likewise, "application", {**wrong, "place": "x" * 300})

    assert outcome.paper is None
    assert {(f.where.path[0], f.code) for f in outcome.findings} == {
        ("code", Code.CODE_UNKNOWN), ("unit", Code.UNIT_UNKNOWN), ("since", Code.DAY_FORM), ("result", Code.PHONE),
        ("place", Code.TOO_LONG),
    }  # fmt: skip
    assert {f.where.path[0] for f in taken(likewise, "application", {}).findings} == {"code", "unit", "since", "result"}


def test_a_day_to_come_and_a_unit_of_another_time_are_found(likewise: Likewise) -> None:
    for since in ("1/1/2030", "15/3/2012"):
        assert taken(likewise, "application", {**APPLIED, "unit": "phường Dầu Giây", "since": since}).paper is None


@pytest.mark.parametrize("form", ["application", "follow"])
def test_an_idea_nobody_may_know_of_is_as_unknown_as_none(likewise: Likewise, form: Form) -> None:
    for hidden in ("2019-2TV7-6322", "2019-B8M4-R0XT"):
        (finding,) = taken(likewise, form, {**APPLIED, **WISH, "code": hidden}).findings
        assert (finding.code, finding.where.path, finding.params["value"]) == (Code.CODE_UNKNOWN, ("code",), hidden)
    assert likewise.title("2019-2TV7-6322") == ""
    assert likewise.title(CODE)


def test_a_wish_reads_as_it_did_and_is_no_form(likewise: Likewise) -> None:
    outcome = taken(likewise, "follow", {**WISH, "contact": ARMOUR})
    assert outcome.paper, outcome.findings
    body = str(outcome.paper.files[ISSUE])

    assert body == (GOLDEN / "muon-lam-theo.md").read_text(encoding="utf-8")
    assert Counter(Store(ROOT)).recognise(body) is None


def test_a_wish_without_question_or_contact_says_so(likewise: Likewise) -> None:
    outcome = taken(likewise, "follow", {"code": CODE, "unit": "xã Gia Kiệm"})
    assert outcome.paper, outcome.findings
    body = str(outcome.paper.files[ISSUE])

    assert "không để lại liên hệ" in body
    assert "Điều muốn hỏi" not in body


def test_nothing_of_a_person_goes_in_clear(likewise: Likewise) -> None:
    for wrong in ({"question": "Gọi tôi 0912345678"}, {"contact": "0912345678"}):
        outcome = taken(likewise, "follow", {**WISH, **wrong})
        assert outcome.paper is None
        assert [f.where.path[0] for f in outcome.findings] == list(wrong)


@pytest.mark.parametrize(
    ("standing", "promised", "number"),
    [((), (), 1), ((1, 2), (), 3), ((1,), (2, 3), 4), ((1,), (3,), 2), ((3,), (1, 2), 4)],
)
def test_the_next_number_is_nobody_s(standing: tuple[int, ...], promised: tuple[int, ...], number: int) -> None:
    paths = [f"ideas/2018/zg/zgns08cz/applications/{n}.yml" for n in standing]

    assert next_number([*paths, "ideas/2018/zg/zgns08cz/applications/README"], promised) == number
