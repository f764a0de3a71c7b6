"""Counts of people with the small groups left out, so that nobody is found by subtraction."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def hide_small(counts: Mapping[Key, int], smallest: int) -> dict[Key, int | None]:
    """Give each count, None for a group of fewer than `smallest`; an empty group is told as 0.

    The total and this rule are taken to be known: the next smallest groups are hidden too, until the sum of the hidden
    leaves each several possible sizes. Equals are hidden together, or their order would tell.
    """
    hidden: list[Key] = []
    among = largest = 0
    for key in sorted((key for key, count in counts.items() if count), key=lambda key: counts[key]):
        size, many = counts[key], len(hidden)
        # Each hidden is one at least and smaller than what is told: a sum as low or high as that would tell them all.
        safe = many > 1 and smallest + many - 2 < among < many * (size - 1)
        if size >= smallest and size > largest and (safe or not hidden):
            break
        hidden.append(key)
        among, largest = among + size, size
    else:
        if hidden:
            hidden = list(counts)  # nothing is left to hide behind but the empty groups
    return {key: None if key in hidden else count for key, count in counts.items()}
