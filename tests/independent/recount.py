"""Count a report again from the raw YAML, without the program: the second opinion on `sangkien report`.

    python tests/independent/recount.py ROOT --unit U --period 2019-H1|2019|2015..2019 [--without-samples]

The rules, in short:

- A unit carries on the units it alone replaced (its line). What a unit did on a day counts for U when, on that day (or
  the nearest of its own life), it or a unit above it was in U's line; nothing counts after U's last day. A community
  abroad, which is under none, stands under its homeland.
- A register figure is a set: its value is the number (or sum) of distinct elements whose unit and day belong to U and
  whose day lies in the period; a stock counts what there is on the period's last day, or U's.
- An idea is recognised by a council whose newest conclusion recognises it and which a decision lists (or whose round
  publishes at once), unless a later decision takes that back; never without a clearance it needs. A withdrawn idea
  counts nowhere.
- A reported figure is what the unit's counted report says: the highest accepted version, else the highest sent one.
  Else what the nearest units below it say in theirs (before its life: the units it alone replaced), and the records
  that count for it and for none of those; so no record counts twice. Several years: their own report, else the sum of
  the years (a stock: the last). Where nothing is known, and for a unit that had ended, it is null, which is not 0.
- A told figure (`lists.report_figures`) is the same without records of its own.
"""

import argparse
import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from recount_books import FOREVER, Books, Record
from recount_figures import FIRST_DAY_ALONE, REGISTER, REPORTED, STOCK, Entry, entries, stocks

Number = int | None
ALL = ""  # the part that is the whole


class Period(NamedTuple):
    first: int
    last: int
    is_half: bool = False

    @classmethod
    def read(cls, text: str) -> "Period":
        if text.endswith("-H1"):
            return cls(int(text[:4]), int(text[:4]), is_half=True)
        first, _, last = text.partition("..")
        return cls(int(first), int(last or first))

    def __str__(self) -> str:
        if self.is_half:
            return f"{self.first}-H1"
        return str(self.first) if self.first == self.last else f"{self.first}..{self.last}"

    @property
    def start(self) -> str:
        return f"{self.first}-01-01"

    @property
    def end(self) -> str:
        return f"{self.last}-06-30" if self.is_half else f"{self.last}-12-31"

    @property
    def before(self) -> "Period":
        years = self.last - self.first + 1
        return Period(self.first - years, self.last - years, self.is_half)


class Recount:
    """A repository's figures, each asked for by unit and period."""

    def __init__(self, root: Path, *, without_samples: bool = False) -> None:
        self.books = Books(root, without_samples=without_samples)
        self._entries = entries(self.books)
        told = self.books.lists.get("report_figures", ())
        self._stock = {*STOCK, *(figure["id"] for figure in told if figure.get("stock"))}
        self._reports: dict[tuple[str, str], dict[str, Record]] = {}
        ranks = {"da-gui": 0, "da-nhan": 1}
        sent = [report for report in self.books.of("reports").values() if report["status"] in ranks]
        # Later ones overwrite earlier ones: whatever is accepted comes last.
        for report in sorted(sent, key=lambda r: (ranks[r["status"]], r["number"])):
            said = {told["figure"]: told for told in report["figures"]}
            self._reports[report["unit"], str(report["period"])] = said

    def report(self, unit: str, period: Period) -> dict[str, Any]:
        told = [
            figure["id"]
            for figure in self.books.lists.get("report_figures", ())
            if figure["from"] <= period.end <= figure.get("to", FOREVER)
        ]
        children = self.books.children(unit, min(period.end, self.books.last_day(unit)))
        rows = [
            self._row(figure, part, unit, period, children)
            for figure in (*REGISTER, *REPORTED, *told)
            for part in (ALL, *self._parts(figure, unit, period, children))
        ]
        return {"unit": unit, "period": str(period), "rows": rows}

    def _row(self, figure: str, part: str, unit: str, period: Period, children: list[str]) -> Record:
        now, then = self.value(figure, part, unit, period), self.value(figure, part, unit, period.before)
        return {
            "id": figure,
            "part": part,
            "value": now,
            "before": then,
            "change": None if now is None or then is None else now - then,
            "children": {child: self.value(figure, part, child, period) for child in children},
            "records": sorted(self.chosen(figure, part, unit, period)),
            "against": self._against(figure, unit, period, children) if part == ALL else None,
        }

    def _parts(self, figure: str, unit: str, period: Period, children: list[str]) -> list[str]:
        """List the parts that anything falls into, for the unit, the units under it or the period before."""
        asked = [(unit, period), (unit, period.before), *((child, period) for child in children)]
        return sorted({part for of, on in asked for e in self.chosen(figure, ALL, of, on).values() for part in e.parts})

    def _against(self, figure: str, unit: str, period: Period, children: list[str]) -> dict[str, Number] | None:
        """Say why a whole is not what the units below have together.

        Of a register figure total = sum - outside - shared + own; of a reported one sum - shared + own + difference,
        the last only where the unit says it. None where nobody is below.
        """
        whole = self.chosen(figure, ALL, unit, period)
        below = [self.chosen(figure, ALL, child, period).keys() for child in children]
        rest = [entry.weight for key, entry in whole.items() if not any(key in part for part in below)]
        if figure in REGISTER:
            inside = [part & whole.keys() for part in below]
            return {
                "sum": sum(map(len, below)),
                "outside": sum(len(part - whole.keys()) for part in below),
                "shared": sum(map(len, inside)) - len(set().union(*inside)),
                "own": sum(rest),
            }
        value = self.value(figure, ALL, unit, period)
        said = self._reports.get((unit, str(period)), {}).get(figure)
        living = self.books.of("units")[unit]["valid_from"] <= period.end and period.start <= self.books.last_day(unit)
        if value is None or not children or (said is None and not (period.first == period.last and living)):
            return None
        known = total([self.value(figure, ALL, child, period) for child in children]) or 0
        own = (said or {}).get("own", sum(rest) if rest else None)
        gap = value - known - (own or 0)
        return {"sum": known, "shared": 0 if said else -gap, "own": own, "difference": gap if said else 0}

    @cache  # noqa: B019  # one object lives as long as the run
    def chosen(self, figure: str, part: str, unit: str, period: Period) -> dict[str, Entry]:
        """Give the elements that count for a unit in a period, each with one entry."""
        end = min(period.end, self.books.last_day(unit))
        if figure in STOCK:
            found = stocks(self.books, figure, end)
        else:
            found = [e for e in self._entries.get(figure, ()) if period.start <= e.day <= period.end]
        if figure in FIRST_DAY_ALONE:
            first = {e.element: e for e in sorted(found, key=lambda e: e.day, reverse=True)}
            found = list(first.values())
        return {
            e.element: e for e in found if (part == ALL or part in e.parts) and self.books.belongs(e.unit, e.day, unit)
        }

    @cache  # noqa: B019  # one object lives as long as the run
    def value(self, figure: str, part: str, unit: str, period: Period) -> Number:
        if figure in REGISTER or part != ALL:
            chosen = self.chosen(figure, part, unit, period)
            return sum(e.weight for e in chosen.values()) if chosen or figure in REGISTER else None
        said = self._reports.get((unit, str(period)), {})
        if figure in said:
            return int(said[figure]["value"])
        if period.last > period.first:
            years = [Period(year, year) for year in range(period.first, period.last + 1)]
            return total([self.value(figure, part, unit, year) for year in years[-1 if figure in self._stock else 0 :]])
        if self.books.last_day(unit) < period.start:
            return None
        speaking = self._speaking(figure, unit, period)
        spoken_for = {key for one in speaking for key in self.chosen(figure, part, one, period)}
        rest = [e.weight for key, e in self.chosen(figure, part, unit, period).items() if key not in spoken_for]
        spoken = [int(self._reports[one, str(period)][figure]["value"]) for one in speaking]
        return total([*spoken, *rest])

    def _speaking(self, figure: str, unit: str, period: Period) -> set[str]:
        """Find the nearest units below, or before a unit's life those it replaced, that say a figure themselves."""
        if self.books.of("units")[unit]["valid_from"] > period.end:
            near = self.books.sole_predecessors(unit)
        else:
            near = self.books.children(unit, min(period.end, self.books.last_day(unit)))
        found: set[str] = set()
        for one in near:
            if figure in self._reports.get((one, str(period)), {}):
                found.add(one)
            elif self.books.last_day(one) >= period.start:
                found |= self._speaking(figure, one, period)
        return found


def total(values: list[Number]) -> Number:
    """Add up what is known; where nothing is, nothing is known of the sum."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def main() -> None:
    parser = argparse.ArgumentParser(description="Count a report again from the raw YAML.")
    parser.add_argument("root", type=Path)
    parser.add_argument("--unit", required=True)
    parser.add_argument("--period", required=True)
    parser.add_argument("--without-samples", action="store_true")
    asked = parser.parse_args()
    told = Recount(asked.root, without_samples=asked.without_samples).report(asked.unit, Period.read(asked.period))
    print(json.dumps(told, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
