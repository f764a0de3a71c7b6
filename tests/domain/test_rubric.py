from fractions import Fraction
from typing import Any

import pytest

from sangkien.domain.rubric import Rubric, exact

BARE: dict[str, Any] = {
    "id": "2019-1",
    "criteria": [{"id": "tinh-moi", "label": "Tính mới", "max_score": 30, "pass_score": "12.5"}],
    "quorum": "2/3",
    "min_ballots": 3,
    "pass_total": 60,
    "majority": "1/2",
    "ratings": [{"id": "dat", "label": "Đạt", "min_total": 60, "min_scores": {"tinh-moi": 25}}],
}


def test_from_record_takes_the_bare_keys_exactly() -> None:
    rubric = Rubric.from_record(BARE)

    assert (rubric.quorum, rubric.majority, rubric.pass_total) == (Fraction(2, 3), Fraction(1, 2), Fraction(60))
    assert rubric.criteria[0].pass_score == Fraction(25, 2)
    assert rubric.ratings[0].min_scores == {"tinh-moi": Fraction(25)}
    assert rubric.names() == {"tinh-moi": "tinh-moi"}


@pytest.mark.parametrize(
    "said", [None, True, 1.5, [], "", "x", "-1", "1/0", "1/2/3", "１", "1e9", "1e999999999", "1_0"]
)
def test_exact_refuses_what_is_no_plain_number(said: Any) -> None:
    with pytest.raises(ValueError, match="not a number"):
        exact(said)


@pytest.mark.parametrize("key", ["id", "criteria", "quorum", "min_ballots", "pass_total", "majority"])
def test_from_record_needs_each_key(key: str) -> None:
    with pytest.raises(KeyError):
        Rubric.from_record({name: value for name, value in BARE.items() if name != key})
