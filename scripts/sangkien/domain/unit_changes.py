"""Units that took the place of others within a period: what figures of several years have to be read with."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sangkien.domain.period import Period
from sangkien.domain.records import UnitRecord
from sangkien.domain.unit_history import UnitHistory


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A unit that began, and what it replaced."""

    unit: str
    on: str
    replaced: tuple[str, ...]


def changes(units: Mapping[str, UnitRecord], unit: str, period: Period) -> Iterator[Change]:
    """Give the changes of a unit and of all that counts for it, by day."""
    history = UnitHistory(units)
    for key in sorted(units, key=lambda key: (units[key]["valid_from"], key)):
        began = units[key]["valid_from"]
        if began in period and (replaced := history.predecessors(key)) and history.belongs(key, began, unit):
            yield Change(unit=key, on=began, replaced=replaced)
