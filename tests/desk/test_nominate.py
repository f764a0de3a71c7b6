"""A letter from one desk to another: two repositories on one hub."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import requests
from desk_room import REPO, STRANGER, DeskRoom

from sangkien.adapters.github import GitHub
from sangkien.adapters.pool import Pool
from sangkien.adapters.store import Store
from sangkien.domain.errors import OutsideError
from sangkien.workflow.nominate import Nominator, Wish, check

pytest_plugins = ["desk_fixtures"]

CODE, HIGHER = "2018-ZGNS-08CZ", "tinh-mau/sang-kien"
WISH = Wish(code=CODE, day="2026-11-23", from_unit="xa-gia-kiem-2025", to_unit="thanh-pho-dong-nai-2026")


@pytest.fixture
def desk(room: DeskRoom, tmp_path: Path) -> DeskRoom:
    """Put a second, higher desk on the hub."""
    source = tmp_path / "higher"
    source.mkdir()
    (source / "README.md").write_text("A higher desk.\n", encoding="utf-8")
    room.hub.add_user("tinh-mau", id=9100)
    room.hub.add_repository(HIGHER, source=source)
    return room


def send(room: DeskRoom, token: str = "") -> int:
    token = token or room.hub.user_token("thu-ky")
    step = Nominator(Store(room.clone), Pool(1))
    written = step.draft(WISH)
    assert written.findings == ()
    return step.send(written.record, GitHub(HIGHER, token, room.hub.api_url), REPO)


def ask(room: DeskRoom, login: str, verb: str, path: str, data: Any = None) -> Any:
    answer = requests.request(
        verb,
        f"{room.hub.api_url}/repos/{HIGHER}{path}",
        json=data,
        headers={"Authorization": f"Bearer {room.hub.user_token(login)}"},
        timeout=20,
    )
    assert answer.ok, answer.text
    return answer.json()


def letters(room: DeskRoom) -> list[Any]:
    found: list[Any] = ask(room, "tinh-mau", "GET", "/issues?state=all")
    return found


def test_a_letter_is_left_once_and_can_be_checked(desk: DeskRoom) -> None:
    number = send(desk)

    assert send(desk) == number
    (letter,) = letters(desk)
    assert letter["title"] == f"Đề nghị xét ý {CODE}"
    assert f"kho: {REPO}\ntrang: https://sang-kien.example/ghi-nhan/2018/zgns08cz/" in letter["body"]
    assert "Nguyễn" not in letter["body"]
    assert "Tưới nhỏ giọt" not in letter["body"]
    own = desk.clone / "ideas/2018/zg/zgns08cz"
    assert check(letter["body"], Store(own), None) == []


@pytest.mark.parametrize("after", range(4))
def test_a_crash_after_any_call_leaves_one_letter(desk: DeskRoom, after: int) -> None:
    """Who am I, what did I leave, leave it, what is there now."""
    desk.hub.faults.add("cut-after", path="/*", after=after)

    with suppress(OutsideError):
        send(desk)
    desk.hub.faults.clear()

    assert send(desk) == 1
    assert len(letters(desk)) == 1


def test_a_stranger_s_copy_keeps_no_letter_from_being_left(desk: DeskRoom) -> None:
    send(desk)
    body = letters(desk)[0]["body"]
    ask(desk, "thu-ky", "PATCH", "/issues/1", {"body": "x"})  # as if it had never been
    ask(desk, STRANGER, "POST", "/issues", {"title": "x", "body": body})

    assert send(desk) == 3
    assert {letter["user"]["login"] for letter in letters(desk) if letter["body"] == body} == {STRANGER, "thu-ky"}


def test_a_letter_changed_by_hand_is_put_right_and_a_twin_closed(desk: DeskRoom) -> None:
    send(desk)
    body = letters(desk)[0]["body"]
    ask(desk, "thu-ky", "PATCH", "/issues/1", {"body": body.replace("lan-xet: 1", "lan-xet: 2")})
    ask(desk, "thu-ky", "POST", "/issues", {"title": "x", "body": body})

    assert send(desk) == 1

    assert {(letter["number"], letter["state"], letter["body"] == body) for letter in letters(desk)} == {
        (1, "open", True),
        (2, "closed", True),
    }


def test_an_app_finds_its_own_letter(desk: DeskRoom) -> None:
    token = desk.hub.mint_token(HIGHER, {"issues": "write"}, kind="app", login="sang-kien[bot]")

    assert send(desk, token) == 1
    assert send(desk, token) == 1
    assert len(letters(desk)) == 1


def test_a_closed_desk_names_no_repository(desk: DeskRoom) -> None:
    movement = desk.clone / "content/register/movement.yml"
    movement.write_text(movement.read_text(encoding="utf-8").replace("topology: open", "topology: closed"), "utf-8")
    send(desk)

    assert REPO not in letters(desk)[0]["body"]
