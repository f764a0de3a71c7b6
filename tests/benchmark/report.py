"""The arithmetic of the benchmark: medians, ratios taken turn by turn, and whether a hard line is met.

What was measured of one size is a plain dictionary, as it is kept: `runs` holds, by name, what each turn took.
"""

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Size = Mapping[str, Any]
GIGABYTE = 1_000_000_000
MEBI = 1 << 20
PRINTS, SEARCH = "prints", "search"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A hard line: what it is about, what was measured, what is the most (or the least) it may be."""

    name: str
    value: float | None
    bound: float
    is_least: bool = False
    is_strict: bool = True
    note: str = ""

    @property
    def verdict(self) -> str:
        """Say whether the line is met; nothing measured is neither."""
        if self.value is None:
            return "not measured"
        if self.is_least:
            return "met" if self.value >= self.bound else "missed"
        return "met" if self.value < self.bound or (not self.is_strict and self.value == self.bound) else "missed"


def seconds(turn: Mapping[str, Any], *less: str) -> float:
    """Give the seconds of one turn without some of its stages."""
    stages = turn.get("stages", {})
    return float(turn["seconds"]) - sum(float(stages.get(stage, 0.0)) for stage in less)


def series(size: Size, name: str, *less: str) -> list[float]:
    """Give the seconds of every turn of something; nothing where it was not run."""
    return [seconds(turn, *less) for turn in size["runs"].get(name, ())]


def stage(size: Size, name: str, which: str) -> list[float]:
    """Give the seconds of a stage in every turn that told of it."""
    return [turn["stages"][which] for turn in size["runs"].get(name, ()) if which in turn.get("stages", {})]


def median(values: Sequence[float]) -> float | None:
    """Give the median; None of nothing."""
    return statistics.median(values) if values else None


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float | None:
    """Give the median of the ratios of neighbouring turns, so that what slows both cancels out."""
    return median([own / other for own, other in zip(ours, theirs, strict=False) if other])


def rss(size: Size, name: str) -> float | None:
    """Give the bytes of the largest process in any turn."""
    return max((turn["rss"] for turn in size["runs"].get(name, ())), default=None)


def ours(size: Size, name: str) -> list[float]:
    """Give our own seconds without prints, which are kept by digest and told on a line of their own."""
    return series(size, name, PRINTS)


def against_hugo(size: Size, name: str) -> float | None:
    """Give our seconds over Hugo's, without our search shards, which Hugo has none of."""
    return ratio(series(size, name, PRINTS, SEARCH), series(size, "hugo"))


def in_a_gigabyte(size: Size) -> float | None:
    """Give how many ideas fit in 1 GB when each costs its share of all the bytes of the site."""
    weight = size.get("weight", {}).get("ours")
    return GIGABYTE / (weight["bytes"] / weight["ideas"]) if weight and weight["ideas"] else None


def pages_in_a_gigabyte(size: Size) -> float | None:
    """Give how many pages of ideas fit in 1 GB, nothing but they counted."""
    weight = size.get("weight", {}).get("ours")
    return GIGABYTE / weight["idea_page"] if weight and weight["idea_page"] else None


def _of(sizes: Mapping[int, Size], count: int, value: Callable[[Size], float | None]) -> float | None:
    return value(sizes[count]) if count in sizes else None


def _over(above: float | None, below: float | None) -> float | None:
    return above / below if above is not None and below else None


def lines(sizes: Mapping[int, Size]) -> list[Line]:
    """Draw the hard lines of the design and hold them against what was measured."""
    small, middle, large, huge = 1_000, 10_000, 100_000, 1_000_000

    def rss_of(count: int) -> float | None:
        return _of(sizes, count, lambda size: rss(size, "ours warm"))

    def each(count: int) -> float | None:
        return _over(_of(sizes, count, lambda size: median(ours(size, "ours warm"))), float(count))

    def at(count: int, value: Callable[[Size], float | None]) -> float | None:
        return _of(sizes, count, value)

    return [
        Line(name="1,000: cold, seconds", value=at(small, lambda s: median(ours(s, "ours cold"))), bound=4),
        Line(
            name="1,000: cold / plain mkdocs-material",
            value=at(small, lambda s: ratio(ours(s, "ours cold"), series(s, "material"))),
            bound=0.25,
            is_strict=False,
        ),
        Line(name="100,000: warm, seconds", value=at(large, lambda s: median(ours(s, "ours warm"))), bound=20),
        Line(name="100,000: warm, largest process, bytes", value=rss_of(large), bound=GIGABYTE),
        Line(
            name="100,000: warm / Hugo", value=at(large, lambda s: against_hugo(s, "ours warm")), bound=0.25,
            is_strict=False,
        ),
        Line(
            name="100,000: cold / Hugo", value=at(large, lambda s: against_hugo(s, "ours cold")), bound=1,
            is_strict=False,
        ),
        Line(
            name="100,000: stage of pages / `cp -r` of the pages",
            value=at(large, lambda s: ratio(stage(s, "ours warm", "pages"), series(s, "cp -r, pages"))),
            bound=1.5,
            is_strict=False,
        ),
        Line(
            name="100,000: gate of one new idea, seconds",
            value=at(large, lambda s: median(series(s, "gate"))),
            bound=2,
        ),
        Line(
            name="largest process at 100,000 / at 10,000", value=_over(rss_of(large), rss_of(middle)), bound=4,
            is_strict=False,
        ),
        Line(
            name="seconds an idea at 1,000,000 / at 100,000", value=_over(each(huge), each(large)), bound=1.5,
            is_strict=False,
        ),
        Line(
            name="pages of ideas in 1 GB, at 100,000", value=at(large, pages_in_a_gigabyte), bound=100_000,
            is_least=True,
        ),
        Line(
            name="ideas in 1 GB with all that tells of them, at 100,000", value=at(large, in_a_gigabyte),
            bound=100_000, is_least=True,
        ),
    ]  # fmt: skip
