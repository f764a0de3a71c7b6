"""What is counted already, for drafts of reports: all ideas are read once, and only where a draft is drawn up."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cache

from sangkien.domain.deeds import Deed, gather
from sangkien.domain.errors import UsageError
from sangkien.domain.judge import Judge
from sangkien.domain.period import Period
from sangkien.domain.reckoning import SAID, SUMMED, Row
from sangkien.domain.report_versions import Known
from sangkien.domain.statement import Statement, draw_up
from sangkien.render.report import ReportWords
from sangkien.render.report_markdown import as_markdown
from sangkien.workflow.survey import Survey


class Counted:
    """The accounts of units as they stand on a day."""

    def __init__(self, survey: Callable[[], AbstractContextManager[Survey]], on: str) -> None:
        self._on = on
        self._read = cache(lambda: _read(survey))
        self._statement = cache(self._drawn_up)

    def known(self, unit: str, period: Period) -> list[Known]:
        """List the figures an office reports that others, or records, tell already."""
        statement = self._statement(unit, period)
        return [
            Known(
                figure=row.figure.id,
                name=ReportWords.titled(row.figure),
                value=row.value,
                own=_own(row),
            )
            for row in (statement.account.rows if statement else ())
            if row.value is not None and row.said and row.said.source != SAID
        ]

    def preview(self, unit: str, period: Period) -> str:
        """Write the report as far as it can be counted; nothing where the unit's own record has no shape."""
        statement = self._statement(unit, period)
        return as_markdown(statement) if statement else ""

    def statement(self, unit: str, period: Period) -> Statement:
        """Draw up the report; raises UsageError for a unit whose record has no shape."""
        if (found := self._statement(unit, period)) is None:
            raise UsageError("report-unit", value=unit)
        return found

    def _drawn_up(self, unit: str, period: Period) -> Statement | None:
        survey, deeds = self._read()
        if unit not in survey.books.units:
            return None
        return draw_up(survey.books, deeds, unit, period, self._on, survey.withheld)


def _read(survey: Callable[[], AbstractContextManager[Survey]]) -> tuple[Survey, dict[str, list[Deed]]]:
    with survey() as read:
        return read, gather(Judge(read.books, without_samples=False), read.dossiers())


def _own(row: Row) -> int | None:
    """Give what no unit below did, where units below are known to have done something."""
    below = any(value is not None for value in row.children.values())
    return (row.said.own or 0) if below and row.said and row.said.source == SUMMED else None
