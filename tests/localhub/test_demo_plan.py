"""The demonstration plays with whatever round, council and criteria a repository has."""

from datetime import date
from pathlib import Path

import pytest

from localhub.demo_plan import Plan, read, write
from offices import TODAY, found_office
from places import ROOT
from sangkien.domain import notation

DAY = date.fromisoformat(TODAY)


def plan_of_a_company(room: Path) -> Plan:
    return Plan(found_office(room, "company"), DAY)


def test_the_sample_plays_with_the_round_that_is_open() -> None:
    plan = Plan(ROOT, DAY)

    assert plan.round["id"] == "dot-mau-2026"
    assert (plan.recused, plan.away) == ("ghe-2", "ghe-4")
    assert [voter.login for voter in plan.voters] == ["chu-tich", "thu-ky", "ghe-5"]
    assert plan.answers()["unit"] == ["thành phố Đồng Nai"]


def test_three_seats_all_score_by_their_own_criteria(tmp_path: Path) -> None:
    plan = plan_of_a_company(tmp_path)

    assert (plan.recused, plan.away) == (None, None)
    assert plan.people == {"chu-tich": 1001, "thu-ky": 1002, "ghe-3": 1003, "ba-con": 5001}
    assert plan.marks(plan.voters[0]) == {"moi-o-cong-ty": "34", "co-loi": "34"}
    assert plan.marks(plan.voters[0], slip=True)["moi-o-cong-ty"] == "45"
    assert (plan.answers()["content"], plan.answers()["unit"]) == (["An toàn"], ["công ty Dệt Sao Mai"])
    assert plan.decision("2026-7K3Q-F2TZ")["issuer"] == "cong-ty-det-sao-mai-2015"


def test_the_round_is_open_and_sealed_whenever_it_is_played(tmp_path: Path) -> None:
    late = Plan(found_office(tmp_path, "school"), date(2031, 1, 1))
    (_, movement), (_, council), (_, round_) = late.overlay(["age1x"], "http://127.0.0.1:8001/")

    assert round_["opens_on"] <= "2031-01-01" <= round_["closes_on"]
    assert (round_["ballots"], round_["seal"]) == ("sealed", {"recipients": ["age1x"]})
    assert (movement["relay"], movement["contact_keys"]) == ("http://127.0.0.1:8001/", ["age1x"])
    assert [seat["terms"][0]["github_id"] for seat in council["seats"]] == [1001, 1002, 1003, 1004, 1005]


@pytest.mark.parametrize("day", ["2026-05-11", "2026-12-31"])
def test_days_stay_the_text_they_are(day: str) -> None:
    text = write({"opens_on": day})

    assert read(text) == {"opens_on": day} == notation.parse(text.encode()).record
