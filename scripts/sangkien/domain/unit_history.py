"""Units over time: what each was and became, and to whom it belonged on a day."""

from collections.abc import Callable, Iterable, Mapping

from sangkien.domain.records import UnitRecord


class UnitHistory:
    """The register of units, read along its two ways: predecessors in time, parents in rank."""

    def __init__(self, units: Mapping[str, UnitRecord]) -> None:
        self.units = units
        self._successors: dict[str, list[str]] = {}
        self._below: dict[str, dict[str, None]] = {}  # whoever was under a unit on any day
        for key in sorted(units):
            for parent in units[key].get("parents", ()):
                self._below.setdefault(parent["unit"], {})[key] = None
            if "homeland" in units[key]:
                self._below.setdefault(units[key]["homeland"], {})[key] = None
            for earlier in units[key].get("predecessors", ()):
                self._successors.setdefault(earlier, []).append(key)
        self._homes: dict[tuple[str, str], tuple[str, ...]] = {}

    def predecessors(self, key: str) -> tuple[str, ...]:
        """Give the known units this one replaced."""
        return tuple(k for k in self.units[key].get("predecessors", ()) if k in self.units)

    def successors(self, key: str) -> tuple[str, ...]:
        """Give the units that replaced this one."""
        return tuple(self._successors.get(key, ()))

    def now(self, key: str) -> tuple[str, ...]:
        """Give what the unit is today: itself while it lives, else the living end of its successors."""
        found: dict[str, None] = {}
        seen: set[str] = set()
        waiting = [key]
        while waiting:
            unit = waiting.pop(0)
            if unit in seen or unit not in self.units:
                continue
            seen.add(unit)
            heirs = self.successors(unit) if "valid_to" in self.units[unit] else ()
            if heirs:
                waiting += heirs
            else:
                found[unit] = None
        return tuple(found)

    def before(self, key: str) -> tuple[str, ...]:
        """Give every earlier unit that led to this one."""
        return _reach(key, self.predecessors)

    def parents(self, key: str, day: str) -> tuple[str, ...]:
        """Give the units this one belonged to on a day."""
        return tuple(
            parent["unit"]
            for parent in self.units[key].get("parents", ())
            if parent["from"] <= day <= parent.get("to", "9999") and parent["unit"] in self.units
        )

    def above(self, key: str, day: str) -> tuple[str, ...]:
        """Give all units this one stood under on a day, nearest first."""
        return _reach(key, lambda unit: self.parents(unit, day)) if key in self.units else ()

    def line(self, key: str) -> tuple[str, ...]:
        """Give the unit with all it carries on: earlier units that led to it and to no other.

        What was done in a unit that was split is carried on by none of its heirs: each would count it.
        """
        return (key, *_reach(key, lambda unit: (v for v in self.predecessors(unit) if self.successors(v) == (unit,))))

    def belongs(self, key: str, day: str, to: str) -> bool:
        """Tell whether what a unit did on a day counts for another: itself, one above it, or an heir of either.

        A unit's own first and last days stand for days outside its life. Nothing counts for a unit after its last day.
        """
        if key not in self.units or to not in self.units or day > self.last_day(to):
            return False
        line = self.line(to)
        return key in line or any(unit in line for unit in self.counting(key, day))

    def counting(self, key: str, day: str) -> tuple[str, ...]:
        """Give all units above one as counts go: a community abroad, which is under none, counts for its homeland."""
        return _reach(key, lambda unit: self._over(unit, self._within(unit, day)))

    def _over(self, key: str, day: str) -> tuple[str, ...]:
        homeland = self.units[key].get("homeland", "")
        return self.parents(key, day) or ((homeland,) if homeland in self.units else ())

    def counted_for(self, key: str, day: str) -> tuple[str, ...]:
        """Give every unit for which counts what a unit did on a day, as `belongs` tells."""
        if key not in self.units:
            return ()
        within = self._within(key, day)
        homes = self._homes.get((key, within))
        if homes is None:
            found: dict[str, None] = {}
            for unit in (key, *self.counting(key, within)):
                while unit not in found:
                    found[unit] = None
                    heirs = self.successors(unit)
                    unit = heirs[0] if len(heirs) == 1 else unit  # noqa: PLW2901  # along the line of its heirs
            homes = self._homes[key, within] = tuple(found)
        return tuple(unit for unit in homes if day <= self.last_day(unit))

    def _within(self, key: str, day: str) -> str:
        """Give a day, or the nearest of a unit's life."""
        return max(self.units[key]["valid_from"], min(day, self.last_day(key)))

    def children(self, key: str, day: str) -> tuple[str, ...]:
        """Give the units right under this one on a day, or on the nearest day of its life."""
        within = self._within(key, day)
        return tuple(
            child
            for child in self._below.get(key, ())
            if self.units[child]["valid_from"] <= within <= self.last_day(child) and key in self._over(child, within)
        )

    def last_day(self, key: str) -> str:
        """Give the last day a unit was in force; a day far ahead while it lives."""
        return self.units[key].get("valid_to", "9999-12-31")


def _reach(start: str, step: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    waiting = list(step(start))
    while waiting:
        unit = waiting.pop(0)
        if unit != start and unit not in found:
            found[unit] = None
            waiting += step(unit)
    return tuple(found)
