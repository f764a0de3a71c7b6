from itertools import permutations
from typing import Any

import pytest

from sangkien.domain.disclosure import depth, disclosed

OPEN: Any = {"topology": "open"}
CLOSED: Any = {"topology": "closed"}


@pytest.mark.parametrize(
    ("movement", "round_", "expected"),
    [
        (OPEN, {}, "by-seat"),
        (OPEN, None, "by-seat"),
        (CLOSED, {"publish_marks": True}, "shuffled"),
        (CLOSED, {"publish_marks": False}, "aggregates"),
        (CLOSED, {}, "aggregates"),
        (CLOSED, None, "aggregates"),
        (None, {"publish_marks": True}, "shuffled"),
    ],
)
def test_depth(movement: Any, round_: Any, expected: str) -> None:
    assert depth(movement, round_) == expected


def conclusion(sheets: Any) -> Any:
    """Make a conclusion in which three seats gave these totals."""
    keys = "round concluded_on rubric rubric_digest rules members base quorum criteria total agree result outcome"
    record: dict[str, Any] = dict.fromkeys([*keys.split(), "scored_digest"], "x")
    counted = [
        {"seat": f"ghe-{n}", "review_id": n, "marks": {"a": total}, "total": total, "verdict": "cong-nhan"}
        for n, total in enumerate(sheets, 1)
    ]
    lists = {"abstained": ["ghe-4"], "recused": [], "conflicted": ["ghe-5", "ghe-6"]}
    roll = [{"seat": "ghe-1", "github_id": 77}]
    return record | lists | {"counted": counted, "set_aside": [], "roll": roll, "digest": "d" * 64}


def test_disclosed_says_how_many_and_not_who() -> None:
    told = disclosed(conclusion(["1", "2", "3"]), "aggregates")

    assert (told["abstained"], told["recused"], told["conflicted"], told["why"]) == (1, 0, 2, [])
    assert not any(word in str(told) for word in ("ghe-", "77", "counted"))


def test_disclosed_shuffles_the_same_way_whoever_gave_what() -> None:
    """The seats may be dealt in any order: what is told stays the same to the letter."""
    told = {str(disclosed(conclusion(sheets), "shuffled")) for sheets in permutations(["1", "2", "3"])}

    assert len(told) == 1
    assert "ghe-" not in told.pop()
