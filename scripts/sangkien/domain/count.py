"""The arithmetic of a council: valid sheets and thresholds → means, gates, result, rating (contract §4)."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import Literal

from sangkien.domain.rubric import Rubric

Result = Literal["cong-nhan", "bo-sung", "khong-cong-nhan"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One counted ballot."""

    member: str
    review_id: int
    marks: Mapping[str, Fraction]
    verdict: str

    @property
    def total(self) -> Fraction:
        return sum(self.marks.values(), Fraction(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Mean, median and spread (greatest less least) of one row of marks; None where there are none."""

    mean: Fraction | None
    median: Fraction | None
    spread: Fraction | None

    @classmethod
    def of(cls, marks: Sequence[Fraction]) -> "Figures":
        if not marks:
            return cls(mean=None, median=None, spread=None)
        return cls(
            mean=sum(marks, Fraction(0)) / len(marks),
            median=Fraction(median(marks)),
            spread=max(marks) - min(marks),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What valid sheets come to. `why` names each condition of recognition that does not hold."""

    base: int
    sheets: tuple[Sheet, ...]
    quorum_needed: int
    quorum_have: int
    criteria: Mapping[str, Figures]
    passed: Mapping[str, bool]
    total: Figures
    agree: int
    result: Result | None
    why: tuple[str, ...]
    rating: str | None

    @property
    def quorum_met(self) -> bool:
        return self.quorum_have >= self.quorum_needed


def count(rubric: Rubric, sheets: Sequence[Sheet], *, base: int, abstained: int) -> Count:
    """Count valid sheets; `base` is the members less those recused and conflicted."""
    criteria = {c.id: Figures.of([sheet.marks[c.id] for sheet in sheets]) for c in rubric.criteria}
    total = Figures.of([sheet.total for sheet in sheets])
    passed = {c.id: _reaches(criteria[c.id].mean, c.pass_score) for c in rubric.criteria}
    needed = math.ceil(rubric.quorum * base)
    have = len(sheets) + abstained
    agree = sum(sheet.verdict == "cong-nhan" for sheet in sheets)
    more = sum(sheet.verdict == "bo-sung" for sheet in sheets)
    enough = have >= needed and len(sheets) >= max(rubric.min_ballots, 1)

    why = []
    if have < needed:
        why.append("quorum")
    if len(sheets) < max(rubric.min_ballots, 1):
        why.append("min-ballots")
    if sheets:
        why += [f"gate:{criterion}" for criterion, reached in passed.items() if not reached]
        why += [] if _reaches(total.mean, rubric.pass_total) else ["total"]
        why += [] if agree > rubric.majority * len(sheets) else ["majority"]

    result: Result | None = None
    if enough:
        result = "cong-nhan" if not why else "khong-cong-nhan"
        if why and more > rubric.majority * len(sheets):
            result = "bo-sung"
    return Count(
        base=base,
        sheets=tuple(sheets),
        quorum_needed=needed,
        quorum_have=have,
        criteria=criteria,
        passed=passed,
        total=total,
        agree=agree,
        result=result,
        why=tuple(why),
        rating=_rating(rubric, criteria, total) if result == "cong-nhan" else None,
    )


def _rating(rubric: Rubric, criteria: Mapping[str, Figures], total: Figures) -> str | None:
    """Give the first rating whose thresholds the unrounded means reach."""
    for rating in rubric.ratings:
        if _reaches(total.mean, rating.min_total) and all(
            key in criteria and _reaches(criteria[key].mean, least) for key, least in rating.min_scores.items()
        ):
            return rating.id
    return None


def _reaches(mean: Fraction | None, least: Fraction) -> bool:
    return mean is not None and mean >= least


def two_places(number: Fraction | None) -> str | None:
    """Print an aggregate with two decimals, ties to even; None stays None."""
    if number is None:
        return None
    cents = round(number * 100)  # Python rounds an exact half of a Fraction to even
    sign, cents = ("-", -cents) if cents < 0 else ("", cents)
    return f"{sign}{cents // 100}.{cents % 100:02d}"
