"""Whom and what a unit may put before the level above it: candidates with what is said for them, nobody ranked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from sangkien.domain import evaluation, nomination
from sangkien.domain import records as r
from sangkien.domain.evaluation import Evaluator, Scorecard
from sangkien.domain.views import Brief

# Why somebody or something is no candidate, though all else would speak for it.
Bar = Literal["", "higher", "nominated", "refused", "titled"]

_BARS: tuple[Bar, ...] = ("titled", "nominated", "refused")


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearly:
    """A unit or a person that meets what is asked, or would if what is unknown were known."""

    card: Scorecard
    bar: Bar = ""
    by: str = ""  # the nomination that bars it


@dataclass(frozen=True, slots=True, kw_only=True)
class Worthy:
    """A recognised idea; `band` is the place of its rating among those of its rubric, 0 the best."""

    idea: Brief
    band: int | None
    bar: Bar = ""
    by: str = ""  # the nomination, or the unit, that bars it


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortlist:
    """The candidates of one unit and year; `from_units` and `to_units` are who may nominate to whom today."""

    unit: str
    year: int
    units: tuple[Nearly, ...]
    people: tuple[Nearly, ...]
    ideas: tuple[Worthy, ...]
    from_units: tuple[str, ...]
    to_units: tuple[str, ...]


class Chooser:
    """Draws up shortlists."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._judge, self._books = evaluator, evaluator.books
        self._ladder = nomination.Ladder(evaluator.books)
        upwards = [n for n in self._books.nominations.values() if n.get("purpose") != nomination.APPEAL]
        self._nominations: dict[str, list[r.NominationRecord]] = {}  # by the idea or the person, oldest first
        for one in sorted(upwards, key=lambda n: (n.get("sent_on", "9999"), n["id"])):
            self._nominations.setdefault(one.get("code") or one.get("person", ""), []).append(one)

    def shortlist(self, unit: str, year: int) -> Shortlist:
        """List who and what of a year may go before the level above."""
        ideas = self._judge.recognised(evaluation.in_year("don-vi", unit, year))
        heirs = self._heirs(unit)
        worthy = [self._worthy(idea, unit) for idea in ideas]
        return Shortlist(
            unit=unit,
            year=year,
            units=tuple(self._units(unit, year)),
            people=tuple(self._people(ideas, year)),
            ideas=tuple(sorted(worthy, key=_best_first)),
            from_units=heirs,
            to_units=tuple(
                dict.fromkeys(p for key in heirs for p in self._judge.history.parents(key, self._judge.day))
            ),
        )

    def below(self, unit: str, year: int) -> tuple[str, ...]:
        """List the units that stood under one at the end of a year, nearest first."""
        history, found, waiting = self._judge.history, dict[str, None](), [unit]
        day = min(f"{year:04}-12-31", self._judge.day)
        while waiting:
            for child in history.children(waiting.pop(0), min(day, history.last_day(unit))):
                if child not in found and child != unit:
                    found[child] = None
                    waiting.append(child)
        return tuple(found)

    def _heirs(self, unit: str) -> tuple[str, ...]:
        """Give what the unit is on the day of asking: itself, or what took its place."""
        history, found, waiting = self._judge.history, dict[str, None](), [unit]
        while waiting:
            key = waiting.pop(0)
            if self._judge.day <= history.last_day(key):
                found[key] = None
            else:
                waiting += history.successors(key)
        return tuple(found)

    def _units(self, unit: str, year: int) -> Iterator[Nearly]:
        keys = self.below(unit, year)
        cards = [c for key in keys for c in self._judge.score(evaluation.in_year("don-vi", key, year))]
        yield from (Nearly(card=card) for card in _nearest_first(cards))

    def _people(self, ideas: Iterable[Brief], year: int) -> Iterator[Nearly]:
        """List the authors that are people and still in the register; a group is honoured by its own rules."""
        keys = sorted({person for idea in ideas for person, _ in idea.people})
        people = [key for key in keys if (person := self._books.people.get(key)) and _is_candidate(person)]
        cards = [c for key in people for c in self._judge.score(evaluation.in_year("ca-nhan", key, year))]
        for card in _nearest_first(cards):
            bar, by = self._bar_of_person(card.subject.key, card.evaluation.get("title", ""))
            yield Nearly(card=card, bar=bar, by=by)

    def _bar_of_person(self, person: str, title: str) -> tuple[Bar, str]:
        """Find the title given already, to the person or through an idea of theirs, or a nomination on its way."""
        keys = (person, *(idea.code for idea in self._judge.ideas_of(person)))
        return _bar(n for key in keys for n in self._nominations.get(key, ()) if title and n.get("title") == title)

    def _worthy(self, idea: Brief, unit: str) -> Worthy:
        bar, by = self._bar_of_idea(idea, unit)
        return Worthy(idea=idea, band=self._band(idea), bar=bar, by=by)

    def _bar_of_idea(self, idea: Brief, unit: str) -> tuple[Bar, str]:
        """Find who above the unit recognised it already, or a nomination to somebody above."""
        if higher := self._ladder.higher(idea.higher, unit):
            return "higher", higher[0].unit
        return _bar(n for n in self._nominations.get(idea.code, ()) if self._ladder.is_above(n["to_unit"], unit))

    def _band(self, idea: Brief) -> int | None:
        if idea.rating is None:
            return None
        rubric = self._books.rubrics.get(idea.rating[0])
        bands = [rating["id"] for rating in rubric.get("ratings", ())] if rubric else []
        return bands.index(idea.rating[1]) if idea.rating[1] in bands else None


def _is_candidate(person: r.PersonRecord) -> bool:
    return person["kind"] == "ca-nhan" and "erased_on" not in person


def _bar(nominations: Iterable[r.NominationRecord]) -> tuple[Bar, str]:
    found: dict[Bar, str] = {}
    for one in nominations:
        found[_STANDING.get(one["status"], "nominated")] = one["id"]
    return next(((bar, found[bar]) for bar in _BARS if bar in found), ("", ""))


_STANDING: dict[str, Bar] = {nomination.RECOGNISED: "titled", nomination.REFUSED: "refused"}


def _nearest_first(cards: Iterable[Scorecard]) -> Sequence[Scorecard]:
    """Keep those that meet all or may, the surest first."""
    near = [card for card in cards if card.state != evaluation.NOT_MET]
    return sorted(near, key=lambda card: (card.state != evaluation.MET, -_sureness(card), card.subject.key))


def _sureness(card: Scorecard) -> int:
    return sum(result.state == evaluation.MET for result in card.results)


def _best_first(one: Worthy) -> tuple[object, ...]:
    """Put the best rated first, of those what is used in more places."""
    unrated = one.band is None
    return (unrated, one.band or 0, -len(one.idea.adoptions), not one.idea.measured, one.idea.on, one.idea.code)
