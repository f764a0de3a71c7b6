"""What an office writes at the head and the foot of its papers, by the day of the paper."""

from collections.abc import Mapping
from typing import Any

from sangkien.domain.books import Books
from sangkien.domain.records import LetterheadRecord


def letterhead(books: Books, unit: str, day: str) -> LetterheadRecord | None:
    """Find a unit's letterhead of a day; of two the later begun. None where the office has written none."""
    found = [
        record
        for record in books.letterheads.values()
        if record["unit"] == unit and record["valid_from"] <= day <= record.get("valid_to", "9999")
    ]
    return max(found, key=lambda record: (record["valid_from"], record["id"]), default=None)


def recipients(record: Mapping[str, Any] | None, paper: str) -> tuple[str, ...]:
    """Give who a kind of paper goes to: the list that names it, else the one for all the rest."""
    lists = record.get("recipients", ()) if record else ()
    own = next((one for one in lists if paper in one.get("papers", ())), None)
    rest = next((one for one in lists if "papers" not in one), None)
    return tuple((own or rest or {"lines": ()})["lines"])
