"""Repository → a unit's report on a period."""

from sangkien.domain.deeds import gather
from sangkien.domain.errors import UsageError
from sangkien.domain.judge import Judge
from sangkien.domain.period import Period
from sangkien.domain.statement import Statement, draw_up
from sangkien.workflow.survey import Survey


def report(survey: Survey, unit: str, period: str, on: str, *, samples: bool = True) -> Statement:
    """Draw up a report; raises UsageError for what is no unit, or no period."""
    books = survey.books if samples else survey.books.without_samples()
    if unit not in books.units:
        raise UsageError("report-unit", value=unit)
    asked = Period.read(period)
    if asked is None:
        raise UsageError("report-period", value=period)
    deeds = gather(Judge(survey.books, without_samples=not samples), survey.dossiers())
    return draw_up(books, deeds, unit, asked, on, survey.withheld)
