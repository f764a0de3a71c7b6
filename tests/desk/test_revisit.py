"""The desk's one issue about places to be asked anew: opened, edited in place, closed, opened again."""

from typing import Any

from desk_room import DeskRoom

from sangkien.adapters.store import Store
from sangkien.workflow.revisit import Result, Revisits, tell

pytest_plugins = ["desk_fixtures"]

NEVER, ONCE, LATER = "2000-01-01", "2020-03-02", "2026-11-23"
HOME = "https://forge.example/mau/sang-kien"


def told(room: DeskRoom, day: str) -> Result:
    return tell(room.forge(), Revisits(Store(room.clone)), day, HOME)


def listed(room: DeskRoom) -> list[Any]:
    found: list[Any] = room.ask("mau", "GET", "/issues?state=all&labels=hỏi thăm")
    return found


def test_one_issue_lists_what_is_due_and_is_closed_after_the_last(room: DeskRoom) -> None:
    room.file_issue("Ai hỏi thăm ai?", title="Nơi áp dụng đến kỳ hỏi thăm")
    assert told(room, NEVER) == "nothing"
    assert listed(room) == []

    assert told(room, ONCE) == "opened"
    (issue,) = listed(room)
    room.hub.reset_calls()
    assert told(room, ONCE) == "nothing"
    assert [call.method for call in room.hub.calls if call.method != "GET"] == []

    assert told(room, LATER) == "rewritten"
    (again,) = listed(room)
    assert (again["number"], again["comments"]) == (issue["number"], 0)
    assert again["body"] != issue["body"]

    assert told(room, NEVER) == "closed"
    assert listed(room)[0]["state"] == "closed"
    assert told(room, NEVER) == "nothing"
    assert told(room, ONCE) == "opened"
    (reopened,) = listed(room)
    assert (reopened["number"], reopened["state"], reopened["body"]) == (issue["number"], "open", issue["body"])


def test_the_list_is_no_form(room: DeskRoom) -> None:
    assert told(room, LATER) == "opened"
    (issue,) = listed(room)

    assert room.intake(issue["number"]) == {issue["number"]: "nothing"}
