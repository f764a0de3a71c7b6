"""Which places where an idea was taken up are to be asked anew what became of it."""

import calendar
import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sangkien.domain.books import Books, Dossier
from sangkien.domain.publicness import Rulings, standing
from sangkien.domain.records import ApplicationRecord, IdeaRecord

_GIVEN_UP = "da-thoi"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A place to be asked: its idea and number, since when it does so, which month's question is due, since when."""

    code: str
    title: str
    number: int
    unit: str
    place: str
    since: str
    months: int
    due_on: str


def due(dossiers: Iterable[Dossier], books: Books, day: str) -> list[Visit]:
    """List the places to be asked by a day, oldest question first; samples only where nothing real was taken up."""
    rulings = Rulings(books.decisions.values())
    months = sorted(books.lists.get("follow_up_months", ())) if books.lists else []
    standing_ones = [
        (dossier.idea, application)
        for dossier in dossiers
        if dossier.idea and dossier.applications and standing(dossier, books, rulings).recognitions
        for application in dossier.applications
    ]
    real = [(idea, one) for idea, one in standing_ones if "sample" not in idea and "sample" not in one]
    found = [_visit(idea, one, asked) for idea, one in real or standing_ones if (asked := question(one, months, day))]
    return sorted(found, key=lambda visit: (visit.due_on, visit.code, visit.number))


def question(application: ApplicationRecord, months: Sequence[int], day: str) -> int | None:
    """Give the latest month whose question is due and not answered; None where there is nothing to ask.

    Whatever was told from halfway between the question before and this one answers it.
    """
    since, told = application["since"], application.get("follow_ups", [])
    passed = [month for month in months if later(since, month) <= day]
    newest = max(told, key=lambda one: one["date"], default=None)
    if not passed or (newest and newest["still"] == _GIVEN_UP):
        return None
    before = passed[-2] if len(passed) > 1 else 0
    is_answered = newest is not None and newest["date"] >= later(since, (before + passed[-1]) // 2)
    return None if is_answered else passed[-1]


def later(day: str, months: int) -> str:
    """Give the same day some months later, or the last one of a month, or of the calendar, that is too short."""
    start = datetime.date.fromisoformat(day)
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    if year > datetime.MAXYEAR:  # a slip of the pen must not keep all other places from being asked
        return datetime.date.max.isoformat()
    return datetime.date(year, month, min(start.day, calendar.monthrange(year, month)[1])).isoformat()


def _visit(idea: IdeaRecord, application: ApplicationRecord, months: int) -> Visit:
    return Visit(
        code=idea["code"],
        title=idea["title"],
        number=application["number"],
        unit=application["unit"],
        place=application.get("applied_by") or application.get("place", ""),
        since=application["since"],
        months=months,
        due_on=later(application["since"], months),
    )
