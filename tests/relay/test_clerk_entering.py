"""Who may come to the clerk's pages, and who may not."""

import re
import time
from pathlib import Path

import pytest
import requests
from clerk_room import UNIT, Browser, clerk, shown, signed_in
from relay_room import Relay, free_port, serving, settings_file

from sangkien.adapters.clerks import Clerks
from sangkien.adapters.ledger import Ledger
from sangkien.domain import clerk as domain
from sangkien.domain.clerk import SESSION_LIFE
from sangkien.relay.gate import Turnstile

pytest_plugins = ["relay_fixtures"]
pytestmark = pytest.mark.long  # real servers and processes: together they take longer than one should


@pytest.fixture(autouse=True)
def _fresh_turnstile(relay: Relay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relay.service, "turnstile", Turnstile(relay.service.settings))


def test_a_phrase_is_read_as_people_type_it(relay: Relay) -> None:
    key, phrase = clerk(relay)
    browser = Browser(relay)

    answer = browser.enter(f" {key.lower()} ", phrase.replace("-", " ").lower().replace("0", "o").replace("1", "l"))

    assert (answer.status_code, "Nhập bảng cho xã Gia Kiệm" in shown(answer)) == (200, True)
    assert len(phrase.replace("-", "")) * 5 >= 80  # bits


def test_wrong_pairs_are_told_apart_by_nobody(relay: Relay, monkeypatch: pytest.MonkeyPatch) -> None:
    key, phrase = clerk(relay)
    other = phrase[:-1] + ("0" if phrase[-1] != "0" else "1")

    hashed: list[str] = []
    slow = domain.hashed

    def counted(phrase: str, salt: bytes) -> bytes:
        hashed.append(phrase)
        return slow(phrase, salt)

    monkeypatch.setattr(domain, "hashed", counted)

    answers = [
        Browser(relay).enter(*pair) for pair in ((key, other), ("ZZZZZZ", phrase), ("x", phrase), (key, ""), ("", ""))
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert len({answer.text for answer in answers}) == 1
    assert not any(answer.cookies for answer in answers)
    assert len(hashed) == len(answers)  # each takes as long


def test_guessing_ends_for_one_clerk_and_not_for_another(relay: Relay) -> None:
    (key, phrase), other = clerk(relay), clerk(relay)
    for _ in range(10):
        Browser(relay).enter(key, "0" * 20)

    assert Browser(relay).enter(key, phrase).status_code == 429
    assert Browser(relay).enter(*other).status_code == 200


def test_guessing_ends_for_an_address(relay: Relay) -> None:
    for number in range(29):
        relay.service.turnstile.guess(f"clerk ZZZZ{number}", "127.0.0.1", time.monotonic())
    assert Browser(relay).enter("ZZZZZZ", "0" * 20).status_code == 403

    assert Browser(relay).enter(*clerk(relay)).status_code == 429


def test_a_session_is_drawn_anew_and_ends_for_good(relay: Relay) -> None:
    key, phrase = clerk(relay)
    browser = Browser(relay)
    browser.show("f" * 64)  # one that somebody else has set
    browser.enter(key, phrase)
    first = browser.cookie
    browser.enter(key, phrase)
    second = browser.cookie

    assert len({"f" * 64, first, second}) == 3
    for ended in ("f" * 64, first):
        stranger = Browser(relay)
        stranger.show(ended)
        assert "Mật khẩu" in shown(stranger.get())
    assert browser.post("ra", token=browser.token()).status_code == 200
    browser.show(second)
    assert "Mật khẩu" in shown(browser.get())


def test_a_clerk_who_is_removed_is_out_at_once(relay: Relay) -> None:
    key, phrase = clerk(relay)
    browser = Browser(relay)
    browser.enter(key, phrase)

    assert relay.service.clerks.remove(key)

    assert browser.get("bang-mau.xlsx").status_code == 403
    assert browser.enter(key, phrase).status_code == 403


def test_a_session_ends_by_itself_and_nothing_kept_opens_one(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "relay.sqlite")
    clerks = Clerks(ledger)
    key, phrase = clerks.add(UNIT, "2026-11-01")
    token = clerks.sign_in(key, 1000)
    last = 1000 + SESSION_LIFE - 1

    found = [clerks.signed_in(token, now) for now in (1000, last, last + 1)]
    clerks.sign_in(key, last + 1)
    left = ledger.read(lambda c: c.execute("SELECT count(*) FROM sessions").fetchone())
    ledger.close()

    assert [bool(one) for one in found] == [True, True, False]
    assert left == (1,)
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert key.encode() in kept
    for secret in (phrase, phrase.replace("-", ""), token):
        assert secret.encode() not in kept
        assert secret.encode().lower() not in kept


@pytest.mark.parametrize("path", ["bang", "gui", "bo", "ra"])
def test_only_a_page_of_the_session_itself_may_send(relay: Relay, path: str) -> None:
    browser, other = signed_in(relay), signed_in(relay)
    file = b"a" if path == "bang" else None
    fields = {"reading": "0" * 32} if path == "gui" else {}

    for token in ("", "0" * 64, other.token()):
        assert browser.post(path, file, token=token, **fields).status_code == 403
    for origin in ("https://evil.example", "null"):
        assert browser.post(path, file, origin=origin, token=browser.token(), **fields).status_code == 403
    assert "Nhập bảng cho" in shown(browser.get())


def test_strangers_see_the_way_in_and_nothing_else(relay: Relay) -> None:
    browser = Browser(relay)
    answers = [browser.get(name) for name in ("can-sua.xlsx", "giay-hen.pdf", "bang-mau.xlsx")]
    answers += [browser.post(path, token="") for path in ("bang", "gui", "bo", "ra")]

    assert {answer.status_code for answer in answers} == {403}
    for answer in (browser.get(), relay.phone.ask("GET", "/can-bo"), *answers):
        assert "Mật khẩu" in shown(answer)
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "<script" not in answer.text


def test_the_cookie_stays_in_its_place(tmp_path: Path, checkout: Path) -> None:
    path = settings_file(tmp_path, checkout, port := free_port())
    address = "https://gui.xa-mau.example"
    path.write_text(re.sub(r'address = ".*"', f'address = "{address}/"', path.read_text()), encoding="utf-8")
    with serving(path) as relay:
        key, phrase = clerk(relay)
        answer = requests.post(
            f"http://127.0.0.1:{port}/can-bo/vao",
            files={"id": (None, key), "phrase": (None, phrase)},
            headers={"Origin": address},
            allow_redirects=False,
            timeout=20,
        )

    assert answer.status_code == 303
    pair, *rest = answer.headers["set-cookie"].split("; ")
    assert re.fullmatch(r"__Host-can-bo=[0-9a-f]{64}", pair)
    assert {one.lower() for one in rest} == {"httponly", "secure", "path=/", "samesite=strict", "max-age=28800"}
