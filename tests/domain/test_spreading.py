"""Who learned from whom: every place once, whatever the records say of each other."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.domain.spreading import Place, branches, has_ended, months, places


def place(number: int, learned_from: int = 0, since: str = "2019-01-01", **fields: Any) -> Any:
    told = {"learned_from": learned_from} if learned_from else {}
    return {"number": number, "unit": f"xa-{number}", "since": since, "result": "Tốt."} | told | fields


def walked(applications: list[Any]) -> list[tuple[int, int]]:
    return [(one.depth, one.record["number"]) for one in places(applications)]


@pytest.mark.parametrize(
    ("given_", "order"),
    [
        ([], []),
        ([place(1), place(2)], [(1, 1), (1, 2)]),
        ([place(2), place(1, since="2020-01-01")], [(1, 2), (1, 1)]),  # by day, then by number
        ([place(1), place(2), place(3, 1)], [(1, 1), (2, 3), (1, 2)]),
        ([place(1), place(2, 1), place(3, 2), place(4, 1)], [(1, 1), (2, 2), (3, 3), (2, 4)]),
        ([place(2, 7)], [(1, 2)]),  # of somebody nobody tells of
        ([place(1, 1)], [(1, 1)]),
        ([place(1, 2), place(2, 1), place(3)], [(1, 3), (1, 1), (2, 2)]),  # each says it learned from the other
    ],
)
def test_a_walk_follows_who_learned_from_whom(given_: list[Any], order: list[tuple[int, int]]) -> None:
    assert walked(given_) == order


@given(st.lists(st.integers(0, 12), max_size=12))
def test_every_place_is_told_once_and_under_its_teacher(teachers: list[int]) -> None:
    found = walked([place(number, teacher) for number, teacher in enumerate(teachers, 1)])
    above: dict[int, int] = {}
    assert sorted(number for _, number in found) == [*range(1, len(teachers) + 1)]
    for depth, number in found:
        assert depth == 1 or above[depth - 1] == teachers[number - 1]
        above[depth] = number


def test_a_long_chain_is_walked_to_its_end() -> None:
    assert walked([place(n, n - 1) for n in range(1, 1000)])[-1] == (999, 999)


def test_what_is_beyond_the_first_branches_is_counted() -> None:
    found = [Place(1, place(n)) for n in range(1, 8)]

    assert branches((), found, 5) == (tuple(found[:5]), 2)
    assert branches((), found, 7) == (tuple(found), 0)


@pytest.mark.parametrize(
    ("answers", "ended"),
    [
        ([], False),
        ([("2020-01-01", "con-lam")], False),
        ([("2020-01-01", "con-lam"), ("2020-06-01", "da-thoi")], True),
        ([("2020-06-01", "lam-rong-hon"), ("2020-01-01", "da-thoi")], False),  # taken up again
    ],
)
def test_the_newest_answer_tells_whether_a_place_left_off(answers: list[tuple[str, str]], ended: bool) -> None:
    assert has_ended(place(1, follow_ups=[{"date": day, "still": still} for day, still in answers])) is ended


@pytest.mark.parametrize(
    ("since", "until", "count"),
    [
        ("2019-02-10", "2019-08-10", 6),
        ("2019-02-10", "2019-08-09", 5),
        ("2019-12-31", "2020-12-31", 12),
        ("2020-01-15", "2020-01-20", 0),
    ],
)
def test_months_are_whole(since: str, until: str, count: int) -> None:
    assert months(since, until) == count
