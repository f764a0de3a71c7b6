"""What came of a session of the council: each idea on the table with the conclusion reached there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sangkien.domain.books import Dossier
from sangkien.domain.publicness import Rulings
from sangkien.domain.records import ConclusionRecord, DecisionRecord, IdeaRecord, SessionRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One idea on the table; no conclusion where none was reached, no idea where it was withdrawn since."""

    code: str
    idea: IdeaRecord | None
    conclusion: ConclusionRecord | None


def items(session: SessionRecord, dossier: Callable[[str], Dossier | None]) -> Iterator[Item]:
    """Give the ideas of a session in the order of its agenda."""
    for code in session["agenda"]:
        found = dossier(code)
        own = [
            c
            for c in (found.conclusions if found else ())
            if c["council"] == session["council"] and c.get("session") == session["id"]
        ]
        newest = max(own, key=lambda c: c["number"], default=None)
        yield Item(code=code, idea=found.idea if found and not found.withdrawn else None, conclusion=newest)


def decisions(
    session: SessionRecord, dossier: Callable[[str], Dossier | None], rulings: Rulings
) -> list[DecisionRecord]:
    """Give the decisions that recognise what a session concluded to recognise, oldest first."""
    found = {
        decision["id"]: decision
        for item in items(session, dossier)
        if item.conclusion and item.conclusion["outcome"] == "cong-nhan"
        for decision in rulings.of("cong-nhan", item.code)
        if decision.get("council") == session["council"]
    }
    return sorted(found.values(), key=lambda decision: (decision["date"], decision["id"]))
