"""Each condition met, not met or unknown; and how they combine."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judging import DAY, MEASURES, books, evaluation, evaluator, idea
from sangkien.domain.evaluation import (
    MET,
    NOT_MET,
    UNKNOWN,
    Result,
    Sent,
    Subject,
    every,
    in_year,
    some,
)

STATES = (MET, UNKNOWN, NOT_MET)
THREE = st.sampled_from(STATES)


def judged(measure: str, *ideas: Any, of: str = "don-vi", sent: Any = (), at_least: int = 1, **shelves: Any) -> Result:
    """Judge one condition of the commune, or of the first person, in 2019."""
    one = evaluation(of, measure)
    one["conditions"][0]["at_least"] = at_least
    subject = in_year(of, "xa" if of == "don-vi" else "p-mot", 2019)  # type: ignore[arg-type]
    (card,) = evaluator(books(one, **shelves), *ideas, sent=sent).score(subject)
    return card.results[0]


def plan(**told: Any) -> Any:
    return {"id": "kh", "unit": "xa", "year": 2019, **told}


def report(value: int | None, figure: str = "nguoi-tham-gia", number: int = 1, **told: Any) -> Any:
    figures = [] if value is None else [{"figure": figure, "value": value}]
    known = {"id": f"bc-{number}", "unit": "xa", "period": "2019", "number": number, "status": "da-gui"}
    return {**known, "figures": figures, **told}


@pytest.mark.parametrize(
    ("shelves", "state"),
    [
        ({"plans": [plan()]}, MET),
        ({"plans": [plan(purpose="phong-trao")]}, MET),
        ({"plans": [plan(purpose="kiem-tra")]}, UNKNOWN),
        ({"plans": [plan(unit="huyen")]}, UNKNOWN),
        ({"plans": [plan(year=2018)]}, UNKNOWN),
        ({"plans": [plan(issued_on=DAY)]}, MET),
        ({"plans": [plan(issued_on="2020-06-02")]}, UNKNOWN),
        ({"reports": [report(0, "ke-hoach")]}, NOT_MET),
        ({"reports": [report(1, "ke-hoach")]}, MET),
        ({}, UNKNOWN),
    ],
)
def test_a_plan_of_ones_own_is_met_and_only_a_report_says_there_is_none(shelves: Any, state: str) -> None:
    assert judged("ke-hoach", **shelves).state == state


@pytest.mark.parametrize(
    ("reports", "state", "evidence"),
    [
        ([report(50)], MET, ["bc-1"]),
        ([report(49)], NOT_MET, ["bc-1"]),
        ([report(0)], NOT_MET, ["bc-1"]),
        ([report(None)], UNKNOWN, []),
        ([report(50, status="nhap")], UNKNOWN, []),
        ([report(50, status="tra-lai")], UNKNOWN, []),
        ([report(50, period="2019-H1")], UNKNOWN, []),
        ([report(50, sent_on=DAY)], MET, ["bc-1"]),
        ([report(50, sent_on="2020-06-02")], UNKNOWN, []),
        ([report(50, unit="xa-ben")], UNKNOWN, []),
        ([report(10), report(70, number=2)], MET, ["bc-2"]),
        ([report(10, status="da-nhan"), report(70, number=2)], NOT_MET, ["bc-1"]),
        ([], UNKNOWN, []),
    ],
)
def test_a_told_figure_is_that_of_the_version_that_counts(reports: Any, state: str, evidence: list[str]) -> None:
    result = judged("nguoi-tham-gia", at_least=50, reports=reports)
    assert (result.state, [one.key for one in result.count.evidence]) == (state, evidence)
    assert result.count.is_known == (state != UNKNOWN)


@pytest.mark.parametrize(("of", "key"), [("don-vi", "xa"), ("ca-nhan", "p-mot")])
def test_ideas_handed_in_are_met_or_not(of: str, key: str) -> None:
    own = Sent("A", "xa", "2019-03-01", frozenset({"p-mot"}))
    others = (
        Sent("B", "xa-ben", "2019-03-01", frozenset({"p-hai"})),
        Sent("C", "xa", "2018-12-31", frozenset({"p-mot"})),
    )
    assert judged("y-da-gui", of=of, sent=(own, *others)).state == MET
    assert judged("y-da-gui", of=of, sent=others).state == NOT_MET
    assert judged("y-da-gui", of=of, sent=(own, *others), at_least=2).state == NOT_MET


def test_ideas_recognised_count_for_the_year_and_the_unit_above() -> None:
    ideas = idea("A"), idea("B", on="2018-05-01"), idea("C", "p-hai", of="xa-ben")
    assert [one.key for one in judged("y-duoc-ghi-nhan", *ideas).count.evidence] == ["A"]
    assert [one.key for one in judged("y-duoc-ghi-nhan", *ideas, of="ca-nhan").count.evidence] == ["A"]
    above = evaluator(books(evaluation("don-vi", "y-duoc-ghi-nhan")), *ideas).recognised(
        in_year("don-vi", "huyen", 2019)
    )
    assert [one.code for one in above] == ["A", "C"]


def test_what_came_after_the_day_of_asking_is_not_known_yet() -> None:
    found = evaluator(books(), idea("A", on="2019-11-01"), day="2019-10-31")
    assert found.recognised(in_year("don-vi", "xa", 2019)) == ()
    assert found.recognised(Subject(of="ca-nhan", key="p-mot", first="0000-01-01", last="2019-10-31")) == ()


@pytest.mark.parametrize(
    ("told", "of_person", "of_unit"),
    [
        ({"adoptions": (("xa-ben", "2020-01-01"),)}, MET, MET),
        ({"adoptions": (("xa-ben", DAY),), "applied": True}, MET, MET),
        ({"adoptions": (("xa-ben", "2020-06-02"),), "applied": True}, UNKNOWN, MET),
        ({"applied": True}, UNKNOWN, MET),
        ({}, NOT_MET, NOT_MET),
    ],
)
def test_that_a_persons_idea_is_used_a_unit_must_say(told: Any, of_person: str, of_unit: str) -> None:
    assert judged("y-duoc-ap-dung", idea("A", **told), of="ca-nhan").state == of_person
    assert judged("y-duoc-ap-dung", idea("A", **told)).state == of_unit


def referral(status: str, answered_on: str = "2020-01-01", key: str = "dx", code: str = "A") -> Any:
    answer = {"answered_on": answered_on} if status not in ("dang-soan", "da-gui") else {}
    return {"id": key, "code": code, "status": status, **answer}


@pytest.mark.parametrize(
    ("referrals", "state"),
    [
        ([referral("co-trien-vong")], MET),
        ([referral("khong-co-trien-vong")], NOT_MET),
        ([referral("da-gui")], UNKNOWN),
        ([referral("dang-soan")], UNKNOWN),
        ([], UNKNOWN),
        ([referral("co-trien-vong", "2020-06-02")], UNKNOWN),
        ([referral("khong-co-trien-vong"), referral("co-trien-vong", key="dx-2")], MET),
        ([referral("khong-co-trien-vong"), referral("da-gui", key="dx-2")], UNKNOWN),
        ([referral("co-trien-vong", code="B")], UNKNOWN),
    ],
)
def test_an_idea_is_promising_once_a_science_council_says_so(referrals: Any, state: str) -> None:
    assert judged("de-tai-co-trien-vong", idea("A"), of="ca-nhan", referrals=referrals).state == state
    assert judged("de-tai-co-trien-vong", of="ca-nhan", referrals=referrals).state == NOT_MET  # nothing recognised


def inspection(*results: str, findings: Any = (), **told: Any) -> Any:
    checklist = [{"item": "a", "result": result} for result in results]
    return {"id": "kt", "unit": "xa", "date": "2019-09-01", "checklist": checklist, "findings": findings, **told}


@pytest.mark.parametrize(
    ("inspections", "state"),
    [
        ([inspection("dat")], MET),
        ([inspection("chua-dat", findings=[{"what": "x", "done_on": "2019-10-01"}])], MET),
        ([inspection("dat", findings=[{"what": "x", "done_on": DAY}])], MET),
        ([inspection("dat", findings=[{"what": "x"}])], NOT_MET),
        ([inspection("dat", findings=[{"what": "x", "done_on": "2020-06-02"}])], NOT_MET),
        ([inspection("chua-dat")], NOT_MET),
        ([inspection("dat", "chua-ro")], UNKNOWN),
        ([inspection("dat", date="2018-09-01")], UNKNOWN),
        ([inspection("dat", unit="xa-ben")], UNKNOWN),
        ([], UNKNOWN),
    ],
)
def test_an_inspection_is_passed_when_nothing_is_left_to_mend(inspections: Any, state: str) -> None:
    assert judged("kiem-tra-dat", inspections=inspections).state == state


@pytest.mark.parametrize("measure", ["ke-hoach", "nguoi-tham-gia", "kiem-tra-dat"])
def test_what_only_units_do_is_unknown_of_a_person(measure: str) -> None:
    shelves: Any = {"plans": [plan()], "reports": [report(99)], "inspections": [inspection("dat")]}
    assert judged(measure, of="ca-nhan", **shelves).state == UNKNOWN


def test_only_evaluations_of_the_day_and_the_kind_are_used() -> None:
    listed = (
        evaluation("don-vi", *MEASURES),
        evaluation("don-vi", "y-da-gui", id="cu", to="2018-12-31"),
        evaluation("don-vi", "y-da-gui", id="moi", **{"from": "2020-01-01"}),
        evaluation("ca-nhan", "y-da-gui"),
    )
    found = evaluator(books(*listed)).score(in_year("don-vi", "xa", 2019))
    assert [card.evaluation["id"] for card in found] == ["don-vi"]
    assert evaluator(books()).score(in_year("don-vi", "xa", 2019)) == ()


def test_combined_states_are_those_of_kleene() -> None:
    table = {(a, b): (every((a, b)), some((a, b))) for a, b in product(STATES, STATES)}
    assert table == {
        (MET, MET): (MET, MET),
        (MET, UNKNOWN): (UNKNOWN, MET),
        (MET, NOT_MET): (NOT_MET, MET),
        (UNKNOWN, MET): (UNKNOWN, MET),
        (UNKNOWN, UNKNOWN): (UNKNOWN, UNKNOWN),
        (UNKNOWN, NOT_MET): (NOT_MET, UNKNOWN),
        (NOT_MET, MET): (NOT_MET, MET),
        (NOT_MET, UNKNOWN): (NOT_MET, UNKNOWN),
        (NOT_MET, NOT_MET): (NOT_MET, NOT_MET),
    }


@given(st.lists(st.lists(THREE, min_size=1, max_size=3), min_size=1, max_size=3))
def test_unknown_stays_unknown_just_where_knowing_more_could_tell_either_way(rule: list[list[Any]]) -> None:
    """Every unknown is replaced by both answers; one answer for all means it was known already."""
    places = [(n, m) for n, line in enumerate(rule) for m, state in enumerate(line) if state == UNKNOWN]
    found = set()
    for answers in product((MET, NOT_MET), repeat=len(places)):
        filled = [list(line) for line in rule]
        for (n, m), answer in zip(places, answers, strict=True):
            filled[n][m] = answer
        found.add(some(every(line) for line in filled))
    assert some(every(line) for line in rule) == (found.pop() if len(found) == 1 else UNKNOWN)


def test_a_line_that_names_no_condition_is_unknown_and_one_line_is_enough() -> None:
    one = evaluation("don-vi", "y-duoc-ghi-nhan", rule=[["khong-co"], ["y-duoc-ghi-nhan"]])
    subject = in_year("don-vi", "xa", 2019)
    assert evaluator(books(one), idea("A")).score(subject)[0].state == MET
    assert evaluator(books(one)).score(subject)[0].state == UNKNOWN


def test_it_is_told_whether_one_idea_meets_all_there_is_about_ideas() -> None:
    one = evaluation("ca-nhan", "y-duoc-ghi-nhan", "y-duoc-ap-dung", "de-tai-co-trien-vong", confirmed=False)
    used = idea("A", adoptions=(("xa", "2019-01-01"),))
    subject = in_year("ca-nhan", "p-mot", 2019)
    for code, together in (("A", ("A",)), ("B", ())):
        registers = books(one, referrals=[referral("co-trien-vong", code=code)])
        (card,) = evaluator(registers, used, idea("B")).score(subject)
        assert (card.state, card.together, card.is_confirmed) == (MET, together, False)
