from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.domain.count import Figures, two_places


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        (Fraction(161, 2), "80.50"),
        (Fraction(1, 8), "0.12"),
        (Fraction(3, 8), "0.38"),
        (Fraction(200, 3), "66.67"),
        (Fraction(84999, 1000), "85.00"),
        (Fraction(0), "0.00"),
        (None, None),
    ],
)
def test_two_places_ties_to_even(number: Fraction | None, printed: str | None) -> None:
    assert two_places(number) == printed


def test_figures_of_an_even_row() -> None:
    figures = Figures.of([Fraction(1), Fraction(4), Fraction(2), Fraction(3)])

    assert (figures.mean, figures.median, figures.spread) == (Fraction(5, 2), Fraction(5, 2), Fraction(3))


@given(marks=st.lists(st.fractions(0, 100, max_denominator=100), min_size=1))
def test_figures_are_exact(marks: list[Fraction]) -> None:
    figures = Figures.of(marks)

    assert figures.mean is not None
    assert figures.mean * len(marks) == sum(marks)
    assert figures.spread == max(marks) - min(marks)
