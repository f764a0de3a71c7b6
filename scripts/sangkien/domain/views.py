"""What pages are made of: records already judged fit to be shown, joined with what they refer to."""

from dataclasses import dataclass
from typing import Generic, NamedTuple, Protocol, TypeVar

from sangkien.domain import address, idea_code
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
class Whole:
    """All that is recorded of an honoured idea, as far as the public may see it."""

    record: r.IdeaRecord
    recognitions: tuple[Recognition, ...]
    revoked: tuple[Recognition, ...] = ()
    applications: tuple[r.ApplicationRecord, ...] = ()
    corrections: tuple[r.CorrectionRecord, ...] = ()
    images: tuple[str, ...] = ()


class Brief(NamedTuple):
    """What lists and counts need of an honoured idea, light enough to keep for a hundred thousand of them."""

    code: str
    kind: str
    title: str
    content: str
    field: str
    unit: str
    round: str
    submitted_on: str
    on: str  # the day of the first recognition that stands, else of the first that stood
    stands: bool
    rating: tuple[str, str] | None  # rubric and rating of the newest recognition that stands
    applied: bool
    sample: bool
    noindex: bool
    measured: bool  # with one measure before and now
    pictured: bool
    people: tuple[tuple[str, int], ...]  # each author with the share of the work
    rounds: tuple[str, ...]  # in which it was recognised
    adoptions: tuple[tuple[str, str], ...]  # unit and first day of each application
    higher: tuple[Honour, ...]  # who above its first council recognised it too
    decisions: tuple[str, ...]  # that recognised it, or took the recognition back
    movements: tuple[str, ...]  # of member organisations, which it answers
    kinship: bytes  # its words, as kinship compares them
    key: str = ""  # names all that stands in its folder
    at: tuple[int, int] = (0, 0)  # where the archive keeps the whole


class Archive(Protocol):
    """Where the whole of an honoured idea is found."""

    def whole(self, brief: Brief) -> Whole: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Idea:
    """A recognised idea, or one whose recognition was taken back: the light part at hand, the whole in the archive."""

    brief: Brief
    place: int  # in the order of titles, over all ideas
    authors: tuple[Author, ...]
    notices: tuple[r.DecisionRecord, ...]
    titles: tuple[r.NominationRecord, ...]
    archive: Archive

    @property
    def code(self) -> str:
        return self.brief.code

    @property
    def title(self) -> str:
        return self.brief.title

    @property
    def address(self) -> str:
        return address.idea(self.brief.code)

    @property
    def folder(self) -> str:
        return idea_code.folder(self.brief.code)

    @property
    def on(self) -> str:
        return self.brief.on

    @property
    def year(self) -> str:
        return self.brief.on[:4]

    @property
    def stands(self) -> bool:
        return self.brief.stands

    @property
    def rating(self) -> tuple[str, str] | None:
        return self.brief.rating

    @property
    def applied(self) -> bool:
        return self.brief.applied

    @property
    def higher(self) -> tuple[Honour, ...]:
        return self.brief.higher

    @property
    def whole(self) -> Whole:
        return self.archive.whole(self.brief)

    @property
    def record(self) -> r.IdeaRecord:
        return self.whole.record

    @property
    def recognitions(self) -> tuple[Recognition, ...]:
        return self.whole.recognitions

    @property
    def revoked(self) -> tuple[Recognition, ...]:
        return self.whole.revoked

    @property
    def applications(self) -> tuple[r.ApplicationRecord, ...]:
        return self.whole.applications

    @property
    def corrections(self) -> tuple[r.CorrectionRecord, ...]:
        return self.whole.corrections

    @property
    def images(self) -> tuple[str, ...]:
        return self.whole.images


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
