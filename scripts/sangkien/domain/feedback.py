"""What a conclusion has to say to an idea's authors: where it was strong, and where it fell short; no figure."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sangkien.domain.rubric import Rubric

_MOST_PRAISED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """Criteria by their labels: `good` the strongest of those that reached their least, `short` those that did not."""

    good: tuple[str, ...]
    short: tuple[str, ...]


def feedback(conclusion: Mapping[str, Any], rubric: Rubric) -> Feedback:
    """Read praise and shortfalls off a conclusion's aggregates."""
    figures = {entry["id"]: entry for entry in conclusion["criteria"]}
    told = [(criterion, figures[criterion.id]) for criterion in rubric.criteria if criterion.id in figures]
    reached = [
        (Fraction(entry["mean"]) / criterion.max_score, criterion.label)
        for criterion, entry in told
        if entry["pass"] and entry["mean"] is not None and criterion.max_score
    ]
    best = sorted(reached, key=lambda pair: -pair[0])[:_MOST_PRAISED]
    return Feedback(
        good=tuple(label for _, label in best),
        short=tuple(criterion.label for criterion, entry in told if not entry["pass"]),
    )
