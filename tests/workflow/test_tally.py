from typing import Any

import pytest

from places import VALID
from sangkien.domain import notation
from sangkien.domain.errors import UsageError
from sangkien.workflow.ballot import tally


def record(path: str) -> Any:
    return notation.parse((VALID / path).read_bytes()).record


GIVEN: dict[str, Any] = {
    "rubric": record("content/register/rubrics/2019-1.yml"),
    "council": record("content/register/councils/hd-thu.yml"),
    "idea": record("ideas/2019/b8/b8m4r0xt/idea.yml"),
    "reviews": [],
    "digests": None,
    "on": "2019-06-10",
}


def test_tally_of_nothing() -> None:
    result = tally(**GIVEN)

    assert (result.members, result.count.base, result.count.result) == (2, 2, None)


def test_tally_takes_the_bare_keys_of_the_contract() -> None:
    rubric = {key: value for key, value in GIVEN["rubric"].items() if key not in ("version", "name")}
    council = {key: value for key, value in GIVEN["council"].items() if key in ("id", "seats")}

    assert tally(**GIVEN | {"rubric": rubric, "council": council}) == tally(**GIVEN)


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"rubric": []}, "bad-rubric"),
        ({"rubric": {"id": "x"}}, "bad-rubric"),
        ({"council": {"seats": [1]}}, "bad-council"),
        ({"idea": "x"}, "bad-idea"),
        ({"reviews": {}}, "bad-reviews"),
        ({"digests": []}, "bad-digests"),
    ],
)
def test_tally_tells_which_input_is_wrong(wrong: dict[str, Any], key: str) -> None:
    with pytest.raises(UsageError, match=key):
        tally(**GIVEN | wrong)
