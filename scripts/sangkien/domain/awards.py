"""Commendations that stand, and those that were taken back."""

from collections.abc import Collection, Mapping

from sangkien.domain.books import Books
from sangkien.domain.publicness import Rulings
from sangkien.domain.records import CommendationRecord, DecisionRecord


def standing(books: Books, rulings: Rulings, ideas: Collection[str]) -> Mapping[str, CommendationRecord]:
    """Give the commendations that stand."""
    return {key: record for key, record in books.commendations.items() if stands(record, rulings, ideas)}


def stands(record: CommendationRecord, rulings: Rulings, ideas: Collection[str]) -> bool:
    """Tell whether none took a commendation back; one for ideas stands while one of `ideas`, the public ones, does."""
    if rulings.on_commendation("thu-hoi", record["id"]):
        return False
    return not record.get("codes") or any(code in ideas for code in record["codes"])


def taken_back(books: Books, rulings: Rulings) -> Mapping[str, DecisionRecord]:
    """Give the first decision that took back each commendation that was."""
    return {key: found[0] for key in books.commendations if (found := rulings.on_commendation("thu-hoi", key))}
