import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.domain import terms
from sangkien.domain.terms import Calendar

WEEK = {"weekend": [6, 7], "holidays": ["2026-04-30", "2026-05-01"]}
ALL = ["xem", "sua", "rut-dong-y", "xoa", "han-che", "phan-doi"]
LISTS: Any = {
    "working_days": WEEK,
    "request_terms": [
        {"step": "tra-loi", "kinds": ALL, "days": 2, "working_days": True, "from": "2026-01-01", "confirmed": False},
        {"step": "lam-xong", "kinds": ["xoa"], "days": 20, "extension_days": 15, "from": "2026-01-01",
         "to": "2026-06-30", "legal_bases": ["luat-thu"], "confirmed": True},
        {"step": "lam-xong", "kinds": ["xoa"], "days": 7, "from": "2026-07-01", "confirmed": False},
    ],
}  # fmt: skip

days = st.dates(datetime.date(2026, 1, 1), datetime.date(2030, 12, 31))
calendars = st.builds(
    Calendar,
    weekend=st.frozensets(st.integers(1, 7), max_size=6),
    holidays=st.frozensets(days, max_size=20),
)


def request(day: str, kind: str = "xoa", **more: Any) -> Any:
    return {"id": "yc-2026-1", "people": ["p-0a1b2c3d"], "kind": kind, "received_on": day, "door": "giay"} | more


@given(calendars, days, st.integers(1, 40))
def test_as_many_days_are_worked_as_are_given(calendar: Calendar, day: datetime.date, count: int) -> None:
    last = calendar.after(day, count)
    passed = [day + datetime.timedelta(days=n) for n in range(1, (last - day).days + 1)]

    assert sum(map(calendar.is_worked, passed)) == count
    assert calendar.is_worked(last)


@given(calendars, days, st.integers(0, 20), st.integers(0, 20))
def test_days_of_work_add_up(calendar: Calendar, day: datetime.date, first: int, more: int) -> None:
    assert calendar.after(calendar.after(day, first), more) == calendar.after(day, first + more)


@pytest.mark.parametrize(
    ("received", "answer"),
    [
        ("2026-11-23", "2026-11-25"),  # Monday → Wednesday
        ("2026-11-27", "2026-12-01"),  # Friday → Tuesday
        ("2026-11-29", "2026-12-01"),  # Sunday → Tuesday
        ("2026-04-29", "2026-05-05"),  # two holidays and a weekend between
    ],
)
def test_an_answer_is_due_in_two_days_of_work(received: str, answer: str) -> None:
    due = terms.due(request(received, "xem"), LISTS)

    assert due
    assert (due.step, due.on) == ("tra-loi", answer)


def test_what_is_answered_is_still_to_be_done_and_may_be_extended_once() -> None:
    answered = request("2026-03-02", answered_on="2026-03-03")
    extended = answered | {"extension": {"date": "2026-03-20", "days": 15, "reason": "…"}}
    too_long = answered | {"extension": {"date": "2026-03-20", "days": 99, "reason": "…"}}

    due = terms.due(answered, LISTS)
    assert due
    assert (due.step, due.on, due.legal_bases, due.confirmed) == ("lam-xong", "2026-03-22", ("luat-thu",), True)
    assert [d.on for one in (extended, too_long) if (d := terms.due(one, LISTS))] == ["2026-04-06"] * 2


def test_the_day_of_receipt_chooses_the_term() -> None:
    answered = {"answered_on": "2026-07-01"}

    before, after = (terms.due(request(day, **answered), LISTS) for day in ("2026-06-30", "2026-07-01"))
    assert before
    assert after
    assert (before.on, after.on) == ("2026-07-20", "2026-07-08")
    assert terms.due(request("2025-12-31"), LISTS) is None
    assert terms.due(request("2026-06-30"), None) is None


def test_what_is_closed_waits_for_nothing() -> None:
    closed = request("2026-03-02", closed={"date": "2026-03-03", "outcome": "da-lam"})

    assert terms.open_steps(closed) == ()
    assert terms.due(closed, LISTS) is None


def test_numbers_are_given_once() -> None:
    assert terms.next_id("2026-11-29", ["yc-2026-1", "yc-2026-9", "yc-2025-40", "yc-2026-x"]) == "yc-2026-10"
    assert terms.next_id("2027-01-02", ["yc-2026-1"]) == "yc-2027-1"
