"""By when a person's request about their data is to be answered and done: days from dated terms, never stored."""

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sangkien.domain.records import DataRequestRecord, ListsRecord

Step = Literal["tra-loi", "lam-xong"]

_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Which days are worked: all but the weekend's (Monday is 1) and the holidays."""

    weekend: frozenset[int] = frozenset()
    holidays: frozenset[datetime.date] = frozenset()

    @classmethod
    def of(cls, lists: ListsRecord | None) -> "Calendar":
        """Read the calendar of the short lists; without one every day is worked, so that no day is given away."""
        told: Mapping[str, Any] = (lists.get("working_days") if lists else None) or {}
        return cls(
            weekend=frozenset(told.get("weekend", ())),
            holidays=frozenset(map(datetime.date.fromisoformat, told.get("holidays", ()))),
        )

    def is_worked(self, day: datetime.date) -> bool:
        """Tell whether a day is worked."""
        return day.isoweekday() not in self.weekend and day not in self.holidays

    def after(self, day: datetime.date, count: int) -> datetime.date:
        """Give the day on which so many days of work have passed; the first is the one after `day`."""
        while count:
            day += _DAY
            count -= self.is_worked(day)
        return day


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The last day of one step; `confirmed` tells whether the office has compared the term with the law."""

    step: Step
    on: str
    legal_bases: tuple[str, ...] = ()
    confirmed: bool = False


def due(request: DataRequestRecord, lists: ListsRecord | None) -> Due | None:
    """Give the step a request waits for and its last day; None for one that is done, or that no term speaks of."""
    steps = open_steps(request)
    terms = [term for step in steps if (term := term_of(request, step, lists))]
    return min((_due(request, term, Calendar.of(lists)) for term in terms), key=lambda d: d.on, default=None)


def open_steps(request: DataRequestRecord) -> tuple[Step, ...]:
    """List what is still to be done."""
    if "closed" in request:
        return ()
    return ("lam-xong",) if "answered_on" in request else ("tra-loi", "lam-xong")


def term_of(request: DataRequestRecord, step: Step, lists: ListsRecord | None) -> Mapping[str, Any] | None:
    """Find the term of a step on the day a request was received; of several the strictest."""
    day = request["received_on"]
    terms: Iterable[Mapping[str, Any]] = lists.get("request_terms", ()) if lists else ()
    fitting = [
        term
        for term in terms
        if term["step"] == step and request["kind"] in term["kinds"] and term["from"] <= day <= term.get("to", "9999")
    ]
    return min(fitting, key=lambda term: term["days"], default=None)


def _due(request: DataRequestRecord, term: Mapping[str, Any], calendar: Calendar) -> Due:
    start, days = datetime.date.fromisoformat(request["received_on"]), term["days"]
    last = calendar.after(start, days) if term.get("working_days") else start + days * _DAY
    extension = request.get("extension")
    if extension and term["step"] == "lam-xong":
        last += min(extension["days"], term.get("extension_days", 0)) * _DAY
    return Due(
        step=term["step"],
        on=last.isoformat(),
        legal_bases=tuple(term.get("legal_bases", ())),
        confirmed=term["confirmed"],
    )


def next_id(day: str, taken: Collection[str]) -> str:
    """Give a free id for a request received on a day: `yc-2026-7`."""
    head = f"yc-{day[:4]}-"
    numbers = (key.removeprefix(head) for key in taken if key.startswith(head))
    return f"{head}{max((int(n) for n in numbers if n.isdecimal()), default=0) + 1}"
