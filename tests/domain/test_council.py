from typing import Any

import pytest

from sangkien.domain.council import holders


def council(*terms: dict[str, Any]) -> dict[str, Any]:
    return {"id": "hd", "seats": [{"seat": "ghe-1", "role": "chu-tich", "voting": True, "terms": list(terms)}]}


@pytest.mark.parametrize(
    ("day", "account"),
    [
        ("2018-12-31", None),
        ("2019-01-01", 1),
        ("2019-06-30", 1),
        ("2019-07-01", 2),
        ("2099-01-01", 2),
    ],
)
def test_holders_of_a_day(day: str, account: int | None) -> None:
    terms = (
        {"from": "2019-01-01", "to": "2019-06-30", "github_id": 1},
        {"from": "2019-07-01", "to": None, "github_id": 2},
    )
    held = holders(council(*terms), day)

    assert [holder.github_id for holder in held] == ([account] if account else [])


@pytest.mark.parametrize(
    ("term", "conflicted"),
    [
        ({}, False),
        ({"person": "p-00000001"}, True),
        ({"person": "p-00000002"}, False),
        ({"conflicts": ["p-00000001"]}, True),
        ({"conflicts": ["xa-thu-2010"]}, True),
        ({"conflicts": ["2019b8m4r0xt"]}, True),
        ({"conflicts": ["2019-7K3Q-F2TY"]}, True),
        ({"conflicts": ["xa-khac-2010", "2026-7K3Q-F2TZ", ""]}, False),
    ],
)
def test_conflict(term: dict[str, Any], *, conflicted: bool) -> None:
    idea = {
        "code": "2019-B8M4-R0XT",
        "alias": ["2019-7K3Q-F2TY"],
        "unit": "xa-thu-2010",
        "authors": [{"person": "p-00000001", "share": 100}],
    }
    (holder,) = holders(council({"from": "2019-01-01"} | term), "2019-06-01")

    assert holder.is_conflicted(idea) is conflicted
