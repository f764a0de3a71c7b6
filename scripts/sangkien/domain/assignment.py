"""Whose review is asked for: by field and load, never somebody with a conflict (design §5)."""

import math
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sangkien.domain.council import Holder
from sangkien.domain.rubric import Rubric


def chosen(
    sitting: Sequence[Holder],
    idea: Mapping[str, Any],
    rubric: Rubric,
    wanted: int | None,
    engaged: Collection[str],
    away: Collection[str],
    load: Mapping[str, int],
) -> tuple[Holder, ...]:
    """Choose the seats that score an idea, in the council's order.

    `wanted` is how many the round asks for (None: everybody; never fewer than a result needs), `engaged` are seats
    asked already or heard, who stay, `away` those recused, `load` how many open ideas each seat has waiting.
    """
    able = [h for h in sitting if h.voting and not h.is_conflicted(idea) and h.seat not in away]
    least = max(math.ceil(rubric.quorum * len(able)), rubric.min_ballots)
    size = len(able) if wanted is None else min(len(able), max(wanted, least))
    place = {holder.seat: number for number, holder in enumerate(able)}

    def turn(holder: Holder) -> tuple[bool, bool, int, int]:
        knows = idea.get("field") in holder.fields
        return holder.seat not in engaged, not knows, load.get(holder.seat, 0), place[holder.seat]

    stay = sum(holder.seat in engaged for holder in able)
    picked = sorted(able, key=turn)[: max(size, stay)]
    return tuple(sorted(picked, key=lambda holder: place[holder.seat]))
