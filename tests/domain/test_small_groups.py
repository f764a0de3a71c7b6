"""No small group of people is told, nor can it be worked out from the total."""

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
