"""Days in order, and units in force on the day something was done in their name."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from sangkien.domain.finding import Code, Finding, Path
from sangkien.domain.notation import Document
from sangkien.domain.rules.index import Index


def in_force(record: Mapping[str, Any], day: str) -> bool:
    """Tell whether a dated record is in force on a day."""
    return bool(record["valid_from"] <= day) and (record.get("valid_to") or "9999") >= day


def at(record: Any, path: Path) -> Any:
    """Give the value at a path; None where the path ends early."""
    for step in path:
        if isinstance(record, dict):
            record = record.get(step)
        elif isinstance(record, list) and isinstance(step, int) and step < len(record):
            record = record[step]
        else:
            return None
    return record


def ordered(document: Document, earlier: Path, later: Path) -> list[Finding]:
    """Find the later of two days of one record standing before the earlier."""
    return not_before(document, later, at(document.record, earlier))


def not_before(document: Document, path: Path, earliest: object) -> list[Finding]:
    """Find a day that stands before the earliest it may be."""
    day = at(document.record, path)
    if not isinstance(day, str) or not isinstance(earliest, str) or day >= earliest:
        return []
    return [document.finding(Code.DATES_OUT_OF_ORDER, path, day=day, earliest=earliest)]


def not_after(document: Document, path: Path, days: Iterable[str]) -> list[Finding]:
    """Find a last day that stands before the latest of some days it ends."""
    return not_before(document, path, max(days, default=None))


def of_status(
    document: Document, at_: Path, days: Mapping[str, Collection[str]], unsaid: str = ""
) -> Iterator[Finding]:
    """Find days that a status asks for and lacks, and days that belong to another status.

    `days`: field → the statuses that have it; `unsaid` is the status of what tells none.
    """
    told = at(document.record, at_)
    status = told.get("status", unsaid)
    for field, statuses in days.items():
        if status in statuses and field not in told:
            yield document.finding(Code.MISSING_FIELD, at_, field=field, label=field)
        elif status not in statuses and field in told:
            yield document.finding(Code.DAY_OF_OTHER_STATUS, (*at_, field), field=field, status=status)


def repeated(document: Document, paths: Iterable[Path]) -> Iterator[Finding]:
    """Find values that were said at an earlier of these paths already; where a path ends early, nothing is said."""
    seen: set[object] = set()
    for path in paths:
        value = at(document.record, path)
        if value is not None and value in seen:
            yield document.finding(Code.REPEATED_ENTRY, path, value=str(value))
        seen.add(value)


def unit_on(document: Document, path: Path, day: object, index: Index) -> list[Finding]:
    """Find a unit that did not exist on the day; a unit that is nowhere is the references' affair."""
    key = at(document.record, path)
    unit = index.books.units.get(key) if isinstance(key, str) else None
    if unit is None or not isinstance(day, str) or in_force(unit, day):
        return []
    until = unit.get("valid_to", "…")
    return [
        document.finding(Code.UNIT_NOT_IN_FORCE, path, unit=str(key), day=day, since=unit["valid_from"], until=until)
    ]
