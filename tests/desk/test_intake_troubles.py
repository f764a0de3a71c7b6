"""Whatever happens to a call, the next run ends with one branch, one pull request, one receipt."""

from contextlib import suppress
from typing import get_args

import pytest
from desk_room import PROPOSER, DeskRoom, idea_body

from localhub.faults import Kind
from sangkien.domain.errors import OutsideError

pytest_plugins = ["desk_fixtures"]

CALLS = range(11)  # of a clean intake; test_intake.py holds their number
READ, MADE_BRANCH, OPENED_PULL, SAID = 0, 4, 5, 9
# A call that is never answered lasts its whole time-out, for which no test waits; to the client it is a cut.
KINDS = [kind for kind in get_args(Kind) if kind not in ("timeout", "cut-after")]


def assert_taken_once(room: DeskRoom, number: int) -> None:
    assert room.branches() == {"main", f"idea/{number}"}
    (pull,) = room.pulls()
    assert room.pulls("closed") == []
    (receipt,) = room.remarks(number)
    assert f"#{pull['number']}" in receipt
    assert room.labels(number) == {"chờ tiếp nhận"}
    assert {label["name"] for label in pull["labels"]} == {"chờ tiếp nhận"}


@pytest.mark.parametrize(
    ("kind", "after"),
    [
        *(("cut-after", after) for after in CALLS),  # as if the program died after each call, one by one
        *((kind, after) for kind in KINDS for after in (READ, MADE_BRANCH, OPENED_PULL, SAID)),
    ],
)
def test_a_trouble_at_any_call(room: DeskRoom, kind: Kind, after: int) -> None:
    number = room.file_issue(idea_body())
    room.hub.faults.add(kind, path="/repos/*", after=after)

    with suppress(OutsideError):
        room.intake(number)
    room.hub.faults.clear()
    room.intake()

    assert_taken_once(room, number)


@pytest.mark.parametrize("after", range(18))
def test_a_cut_while_withdrawing(room: DeskRoom, after: int) -> None:
    number = room.file_issue(idea_body())
    room.intake(number)
    room.ask(PROPOSER, "PATCH", f"/issues/{number}", {"state": "closed"})
    room.hub.faults.add("cut-after", path="/repos/*", after=after)

    with suppress(OutsideError):
        room.intake(number)
    room.hub.faults.clear()
    room.intake()

    assert room.pulls() == []
    assert len(room.remarks(number)) == 1
    assert "đã rút" in room.labels(number)
    room.refresh()
    assert len(list((room.clone / "ideas/2026").rglob("withdrawn.yml"))) == 1


def test_haste_is_waited_out(room: DeskRoom) -> None:
    number = room.file_issue(idea_body())
    room.hub.faults.add("secondary-limit", method="POST", path="/repos/*", times=2)

    assert room.intake(number) == {number: "taken"}
    assert room.waits == [1.0, 1.0]
    assert_taken_once(room, number)


def test_an_empty_purse_is_left_to_the_next_sweep(room: DeskRoom) -> None:
    number = room.file_issue(idea_body())
    room.behind = 3600  # so that the full hour, when the purse is filled again, is far
    room.hub.faults.add("rate-limit", path="/repos/*")

    with pytest.raises(OutsideError):
        room.intake(number)
    assert room.waits == []
    room.intake()
    assert_taken_once(room, number)
