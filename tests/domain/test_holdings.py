from typing import Any

from sangkien.domain.holdings import concerns, excerpt

ME, OTHER = "p-0a1b2c3d", "p-4e5f6g7h"
COUNCIL: Any = {
    "id": "hd-1",
    "seats": [
        {"seat": "ghe-1", "terms": [{"from": "2019-01-01", "github_id": 1, "person": ME, "conflicts": [OTHER, ME]}]},
        {"seat": "ghe-2", "terms": [{"from": "2019-01-01", "github_id": 2, "person": OTHER}]},
        {"seat": "ghe-3", "terms": [{"from": "2019-01-01", "github_id": 3}]},
    ],
}


def test_of_a_council_only_the_person_s_own_seat_is_told() -> None:
    assert excerpt(COUNCIL, [ME])["seats"] == [
        {"seat": "ghe-1", "terms": [{"from": "2019-01-01", "github_id": 1, "person": ME, "conflicts": [ME]}]}
    ]


def test_of_a_relation_another_seat_declared_the_other_is_not_told() -> None:
    told = excerpt({"seats": [COUNCIL["seats"][0]]}, [OTHER])

    assert told == {"seats": [{"seat": "ghe-1", "terms": [{"from": "2019-01-01", "conflicts": [OTHER]}]}]}


def test_a_record_concerns_whom_it_names() -> None:
    assert concerns(COUNCIL, [ME])
    assert concerns({"id": ME}, [ME])
    assert excerpt({"authors": [{"person": OTHER, "share": 40}], "unit": "xa-1"}, [ME]) == {
        "authors": [],
        "unit": "xa-1",
    }
    assert not concerns({**COUNCIL, "seats": COUNCIL["seats"][2:]}, [ME, OTHER])
    assert not concerns({"authors": [{"person": OTHER, "share": 100}]}, [ME])
