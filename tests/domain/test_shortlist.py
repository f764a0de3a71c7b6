"""Who and what may go before the level above, in which order, and what bars them."""

from typing import Any

import pytest

from judging import books, evaluation, evaluator, honour, idea
from sangkien.domain.evaluation import Sent
from sangkien.domain.shortlist import Chooser, Shortlist

PEOPLE: Any = {
    "p-mot": {"id": "p-mot", "kind": "ca-nhan"},
    "p-hai": {"id": "p-hai", "kind": "ca-nhan"},
    "p-nhom": {"id": "p-nhom", "kind": "tap-the"},
    "p-xoa": {"id": "p-xoa", "kind": "ca-nhan", "erased_on": "2020-01-01"},
}
USED = (("xa-ben", "2019-06-01"),)
PERSON = evaluation("ca-nhan", "y-duoc-ghi-nhan", "y-duoc-ap-dung", title="tieu-bieu")
UNIT = evaluation("don-vi", "y-duoc-ghi-nhan", "ke-hoach")


def listed(*ideas: Any, nominations: Any = ()) -> Shortlist:
    registers = books(PERSON, UNIT, people=PEOPLE, nominations=list(nominations))
    return Chooser(evaluator(registers, *ideas)).shortlist("huyen", 2019)


def nominated(status: str, to: str = "tinh", key: str = "dn", **told: Any) -> Any:
    return {"id": key, "from_unit": "huyen", "to_unit": to, "status": status, "sent_on": "2019-08-01", **told}


def test_the_best_rated_come_first_then_what_is_used_most_and_the_unrated_last() -> None:
    found = listed(
        idea("E"),
        idea("C", rating=("2019-1", "tot")),
        idea("D", rating=("2019-1", "tot"), adoptions=USED),
        idea("B", rating=("2019-1", "xuat-sac"), on="2019-05-02"),
        idea("A", rating=("2019-1", "xuat-sac"), on="2019-05-01"),
        idea("Z", rating=("2019-1", "xuat-sac"), on="2018-05-01"),
    )
    assert [one.idea.code for one in found.ideas] == ["A", "B", "D", "C", "E"]


@pytest.mark.parametrize(
    ("told", "nominations", "bar"),
    [
        ({}, [], ""),
        ({"higher": (honour("tinh"),)}, [], "higher"),
        ({"higher": (honour("huyen"),)}, [], ""),  # no higher than who proposes
        ({}, [nominated("da-gui", code="A")], "nominated"),
        ({}, [nominated("dang-soan", code="A")], "nominated"),
        ({}, [nominated("khong-cong-nhan", code="A")], "refused"),
        ({}, [nominated("khong-cong-nhan", code="A"), nominated("da-gui", code="A", key="dn-2")], "nominated"),
        ({}, [nominated("da-gui", code="B")], ""),
        ({}, [nominated("da-gui", to="huyen", code="A")], ""),  # from a commune to the district itself
        ({}, [nominated("da-gui", code="A", purpose="xet-lai")], ""),
    ],
)
def test_what_is_honoured_higher_or_on_its_way_is_barred(told: Any, nominations: Any, bar: str) -> None:
    (one,) = listed(idea("A", **told), nominations=nominations).ideas
    assert one.bar == bar


@pytest.mark.parametrize(
    ("nomination", "bar"),
    [
        (nominated("cong-nhan", person="p-mot", title="tieu-bieu"), "titled"),
        (nominated("cong-nhan", code="A", title="tieu-bieu"), "titled"),  # through their idea
        (nominated("da-gui", person="p-mot", title="tieu-bieu"), "nominated"),
        (nominated("khong-cong-nhan", person="p-mot", title="tieu-bieu"), "refused"),
        (nominated("cong-nhan", person="p-mot", title="khac"), ""),
        (nominated("cong-nhan", person="p-hai", title="tieu-bieu"), ""),
    ],
)
def test_a_title_given_or_asked_for_bars_the_person(nomination: Any, bar: str) -> None:
    (one,) = listed(idea("A", adoptions=USED), nominations=[nomination]).people
    assert (one.card.subject.key, one.bar) == ("p-mot", bar)


def test_where_no_title_is_asked_for_none_bars() -> None:
    untitled = evaluation("ca-nhan", "y-duoc-ghi-nhan")
    registers = books(untitled, people=PEOPLE, nominations=[nominated("da-gui", code="A")])
    (one,) = Chooser(evaluator(registers, idea("A"))).shortlist("huyen", 2019).people
    assert one.bar == ""


def test_people_who_meet_all_stand_before_those_of_whom_something_is_unknown_and_others_nowhere() -> None:
    found = listed(
        idea("A", "p-hai", adoptions=USED),
        idea("B", "p-mot", applied=True),
        idea("C", "p-nhom", "p-xoa", "p-la", adoptions=USED),
    )
    assert [one.card.subject.key for one in found.people] == ["p-hai", "p-mot"]
    assert listed(idea("A", "p-hai")).people == ()  # used nowhere


def test_who_meets_the_rule_stands_before_who_meets_more_of_it_but_not_yet_all() -> None:
    measures = ("de-tai-co-trien-vong", "y-da-gui", "y-duoc-ghi-nhan", "ke-hoach")
    either = evaluation(
        "ca-nhan", *measures, rule=[["de-tai-co-trien-vong"], ["y-da-gui", "y-duoc-ghi-nhan", "ke-hoach"]]
    )
    referral: Any = {"id": "dx", "code": "A", "status": "co-trien-vong", "answered_on": "2020-01-01"}
    registers = books(either, people=PEOPLE, referrals=[referral])
    sent = [Sent("B", "xa", "2019-03-01", frozenset({"p-hai"}))]
    ideas = idea("A", "p-mot"), idea("B", "p-hai")
    found = Chooser(evaluator(registers, *ideas, sent=sent)).shortlist("huyen", 2019)
    assert [(one.card.subject.key, one.card.state) for one in found.people] == [("p-mot", "met"), ("p-hai", "unknown")]


def test_units_below_that_may_meet_all_are_listed_with_where_to_turn() -> None:
    found = listed(idea("A", of="xa"))
    assert [one.card.subject.key for one in found.units] == ["xa"]
    assert (found.from_units, found.to_units) == (("huyen",), ("tinh",))
