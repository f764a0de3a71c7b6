"""How far the members of a council agree on one idea: the index r_WG(J).

James, Demaree & Wolf (1984), “Estimating within-group interrater reliability with and without response bias”, Journal
of Applied Psychology 69: one thing judged, several judges, J items; the judges' variance on an item is compared with
that of marks drawn evenly from the whole scale. Words for its size: LeBreton & Senter (2008), Organizational Research
Methods 11, table 3.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from sangkien.domain.count import Sheet
from sangkien.domain.rubric import Rubric

Strength = Literal["lack", "weak", "moderate", "strong", "very-strong"]

_EVEN = Fraction(1, 12)  # variance of marks spread evenly over a scale from 0 to 1
_LEAST: tuple[tuple[Fraction, Strength], ...] = (
    (Fraction(91, 100), "very-strong"),
    (Fraction(71, 100), "strong"),
    (Fraction(51, 100), "moderate"),
    (Fraction(31, 100), "weak"),
)


def agreement(rubric: Rubric, sheets: Sequence[Sheet]) -> Fraction | None:
    """Give r_WG(J) of the marks as shares of each criterion's scale, from 0 to 1; None with fewer than two sheets."""
    if len(sheets) < 2:
        return None
    criteria = [c for c in rubric.criteria if c.max_score > 0]
    variances = [_variance([sheet.marks[c.id] / c.max_score for sheet in sheets]) for c in criteria]
    if not variances:
        return None
    ratio = sum(variances, Fraction(0)) / len(variances) / _EVEN
    if ratio >= 1:  # they differ as much as chance would: the index has no meaning below zero
        return Fraction(0)
    kept = len(variances) * (1 - ratio)
    return kept / (kept + ratio)


def strength(index: Fraction) -> Strength:
    """Put the index into a word."""
    return next((word for least, word in _LEAST if index >= least), "lack")


def _variance(marks: Sequence[Fraction]) -> Fraction:
    mean = sum(marks, Fraction(0)) / len(marks)
    return sum(((mark - mean) ** 2 for mark in marks), Fraction(0)) / (len(marks) - 1)
