from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.domain.agreement import agreement, strength
from sangkien.domain.count import Sheet
from sangkien.domain.rubric import Rubric

RUBRIC = Rubric.from_record(
    {
        "id": "r",
        "criteria": [
            {"id": "a", "label": "A", "max_score": 10, "pass_score": 5},
            {"id": "b", "label": "B", "max_score": 20, "pass_score": 5},
        ],
        "quorum": "2/3",
        "min_ballots": 3,
        "pass_total": 20,
        "majority": "1/2",
    }
)


def sheets(*marks: tuple[int, int]) -> list[Sheet]:
    return [
        Sheet(member=f"ghe-{n}", review_id=n, marks={"a": Fraction(a), "b": Fraction(b)}, verdict="cong-nhan")
        for n, (a, b) in enumerate(marks)
    ]


def test_one_alone_agrees_with_nobody() -> None:
    assert agreement(RUBRIC, sheets((5, 5))) is None


def test_the_same_marks_agree_wholly() -> None:
    assert agreement(RUBRIC, sheets((5, 5), (5, 5), (5, 5))) == 1


def test_opposite_marks_agree_not_at_all() -> None:
    assert agreement(RUBRIC, sheets((0, 0), (10, 20))) == 0


def test_the_formula_by_hand() -> None:
    """Shares .8 and .9 twice: variance .005, of .0833 even ones .06; 2 items: 2 × .94 / (2 × .94 + .06)."""
    assert agreement(RUBRIC, sheets((8, 16), (9, 18))) == Fraction(188, 194)


@pytest.mark.parametrize(
    ("index", "word"),
    [("1", "very-strong"), ("0.91", "very-strong"), ("0.9", "strong"), ("0.5", "weak"), ("0", "lack")],
)
def test_strength(index: str, word: str) -> None:
    assert strength(Fraction(index)) == word


@given(st.lists(st.tuples(st.integers(0, 10), st.integers(0, 20)), min_size=2, max_size=9))
def test_it_lies_between_nothing_and_all_and_knows_no_order(marks: list[tuple[int, int]]) -> None:
    index = agreement(RUBRIC, sheets(*marks))
    assert index is not None
    assert 0 <= index <= 1
    assert index == agreement(RUBRIC, sheets(*reversed(marks)))
