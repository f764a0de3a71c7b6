"""Who meets the conditions of the movement (plan II.6): each condition met, not met or unknown, with its evidence.

What the register decides alone (ideas, applications) is either met or not; what somebody has yet to tell (a plan, a
report, an answer) is unknown, never not met.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeVar

from sangkien.domain import records as r
from sangkien.domain.books import Books, Dossier
from sangkien.domain.period import Period
from sangkien.domain.report_versions import Versions
from sangkien.domain.unit_history import UnitHistory
from sangkien.domain.views import Brief

Item = TypeVar("Item")
State = Literal["met", "not-met", "unknown"]
MET: State = "met"
NOT_MET: State = "not-met"
UNKNOWN: State = "unknown"

UNIT, PERSON = "don-vi", "ca-nhan"


def every(states: Iterable[State]) -> State:
    """Combine conditions that must hold together, as Kleene's logic does."""
    found = set(states)
    return NOT_MET if NOT_MET in found else UNKNOWN if UNKNOWN in found else MET


def some(states: Iterable[State]) -> State:
    """Combine conditions of which one is enough, as Kleene's logic does."""
    found = set(states)
    return MET if MET in found else UNKNOWN if UNKNOWN in found else NOT_MET


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A record a condition rests on, with the idea it is about: it counts, may yet count, or speaks against."""

    kind: str
    key: str
    code: str = ""
    says: State = MET


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many are there for sure, and how many there may be: None where nobody can say."""

    least: int = 0
    most: int | None = None
    evidence: tuple[Evidence, ...] = ()
    is_known: bool = True  # otherwise `least` says nothing

    def state(self, at_least: int) -> State:
        """Hold the count against what is asked."""
        if self.least >= at_least:
            return MET
        return UNKNOWN if self.most is None or self.most >= at_least else NOT_MET


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One condition, judged."""

    condition: r.Condition
    count: Count

    @property
    def at_least(self) -> int:
        return self.condition.get("at_least", 1)

    @property
    def state(self) -> State:
        return self.count.state(self.at_least)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A unit or a person, and the days (ISO, both counted) on which what they did is looked at."""

    of: Literal["don-vi", "ca-nhan"]
    key: str
    first: str
    last: str

    def __contains__(self, day: str) -> bool:
        return self.first <= day <= self.last


def in_year(of: Literal["don-vi", "ca-nhan"], key: str, year: int) -> Subject:
    """Look at one year of a unit or a person."""
    return Subject(of=of, key=key, first=f"{year:04}-01-01", last=f"{year:04}-12-31")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """All conditions of one evaluation, judged; nothing here ranks anybody."""

    subject: Subject
    evaluation: r.Evaluation
    results: tuple[Result, ...]

    @property
    def state(self) -> State:
        """Combine the conditions by the evaluation's rule; a line that names no known condition is unknown."""
        states = {result.condition["id"]: result.state for result in self.results}
        return some(every(states.get(key, UNKNOWN) for key in line) for line in self.evaluation["rule"])

    @property
    def is_confirmed(self) -> bool:
        """Tell whether somebody entitled to it confirmed how the conditions combine."""
        return self.evaluation.get("confirmed", True)

    @property
    def together(self) -> tuple[str, ...]:
        """Name the ideas that meet every condition about ideas at once."""
        asked = [
            {one.code for one in result.count.evidence if one.says == MET}
            for result in self.results
            if result.condition["measure"] in _OF_IDEAS
        ]
        return tuple(sorted(set.intersection(*asked))) if asked else ()


_OF_IDEAS = ("y-da-gui", "y-duoc-ghi-nhan", "y-duoc-ap-dung", "de-tai-co-trien-vong")


@dataclass(frozen=True, slots=True)
class Sent:
    """An idea that was handed in and not withdrawn, whatever became of it."""

    code: str
    unit: str
    on: str
    people: frozenset[str]


def sent(dossiers: Iterable[Dossier]) -> Iterator[Sent]:
    """Draw what counts as handed in from the folders of ideas."""
    for dossier in dossiers:
        idea = dossier.idea
        if idea is not None and dossier.withdrawn is None:
            people = frozenset(author["person"] for author in idea["authors"])
            yield Sent(idea["code"], idea["unit"], idea["submitted_on"], people)


def in_force(books: Books, of: str, day: str) -> tuple[r.Evaluation, ...]:
    """Give the evaluations of units or of persons that hold on a day."""
    listed = books.lists.get("evaluations", []) if books.lists else []
    return tuple(e for e in listed if e["of"] == of and e["from"] <= day <= e.get("to", "9999"))


class Evaluator:
    """Judges units and persons by the registers, the recognised ideas and all ideas handed in.

    `day` is the day of asking: nothing that happened later is known yet.
    """

    def __init__(self, books: Books, ideas: Sequence[Brief], handed_in: Callable[[], Iterable[Sent]], day: str) -> None:
        self.books, self.ideas, self.day = books, ideas, day
        self.history = UnitHistory(books.units)
        self._versions = Versions(one for one in books.reports.values() if one.get("sent_on", "") <= day)
        self._handed_in = handed_in
        self._measures: Mapping[str, Callable[[Subject, r.Condition], Count]] = {
            "ke-hoach": self._plans,
            "nguoi-tham-gia": self._told,
            "y-da-gui": self._sent,
            "y-duoc-ghi-nhan": self._recognised,
            "y-duoc-ap-dung": self._applied,
            "de-tai-co-trien-vong": self._promising,
            "kiem-tra-dat": self._inspected,
        }

    def score(self, subject: Subject) -> tuple[Scorecard, ...]:
        """Judge a unit or a person by every evaluation that holds at the end of the days looked at."""
        return tuple(
            Scorecard(
                subject=subject,
                evaluation=evaluation,
                results=tuple(
                    Result(condition=condition, count=self._measures[condition["measure"]](subject, condition))
                    for condition in evaluation["conditions"]
                ),
            )
            for evaluation in in_force(self.books, subject.of, min(subject.last, self.day))
        )

    def recognised(self, subject: Subject) -> tuple[Brief, ...]:
        """Give the ideas whose first standing recognition fell on the days looked at."""
        own = self.ideas_of(subject.key) if subject.of == PERSON else self._ideas_for.get(subject.key, ())
        return tuple(sorted((idea for idea in own if self._has_come(idea.on, subject)), key=lambda idea: idea.code))

    def _has_come(self, day: str, subject: Subject) -> bool:
        return day in subject and day <= self.day

    def ideas_of(self, person: str) -> Sequence[Brief]:
        """Give all recognised ideas of a person."""
        return self._ideas_of.get(person, ())

    @cached_property
    def _ideas_of(self) -> Mapping[str, Sequence[Brief]]:
        return _grouped(self.ideas, lambda idea: (person for person, _ in idea.people))

    @cached_property
    def _ideas_for(self) -> Mapping[str, Sequence[Brief]]:
        return _grouped(self.ideas, lambda idea: self.history.counted_for(idea.unit, idea.on))

    @cached_property
    def _sent_of(self) -> Mapping[str, Sequence[Sent]]:
        """Ideas handed in, by the units and by the people they count for."""
        return _grouped(self._handed_in(), lambda one: (*self.history.counted_for(one.unit, one.on), *one.people))

    @cached_property
    def _referrals_of(self) -> Mapping[str, Sequence[r.ReferralRecord]]:
        return _grouped((one for _, one in sorted(self.books.referrals.items())), lambda one: (one["code"],))

    def _plans(self, subject: Subject, condition: r.Condition) -> Count:  # noqa: ARG002  # every measure is asked alike
        """Count a unit's own plans of the movement in these years; a report may say that there was none."""
        if subject.of == PERSON:
            return _NOBODY_SAYS
        line, years = self.history.line(subject.key), range(int(subject.first[:4]), int(subject.last[:4]) + 1)
        own = tuple(
            Evidence(kind="plan", key=key)
            for key, plan in sorted(self.books.plans.items())
            if plan["unit"] in line and int(plan["year"]) in years and plan.get("issued_on", "") <= self.day
            if plan.get("purpose", _MOVEMENT) == _MOVEMENT
        )
        return _count(own) if own else self._figure(subject, "ke-hoach")

    def _told(self, subject: Subject, condition: r.Condition) -> Count:
        return self._figure(subject, condition.get("figure", condition["measure"]))

    def _figure(self, subject: Subject, figure: str) -> Count:
        """Give what a unit's own report of the year says."""
        year = int(subject.last[:4])
        report = self._versions.counted(subject.key, Period(year, year)) if subject.of == UNIT else None
        told = (
            next((row.get("value") for row in report["figures"] if row["figure"] == figure), None) if report else None
        )
        if report is None or told is None:
            return _NOBODY_SAYS
        return Count(least=told, most=told, evidence=(Evidence(kind="report", key=report["id"]),))

    def _sent(self, subject: Subject, condition: r.Condition) -> Count:  # noqa: ARG002  # the same
        own = self._sent_of.get(subject.key, ())
        return _count(_of_idea(one.code) for one in own if self._has_come(one.on, subject))

    def _recognised(self, subject: Subject, condition: r.Condition) -> Count:  # noqa: ARG002  # the same
        return _count(_of_idea(idea.code) for idea in self.recognised(subject))

    def _applied(self, subject: Subject, condition: r.Condition) -> Count:  # noqa: ARG002  # the same
        """Count recognised ideas in use; that a person's idea is, a unit must have said, not the author alone."""
        found = []
        for idea in self.recognised(subject):
            is_attested = any(since <= self.day for _, since in idea.adoptions)
            if is_attested or idea.applied:
                found.append(_of_idea(idea.code, MET if is_attested or subject.of == UNIT else UNKNOWN))
        return _count(found)

    def _promising(self, subject: Subject, condition: r.Condition) -> Count:  # noqa: ARG002  # the same
        """Count recognised ideas a science council found promising; one nobody has answered for may yet be."""
        found = []
        for idea in self.recognised(subject):
            answers = [
                Evidence(kind="referral", key=one["id"], code=idea.code, says=_answered(one, self.day))
                for one in self._referrals_of.get(idea.code, ())
            ]
            answers.sort(key=lambda answer: _BEST_FIRST.index(answer.says))
            found.append(answers[0] if answers else _of_idea(idea.code, UNKNOWN))
        return _count(found)

    def _inspected(self, subject: Subject, condition: r.Condition) -> Count:  # noqa: ARG002  # the same
        """Count a unit's own inspections that left nothing to mend; without any, nobody has looked."""
        line = self.history.line(subject.key) if subject.of == UNIT else ()
        own = tuple(
            Evidence(kind="inspection", key=key, says=_passed(inspection, self.day))
            for key, inspection in sorted(self.books.inspections.items())
            if inspection["unit"] in line and self._has_come(inspection["date"], subject)
        )
        return _count(own) if own else _NOBODY_SAYS


_MOVEMENT = "phong-trao"
_NOBODY_SAYS = Count(is_known=False)
_BEST_FIRST = (MET, UNKNOWN, NOT_MET)


def _grouped(items: Iterable[Item], keys: Callable[[Item], Iterable[str]]) -> Mapping[str, Sequence[Item]]:
    groups: dict[str, list[Item]] = {}
    for item in items:
        for key in keys(item):
            groups.setdefault(key, []).append(item)
    return groups


def _of_idea(code: str, says: State = MET) -> Evidence:
    return Evidence(kind="idea", key=code, code=code, says=says)


def _count(evidence: Iterable[Evidence]) -> Count:
    found = tuple(evidence)
    said = [one.says for one in found]
    return Count(least=said.count(MET), most=len(said) - said.count(NOT_MET), evidence=found)


def _answered(referral: r.ReferralRecord, day: str) -> State:
    if referral.get("answered_on", "9999") > day:
        return UNKNOWN
    return {"co-trien-vong": MET, "khong-co-trien-vong": NOT_MET}.get(referral["status"], UNKNOWN)


def _passed(inspection: r.InspectionRecord, day: str) -> State:
    """Tell whether an inspection left nothing to mend; what it could not see is unknown."""
    findings = inspection.get("findings", [])
    seen = {item["result"] for item in inspection["checklist"]}
    if any(finding.get("done_on", "9999") > day for finding in findings) or ("chua-dat" in seen and not findings):
        return NOT_MET
    return UNKNOWN if "chua-ro" in seen else MET
