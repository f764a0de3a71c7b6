"""Repository → scorecards of units and people, a shortlist for the level above, a package for its software."""

from collections.abc import Callable, Collection, Iterator

from sangkien.domain import evaluation, naming, nomination
from sangkien.domain.books import Dossier
from sangkien.domain.errors import UsageError
from sangkien.domain.evaluation import Evaluator, Scorecard, Subject
from sangkien.domain.records import NominationRecord
from sangkien.domain.shortlist import Chooser, Shortlist
from sangkien.render import evaluation_package as package
from sangkien.render.wording import Wording
from sangkien.workflow.survey import Survey

# Writes a unit's report on a period (`2019`) as data.
Report = Callable[[str, str], bytes]


class Assessor:
    """Judges by the register of one day; a sample is judged as anything else unless samples are left out."""

    def __init__(self, survey: Survey, day: str, *, without_samples: bool = False) -> None:
        self.day = day
        self.wording = Wording(survey.register(without_samples=without_samples), {})
        self._books = survey.books.without_samples() if without_samples else survey.books

        def dossiers() -> Iterator[Dossier]:
            for dossier in survey.dossiers():
                if not (without_samples and dossier.idea and "sample" in dossier.idea):
                    yield dossier

        briefs = [idea.brief for idea in self.wording.register.ideas]
        self._evaluator = Evaluator(self._books, briefs, lambda: evaluation.sent(dossiers()), day)
        self._chooser = Chooser(self._evaluator)

    def unit(self, key: str, year: int) -> tuple[Scorecard, ...]:
        """Judge a unit's year; raises UsageError where there is no such unit, or nothing to judge it by."""
        return self._cards(evaluation.in_year("don-vi", self._known(key), year))

    def person(self, key: str, year: int | None = None) -> tuple[Scorecard, ...]:
        """Judge a person's year, or all until the day; raises UsageError for nobody, for a group, and as for units."""
        person = self._books.people.get(key)
        if person is None:
            raise UsageError("no-person", value=key[:20])
        if person["kind"] != "ca-nhan":
            raise UsageError("evaluate-group", value=key)
        ever = Subject(of="ca-nhan", key=key, first="0000-01-01", last=self.day)
        return self._cards(evaluation.in_year("ca-nhan", key, year) if year else ever)

    def shortlist(self, unit: str, year: int) -> Shortlist:
        """List who and what a unit may put before the level above; raises UsageError where there is no such unit."""
        return self._chooser.shortlist(self._known(unit), year)

    def package(self, unit: str, year: int, site_url: str, report: Report | None = None) -> Iterator[tuple[str, bytes]]:
        """Write the files of the package of a unit's year; raises UsageError as for the unit."""
        cards = list(self.unit(unit, year))
        cards += [
            card
            for key in self._chooser.below(unit, year)
            for card in self._evaluator.score(evaluation.in_year("don-vi", key, year))
        ]
        own = self._evaluator.recognised(evaluation.in_year("don-vi", unit, year))
        codes, people = {idea.code for idea in own}, {person for idea in own for person, _ in idea.people}
        ideas = self.wording.register.ideas
        nominations = list(self._nominations(unit, year, codes | people))
        nominated = {one.get("code", "") for one in nominations}
        contents = package.Contents(
            unit=unit,
            year=year,
            day=self.day,
            ideas=sorted((idea for idea in ideas if idea.code in codes), key=lambda idea: (idea.on, idea.code)),
            nominations=nominations,
            nominees={
                one["person"]: naming.credit(self._books.people.get(one["person"]))
                for one in nominations
                if "person" in one
            },
            titles={idea.code: idea.title for idea in ideas if idea.code in nominated},
            cards=cards,
            report=report(unit, f"{year:04}") if report else None,
        )
        return package.files(contents, self.wording, site_url)

    def _nominations(self, unit: str, year: int, honoured: Collection[str]) -> Iterator[NominationRecord]:
        """Give what units of this one sent upwards in a year, or still write for somebody or something honoured then.

        Ideas no longer honoured stay out.
        """
        standing = {idea.code for idea in self.wording.register.ideas}
        subject = evaluation.in_year("don-vi", unit, year)
        for _, one in sorted(self._books.nominations.items()):
            key, sent_on = one.get("code") or one.get("person", ""), one.get("sent_on")
            is_of_year = sent_on in subject if sent_on else key in honoured
            is_own = self._evaluator.history.belongs(one["from_unit"], sent_on or subject.last, unit)
            is_standing = "code" not in one or one["code"] in standing
            if is_of_year and is_own and is_standing and one.get("purpose") != nomination.APPEAL:
                yield one

    def _known(self, unit: str) -> str:
        if unit not in self._books.units:
            raise UsageError("evaluate-no-unit", value=unit[:60])
        return unit

    def _cards(self, subject: Subject) -> tuple[Scorecard, ...]:
        cards = self._evaluator.score(subject)
        if not cards:
            raise UsageError("evaluate-nothing", day=min(subject.last, self.day))
        return cards
