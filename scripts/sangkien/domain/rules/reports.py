"""The rules of what units report, of the figures they may, and of how reports and evaluations go."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sangkien.domain.figure_ids import REPORTED
from sangkien.domain.finding import Code, Finding
from sangkien.domain.notation import Document
from sangkien.domain.period import YEARS, Period
from sangkien.domain.report_versions import id_of
from sangkien.domain.rules import report_sums
from sangkien.domain.rules.dates import not_before, of_status, ordered, repeated, unit_on
from sangkien.domain.rules.index import Index

_SENT = ("da-gui", "da-nhan", "tra-lai")
_DAYS = {"sent_on": _SENT, "accepted_on": ("da-nhan",), "returned_on": ("tra-lai",)}
_BY_FIGURE = "nguoi-tham-gia"  # the measure that a figure of the reports decides
_ANY_YEAR = 2001  # a due day that only leap years have would be missing in the others


def report(report: Any, document: Document, index: Index) -> Iterator[Finding]:
    """Apply every rule to one version of a report; its id names unit, period and number, so no other has the same."""
    yield from of_status(document, (), _DAYS)
    for earlier, later in (("drafted_on", "sent_on"), ("sent_on", "accepted_on"), ("sent_on", "returned_on")):
        yield from ordered(document, (earlier,), (later,))
    yield from unit_on(document, ("unit",), report.get("sent_on"), index)
    period = Period.read(report["period"])
    if period is None:
        yield document.finding(Code.PERIOD_SENSE, ("period",), value=report["period"])
        return
    expected = id_of(report["unit"], period, report["number"])
    if report["id"] != expected:
        yield document.finding(Code.REPORT_ID, ("id",), value=report["id"], expected=expected)
    yield from not_before(document, ("sent_on",), period.start)
    yield from _figures(report["figures"], document, _told_on(period.end, index.books.lists) | {*REPORTED})
    yield from report_sums.check(report, document, index)


def _figures(figures: Sequence[Any], document: Document, known: set[str]) -> Iterator[Finding]:
    yield from repeated(document, (("figures", place, "figure") for place in range(len(figures))))
    for place, figure in enumerate(figures):
        if figure["figure"] not in known:
            yield document.finding(Code.UNKNOWN_FIGURE, ("figures", place, "figure"), value=figure["figure"])
        own, all_ = figure.get("own"), figure.get("value")  # a draft may leave either blank
        if own is not None and all_ is not None and own > all_:
            params = {"value": str(own), "all": str(all_)}
            yield document.finding(Code.OWN_ABOVE_ALL, ("figures", place, "own"), **params)


def _told_on(day: str, lists: Any) -> set[str]:
    """List the figures that units tell beyond what records say, as of a day."""
    listed: Sequence[Any] = lists.get("report_figures", ()) if lists else ()
    return {one["id"] for one in listed if one["from"] <= day <= one.get("to", "9999")}


def of_lists(lists: Mapping[str, Any], document: Document) -> Iterator[Finding]:
    """Apply every rule to the lists that reports, inspections and evaluations go by."""
    for name in ("report_figures", "report_calendar", "evaluations"):
        for place in range(len(lists.get(name, ()))):
            yield from ordered(document, (name, place, "from"), (name, place, "to"))
    yield from _once_at_a_time(lists, document, "report_figures")
    yield from _once_at_a_time(lists, document, "evaluations")
    for place, figure in enumerate(lists.get("report_figures", ())):
        if figure["id"] in REPORTED:
            yield document.finding(Code.REPEATED_ENTRY, ("report_figures", place, "id"), value=figure["id"])
    for place, rule in enumerate(lists.get("report_calendar", ())):
        at = ("report_calendar", place)
        if rule["kind"] == YEARS and "ends_in" not in rule:
            yield document.finding(Code.MISSING_FIELD, at, field="ends_in", label="ends_in")
        try:
            date.fromisoformat(f"{_ANY_YEAR}-{rule['due']}")
        except ValueError:
            yield document.finding(Code.NO_SUCH_DAY, (*at, "due"), value=rule["due"])
    for place, evaluation in enumerate(lists.get("evaluations", ())):
        yield from _evaluation(evaluation, document, place)


def _once_at_a_time(lists: Mapping[str, Any], document: Document, name: str) -> Iterator[Finding]:
    """Find an id that means two things on one day."""
    entries = lists.get(name, ())
    for place, one in enumerate(entries):
        for other in entries[:place]:
            if (
                one["id"] == other["id"]
                and one["from"] <= other.get("to", "9999")
                and other["from"] <= one.get("to", "9999")
            ):
                yield document.finding(Code.REPEATED_ENTRY, (name, place, "id"), value=one["id"])


def _evaluation(evaluation: Any, document: Document, number: int) -> Iterator[Finding]:
    at = ("evaluations", number)
    conditions = evaluation["conditions"]
    yield from repeated(document, ((*at, "conditions", place, "id") for place in range(len(conditions))))
    for place, condition in enumerate(conditions):
        if condition["measure"] == _BY_FIGURE and "figure" not in condition:
            yield document.finding(Code.MISSING_FIELD, (*at, "conditions", place), field="figure", label="figure")
    known = {condition["id"] for condition in conditions}
    for row, named in enumerate(evaluation["rule"]):
        for place, key in enumerate(named):
            if key not in known:
                yield document.finding(Code.UNKNOWN_CONDITION, (*at, "rule", row, place), value=key)
