"""What a unit did in a period, figure by figure: counted from the register, or as offices reported it.

A parent's figure is set against its children's, so that it equals them or says why not.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sangkien.domain.books import Books
from sangkien.domain.deeds import Deed
from sangkien.domain.figures import Figure, figures
from sangkien.domain.period import YEARS, Period
from sangkien.domain.records import ReportRecord
from sangkien.domain.report_versions import Versions
from sangkien.domain.unit_history import UnitHistory

Elements = Mapping[str, Deed]  # key → deed: each counts once

SAID, SUMMED, BEFORE_IT, BY_YEARS = "bao-cao", "tong-hop", "don-vi-truoc", "cong-nam"
OF_THIS_LEVEL, GONE, ELSE = "cap-nay", "khong-con", "khac"


class Value(NamedTuple):
    """A figure that offices report; None is "nothing reported", which is not nought.

    `source` tells who says it, `reports` which reports it comes from, `of` what it was summed from: years, or units.
    """

    value: int | None
    source: str = ""
    reports: tuple[str, ...] = ()
    of: tuple[tuple[str, int | None], ...] = ()
    own: int | None = None
    why: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """The years, or units, that say nothing."""
        return tuple(name for name, value in self.of if value is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """A unit's figure against the sum of its children's.

    Of the register: value = children - outside - shared + own, always; `own_by` tells why something is no child's.
    Of what a report said: difference = value - children - own, with its reason, if it gave one. Of what was put
    together from reports and records, `shared` is what two of them tell of: a unit went from one to the other.
    """

    children: int
    outside: int = 0
    shared: int = 0
    own: int | None = 0
    own_by: Mapping[str, int] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    difference: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure of a report, with all that explains it."""

    figure: Figure
    value: int | None
    before: int | None
    parts: Mapping[str, Mapping[str, int]]
    elements: Elements
    recorded: int | None
    said: Value | None
    children: Mapping[str, int | None]
    balance: Balance | None

    @property
    def change(self) -> int | None:
        """How far it went up or down; None where one of the two is not known."""
        return None if self.value is None or self.before is None else self.value - self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """All figures of a unit in a period; `children` are those right under it at the end, `idle` had nothing to tell."""

    unit: str
    period: Period
    rows: tuple[Row, ...]
    children: tuple[str, ...]
    idle: tuple[str, ...]
    version: ReportRecord | None


class Reckoner:
    """Reckons accounts from the deeds of all figures, each list by day."""

    def __init__(self, books: Books, deeds: Mapping[str, Sequence[Deed]]) -> None:
        self._books, self._deeds = books, deeds
        self.history = UnitHistory(books.units)
        self.versions = Versions(books.reports.values())
        self._values: dict[tuple[str, str, Period], Value] = {}
        self._spread: dict[tuple[str, Period | str, frozenset[str]], Mapping[str, Elements]] = {}
        self._children: dict[tuple[str, Period], tuple[str, ...]] = {}

    def account(self, unit: str, period: Period, expected: Iterable[str] = ()) -> Account:
        """Reckon all figures; `expected` are units that must report, shown also when they have nothing to tell."""
        children = self.children(unit, period)
        wanted = frozenset((unit, *children))
        rows = tuple(
            self._by_register(figure, unit, period, children, wanted)
            if figure.known == "theo-so"
            else self._by_report(figure, unit, period, children)
            for figure in figures(self._books.lists, period.end)
        )
        telling = {child for row in rows for child, value in row.children.items() if value} | set(expected)
        return Account(
            unit=unit,
            period=period,
            rows=rows,
            children=tuple(child for child in children if child in telling),
            idle=tuple(child for child in children if child not in telling),
            version=self.versions.counted(unit, period),
        )

    def children(self, unit: str, period: Period) -> tuple[str, ...]:
        """Give the units right under one at the end of a period, or of its life."""
        found = self._children.get((unit, period))
        if found is None:
            found = self._children[unit, period] = self.history.children(unit, self._end(unit, period))
        return found

    def elements(self, figure: Figure, unit: str, period: Period, wanted: frozenset[str] = frozenset()) -> Elements:
        """Give what counts for a unit in a period; `wanted`, if told, are the only units kept for further asking."""
        when = self._end(unit, period) if figure.stock else period
        asked = figure.id, when, wanted
        if asked not in self._spread:
            self._spread[asked] = self._spread_out(figure, when, wanted)
        return self._spread[asked].get(unit, {})

    def _spread_out(self, figure: Figure, when: Period | str, wanted: frozenset[str]) -> Mapping[str, Elements]:
        """Hand each deed of a period, or each that lasts on a day, to every unit for which it counts."""
        found: dict[str, dict[str, Deed]] = {}
        for deed in self._deeds.get(figure.id, ()):
            counts = deed.on(when) if isinstance(when, str) else deed if deed.day in when else None
            if counts:
                for home in self.history.counted_for(deed.unit, when if isinstance(when, str) else deed.day):
                    if not wanted or home in wanted:
                        found.setdefault(home, {}).setdefault(deed.key, counts)
        return found

    def _end(self, unit: str, period: Period) -> str:
        return min(period.end, self.history.last_day(unit))

    def _by_register(
        self, figure: Figure, unit: str, period: Period, children: Sequence[str], wanted: frozenset[str]
    ) -> Row:
        own = self.elements(figure, unit, period, wanted)
        below = {child: self.elements(figure, child, period, wanted) for child in children}
        return Row(
            figure=figure,
            value=weight(own),
            before=weight(self.elements(figure, unit, period.before, wanted)),
            parts=parts(figure, own),
            elements=own,
            recorded=weight(own),
            said=None,
            children={child: weight(found) for child, found in below.items()},
            balance=self._balance(unit, period, own, below),
        )

    def _balance(self, unit: str, period: Period, own: Elements, below: Mapping[str, Elements]) -> Balance:
        within: dict[str, Deed] = {}
        outside = inside = 0
        for found in below.values():
            for key, deed in found.items():
                if key in own:
                    inside += deed.weight
                    within[key] = deed
                else:
                    outside += deed.weight
        reasons = {OF_THIS_LEVEL: 0, GONE: 0, ELSE: 0}
        for key, deed in own.items():
            if key not in within:
                reasons[self._reason(deed, unit, period)] += deed.weight
        return Balance(
            children=inside + outside,
            outside=outside,
            shared=inside - weight(within),
            own=sum(reasons.values()),
            own_by={reason: count for reason, count in reasons.items() if count},
        )

    def _reason(self, deed: Deed, unit: str, period: Period) -> str:
        """Say why what counts for a unit counts for none of its children."""
        line = self.history.line(unit)
        if deed.unit in line:
            return OF_THIS_LEVEL
        end, way = self._end(unit, period), (deed.unit, *self.history.counting(deed.unit, deed.day))
        gone = (one for one in way if one not in line and self.history.last_day(one) < end)
        return GONE if any(unit in self.history.counted_for(one, deed.day) for one in gone) else ELSE

    def _by_report(self, figure: Figure, unit: str, period: Period, children: Sequence[str]) -> Row:
        said = self.value(figure, unit, period)
        own = self.elements(figure, unit, period)
        below = {child: self.value(figure, child, period).value for child in children}
        balance = None
        if said.source in (SAID, SUMMED) and said.value is not None and children:
            summed, alone = sum(value or 0 for value in below.values()), said.own
            if alone is None:
                alone = self._of_none(figure, unit, period)
            rest = said.value - summed - (alone or 0)
            balance = Balance(
                children=summed,
                shared=-rest if said.source == SUMMED else 0,
                own=alone,
                unknown=tuple(child for child, value in below.items() if value is None),
                difference=rest if said.source == SAID else 0,
                why=said.why,
            )
        return Row(
            figure=figure,
            value=said.value,
            before=self.value(figure, unit, period.before).value,
            parts=parts(figure, own),
            elements=own,
            recorded=weight(own) if own else None,
            said=said,
            children=below,
            balance=balance,
        )

    def value(self, figure: Figure, unit: str, period: Period) -> Value:
        """Give a figure that offices report: as the unit said it, else put together from others and from records."""
        key = figure.id, unit, period
        if key not in self._values:
            self._values[key] = Value(None)  # what comes back to itself adds nothing
            self._values[key] = self._said(figure, unit, period) or self._put_together(figure, unit, period)
        return self._values[key]

    def _said(self, figure: Figure, unit: str, period: Period) -> Value | None:
        version = self.versions.counted(unit, period)
        told = next((one for one in version["figures"] if one["figure"] == figure.id), None) if version else None
        if version is None or told is None:
            return None
        return Value(told["value"], SAID, (version["id"],), (), told.get("own"), told.get("why", ""))

    def _put_together(self, figure: Figure, unit: str, period: Period) -> Value:
        if period.kind == YEARS:
            years = [period.last] if figure.stock else range(period.first, period.last + 1)
            told = [(str(year), self.value(figure, unit, Period(year, year))) for year in years]
            known = [value.value for _, value in told if value.value is not None]
            return _of(told, BY_YEARS, sum(known) if known else None)
        if period.start > self.history.last_day(unit):
            return Value(None)
        source, ones = self._below(unit, period)
        own = self._of_none(figure, unit, period) if source == SUMMED else None
        told = [(one, self.value(figure, one, period)) for one in ones]
        return _of(told, source, self._said_or_recorded(figure, unit, period), own)

    def _below(self, unit: str, period: Period) -> tuple[str, Sequence[str]]:
        """Give the units a figure is put together from: those under one, or before its time those it alone replaced."""
        if self._books.units[unit]["valid_from"] > period.end:
            return BEFORE_IT, [v for v in self.history.predecessors(unit) if self.history.successors(v) == (unit,)]
        return SUMMED, self.children(unit, period)

    def _said_or_recorded(self, figure: Figure, unit: str, period: Period) -> int | None:
        """Add what units below said and what is recorded in no unit that said something: so nothing counts twice."""
        told, seen, waiting = [], {unit}, [*self._below(unit, period)[1]]
        replaced: set[str] = set()
        while waiting:
            one = waiting.pop()
            if one in seen:
                continue
            seen.add(one)
            said = self.value(figure, one, period)
            if said.source == SAID:
                told.append(said.value or 0)
                replaced.update(self.elements(figure, one, period))
            elif period.start <= self.history.last_day(one):
                waiting += self._below(one, period)[1]
        recorded = [deed.weight for key, deed in self.elements(figure, unit, period).items() if key not in replaced]
        return sum(told) + sum(recorded) if told or recorded else None

    def _of_none(self, figure: Figure, unit: str, period: Period) -> int | None:
        """Give the measure of what is recorded for a unit and for none of its children; None where nothing is."""
        own = self.elements(figure, unit, period)
        if not own:
            return None
        below = {key for child in self.children(unit, period) for key in self.elements(figure, child, period)}
        alone = {key: deed for key, deed in own.items() if key not in below}
        return weight(alone) if alone else None


def _of(told: Sequence[tuple[str, Value]], source: str, value: int | None, own: int | None = None) -> Value:
    return Value(
        value=value,
        source=source if value is not None else "",
        reports=tuple(sorted({report for _, one in told for report in one.reports})),
        of=tuple((name, one.value) for name, one in told),
        own=own,
    )


def weight(elements: Elements) -> int:
    """Weigh elements together."""
    return sum(deed.weight for deed in elements.values())


def parts(figure: Figure, elements: Elements) -> dict[str, dict[str, int]]:
    """Part a figure in each of its ways, greatest part first."""
    found: dict[str, dict[str, int]] = {}
    for place, way in enumerate(figure.parts):
        counts: dict[str, int] = {}
        for deed in elements.values():
            part = deed.parts[place]
            for key in (part,) if isinstance(part, str) else part:
                counts[key] = counts.get(key, 0) + deed.weight
        found[way] = dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    return found
