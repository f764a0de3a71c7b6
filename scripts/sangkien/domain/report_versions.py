"""Which of a unit's reports on a period counts, and which day it was handed in."""

from collections.abc import Iterable

from sangkien.domain.period import Period
from sangkien.domain.records import ReportRecord

DRAFT, SENT, ACCEPTED, RETURNED = "nhap", "da-gui", "da-nhan", "tra-lai"


class Versions:
    """Every version of every report, by unit and period, in the order of their numbers."""

    def __init__(self, reports: Iterable[ReportRecord]) -> None:
        self._of: dict[tuple[str, str], list[ReportRecord]] = {}
        for report in sorted(reports, key=lambda r: (r["number"], r["id"])):
            self._of.setdefault((report["unit"], report["period"]), []).append(report)

    def of(self, unit: str, period: Period) -> tuple[ReportRecord, ...]:
        return tuple(self._of.get((unit, str(period)), ()))

    def counted(self, unit: str, period: Period) -> ReportRecord | None:
        """Give the version whose figures hold; None before any was sent."""
        return counted(self.of(unit, period))

    def first_sent(self, unit: str, period: Period, on: str) -> ReportRecord | None:
        """Give the version that decides whether a report came in time, as far as it was sent by a day."""
        sent = (r for r in self.of(unit, period) if r["status"] in (SENT, ACCEPTED) and r.get("sent_on", "9999") <= on)
        return next(sent, None)


def counted(versions: Iterable[ReportRecord]) -> ReportRecord | None:
    """Give the highest version accepted, else the highest sent: one sent again replaces none that was accepted."""
    known = sorted(versions, key=lambda r: r["number"])
    accepted = [r for r in known if r["status"] == ACCEPTED]
    sent = [r for r in known if r["status"] == SENT]
    return next(reversed(accepted or sent), None)


def id_of(unit: str, period: Period, number: int) -> str:
    """Name a report: `bc-xa-suoi-mau-2003-2019-h1-1`."""
    return f"bc-{unit}-{slug(period)}-{number}"


def slug(period: Period) -> str:
    """Write a period as ids and branches may hold it: `2019-h1`, `2015-2019`."""
    return str(period).lower().replace("..", "-")
