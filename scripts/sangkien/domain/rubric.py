"""The rubric as the count needs it: exact numbers, made from a record or from the contract's bare keys."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sangkien.domain.text import slug

# An exponent would let one short line ask for a number that fills the memory.
_WRITTEN = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9}|/[0-9]{1,9})?")


def exact(value: object) -> Fraction:
    """Read a number as written: 30, '12.5', '2/3'. Raises ValueError for anything else."""
    if not isinstance(value, int | str) or isinstance(value, bool):
        raise ValueError(f"not a number: {value!r}")  # noqa: TRY004  # one kind of fault for all callers
    if isinstance(value, str) and not _WRITTEN.fullmatch(value):
        raise ValueError(f"not a number: {value!r}")
    try:
        return Fraction(value)
    except ZeroDivisionError as error:
        raise ValueError(f"not a number: {value!r}") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One criterion: the most it can get and the least its mean must reach."""

    id: str
    label: str
    max_score: Fraction
    pass_score: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """One row of the table of ratings: the first row that fits wins."""

    id: str
    label: str
    min_total: Fraction
    min_scores: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric:
    """Criteria and thresholds, all numbers exact."""

    id: str
    criteria: tuple[Criterion, ...]
    quorum: Fraction
    min_ballots: int
    pass_total: Fraction
    majority: Fraction
    ratings: tuple[Rating, ...]

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "Rubric":
        """Make the view of a rubric; raises KeyError, TypeError or ValueError on what is none."""
        return cls(
            id=str(record["id"]),
            criteria=tuple(
                Criterion(
                    id=str(c["id"]),
                    label=str(c["label"]),
                    max_score=exact(c["max_score"]),
                    pass_score=exact(c["pass_score"]),
                )
                for c in record["criteria"]
            ),
            quorum=exact(record["quorum"]),
            min_ballots=int(record["min_ballots"]),
            pass_total=exact(record["pass_total"]),
            majority=exact(record["majority"]),
            ratings=tuple(
                Rating(
                    id=str(r["id"]),
                    label=str(r["label"]),
                    min_total=exact(r["min_total"]),
                    min_scores={str(key): exact(least) for key, least in r.get("min_scores", {}).items()},
                )
                for r in record.get("ratings", ())
            ),
        )

    def names(self) -> dict[str, str]:
        """Give every folded spelling of a criterion: id or label → id."""
        names = {slug(criterion.label): criterion.id for criterion in self.criteria}
        return names | {slug(criterion.id): criterion.id for criterion in self.criteria}
