"""Last year's plan as the beginning of another year's: what stays is taken over, what was of its year is left out."""

import re
from collections.abc import Callable
from typing import Any

from sangkien.domain import records as r
from sangkien.domain.books import Books
from sangkien.domain.period import Period
from sangkien.domain.unit_history import UnitHistory

_OF_ITS_YEAR = ("number", "issued_on", "sample")
_DONE = ("status", "done_on", "note")


def carried_over(plan: r.PlanRecord, year: int, books: Books) -> dict[str, Any]:
    """Write the plan of a year after another's: days move by as many years; a basis or unit that ended gives way.

    Where a unit has several heirs, or none, it stays as it was, for the office to decide.
    """
    by, history = year - plan["year"], UnitHistory(books.units)
    start = f"{year:04}-01-01"

    def heir(unit: str) -> str:
        lives = unit not in books.units or books.units[unit].get("valid_to", start) >= start
        now = (unit,) if lives else history.now(unit)
        return now[0] if len(now) == 1 else unit

    def said(text: str) -> str:
        return re.sub(rf"(?<!\d){plan['year']}(?!\d)", str(year), text)

    record: dict[str, Any] = {key: value for key, value in plan.items() if key not in _OF_ITS_YEAR}
    key = said(plan["id"])
    record |= {
        "id": key if key != plan["id"] else f"{key}-{year}",
        "unit": heir(plan["unit"]),
        "year": year,
        "title": said(plan["title"]),
        "legal_bases": list(dict.fromkeys(filter(None, (_basis(key, start, books) for key in plan["legal_bases"])))),
        "tasks": [_task(task, by, heir, said) for task in plan["tasks"] if task.get("status") != "bo"],
    }
    if "calendar" in plan:
        record["calendar"] = [
            {**item, "what": said(item["what"]), "due": _moved(item["due"], by)}
            | ({"period": _later(item["period"], by)} if "period" in item else {})
            for item in plan["calendar"]
        ]
    return record


def _task(task: r.Task, by: int, heir: Callable[[str], str], said: Callable[[str], str]) -> dict[str, Any]:
    kept: dict[str, Any] = {key: value for key, value in task.items() if key not in _DONE}
    kept["what"] = said(task["what"])
    if "due" in task:
        kept["due"] = _moved(task["due"], by)
    if "unit" in task:
        kept["unit"] = heir(task["unit"])
    return kept


def _basis(key: str, start: str, books: Books) -> str:
    """Give the basis that holds when the year begins: itself, or what took its place; empty where none did."""
    seen: set[str] = set()
    while key in books.legal_bases and key not in seen:
        seen.add(key)
        basis = books.legal_bases[key]
        if basis.get("effective_to", start) >= start:
            return key
        key = basis.get("replaced_by", "")
    return ""


def _moved(day: str, by: int) -> str:
    """Move a day by years; a 29 February becomes the day before."""
    return f"{int(day[:4]) + by:04}{'-02-28' if day[4:] == '-02-29' else day[4:]}"


def _later(text: str, by: int) -> str:
    period = Period.read(text)
    return str(Period(period.first + by, period.last + by, period.half)) if period else text
