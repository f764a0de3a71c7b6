"""What the public may see of one idea: the brief that lists are made of, and the whole that its own page shows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from sys import intern
from typing import Any, NamedTuple, TypeVar

from sangkien.domain import records as r
from sangkien.domain.books import Books, Dossier
from sangkien.domain.kinship import packed, words
from sangkien.domain.nomination import Honour, Ladder
from sangkien.domain.publicness import Recognition, Rulings, Standing, standing
from sangkien.domain.text import sort_key
from sangkien.domain.views import Brief, Whole

Item = TypeVar("Item")
Dossiers = Callable[[str], Dossier]


class Notes(NamedTuple):
    """What is drawn from an idea's words alone, worth keeping beside them."""

    order: Sequence[str]
    words: Sequence[int]


def notes_of(idea: r.IdeaRecord) -> Notes:
    """Draw the notes of an idea."""
    return Notes(order=sort_key(idea["title"]), words=words(idea["title"], idea["summary"]))


class Look(NamedTuple):
    """An idea's brief with its place among titles (one title goes by codes), or the round that announces it."""

    code: str
    awaits: str = ""
    order: str = ""
    brief: Brief | None = None

    def plain(self) -> tuple[Any, ...]:
        """Write it as JSON can keep it."""
        brief = self.brief and (*self.brief[:-3], self.brief.kinship.decode("latin-1"), *self.brief[-2:])
        return self.code, self.awaits, self.order, brief

    @classmethod
    def of(cls, values: Sequence[Any]) -> "Look":
        """Read what `plain` gave, after it lost its types on the way."""
        code, awaits, order, told = values
        return cls(code, awaits, order, brief_of(told) if told else None)


_BEFORE_ALL = "\0"  # parts joined by it sort as the parts do


def brief_of(told: Sequence[Any]) -> Brief:
    """Read a brief that lost its types on the way; what many ideas have in common is held in memory once."""
    code, kind, title, content, field, unit, round_, submitted_on, on, stands, rating, *flags = told[:_FLAGS]
    people, rounds, adoptions, higher, decisions, builds_on, movements, kinship, key, at = told[_FLAGS:]
    values: tuple[Any, ...] = (
        code,
        intern(kind),
        title,
        *map(intern, (content, field, unit, round_, submitted_on, on)),
        stands,
        tuple(map(intern, rating)) if rating else None,
        *flags,
        tuple([tuple(author) for author in people]),
        tuple(map(intern, rounds)),
        tuple([(intern(place), intern(since)) for place, since in adoptions]),
        tuple([Honour(**honour) for honour in higher]),
        tuple(map(intern, decisions)),
        tuple(builds_on),
        tuple(map(intern, movements)),
        kinship.encode("latin-1"),
        key,
        tuple(at),
    )
    return Brief(*values)


_FLAGS = Brief._fields.index("people")  # the fields before it are texts and flags


class Judge:
    """Judges one dossier at a time by the registers alone, so that many may be judged side by side."""

    def __init__(self, books: Books, *, without_samples: bool) -> None:
        books = books.without_samples() if without_samples else books
        self.books, self.without_samples = books, without_samples
        self.rulings = Rulings(books.decisions.values())
        self.ladder = Ladder(books)

    def look(self, dossier: Dossier, notes: Notes | None = None) -> Look | None:
        """Say what is public of an idea: its brief, or the round that announces it; None for all else.

        `notes` are those of the idea, where they were kept.
        """
        stand, idea = self._standing(dossier), dossier.idea
        if idea is None:
            return None
        if stand.awaits:
            return Look(code=idea["code"], awaits=stand.awaits)
        judged = stand.recognitions or stand.revoked
        if not judged:
            return None
        applications = self._applications(dossier)
        notes = notes or notes_of(idea)
        newest = stand.recognitions[-1].conclusion if stand.recognitions else None
        brief = Brief(
            code=idea["code"],
            kind=idea["kind"],
            title=idea["title"],
            content=idea["content"],
            field=idea["field"],
            unit=idea["unit"],
            round=idea["round"],
            submitted_on=idea["submitted_on"],
            on=judged[0].on,
            stands=bool(stand.recognitions),
            rating=(newest["rubric"], newest["rating"]) if newest and "rating" in newest else None,
            applied=idea["applied"] or bool(applications),
            sample="sample" in idea,
            noindex="noindex" in idea,
            measured="figures" in idea,
            pictured="images" in idea,
            people=tuple((author["person"], author["share"]) for author in idea["authors"]),
            rounds=tuple(dict.fromkeys(one.conclusion["round"] for one in stand.recognitions)),
            adoptions=tuple((a["unit"], a["since"]) for a in applications),
            higher=self.higher(idea["code"], stand.recognitions),
            decisions=tuple(dict.fromkeys(_decisions((*stand.recognitions, *stand.revoked)))),
            builds_on=tuple(idea.get("builds_on", ())),
            movements=tuple(idea.get("movements", ())),
            kinship=packed(notes.words),
        )
        return Look(code=brief.code, order=_BEFORE_ALL.join((*notes.order, brief.code)), brief=brief)

    def whole(self, dossier: Dossier) -> Whole:
        """Give all that the public may see of an idea that has a brief."""
        assert dossier.idea is not None  # noqa: S101  # an idea without a record has no brief
        stand = self._standing(dossier)
        return Whole(
            record=dossier.idea,
            recognitions=stand.recognitions,
            revoked=stand.revoked,
            applications=self._applications(dossier),
            corrections=self._real(dossier.corrections),
            images=dossier.images,
        )

    def _standing(self, dossier: Dossier) -> Standing:
        if self.without_samples and dossier.idea is not None and "sample" in dossier.idea:
            return Standing()
        return standing(dossier, self.books, self.rulings)

    def _applications(self, dossier: Dossier) -> tuple[r.ApplicationRecord, ...]:
        return tuple(a for a in self._real(dossier.applications) if a["unit"] in self.books.units)

    def _real(self, records: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(record for record in records if not self.without_samples or "sample" not in record)  # type: ignore[operator]

    def higher(self, code: str, recognitions: Iterable[Recognition]) -> tuple[Honour, ...]:
        """List the units above others that recognised an idea, each once; only what is public counts."""
        own = [
            Honour(unit=self.books.councils[r.council].get("unit", ""), on=r.on, council=r.council)
            for r in recognitions
            if r.council in self.books.councils
        ]
        above = [h for h in own if any(h.unit and o.unit and self.ladder.is_above(h.unit, o.unit) for o in own)]
        found: dict[str, Honour] = {}
        for honour in sorted((*above, *self.ladder.answers(code)), key=lambda h: (h.on, h.unit)):
            found.setdefault(honour.unit, honour)
        return tuple(found.values())


KINDS = (
    "ceremony", "club", "commendation", "content", "council", "decision", "emulation_round", "field", "invitation",
    "legal_basis", "member_org", "model", "nomination", "outreach", "person", "plan", "policy_comment", "problem",
    "referral", "round", "rubric", "session", "sponsorship", "unit",
)  # fmt: skip


def _decisions(recognitions: Iterable[Recognition]) -> Iterator[str]:
    for recognition in recognitions:
        for decision in (recognition.decision, recognition.revoked_by):
            if decision:
                yield decision["id"]


class Judged:
    """An archive over dossiers in memory, each found by the code of its idea."""

    def __init__(self, judge: Judge, dossiers: Dossiers) -> None:
        self._judge, self._dossiers = judge, dossiers

    def whole(self, brief: Brief) -> Whole:
        """Give all that the public may see of an idea."""
        return self._judge.whole(self._dossiers(brief.code))
