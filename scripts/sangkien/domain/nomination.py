"""Nominations: which of them put an idea before a council here, and what was recognised by whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sangkien.domain.books import Books
from sangkien.domain.proposal import Proposal
from sangkien.domain.unit_history import UnitHistory

APPEAL = "xet-lai"
RECOGNISED = "cong-nhan"
REFUSED = "khong-cong-nhan"
ANSWERED = (RECOGNISED, REFUSED)


class Case(NamedTuple):
    """An idea put before a council of this repository once more, in one of its rounds."""

    code: str
    council: str
    round: str


def case_of(record: Any) -> Case | None:
    """Read the case out of a nomination; None when it names no council, or was answered already.

    Takes any value: what a pull request proposes was judged by nobody yet.
    """
    if not isinstance(record, Mapping) or record.get("status") in ANSWERED:
        return None
    named = [value for key in Case._fields if isinstance(value := record.get(key), str)]
    return Case(*named) if len(named) == len(Case._fields) else None


def is_heard(record: Mapping[str, Any], all_: Iterable[Mapping[str, Any]], history: Sequence[tuple[str, str]]) -> bool:
    """Tell whether its council concluded since; `history` gives outcome and day of each of its conclusions.

    Days alone do not tell an appeal's answer from what it was made against: of several appeals, the first belongs to
    the first refusal.
    """
    if record.get("purpose") != APPEAL:
        return any(day >= record.get("sent_on", "") for _, day in history)
    order = (record.get("sent_on", ""), record["id"])
    earlier = sum(
        (other.get("sent_on", ""), other["id"]) < order
        for other in all_
        if all(other.get(key) == record.get(key) for key in ("purpose", "code", "council"))
    )
    refusals = [place for place, (outcome, _) in enumerate(history) if outcome == REFUSED]
    return earlier < len(refusals) and len(history) > refusals[earlier] + 1


def file_of(proposal: Proposal) -> str | None:
    """Give the path of the nomination that is all a pull request adds or changes."""
    if len(proposal.changes) != 1 or proposal.changes[0].status in ("removed", "renamed"):
        return None
    path = proposal.changes[0].path
    place = proposal.places[path]
    return path if place and place.kind == "nomination" else None


def next_id(key: str, taken: Iterable[str]) -> str:
    """Give the id of the next nomination of an idea or a person: `dn-2019-b8m4-r0xt-1`, `dn-p-7k3qf2tz-1`."""
    used, number = set(taken), 1
    while f"dn-{key.lower()}-{number}" in used:
        number += 1
    return f"dn-{key.lower()}-{number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Honour:
    """Somebody's recognition of an idea: a council of this repository, or a higher level that answered."""

    unit: str
    on: str
    council: str = ""


class Ladder:
    """Which unit stands above which, and who recognised what: all of it data of the registers."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._history = UnitHistory(books.units)
        levels = books.lists["levels"] if books.lists else []
        self._ranks = {level["id"]: level["rank"] for level in levels if "rank" in level}
        self._answers: dict[str, list[Honour]] = {}
        for nomination in books.nominations.values():
            if nomination["status"] == RECOGNISED and "code" in nomination and "council" not in nomination:
                on = nomination.get("answered_on", nomination.get("sent_on", ""))
                self._answers.setdefault(nomination["code"], []).append(Honour(unit=nomination["to_unit"], on=on))

    def level(self, unit: str) -> str:
        """Give the level of a unit; empty where the unit is unknown."""
        return self._books.units[unit]["level"] if unit in self._books.units else ""

    def is_above(self, high: str, low: str) -> bool:
        """Tell whether a unit ranks higher than another, or the other ever belonged to it or to what became it."""
        ranks = [self._ranks.get(self.level(unit)) for unit in (high, low)]
        if ranks[0] is not None and ranks[1] is not None:
            return ranks[0] < ranks[1]
        return high in self._ever_above(low)

    def _ever_above(self, unit: str) -> set[str]:
        found: set[str] = set()
        waiting = [unit]
        while waiting:
            record = self._books.units.get(waiting.pop())
            above = [parent["unit"] for parent in record.get("parents", ())] if record else []
            reached = {heir for key in above for heir in (key, *self._history.successors(key))} - found - {unit}
            found |= reached
            waiting += reached
        return found

    def answers(self, code: str) -> tuple[Honour, ...]:
        """List who recognised an idea beyond the councils of this repository."""
        return tuple(self._answers.get(code, ()))

    def honours(self, code: str, concluded: Mapping[str, tuple[str, str]]) -> tuple[Honour, ...]:
        """List who recognised an idea, first first; `concluded` has the newest outcome and day of each council."""
        councils = self._books.councils
        own = [
            Honour(unit=councils[council].get("unit", ""), on=day, council=council)
            for council, (outcome, day) in concluded.items()
            if outcome == RECOGNISED and council in councils
        ]
        return tuple(sorted([*own, *self.answers(code)], key=lambda honour: (honour.on, honour.unit)))

    def higher(self, honours: Iterable[Honour], unit: str) -> tuple[Honour, ...]:
        """Keep the recognitions of units above one."""
        return tuple(honour for honour in honours if honour.unit and self.is_above(honour.unit, unit))
