"""Word of a place where an idea was taken up, and of who wants to do likewise: from the phone to the desk, once."""

import time
from pathlib import Path
from typing import Any

import pytest
from desk_room import DeskRoom
from relay_room import Relay, at_desk, free_port, serving, settings_file
from requests import Response

from sangkien.relay import service

pytest_plugins = ["relay_fixtures"]
pytestmark = pytest.mark.long  # real servers and processes: together they take longer than one should

CODE, SECRET_ONE = "2018-ZGNS-08CZ", "2019-2TV7-6322"  # public, and in the register only
TITLE = "Tưới nhỏ giọt bằng chai nhựa cũ"
ARMOUR = "-----BEGIN AGE ENCRYPTED FILE-----\nYWdlLWVuY3J5cHRpb24ub3JnL3YxCnJlc3Q=\n-----END AGE ENCRYPTED FILE-----\n"
APPLIED = {"code": CODE, "unit": "xã Gia Kiệm", "since": "15/3/2026", "result": "Đỡ bốn buổi gánh nước mỗi tuần."}
WISH = {"code": CODE, "unit": "xã Gia Kiệm", "question": "Xin xem tận vườn được không?", "contact": ARMOUR}
SENT = {"/da-lam": APPLIED, "/lam-theo": WISH}


def send(relay: Relay, path: str, request: str = "1" * 32, **changed: Any) -> Response:
    fields = {**SENT[path], "request": request, **changed}
    if "altcha" not in fields:
        fields["altcha"] = relay.phone.proof()
    return relay.phone.ask("POST", path, files={k: (None, text) for k, text in fields.items() if text is not None})


def waiting(relay: Relay) -> int:
    return relay.service.outbox.counts()[0]


@pytest.mark.parametrize("path", SENT)
def test_it_is_stored_once_under_its_key_and_answered_with_the_idea_s_page(relay: Relay, path: str) -> None:
    before, proof = waiting(relay), relay.phone.proof()
    first = send(relay, path, altcha=proof)
    again = send(relay, path, altcha=proof)

    assert (first.status_code, again.status_code) == (201, 201), first.text
    assert first.json() == again.json()
    assert first.json()["code"] == CODE
    assert TITLE in first.json()["title"]
    assert first.json()["address"].endswith("/ghi-nhan/2018/zgns08cz/")
    assert first.headers["cache-control"] == "no-store"
    assert waiting(relay) == before + 1
    assert send(relay, path, "2" * 32, altcha=proof).json()["error"] == "proof"


@pytest.mark.parametrize("path", SENT)
def test_what_is_amiss_is_told_by_question_and_nothing_is_used_up(relay: Relay, path: str) -> None:
    proof = relay.phone.proof()
    answer = send(relay, path, "3" * 32, altcha=proof, code=SECRET_ONE, unit=None)

    assert answer.status_code == 422
    assert {row["key"] for row in answer.json()["findings"]} == {"code", "unit"}
    assert all(row["sentence"] and row["cure"] for row in answer.json()["findings"])
    assert send(relay, path, "3" * 32, altcha=proof).status_code == 201


@pytest.mark.parametrize(
    ("path", "changed", "status"),
    [
        ("/da-lam", {"contact": ARMOUR}, 400),
        ("/da-lam", {"title": "x"}, 400),
        ("/lam-theo", {"result": "x"}, 400),
        ("/lam-theo", {"request": "short"}, 400),
        ("/lam-theo", {"contact": "0912345678"}, 422),
        ("/lam-theo", {"question": "x" * 9000}, 413),
        ("/da-lam", {"altcha": "e30="}, 403),
    ],
)
def test_what_is_not_asked_is_refused(relay: Relay, path: str, changed: dict[str, str], status: int) -> None:
    assert send(relay, path, **{"request": "4" * 32, **changed}).status_code == status


@pytest.mark.parametrize("path", ["/da-lam/", "/lam-theo/"])
def test_the_page_names_a_public_idea_and_no_other(relay: Relay, path: str) -> None:
    def shown(asked: str) -> str:
        answer = relay.phone.ask("GET", path + asked)
        assert answer.status_code == 200
        return answer.text

    plain = shown("")
    assert TITLE in shown(f"?ma={CODE}")
    assert TITLE in shown(f"?ma={CODE.lower().replace('-', '')}")
    for asked in (
        f"?ma={SECRET_ONE}",
        "?ma=2019-B8M4-R0XT",
        "?ma=<script>",
        "?ma=",
        f"?ma={CODE}&ma={CODE}",
        "?ma=" + "x" * 900,
    ):
        assert shown(asked) == plain


def test_ideas_like_it_lead_to_the_form_on_the_same_relay(relay: Relay) -> None:
    relay.wait(lambda: relay.service.ground.likeness is not None)
    told = relay.phone.post("/y-giong", text="Tưới nhỏ giọt bằng chai nhựa cũ cho hồ tiêu mùa khô").json()["ideas"]
    link = next(row["follow"] for row in told if row["code"] == CODE)

    assert link == f"/da-lam/?ma={CODE}"
    assert TITLE in relay.phone.ask("GET", link).text


@pytest.mark.long
def test_two_places_at_once_get_numbers_of_their_own_and_a_wish_one_issue(
    desk: DeskRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "_LULL", 0.05)
    for verb, after in (("POST", 1), ("POST", 4), ("POST", 5), ("POST", 6), ("POST", 9), ("POST", 12)):
        desk.hub.faults.add("cut-after", method=verb, path="/repos/*", after=after)
    with serving(at_desk(desk, tmp_path, free_port())) as relay:
        relay.service.outbox._clock = lambda: time.monotonic() * 200  # what waits seconds is due at once
        for n, path in enumerate(("/da-lam", "/da-lam", "/lam-theo", "/lam-theo")):
            assert send(relay, path, f"{n:032x}").status_code == 201
        relay.wait(lambda: relay.service.outbox.counts() == (0, 0), 40)
    desk.hub.faults.clear()

    pulls = desk.pulls()
    files = {path for pull in pulls for path in desk.files(pull["number"])}
    assert sorted(pull["title"] for pull in pulls) == [f"Áp dụng ý {CODE}"] * 2
    assert files == {f"ideas/2018/zg/zgns08cz/applications/{n}.yml" for n in (5, 6)}
    for pull in pulls:
        assert desk.judge(pull["number"]).errors == []
        assert "chờ tiếp nhận" in desk.labels(pull["number"])
    issues = desk.ask("mau", "GET", "/issues?labels=chờ thư ký&state=all")
    assert [issue["title"] for issue in issues] == [f"Muốn làm theo ý {CODE}"] * 2
    assert len({issue["body"] for issue in issues}) == 2
    assert all("xa-gia-kiem-2025" in issue["body"] and "BEGIN AGE" in issue["body"] for issue in issues)
    assert desk.intake(issues[0]["number"]) == {issues[0]["number"]: "nothing"}


def test_nothing_waits_twice_after_a_restart(tmp_path: Path, checkout: Path) -> None:
    path = settings_file(tmp_path, checkout, free_port())
    with serving(path) as relay:
        assert send(relay, "/da-lam").status_code == 201
    with serving(path) as relay:
        assert send(relay, "/da-lam", altcha="").status_code == 201
        assert waiting(relay) == 1
