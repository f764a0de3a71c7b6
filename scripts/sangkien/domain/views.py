"""What pages are made of: records already judged fit to be shown, joined with what they refer to."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from sangkien.domain import address
from sangkien.domain import records as r
from sangkien.domain.naming import Credit
from sangkien.domain.nomination import Honour
from sangkien.domain.publicness import Recognition

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """One author's name as shown, and the share of the work."""

    credit: Credit
    share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Idea:
    """A recognised idea; one with revocations and no recognition left is only a notice."""

    record: r.IdeaRecord
    recognitions: tuple[Recognition, ...]
    revoked: tuple[Recognition, ...] = ()
    notices: tuple[r.DecisionRecord, ...] = ()
    authors: tuple[Author, ...] = ()
    applications: tuple[r.ApplicationRecord, ...] = ()
    corrections: tuple[r.CorrectionRecord, ...] = ()
    titles: tuple[r.NominationRecord, ...] = ()
    higher: tuple[Honour, ...] = ()  # who above its first council recognised it too
    images: tuple[str, ...] = ()
    folder: str = ""

    @property
    def code(self) -> str:
        return self.record["code"]

    @property
    def title(self) -> str:
        return self.record["title"]

    @property
    def address(self) -> str:
        return address.idea(self.record["code"])

    @property
    def stands(self) -> bool:
        return bool(self.recognitions)

    @property
    def on(self) -> str:
        """The day of the first recognition that stands."""
        return self.recognitions[0].on

    @property
    def year(self) -> str:
        return self.on[:4]

    @property
    def rating(self) -> tuple[str, str] | None:
        """The rubric and rating of the newest recognition that stands."""
        conclusion = self.recognitions[-1].conclusion
        return (conclusion["rubric"], conclusion["rating"]) if "rating" in conclusion else None

    @property
    def applied(self) -> bool:
        return self.record["applied"] or bool(self.applications)


@dataclass(frozen=True, slots=True, kw_only=True)
class Commendation:
    """A commendation that none took back, with the decision that lists it where there is one."""

    record: r.CommendationRecord
    credit: Credit
    decision: r.DecisionRecord | None
    ideas: tuple[Idea, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone named in full, with all that honours them."""

    record: r.PersonRecord
    credit: Credit
    ideas: tuple[Idea, ...]
    commendations: tuple[Commendation, ...]
    titles: tuple[r.NominationRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit of its time: what it was, what it became, and what was recognised there."""

    record: r.UnitRecord
    now: tuple[str, ...]
    predecessors: tuple[str, ...]
    successors: tuple[str, ...]
    children: tuple[str, ...]
    ideas: tuple[Idea, ...]
    below: tuple[Idea, ...]  # in the units under it, on the day each idea was handed in
    earlier: tuple[Idea, ...]  # in the units it grew out of, and under them
    adopted: tuple[Idea, ...]  # born elsewhere, taken up here

    @property
    def everything(self) -> tuple[Idea, ...]:
        """All that was honoured here, under any name the place has had, each once."""
        return tuple({idea.code: idea for idea in (*self.ideas, *self.below, *self.earlier)}.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A signed decision with those of its items that are public."""

    record: r.DecisionRecord
    bases: tuple[r.LegalBasisRecord, ...]
    ideas: tuple[Idea, ...]
    commendations: tuple[Commendation, ...]
    amended: r.DecisionRecord | None
    amendments: tuple[r.DecisionRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A round with what was recognised in it and, where it says so, the codes that await a decision."""

    record: r.RoundRecord
    rubric: r.RubricRecord | None
    council: r.CouncilRecord | None
    ideas: tuple[Idea, ...]
    awaiting: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf(Generic[Record]):
    """A record shown with its public ideas: a content, a field, a club, a model."""

    record: Record
    ideas: tuple[Idea, ...]
