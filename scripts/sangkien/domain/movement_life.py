"""The life of the movement around its ideas, as far as the public may see it: calls, ceremonies, plans, partners.

Inspections and their plans stay out, and so does who gave how much: of gifts only totals are told.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sangkien.domain import records as r
from sangkien.domain import views
from sangkien.domain.books import Books
from sangkien.domain.naming import Credit, credit
from sangkien.domain.sponsors import may_thank
from sangkien.domain.text import sort_key

Ideas = tuple[views.Idea, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EmulationRound:
    """A call to emulate, with the rounds of ideas that belong to it."""

    record: r.EmulationRoundRecord
    rounds: tuple[views.Round, ...]

    @property
    def ideas(self) -> Ideas:
        return _each(idea for view in self.rounds for idea in view.ideas)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceremony:
    """A ceremony with what was read out there, less what was taken back since."""

    record: r.CeremonyRecord
    rounds: tuple[views.Round, ...]
    decisions: tuple[views.Decision, ...]
    commendations: tuple[views.Commendation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One time people were told of the movement, with the ideas told of."""

    record: r.OutreachRecord
    ideas: Ideas


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """What was given and used in one year, in đồng; whose year it was alone, theirs is the whole."""

    year: str
    gifts: int
    received: int
    used: int
    things: int  # gifts that were no money
    purposes: tuple[str, ...]
    uses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan with its legal bases and the ideas its tasks name."""

    record: r.PlanRecord
    bases: tuple[r.LegalBasisRecord, ...]
    ideas: Mapping[str, views.Idea]

    @property
    def spreads(self) -> bool:
        return self.record.get("purpose") == "pho-bien"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberOrg:
    """A member organisation with the ideas that answer each of its movements."""

    record: r.MemberOrgRecord
    movements: tuple[tuple[r.Movement, Ideas], ...]

    @property
    def ideas(self) -> Ideas:
        found = _each(idea for _, ideas in self.movements for idea in ideas)
        return tuple(sorted(found, key=lambda idea: idea.place))


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """An invitation to do likewise: how many were asked, and who said yes; of the others nothing is told."""

    record: r.InvitationRecord
    ideas: Ideas
    accepted: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """A sitting of a council: that it takes place, and when."""

    id: str
    council: str
    unit: str
    date: str
    starts: str
    ends: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """All of it; each list in the order it is shown, the newest first."""

    emulation_rounds: Mapping[str, EmulationRound] = field(default_factory=dict)
    ceremonies: Mapping[str, Ceremony] = field(default_factory=dict)
    outreach: tuple[Telling, ...] = ()
    support: tuple[Support, ...] = ()
    thanked: tuple[Credit, ...] = ()
    plans: Mapping[str, Plan] = field(default_factory=dict)
    plans_of: Mapping[str, tuple[Plan, ...]] = field(default_factory=dict)  # by unit
    member_orgs: Mapping[str, MemberOrg] = field(default_factory=dict)
    invitations: tuple[Invitation, ...] = ()
    comments: tuple[r.PolicyCommentRecord, ...] = ()
    sittings: tuple[Sitting, ...] = ()


def life(
    books: Books,
    ideas: Ideas,
    rounds: Mapping[str, views.Round],
    decisions: Mapping[str, views.Decision],
    commendations: Mapping[str, views.Commendation],
) -> Life:
    """Join the records of the movement's life with what is public of ideas, rounds, decisions and commendations."""
    standing = {idea.code: idea for idea in ideas}

    def known(codes: Iterable[str]) -> Ideas:
        return tuple(standing[code] for code in codes if code in standing)

    plans = _plans(books, standing)
    plans_of: dict[str, list[Plan]] = {}
    for plan in plans.values():
        plans_of.setdefault(plan.record["unit"], []).append(plan)
    return Life(
        emulation_rounds={
            record["id"]: EmulationRound(record=record, rounds=_of(rounds, record.get("rounds", ())))
            for record in _newest(books.emulation_rounds, "opens_on")
        },
        ceremonies={
            record["id"]: _ceremony(record, rounds, decisions, commendations)
            for record in _newest(books.ceremonies, "date")
        },
        outreach=tuple(
            Telling(record=record, ideas=known(record.get("codes", ()))) for record in _newest(books.outreach, "date")
        ),
        support=_support(books.sponsorships.values()),
        thanked=_thanked(books),
        plans=plans,
        plans_of={unit: tuple(found) for unit, found in plans_of.items()},
        member_orgs=_member_orgs(books, ideas),
        invitations=tuple(
            Invitation(record=record, ideas=shown, accepted=_accepted(record))
            for record in _newest(books.invitations, "sent_on")
            if (shown := known(record["codes"]))
        ),
        comments=tuple(_newest(books.policy_comments, "date")),
        sittings=tuple(
            Sitting(
                id=record["id"],
                council=books.councils[record["council"]]["name"],
                unit=books.councils[record["council"]]["unit"],
                date=record["date"],
                starts=record.get("starts", ""),
                ends=record.get("ends", ""),
            )
            for record in _newest(books.sessions, "date")
            if record["council"] in books.councils
        ),
    )


def _ceremony(
    record: r.CeremonyRecord,
    rounds: Mapping[str, views.Round],
    decisions: Mapping[str, views.Decision],
    commendations: Mapping[str, views.Commendation],
) -> Ceremony:
    read_out = _of(decisions, record.get("decisions", ()))
    honoured = (key for view in read_out for key in view.record.get("commendations", ()))
    return Ceremony(
        record=record,
        rounds=_of(rounds, record.get("rounds", ())),
        decisions=read_out,
        commendations=_of(commendations, dict.fromkeys(honoured)),
    )


def _plans(books: Books, standing: Mapping[str, views.Idea]) -> dict[str, Plan]:
    shown = (plan for plan in books.plans.values() if plan.get("purpose") != "kiem-tra")
    return {
        record["id"]: Plan(
            record=record,
            bases=tuple(books.legal_bases[key] for key in record["legal_bases"] if key in books.legal_bases),
            ideas={
                task["code"]: standing[task["code"]]
                for task in record["tasks"]
                if "code" in task and task["code"] in standing
            },
        )
        for record in sorted(shown, key=lambda plan: (-plan["year"], plan["unit"], plan["id"]))
    }


def _member_orgs(books: Books, ideas: Ideas) -> dict[str, MemberOrg]:
    answering: dict[str, list[views.Idea]] = {}
    for idea in ideas:
        for movement in idea.brief.movements:
            answering.setdefault(movement, []).append(idea)
    ordered = sorted(books.member_orgs.values(), key=lambda org: (sort_key(org["name"]), org["id"]))
    return {
        record["id"]: MemberOrg(
            record=record,
            movements=tuple((one, tuple(answering.get(one["id"], ()))) for one in record.get("movements", ())),
        )
        for record in ordered
    }


def _support(gifts: Iterable[r.SponsorshipRecord]) -> tuple[Support, ...]:
    """Add up gifts by the year each came in, and uses by the year of each."""
    received: dict[str, list[r.SponsorshipRecord]] = {}
    used: dict[str, list[r.Use]] = {}
    for gift in gifts:
        received.setdefault(gift["date"][:4], []).append(gift)
        for use in gift.get("uses", ()):
            used.setdefault(use["date"][:4], []).append(use)
    return tuple(
        Support(
            year=year,
            gifts=len(received.get(year, ())),
            received=sum(gift.get("amount", 0) for gift in received.get(year, ())),
            used=sum(use["amount"] for use in used.get(year, ())),
            things=sum("in_kind" in gift for gift in received.get(year, ())),
            purposes=_sorted(gift["purpose"] for gift in received.get(year, ())),
            uses=_sorted(use["what"] for use in used.get(year, ())),
        )
        for year in sorted({*received, *used}, reverse=True)
    )


def _thanked(books: Books) -> tuple[Credit, ...]:
    """Name those who may be, in the order of their names, whatever and whenever they gave."""
    donors = {gift["donor"] for gift in books.sponsorships.values() if gift.get("thanks")}
    people = [person for key in donors if may_thank(person := books.people.get(key)) and person is not None]
    return tuple(map(credit, sorted(people, key=lambda person: (sort_key(person["name"]), person["id"]))))


def _accepted(record: r.InvitationRecord) -> tuple[str, ...]:
    return tuple(one["unit"] for one in record["to"] if one.get("answer") == "nhan-lam")


def _of(shelf: Mapping[str, Any], keys: Iterable[str]) -> tuple[Any, ...]:
    return tuple(shelf[key] for key in keys if key in shelf)


def _each(ideas: Iterable[views.Idea]) -> Ideas:
    return tuple({idea.code: idea for idea in ideas}.values())


def _newest(shelf: Mapping[str, Any], day: str) -> list[Any]:
    ordered = sorted(shelf.items(), key=lambda item: item[0])
    return [record for _, record in sorted(ordered, key=lambda item: str(item[1][day]), reverse=True)]


def _sorted(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(texts), key=sort_key))
