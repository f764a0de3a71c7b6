"""What a year brought: the ideas first recognised in it that still stand, and its commendations."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sangkien.domain import awards
from sangkien.domain import records as r
from sangkien.domain.books import Dossier
from sangkien.domain.paper_source import Source
from sangkien.domain.publicness import Standing
from sangkien.domain.text import sort_key
from sangkien.domain.unit_history import UnitHistory


@dataclass(frozen=True, slots=True, kw_only=True)
class Honoured:
    """An idea with its folder and what stands of its recognition, the first of the year before any later one."""

    idea: r.IdeaRecord
    dossier: Dossier
    standing: Standing

    @property
    def on(self) -> str:
        """The day it was first recognised."""
        return self.standing.recognitions[0].on


def ideas(source: Source, year: str, unit: str = "") -> list[Honoured]:
    """Give the ideas of a year, of one unit and what counts for it where one is named; by day, then by title."""
    history = UnitHistory(source.books.units)
    found = []
    for code in _candidates(source, year):
        dossier = source.find(code)
        if dossier is None or (idea := dossier.idea) is None:
            continue
        standing = source.standing(dossier)
        if not standing.recognitions or not year <= standing.recognitions[0].on <= min(source.on, f"{year}-12-31"):
            continue
        if not unit or history.belongs(idea["unit"], idea["submitted_on"], unit):
            found.append(Honoured(idea=idea, dossier=dossier, standing=standing))
    return sorted(found, key=lambda one: (one.on, sort_key(one.idea["title"]), one.idea["code"]))


def commendations(
    source: Source, year: str, honoured: Sequence[Honoured], unit: str = ""
) -> list[r.CommendationRecord]:
    """Give the commendations of a year that stand, the earliest first.

    Of one unit: those it gave, those for its ideas, and those of its people who are named; whoever is not named is
    not told to live there either.
    """
    books, history, own = source.books, UnitHistory(source.books.units), {one.idea["code"] for one in honoured}
    named = {code for record in books.commendations.values() for code in record.get("codes", ())}
    public = {code for code in named if (found := source.find(code)) and source.standing(found).recognitions}

    def is_own(record: r.CommendationRecord) -> bool:
        if own & set(record.get("codes", ())) or history.belongs(record["issuer"], record["date"], unit):
            return True
        person = source.person(record["person"])
        if person is None or source.credit(record["person"]).shown != "full":
            return False
        return history.belongs(person["unit"], record["date"], unit)

    standing = awards.standing(books, source.rulings, public).values()
    of_year = [c for c in standing if c["date"][:4] == year and c["date"] <= source.on]
    return sorted((c for c in of_year if not unit or is_own(c)), key=lambda c: (c["date"], c["id"]))


def _candidates(source: Source, year: str) -> Iterator[str]:
    """Give the codes that may be a year's: those its decisions list; all there are, where a round needs no decision."""
    if any(round_["publish"] == "on-conclusion" for round_ in source.books.rounds.values()):
        yield from source.codes()
        return
    signed = (d for d in source.books.decisions.values() if d["kind"] == "cong-nhan" and d["date"][:4] == year)
    yield from dict.fromkeys(code for decision in signed for code in decision.get("codes", ()))
