"""Who must report on which period by which day, and who did.

What must be reported is data: the calendar of the lists, and the plans of the units, which may set other days.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sangkien.domain.books import Books
from sangkien.domain.due import due_by, period_of
from sangkien.domain.period import Period
from sangkien.domain.report_versions import RETURNED, Versions
from sangkien.domain.text import sort_key
from sangkien.domain.unit_history import UnitHistory

State = Literal["dung-han", "tre", "chua-gui", "chua-den-han"]
IN_TIME: State = "dung-han"
LATE: State = "tre"
MISSING: State = "chua-gui"
AHEAD: State = "chua-den-han"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A report a unit owes: on which period, by which day, from which day a draft is made, and to whom it goes."""

    unit: str
    period: Period
    due: str
    draft_on: str | None
    to: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a duty stands on a day; `days` late, `number` of the version that counts, of `versions` altogether."""

    duty: Duty
    state: State
    sent_on: str | None = None
    days: int = 0
    number: int | None = None
    versions: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporting:
    """How many of the units below a unit must report, and how many did: `ahead` are those whose day is yet to come."""

    expected: int
    on_time: int
    late: int
    missing: int
    ahead: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """All reports owed on the periods that end in a year, by a unit and those below it; rows in the order shown."""

    unit: str
    year: int
    on: str
    periods: tuple[Period, ...]
    rows: Mapping[str, Mapping[Period, Standing]]
    summaries: Mapping[Period, Reporting]


class Calendar:
    """The reports units owe."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self.history = UnitHistory(books.units)
        self.versions = Versions(books.reports.values())
        self._rules = tuple(books.lists.get("report_calendar", ())) if books.lists else ()
        self._entries = tuple(_planned(books))
        self._by_year: dict[int, tuple[Duty, ...]] = {}
        ranks = {level["id"]: n for n, level in enumerate(books.lists["levels"])} if books.lists else {}
        self._order = {
            key: (ranks.get(unit["level"], 99), sort_key(unit["name"]), unit["valid_from"], key)
            for key, unit in books.units.items()
        }

    def periods(self, year: int) -> tuple[Period, ...]:
        """List the periods that end in a year and on which anybody may have to report."""
        found = {Period(year, year, half=True), Period(year, year)}
        for rule in self._rules:
            if period := period_of(rule, year):
                found.add(period)
        found |= {period for period, _ in self._entries if period.last == year}
        return tuple(sorted(found, key=lambda p: (p.end, p.start < f"{year:04}", p)))

    def duties(self, year: int) -> tuple[Duty, ...]:
        """List every report owed on the periods that end in a year."""
        if year not in self._by_year:
            owed = (self._duty(unit, period) for period in self.periods(year) for unit in self._order)
            ordered = sorted(filter(None, owed), key=lambda d: (d.due, self._order[d.unit], str(d.period)))
            self._by_year[year] = tuple(ordered)
        return self._by_year[year]

    def _duty(self, key: str, period: Period) -> Duty | None:
        level = self._books.units[key]["level"]
        ruled = [(day, rule) for rule in self._rules if (day := due_by(rule, period)) and level in rule["from_levels"]]
        due, rule = max(ruled, key=lambda one: one[1]["from"], default=("", None))
        due = self._planned_day(key, level, period) or due
        unit = self._books.units[key]
        if not due or not unit["valid_from"] <= due <= self.history.last_day(key):
            return None
        before = rule.get("draft_days") if rule else None
        above = self.history.parents(key, due)
        return Duty(
            unit=key,
            period=period,
            due=due,
            draft_on=None if before is None else shifted(due, -before),
            to=above[0] if above else None,
        )

    def _planned_day(self, key: str, level: str, period: Period) -> str:
        """Give the day that the nearest plan sets: the unit's own, or of one above it."""
        found: dict[str, str] = {}
        for entry_period, (unit, from_level, day) in self._entries:
            if entry_period == period and from_level == level:
                found[unit] = day  # of several plans of a unit the newest
        for near in (key, *self._all_above(key, found.values())):
            if near in found:
                return found[near]
        return ""

    def _all_above(self, key: str, days: Iterable[str]) -> Iterator[str]:
        first, last = self._books.units[key]["valid_from"], self.history.last_day(key)
        for day in sorted(set(days)):
            yield from self.history.above(key, max(first, min(day, last)))

    def standing(self, duty: Duty, on: str) -> Standing:
        """Tell how a duty stands on a day, by the first version that was sent and not returned."""
        first = self.versions.first_sent(duty.unit, duty.period, on)
        counted = self.versions.counted(duty.unit, duty.period)
        sent = first["sent_on"] if first else None
        days = _days_between(duty.due, sent) if sent and sent > duty.due else 0
        state: State = (LATE if days else IN_TIME) if sent else MISSING if on > duty.due else AHEAD
        return Standing(
            duty=duty,
            state=state,
            sent_on=sent,
            days=days,
            number=counted["number"] if counted and sent else None,
            versions=len(self.versions.of(duty.unit, duty.period)),
        )

    def matrix(self, unit: str, year: int, on: str) -> Matrix:
        """Tell how all reports of a unit and of those below it stand, on the periods that end in a year."""
        rows: dict[str, dict[Period, Standing]] = {}
        for duty in self.duties(year):
            if self.history.belongs(duty.unit, duty.due, unit):
                rows.setdefault(duty.unit, {})[duty.period] = self.standing(duty, on)
        line = self.history.line(unit)
        return Matrix(
            unit=unit,
            year=year,
            on=on,
            periods=tuple(p for p in self.periods(year) if any(p in row for row in rows.values())),
            rows={key: rows[key] for key in sorted(rows, key=lambda k: (k not in line, self._order[k]))},
            summaries={period: self.reporting(unit, period, on) for period in self.periods(year)},
        )

    def reporting(self, unit: str, period: Period, on: str) -> Reporting:
        """Count how the units below a unit report on a period."""
        line = self.history.line(unit)
        states = [
            self.standing(duty, on).state
            for duty in self.duties(period.last)
            if duty.period == period and duty.unit not in line and self.history.belongs(duty.unit, duty.due, unit)
        ]
        return Reporting(
            expected=len(states),
            on_time=states.count(IN_TIME),
            late=states.count(LATE),
            missing=states.count(MISSING),
            ahead=states.count(AHEAD),
        )

    def to_draft(self, on: str) -> list[Duty]:
        """List the reports a draft of which is to be made by a day.

        Of one kind a unit is offered the newest alone, and what no living unit can write is offered to none. Where
        the movement's unit lives, reports are those of it and of the units below it.
        """
        year = int(on[:4])
        newest: dict[tuple[str, str], Duty] = {}
        for duty in (duty for near in (year - 1, year, year + 1) for duty in self.duties(near)):
            lives = on <= self.history.last_day(duty.unit)
            if duty.draft_on and duty.draft_on <= on and lives and self._is_ours(duty):
                newest[duty.unit, duty.period.kind] = duty
        return [duty for duty in newest.values() if self.lacks_draft(duty)]

    def lacks_draft(self, duty: Duty) -> bool:
        """Tell whether nothing is written of a report, or what was written last was returned."""
        newest = self.versions.newest(duty.unit, duty.period)
        return newest is None or newest["status"] == RETURNED

    def owed(self, unit: str, period: Period) -> Duty | None:
        """Give what a unit owes on a period; None when nothing."""
        found = (duty for duty in self.duties(period.last) if (duty.unit, duty.period) == (unit, period))
        return next(found, None)

    def _is_ours(self, duty: Duty) -> bool:
        own = self._books.movement.get("unit", "") if self._books.movement else ""
        roots = self.history.now(own) if own in self._books.units else ()
        living = [root for root in roots if duty.due <= self.history.last_day(root)]
        return not living or any(self.history.belongs(duty.unit, duty.due, root) for root in living)


def shifted(day: str, days: int) -> str:
    """Give the day some days later, or earlier."""
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days=days)).isoformat()


def _planned(books: Books) -> Iterator[tuple[Period, tuple[str, str, str]]]:
    """List the days plans set for reports, older plans first: period, unit of the plan, level, day."""
    for plan in sorted(books.plans.values(), key=lambda p: (p["year"], p.get("issued_on", ""), p["id"])):
        for entry in plan.get("calendar", ()):
            period = Period.read(entry.get("period", ""))
            if period:
                yield period, (plan["unit"], entry["from_level"], entry["due"])


def _days_between(earlier: str, later: str) -> int:
    return (datetime.date.fromisoformat(later) - datetime.date.fromisoformat(earlier)).days


def as_data(matrix: Matrix) -> dict[str, Any]:
    """Give a matrix as JSON holds it."""
    return {
        "unit": matrix.unit,
        "year": matrix.year,
        "on": matrix.on,
        "periods": [str(period) for period in matrix.periods],
        "units": [
            {"unit": key, "reports": [standing_data(row[period]) for period in matrix.periods if period in row]}
            for key, row in matrix.rows.items()
        ],
        "summary": {str(period): reporting_data(matrix.summaries[period]) for period in matrix.periods},
    }


def reporting_data(reporting: Reporting) -> dict[str, int]:
    """Give a summary as JSON holds it."""
    return {name: getattr(reporting, name) for name in ("expected", "on_time", "late", "missing", "ahead")}


def standing_data(standing: Standing) -> dict[str, Any]:
    """Give how one report stands as JSON holds it."""
    return {
        "period": str(standing.duty.period),
        "due": standing.duty.due,
        "state": standing.state,
        "sent_on": standing.sent_on,
        "days_late": standing.days,
        "counted": standing.number,
        "versions": standing.versions,
    }
