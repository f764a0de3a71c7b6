"""Which of a unit's reports on a period counts, and which day it was handed in."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from sangkien.domain.period import Period
from sangkien.domain.records import ReportRecord

DRAFT, SENT, ACCEPTED, RETURNED = "nhap", "da-gui", "da-nhan", "tra-lai"
BLANK = "…"  # what a draft holds where prose is to be written
Part = Literal["guidance", "results", "strengths", "weaknesses", "causes", "directions", "proposals"]
PROSE: tuple[Part, ...] = ("guidance", "results", "strengths", "weaknesses", "causes", "directions", "proposals")


class Known(NamedTuple):
    """A figure as a draft begins with it, under the name people know it by; `own` where it is told apart."""

    figure: str
    name: str
    value: int
    own: int | None = None


class Versions:
    """Every version of every report, by unit and period, in the order of their numbers."""

    def __init__(self, reports: Iterable[ReportRecord]) -> None:
        self._of: dict[tuple[str, str], list[ReportRecord]] = {}
        for report in sorted(reports, key=lambda r: (r["number"], r["id"])):
            self._of.setdefault((report["unit"], report["period"]), []).append(report)

    def of(self, unit: str, period: Period) -> tuple[ReportRecord, ...]:
        return tuple(self._of.get((unit, str(period)), ()))

    def newest(self, unit: str, period: Period) -> ReportRecord | None:
        """Give the version written last, in whatever state it is."""
        return next(reversed(self.of(unit, period)), None)

    def counted(self, unit: str, period: Period) -> ReportRecord | None:
        """Give the version whose figures hold; None before any was sent."""
        return counted(self.of(unit, period))

    def first_sent(self, unit: str, period: Period, on: str) -> ReportRecord | None:
        """Give the version that decides whether a report came in time, as far as it was sent by a day."""
        sent = (r for r in self.of(unit, period) if r["status"] in (SENT, ACCEPTED) and r.get("sent_on", "9999") <= on)
        return next(sent, None)


def counted(versions: Iterable[ReportRecord]) -> ReportRecord | None:
    """Give the highest version accepted, else the highest sent: one sent again replaces none that was accepted.

    What it leaves blank, a figure without a value or a paragraph not written, it does not say.
    """
    known = sorted(versions, key=lambda r: r["number"])
    accepted = [r for r in known if r["status"] == ACCEPTED]
    sent = [r for r in known if r["status"] == SENT]
    newest = next(reversed(accepted or sent), None)
    return newest and _said(newest)


def _said(report: ReportRecord) -> ReportRecord:
    said = report.copy()
    said["figures"] = [figure for figure in report["figures"] if "value" in figure]
    for part in PROSE:
        if report.get(part, "").strip() == BLANK:
            del said[part]
    return said


def id_of(unit: str, period: Period, number: int) -> str:
    """Name a report: `bc-xa-suoi-mau-2003-2019-h1-1`."""
    return f"bc-{unit}-{slug(period)}-{number}"


def slug(period: Period) -> str:
    """Write a period as ids and branches may hold it: `2019-h1`, `2015-2019`."""
    return str(period).lower().replace("..", "-")
