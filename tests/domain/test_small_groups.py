"""No small group of people is told, nor can it be worked out from the total."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.domain.small_groups import hide_small

SMALLEST = 5


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({}, {}),
        ({"a": 0, "b": 9}, {"a": 0, "b": 9}),
        ({"a": 5, "b": 9}, {"a": 5, "b": 9}),
        ({"a": 4, "b": 3, "c": 9}, {"a": None, "b": None, "c": 9}),
        ({"a": 2, "b": 6, "c": 9}, {"a": None, "b": None, "c": 9}),  # alone it could be subtracted
        ({"a": 1, "b": 1, "c": 6, "d": 9}, {"a": None, "b": None, "c": None, "d": 9}),  # two of one each
        ({"a": 2, "b": 0}, {"a": None, "b": None}),  # the total is the group
        ({"a": 1, "b": 1, "c": 0}, {"a": None, "b": None, "c": None}),
    ],
)
def test_what_is_shown(counts: dict[str, int], shown: dict[str, int | None]) -> None:
    assert hide_small(counts, SMALLEST) == shown


@given(st.dictionaries(st.integers(0, 12), st.integers(0, 12), max_size=8), st.integers(2, 7))
def test_whoever_knows_the_total_learns_of_no_small_group(counts: dict[int, int], smallest: int) -> None:
    shown = hide_small(counts, smallest)
    hidden = [key for key, count in shown.items() if count is None]
    left = sum(counts.values()) - sum(count for count in shown.values() if count)

    assert shown.keys() == counts.keys()
    assert all(count == counts[key] for key, count in shown.items() if count is not None)
    assert not any(0 < count < smallest for count in shown.values() if count is not None)
    if hidden:
        assert len(hidden) == len(counts) or (len(hidden) > 1 and left >= smallest)
    else:
        assert not any(0 < count < smallest for count in counts.values())


@pytest.mark.parametrize("smallest", [2, 3, 5])
def test_no_table_of_four_groups_gives_a_hidden_size_away(smallest: int) -> None:
    """Every table that would be shown alike, with the same total, is one a reader must reckon with."""
    alike: dict[tuple[tuple[int | None, ...], int], list[tuple[int, ...]]] = {}
    for sizes in product(range(9), repeat=4):
        shown = tuple(hide_small(dict(enumerate(sizes)), smallest).values())
        alike.setdefault((shown, sum(sizes)), []).append(sizes)

    for (shown, _), tables in alike.items():
        for place, count in enumerate(shown):
            if count is None and any(sizes[place] for sizes in tables):
                assert len({sizes[place] for sizes in tables}) > 1, (shown, tables)
