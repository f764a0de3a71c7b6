"""All that the public may see, made from all that is recorded; nothing else reaches a page."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

from sangkien.domain import erasure, naming, views
from sangkien.domain import records as r
from sangkien.domain.books import Books, Dossier
from sangkien.domain.judge import KINDS, Judge, Judged, Look
from sangkien.domain.movement_life import Life, life
from sangkien.domain.text import name_key, sort_key
from sangkien.domain.unit_history import UnitHistory

Item = TypeVar("Item")
Ideas = tuple[views.Idea, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The public register: every list is in the order it is shown, ideas by title as a dictionary sorts.

    `erased` are those who asked to be forgotten and whose pages may be known; `state` names all that it was made of,
    and is empty where that is not told.
    """

    movement: r.MovementRecord | None
    lists: r.ListsRecord | None
    has_samples: bool
    ideas: Ideas
    notices: Ideas
    people: Mapping[str, views.Person]
    units: Mapping[str, views.Unit]
    contents: Mapping[str, views.Shelf[r.ContentRecord]]
    fields: Mapping[str, views.Shelf[r.FieldRecord]]
    years: Mapping[str, Ideas]
    kinds: Mapping[str, Ideas]
    applied: Ideas
    rounds: Mapping[str, views.Round]
    decisions: Mapping[str, views.Decision]
    commendations: Mapping[str, views.Commendation]
    clubs: Mapping[str, views.Shelf[r.ClubRecord]]
    models: Mapping[str, views.Shelf[r.ModelRecord]]
    councils: Mapping[str, r.CouncilRecord]
    rubrics: Mapping[str, r.RubricRecord]
    legal_bases: Mapping[str, r.LegalBasisRecord]
    life: Life = field(default_factory=Life)
    erased: tuple[r.PersonRecord, ...] = ()
    state: str = ""

    def newest(self, count: int) -> Ideas:
        """Give the ideas recognised last."""
        return tuple(sorted(self.ideas, key=lambda idea: idea.on, reverse=True)[:count])


def build(books: Books, dossiers: Iterable[Dossier], *, without_samples: bool) -> Register:
    """Make the public register of dossiers kept in memory."""
    judge = Judge(books, without_samples=without_samples)
    kept = {dossier.idea["code"]: dossier for dossier in dossiers if dossier.idea}
    return assemble(judge, filter(None, map(judge.look, kept.values())), Judged(judge, kept.__getitem__))


def assemble(judge: Judge, looks: Iterable[Look], archive: views.Archive) -> Register:
    """Make the public register; what refers to something missing or not public goes without it."""
    return _Builder(judge, looks, archive).register()


class _Builder:
    def __init__(self, judge: Judge, looks: Iterable[Look], archive: views.Archive) -> None:
        self.books, self.without_samples = judge.books, judge.without_samples
        self.history = UnitHistory(self.books.units)
        self.credits = {key: naming.credit(person) for key, person in self.books.people.items()}
        self.titles: dict[str, list[r.NominationRecord]] = {}
        for nomination in _by_key(self.books.nominations):
            if nomination["status"] == "cong-nhan":
                self.titles.setdefault(nomination.get("code", ""), []).append(nomination)
        self.awaiting: dict[str, list[str]] = {}
        found: list[tuple[Any, views.Brief]] = []
        for look in looks:
            if look.brief:
                found.append((look.order, look.brief))
            else:
                self.awaiting.setdefault(look.awaits, []).append(look.code)
        found.sort(key=lambda item: item[0])
        shown = [
            views.Idea(
                brief=brief,
                place=place,
                authors=tuple(views.Author(credit=self.credit(person), share=share) for person, share in brief.people),
                notices=tuple(judge.rulings.of("dinh-chinh", brief.code)),
                titles=tuple(self.titles.get(brief.code, ())),
                archive=archive,
            )
            for place, (_, brief) in enumerate(found)
        ]
        self.ideas = tuple(idea for idea in shown if idea.stands)
        self.notices = tuple(idea for idea in shown if not idea.stands)
        self.shown = {idea.code: idea for idea in shown}
        self.standing = {idea.code: idea for idea in self.ideas}
        self.commendations = self._commendations()
        self.has_samples = not self.without_samples and self._any_sample()

    def credit(self, person: str) -> naming.Credit:
        return self.credits.get(person, naming.HIDDEN)

    def _any_sample(self) -> bool:
        movement = self.books.movement
        records: Iterable[Any] = (record for kind in KINDS for record in self.books.of(kind).values())
        return (
            any("sample" in record for record in records)
            or any(idea.brief.sample for idea in self.shown.values())
            or bool(movement and "sample" in movement)
        )

    def register(self) -> Register:
        books, rounds, decisions = self.books, self._rounds(), self._decisions()
        return Register(
            movement=books.movement,
            lists=books.lists,
            has_samples=self.has_samples,
            ideas=self.ideas,
            notices=self.notices,
            people=self._people(),
            units=self._units(),
            contents=self._shelves(books.contents, lambda i: [i.brief.content]),
            fields=self._shelves(books.fields, lambda i: [i.brief.field]),
            years=dict(sorted(_group(self.ideas, lambda i: [i.year]).items(), reverse=True)),
            kinds=_group(self.ideas, lambda i: [i.brief.kind]),
            applied=tuple(i for i in self.ideas if i.applied),
            rounds=rounds,
            decisions=decisions,
            commendations=self.commendations,
            clubs=self._with_ideas(books.clubs, lambda record: sort_key(record["name"])),
            models=self._with_ideas(books.models, lambda record: sort_key(record["name"])),
            councils=books.councils,
            rubrics=books.rubrics,
            legal_bases=books.legal_bases,
            life=life(books, self.ideas, rounds, decisions, self.commendations),
            erased=self._erased(),
        )

    def _standing(self, codes: Iterable[str]) -> Ideas:
        return tuple(self.standing[code] for code in codes if code in self.standing)

    def _commendations(self) -> dict[str, views.Commendation]:
        """Commendations none took back; those for ideas of which none is public stay out."""
        listed: dict[str, r.DecisionRecord] = {}
        taken_back: set[str] = set()
        for decision in sorted(self.books.decisions.values(), key=lambda d: (d["date"], d["id"])):
            for key in decision.get("commendations", ()):
                if decision["kind"] == "khen-thuong":
                    listed.setdefault(key, decision)
                elif decision["kind"] == "thu-hoi":
                    taken_back.add(key)
            if decision["kind"] == "thu-hoi" and not (decision.get("codes") or decision.get("commendations")):
                amended = self.books.decisions.get(decision.get("amends", ""))
                taken_back.update(amended.get("commendations", ()) if amended else ())
        found = {}
        for key, record in self.books.commendations.items():
            codes = record.get("codes", [])
            ideas = self._standing(codes)
            if key not in taken_back and (ideas or not codes):
                found[key] = views.Commendation(
                    record=record, credit=self.credit(record["person"]), decision=listed.get(key), ideas=ideas
                )
        return dict(sorted(found.items(), key=lambda item: (item[1].record["date"], item[0]), reverse=True))

    def _people(self) -> dict[str, views.Person]:
        ideas = _group(self.ideas, lambda i: (person for person, _ in i.brief.people))
        commendations: dict[str, list[views.Commendation]] = {}
        for commendation in self.commendations.values():
            commendations.setdefault(commendation.record["person"], []).append(commendation)
        titles: dict[str, list[r.NominationRecord]] = {}
        for nomination in self.titles.get("", ()):
            titles.setdefault(nomination.get("person", ""), []).append(nomination)
        people = [
            views.Person(
                record=self.books.people[key],
                credit=credit,
                ideas=ideas.get(key, ()),
                commendations=tuple(commendations.get(key, ())),
                titles=tuple(titles.get(key, ())),
            )
            for key, credit in self.credits.items()
            if credit.shown == "full" and (key in ideas or key in commendations or key in titles)
        ]
        people.sort(key=lambda p: (_person_key(p), p.record["id"]))
        return {person.record["id"]: person for person in people}

    def _erased(self) -> tuple[r.PersonRecord, ...]:
        """Find whose pages once stood: a page is kept at no address that never had one."""
        honoured = {person for idea in self.ideas for person, _ in idea.brief.people}
        honoured |= {commendation.record["person"] for commendation in self.commendations.values()}
        honoured |= {nomination.get("person", "") for nomination in self.titles.get("", ())}
        return tuple(
            person for key, person in self.books.people.items() if key in honoured and erasure.had_page(person)
        )

    def _units(self) -> dict[str, views.Unit]:
        history = self.history
        above = cache(history.above)
        own = _group(self.ideas, lambda i: [i.brief.unit])
        below = _group(self.ideas, lambda i: above(i.brief.unit, i.brief.submitted_on))
        adopted = _group(self.ideas, lambda i: {unit for unit, _ in i.brief.adoptions} - {i.brief.unit})
        children: dict[str, dict[str, None]] = {}
        for key, unit in self.books.units.items():
            for parent in unit.get("parents", ()):
                children.setdefault(parent["unit"], {})[key] = None
        ranks = {level["id"]: n for n, level in enumerate(self.books.lists["levels"])} if self.books.lists else {}
        ordered = sorted(
            self.books.units.items(),
            key=lambda item: (ranks.get(item[1]["level"], 99), sort_key(item[1]["name"]), item[1]["valid_from"]),
        )
        order = {key: place for place, (key, _) in enumerate(ordered)}
        return {
            key: views.Unit(
                record=record,
                now=history.now(key),
                predecessors=history.predecessors(key),
                successors=history.successors(key),
                children=tuple(sorted(children.get(key, ()), key=lambda k: order[k])),
                ideas=own.get(key, ()),
                below=below.get(key, ()),
                earlier=self._sorted(
                    {
                        idea.code: idea
                        for before in history.before(key)
                        for place in (own, below)
                        for idea in place.get(before, ())
                    }.values()
                ),
                adopted=adopted.get(key, ()),
            )
            for key, record in ordered
        }

    def _sorted(self, ideas: Iterable[views.Idea]) -> Ideas:
        return tuple(sorted(ideas, key=lambda idea: idea.place))

    def _shelves(
        self, records: Mapping[str, Any], keys: Callable[[views.Idea], Iterable[str]]
    ) -> dict[str, views.Shelf[Any]]:
        grouped = _group(self.ideas, keys)
        ordered = sorted(records.items(), key=lambda item: (item[1]["order"], sort_key(item[1]["name"])))
        return {key: views.Shelf(record=record, ideas=grouped.get(key, ())) for key, record in ordered}

    def _with_ideas(self, records: Mapping[str, Any], order: Callable[[Any], Any]) -> dict[str, views.Shelf[Any]]:
        return {
            key: views.Shelf(record=record, ideas=self._standing(record.get("codes", ())))
            for key, record in sorted(records.items(), key=lambda item: (order(item[1]), item[0]))
        }

    def _rounds(self) -> dict[str, views.Round]:
        # An idea put before a higher council stands in that council's round as well.
        grouped = _group(self.ideas, lambda i: i.brief.rounds)
        ordered = sorted(self.books.rounds.items(), key=lambda i: (i[1]["opens_on"], i[0]), reverse=True)
        return {
            key: views.Round(
                record=record,
                rubric=self.books.rubrics.get(record["rubric"]),
                council=self.books.councils.get(record["council"]),
                ideas=grouped.get(key, ()),
                awaiting=tuple(sorted(self.awaiting.get(key, ()))),
            )
            for key, record in ordered
        }

    def _decisions(self) -> dict[str, views.Decision]:
        """Decisions with something public in them; one whose every item is withheld would tell of it."""
        amendments: dict[str, list[r.DecisionRecord]] = {}
        found: dict[str, views.Decision] = {}
        ordered = sorted(self.books.decisions.items(), key=lambda i: (i[1]["date"], i[0]), reverse=True)
        for key, record in ordered:
            codes, awards = record.get("codes", []), record.get("commendations", [])
            amended = self.books.decisions.get(record.get("amends", ""))
            if not codes and not awards and amended:
                codes, awards = amended.get("codes", []), amended.get("commendations", [])
            ideas = tuple(self.shown[code] for code in codes if code in self.shown)
            commendations = tuple(self.commendations[a] for a in awards if a in self.commendations)
            if not ideas and not commendations:
                continue
            if amended:
                amendments.setdefault(amended["id"], []).append(record)
            found[key] = views.Decision(
                record=record,
                bases=tuple(self.books.legal_bases[b] for b in record["legal_bases"] if b in self.books.legal_bases),
                ideas=ideas,
                commendations=commendations,
                amended=amended,
                amendments=(),
            )
        return {key: _amended(view, found, amendments.get(key, ())) for key, view in found.items()}


def _amended(
    view: views.Decision, found: Mapping[str, views.Decision], amendments: Iterable[r.DecisionRecord]
) -> views.Decision:
    return views.Decision(
        record=view.record,
        bases=view.bases,
        ideas=view.ideas,
        commendations=view.commendations,
        amended=view.amended if view.amended and view.amended["id"] in found else None,
        amendments=tuple(sorted(amendments, key=lambda d: (d["date"], d["id"]))),
    )


def _person_key(person: views.Person) -> Any:
    """Sort people by given name, then collectives as any title."""
    name = person.credit.name
    return (1, sort_key(name)) if person.credit.collective else (0, name_key(name))


def _group(ideas: Ideas, keys: Callable[[views.Idea], Iterable[str]]) -> dict[str, Ideas]:
    groups: dict[str, list[views.Idea]] = {}
    for idea in ideas:
        for key in keys(idea):
            groups.setdefault(key, []).append(idea)
    return {key: tuple(group) for key, group in groups.items()}


def _by_key(records: Mapping[str, Item]) -> Iterable[Item]:
    return (records[key] for key in sorted(records))
