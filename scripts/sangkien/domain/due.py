"""By which day a rule of the calendar asks for a report, and on which period."""

from collections.abc import Mapping
from typing import Any

from sangkien.domain.period import HALF, YEAR, Period

Rule = Mapping[str, Any]
_LENGTH = 5  # years of a long period whose rule does not say


def period_of(rule: Rule, year: int) -> Period | None:
    """Give the period of a rule that ends in a year; None where a long one ends in others."""
    if rule["kind"] == HALF:
        return Period(year, year, half=True)
    if rule["kind"] == YEAR:
        return Period(year, year)
    return Period(year - rule.get("starts_before", _LENGTH) + 1, year) if year in rule.get("ends_in", ()) else None


def due_day(rule: Rule, period: Period) -> str:
    """Give the day a report is due by a rule; a 29 February that is not there is the day before."""
    year = period.last + bool(rule.get("next_year"))
    day = str(rule["due"])
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return f"{year:04}-{'02-28' if day == '02-29' and not leap else day}"


def due_in(rule: Rule, year: int) -> tuple[Period, str] | None:
    """Give the period that a rule makes due in a year and its day; None where the rule is not in force that day."""
    period = period_of(rule, year - bool(rule.get("next_year")))
    if period is None:
        return None
    day = due_day(rule, period)
    return (period, day) if rule["from"] <= day <= rule.get("to", "9999") else None


def due_by(rule: Rule, period: Period) -> str:
    """Give the day a rule asks a report on a period by; empty when it does not."""
    due = due_in(rule, period.last + bool(rule.get("next_year")))
    return due[1] if due and due[0] == period else ""
