"""Counts of people with the small groups left out, so that nobody is found by subtraction."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def hide_small(counts: Mapping[Key, int], smallest: int) -> dict[Key, int | None]:
    """Give each count, None for a group of fewer than `smallest`; an empty group is told as 0.

    The total is taken to be known: where it would tell what is hidden, the next smallest groups are hidden too, until
    at least two are and together hold `smallest`.
    """
    filled = sorted((key for key, count in counts.items() if count), key=lambda key: counts[key])
    hidden = [key for key in filled if counts[key] < smallest]
    if not hidden:
        return dict(counts)
    for key in filled[len(hidden) :]:
        if len(hidden) > 1 and sum(counts[k] for k in hidden) >= smallest:
            break
        hidden.append(key)
    if len(hidden) == 1 or sum(counts[key] for key in hidden) < smallest:
        hidden = list(counts)  # nothing is left to hide behind but the empty groups
    return {key: None if key in hidden else count for key, count in counts.items()}
