"""Commendations that stand: none took them back, and what they were given for is public."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sangkien.domain.books import Books
from sangkien.domain.records import CommendationRecord, DecisionRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Awards:
    """The commendations that stand, the decision that lists each, and the decision that took others back."""

    standing: Mapping[str, CommendationRecord]
    listed: Mapping[str, DecisionRecord]
    taken_back: Mapping[str, DecisionRecord]


def awards(books: Books, ideas: Collection[str]) -> Awards:
    """Judge all commendations; one given for ideas alone stands while one of them does: `ideas` are those that do."""
    listed: dict[str, DecisionRecord] = {}
    taken_back: dict[str, DecisionRecord] = {}
    for decision in sorted(books.decisions.values(), key=lambda d: (d["date"], d["id"])):
        for key in decision.get("commendations", ()):
            if decision["kind"] == "khen-thuong":
                listed.setdefault(key, decision)
            elif decision["kind"] == "thu-hoi":
                taken_back.setdefault(key, decision)
        if decision["kind"] == "thu-hoi" and not (decision.get("codes") or decision.get("commendations")):
            # Revoking a decision without naming anything takes back all it gave.
            amended = books.decisions.get(decision.get("amends", ""))
            for key in amended.get("commendations", ()) if amended else ():
                taken_back.setdefault(key, decision)
    standing = {
        key: record
        for key, record in books.commendations.items()
        if key not in taken_back and (not record.get("codes") or any(code in ideas for code in record["codes"]))
    }
    return Awards(standing=standing, listed=listed, taken_back=taken_back)
