"""What a unit's report says, beside what those under it reported and what it said of half the year."""

from collections.abc import Iterator
from typing import Any

from sangkien.domain.figure_ids import REPORTED
from sangkien.domain.finding import Code, Finding
from sangkien.domain.notation import Document
from sangkien.domain.period import YEAR, Period
from sangkien.domain.records import ReportRecord
from sangkien.domain.report_versions import BLANK, DRAFT, PROSE
from sangkien.domain.rules.index import Index

# Counted on a day, so that they may go down within a year.
_STOCK = ("cau-lac-bo", "thanh-vien-cau-lac-bo", "mo-hinh", "ho-tham-gia-mo-hinh")


def check(report: Any, document: Document, index: Index) -> Iterator[Finding]:
    """Apply the rules of sums and versions to one report that has its shape."""
    period = Period.read(report["period"])
    if period is None:
        return
    earlier = [r["number"] for r in index.reports.versions.of(report["unit"], period)]
    if report["number"] > 1 and report["number"] - 1 not in earlier:
        yield document.finding(Code.REPORT_NUMBER, ("number",), value=str(report["number"] - 1))
    if report["status"] == DRAFT:
        return
    yield from _blanks(report, document)
    counted = index.reports.versions.counted(report["unit"], period)
    if counted and counted["id"] == report["id"]:
        yield from _sums(report, period, document, index)
        yield from _since_half(report, period, document, index)


def _blanks(report: Any, document: Document) -> Iterator[Finding]:
    """Find what was left blank: all figures in one finding, all paragraphs in another."""
    figures = {place: one["figure"] for place, one in enumerate(report["figures"]) if "value" not in one}
    if figures:
        blank = ", ".join(figures.values())
        yield document.finding(Code.REPORT_FIGURE_BLANK, ("figures", next(iter(figures))), blank=blank)
    parts = [key for key in PROSE if report.get(key, "").strip() == BLANK]
    if parts:
        yield document.finding(Code.REPORT_PART_BLANK, (parts[0],), blank=", ".join(parts))


def _sums(report: Any, period: Period, document: Document, index: Index) -> Iterator[Finding]:
    """Find figures that are not what the units below said and the unit's own part, and that say no reason why."""
    calendar = index.reports
    if report["unit"] not in index.books.units:
        return
    day = min(period.end, calendar.history.last_day(report["unit"]))
    said = {
        child: calendar.versions.counted(child, period)
        for child in calendar.history.children(report["unit"], day)
        if calendar.owed(child, period) or calendar.versions.counted(child, period)
    }
    for place, figure in enumerate(report["figures"]):
        values = {child: _value(counted, figure["figure"]) for child, counted in said.items()}
        known = [value for value in values.values() if value is not None]
        if not known or "why" in figure or "value" not in figure:
            continue
        below, silent = sum(known), len(values) - len(known)
        more = figure["value"] - below - figure.get("own", 0)
        if more:
            # What is more may stand in records, of the unit's own or of one that need not report; here nobody can tell.
            is_open = more > 0 and (silent or "own" not in figure or figure["figure"] in REPORTED)
            params = {"value": str(figure["value"]), "sum": str(below + figure.get("own", 0)), "count": str(silent)}
            code = Code.REPORT_SUM_OPEN if is_open else Code.REPORT_SUM
            yield document.finding(code, ("figures", place, "value"), **params)


def _since_half(report: Any, period: Period, document: Document, index: Index) -> Iterator[Finding]:
    """Find figures of a year, which are counted from its beginning, below what half of it had already."""
    half = Period(period.last, period.last, half=True)
    counted = index.reports.versions.counted(report["unit"], half) if period.kind == YEAR else None
    told = index.books.lists.get("report_figures", ()) if index.books.lists else ()
    stock = {*_STOCK, *(figure["id"] for figure in told if figure.get("stock"))}
    for place, figure in enumerate(report["figures"]):
        before = _value(counted, figure["figure"])
        if before is not None and figure["figure"] not in stock and figure.get("value", before) < before:
            params = {"value": str(figure["value"]), "earlier": str(before)}
            yield document.finding(Code.REPORT_BELOW_HALF, ("figures", place, "value"), **params)


def _value(report: ReportRecord | None, figure: str) -> int | None:
    found = (one.get("value") for one in (report["figures"] if report else ()) if one["figure"] == figure)
    return next(found, None)
