"""A plan carried over to another year."""

from typing import Any, cast

import pytest

from sangkien.domain.books import Books
from sangkien.domain.next_plan import carried_over
from sangkien.domain.records import PlanRecord

PLAN = cast(
    "PlanRecord",
    {
        "version": 1,
        "sample": True,
        "id": "kh-2024-xa",
        "unit": "xa-cu-2003",
        "year": 2024,
        "title": "Kế hoạch năm 2024",
        "number": "04/KH",
        "issued_on": "2024-01-20",
        "legal_bases": ["cu", "moi", "het", "con"],
        "tasks": [
            {"what": "Kể chuyện 2024", "owner": "Xã", "due": "2024-02-29", "status": "xong", "done_on": "2024-02-20"},
            {"what": "Bỏ rồi", "owner": "Xã", "status": "bo", "note": "không hợp"},
            {"what": "Chỉ tận vườn", "owner": "Ấp", "unit": "ap-2006", "note": "chờ mưa"},
        ],
        "calendar": [{"what": "Báo cáo", "due": "2024-06-12", "from_level": "ap", "period": "2024-H1"}],
    },
)
UNITS: Any = {
    "xa-cu-2003": {"id": "xa-cu-2003", "valid_from": "2003-01-01", "valid_to": "2025-06-30"},
    "xa-moi-2025": {"id": "xa-moi-2025", "valid_from": "2025-07-01", "predecessors": ["xa-cu-2003"]},
    "ap-2006": {"id": "ap-2006", "valid_from": "2006-01-01"},
}
BASES: Any = {
    "cu": {"effective_to": "2025-12-31", "replaced_by": "moi"},
    "moi": {"effective_from": "2026-01-01"},
    "het": {"effective_to": "2024-12-31"},
    "con": {},
}


def carried(year: int, **units: Any) -> dict[str, Any]:
    return carried_over(PLAN, year, Books(units=UNITS | units, legal_bases=BASES))


def test_what_was_of_its_year_is_left_out_and_days_move_along() -> None:
    assert carried(2026) == {
        "version": 1,
        "id": "kh-2026-xa",
        "unit": "xa-moi-2025",
        "year": 2026,
        "title": "Kế hoạch năm 2026",
        "legal_bases": ["moi", "con"],
        "tasks": [
            {"what": "Kể chuyện 2026", "owner": "Xã", "due": "2026-02-28"},
            {"what": "Chỉ tận vườn", "owner": "Ấp", "unit": "ap-2006"},
        ],
        "calendar": [{"what": "Báo cáo", "due": "2026-06-12", "from_level": "ap", "period": "2026-H1"}],
    }


def test_a_basis_and_a_unit_that_still_hold_stay() -> None:
    plan = carried(2025)

    assert (plan["unit"], plan["legal_bases"]) == ("xa-cu-2003", ["cu", "moi", "con"])


def test_a_unit_of_several_heirs_stays_for_the_office_to_decide() -> None:
    other = {"id": "xa-khac-2025", "valid_from": "2025-07-01", "predecessors": ["xa-cu-2003"]}

    assert carried(2026, **{"xa-khac-2025": other})["unit"] == "xa-cu-2003"


@pytest.mark.parametrize(("key", "next_key"), [("kh-2024", "kh-2026"), ("kh-xa", "kh-xa-2026")])
def test_it_has_a_name_of_its_own(key: str, next_key: str) -> None:
    plan = cast("PlanRecord", {**PLAN, "id": key})

    assert carried_over(plan, 2026, Books())["id"] == next_key
