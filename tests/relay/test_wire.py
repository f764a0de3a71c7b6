"""Whatever comes over the wire: refused in a sentence, cut off in time, and everybody else is served."""

import io
import re
import socket
import threading
import time
from pathlib import Path

import pytest
import requests
from relay_room import Phone, Relay, free_port, serving, settings_file

from sangkien.relay import body, protocol
from sangkien.relay.ground import Ground
from sangkien.relay.refusal import RefusedError

pytest_plugins = ["relay_fixtures"]
pytestmark = pytest.mark.long  # real servers and processes: together they take longer than one should

EDGE = "xyz"
MULTIPART = {"Content-Type": f"multipart/form-data; boundary={EDGE}"}


def part(name: str, text: str = "x", more: str = "") -> str:
    return f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n{text}\r\n'


def raw(relay: Relay, data: bytes, seconds: float = 5) -> bytes:
    """Send bytes as they are and give all that comes back until the end."""
    port = int(relay.phone.address.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as link:
        link.sendall(data)
        found = b""
        try:
            while more := link.recv(65536):
                found += more
        except (ConnectionError, TimeoutError):
            pass
        return found


@pytest.mark.parametrize(
    "body",
    [
        "",
        "no form at all",
        part("title"),  # never ends
        part("title") + part("title") + f"--{EDGE}--\r\n",  # twice
        part("nothing-of-ours") + f"--{EDGE}--\r\n",
        part("photo-1", "x", '; filename="a"') + part("photo-1", "x", '; filename="b"') + f"--{EDGE}--\r\n",
        part("photo-9", "x", '; filename="a"') + f"--{EDGE}--\r\n",
        part("title", "x", '; filename="a"') + f"--{EDGE}--\r\n",  # a text as a file
        part("photo-1", "x") + f"--{EDGE}--\r\n",  # a file as a text
        f'--{EDGE}\r\nContent-Disposition: attachment; name="title"\r\n\r\nx\r\n--{EDGE}--\r\n',
        f'--{EDGE}\r\nX-Evil: 1\r\nContent-Disposition: form-data; name="title"\r\n\r\nx\r\n--{EDGE}--\r\n',
        f"--{EDGE}\r\nContent-Disposition: form-data\r\n\r\nx\r\n--{EDGE}--\r\n",
        f"--{EDGE}\r\n" + "A" * 5000 + f": x\r\n\r\nx\r\n--{EDGE}--\r\n",
        part("title", "x").replace("x", "\udcff") + f"--{EDGE}--\r\n",  # no UTF-8
        part("title", "x" * 700) + part("request", "short") + f"--{EDGE}--\r\n",
    ],
)
def test_a_form_that_is_none_is_refused(relay: Relay, body: str) -> None:
    answer = relay.phone.ask("POST", "/gui", data=body.encode("utf-8", "surrogateescape"), headers=MULTIPART)

    assert (answer.status_code, answer.json()["error"]) == (400, "bad_form")


def test_a_field_longer_than_it_may_be_ends_the_reading(relay: Relay) -> None:
    assert relay.phone.send("1" * 32, title="x" * 3000).status_code == 413
    assert relay.phone.send("1" * 32, **{"photo-1": (b"\xff" * (9 << 20), "image/jpeg")}).status_code == 413


def test_a_body_without_a_size_or_with_too_much_is_not_read(relay: Relay) -> None:
    chunked = b"POST /gui HTTP/1.1\r\nHost: x\r\nOrigin: %s\r\nTransfer-Encoding: chunked\r\n" % _origin(relay)
    huge = b"POST /gui HTTP/1.1\r\nHost: x\r\nOrigin: %s\r\nContent-Length: 99999999999\r\n" % _origin(relay)
    kind = b"Content-Type: multipart/form-data; boundary=x\r\n\r\n"

    assert raw(relay, chunked + kind + b"1\r\nx\r\n0\r\n\r\n").startswith(b"HTTP/1.1 411")
    assert raw(relay, huge + kind).startswith(b"HTTP/1.1 413")


def _origin(relay: Relay) -> bytes:
    return relay.phone.address.encode()


@pytest.mark.parametrize(
    "path", ["/gui", "/da-lam", "/lam-theo", "/theo-doi", "/y/doc", "/y/sua", "/y/rut", "/y/xoa", "/y-giong"]
)
@pytest.mark.parametrize(
    "heads",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {},
    ],
)
def test_another_site_s_page_sends_nothing(relay: Relay, path: str, heads: dict[str, str]) -> None:
    answer = requests.post(relay.phone.address + path, data="x", headers=heads, timeout=5)

    assert (answer.status_code, answer.json()["error"]) == (403, "origin")


def test_a_form_of_another_kind_is_refused(relay: Relay) -> None:
    for path, kind in (("/gui", "application/json"), ("/theo-doi", "text/plain"), ("/theo-doi", "")):
        assert relay.phone.ask("POST", path, data="{}", headers={"Content-Type": kind}).status_code == 415


@pytest.mark.parametrize("body", ["", "[]", "{", "null", '"x"', "[" * 9000, '{"code": 1, "pin": []}', "\ud800"])
def test_json_that_is_none_of_ours_is_refused(relay: Relay, body: str) -> None:
    data = body.encode("utf-8", "surrogatepass")
    answer = relay.phone.ask("POST", "/theo-doi", data=data, headers={"Content-Type": "application/json"})

    assert answer.status_code in (400, 403)
    assert answer.json()["sentence"]


@pytest.mark.parametrize(
    "path",
    [
        "/tinh/../../etc/passwd",
        "/tinh/x/..%2f..%2fsecret",
        "/tinh/%00/x",
        "/tinh//",
        "/.env",
        "/gui/",
        "/%ff",
        "//evil.example/",
        "/theo-doi/x%0d%0aSet-Cookie:%20a=b",
    ],
)
def test_paths_lead_nowhere_else(relay: Relay, path: str) -> None:
    answer = raw(relay, f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())

    assert answer.startswith(b"HTTP/1.1 404"), answer[:200]
    assert b"set-cookie" not in answer.lower()
    assert b"content-security-policy" in answer


def test_every_answer_carries_its_heads_and_no_cookie(relay: Relay) -> None:
    for answer in (
        relay.phone.ask("GET", "/"),
        relay.phone.ask("GET", "/theo-doi/"),
        relay.phone.ask("GET", "/nowhere"),
        relay.phone.ask("PUT", "/gui"),
        relay.phone.post("/theo-doi", code="x", pin="x"),
    ):
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "set-cookie" not in answer.headers
        assert "server" not in answer.headers


def test_figures_are_the_operator_s(relay: Relay) -> None:
    assert relay.phone.ask("GET", "/so-do").status_code == 200
    for heads in ({"X-Forwarded-For": "203.0.113.9"}, {"Via": "1.1 x"}, {"X-Real-IP": "203.0.113.9"}, {"Host": "x.vn"}):
        assert relay.phone.ask("GET", "/so-do", headers=heads).status_code == 404


def test_with_a_token_figures_are_shown_for_the_token_alone(relay: Relay, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = relay.service.settings
    monkeypatch.setattr(relay.service, "settings", type(settings)(settings.values, metrics_token="7f3a"))

    shown = [
        relay.phone.ask("GET", "/so-do", headers=heads).status_code
        for heads in ({}, {"Authorization": "Bearer 7f3b"}, {"Authorization": "Bearer 7f3a"})
    ]

    assert shown == [404, 404, 200]


def test_what_is_no_http_is_cut_off(relay: Relay) -> None:
    assert raw(relay, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 9).startswith(b"HTTP/1.1 400")
    assert raw(relay, b"GET / HTTP/1.1\r\nHost x\r\n\r\n").startswith(b"HTTP/1.1 400")
    assert raw(relay, b"GET / HTTP/1.1\r\nX: " + b"a" * 400_000).startswith(b"HTTP/1.1 431")
    double = b"POST /gui HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef"
    assert raw(relay, double).startswith(b"HTTP/1.1 400")


def test_requests_by_the_thousand_on_one_connection_are_refused(relay: Relay) -> None:
    """Each takes as much memory as a request that somebody waits for."""
    some, many = (b"GET /khoe HTTP/1.1\r\nHost: x\r\n\r\n" * count for count in (5, 2_000))

    served = raw(relay, some + b"GET /khoe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").count(b"HTTP/1.1 200")
    refused = raw(relay, many)

    assert served == 6
    assert refused.count(b"HTTP/1.1 200") < 20
    assert refused.count(b"HTTP/1.1 400") == 1


def test_a_head_that_grows_while_another_is_answered_is_cut_off(relay: Relay, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = threading.Event()
    monkeypatch.setattr(Ground, "likewise_page", lambda *_: asked.wait(20) and b"")
    port = int(relay.phone.address.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as link:
        link.sendall(b"GET /da-lam/ HTTP/1.1\r\nHost: x\r\n\r\n")
        found = b""
        try:
            link.sendall(b"GET / HTTP/1.1\r\nX: ")
            for _ in range(40):
                link.sendall(b"a" * 65_536)
            found = link.recv(65_536)
        except ConnectionError:
            found = b"HTTP/1.1 431"
        finally:
            asked.set()

    assert found.startswith(b"HTTP/1.1 431")


@pytest.mark.parametrize("data", [b"", b"GET / HTTP/1.1\r\nHost:", b"\r\n"])
def test_a_head_that_never_ends_is_cut_off(relay: Relay, data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "_HEAD_SECONDS", 0.2)
    began = time.monotonic()

    assert raw(relay, data, seconds=10) == b""

    assert time.monotonic() - began < 8  # cut off, not given up by ourselves


def test_a_body_that_never_comes_is_cut_off(relay: Relay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "_SECONDS", 0.2)
    head = b"POST /gui HTTP/1.1\r\nHost: x\r\nOrigin: %s\r\nContent-Length: 900\r\n" % _origin(relay)

    answer = raw(relay, head + b"Content-Type: multipart/form-data; boundary=x\r\n\r\n--x", seconds=10)

    assert answer.startswith(b"HTTP/1.1 408")
    assert b"connection: close" in answer.lower()
    assert relay.service.room.left == relay.service.settings["limits.memory"]


def test_more_connections_than_bearable_are_turned_away(relay: Relay) -> None:
    port = int(relay.phone.address.rpartition(":")[2])
    links = [socket.create_connection(("127.0.0.1", port), timeout=5) for _ in range(60)]
    try:
        answers = []
        for link in links[45:]:
            try:
                answers.append(link.recv(12))
            except ConnectionError:
                answers.append(b"")
    finally:
        for link in links:
            link.close()

    assert all(answer in (b"", b"HTTP/1.1 503") for answer in answers)
    relay.wait(lambda: relay.phone.ask("GET", "/khoe").status_code == 200)


def test_nobody_fills_the_memory_alone(relay: Relay) -> None:
    """Bodies that are announced and never come leave room for other people's."""
    room, left = relay.service.room, relay.service.room.left
    most = 25 * 1024 * 1024
    with room.held(most, "one"):
        with pytest.raises(RefusedError), room.held(most, "one"):
            pass
        with room.held(most, "another"), room.held(1024, "one"):
            assert room.left == left - 2 * most - 1024

    assert room.left == left


def test_half_a_character_is_none(relay: Relay) -> None:
    for path, sent in (("/y/doc", r'{"token": "\ud800.1.2"}'), ("/y-giong", r'{"text": "\ud800"}')):
        answer = relay.phone.ask("POST", path, data=sent, headers={"Content-Type": "application/json"})

        assert (answer.status_code, answer.json()["error"]) == (400, "bad_form")


def test_a_fault_of_the_program_is_answered_in_a_sentence(relay: Relay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relay.service.turnstile, "look", lambda *_: 1 / 0)

    answer = relay.phone.ask("GET", "/thu-thach")

    assert (answer.status_code, answer.json()["error"]) == (500, "broken")


def test_large_bodies_take_no_more_memory_than_there_is(relay: Relay) -> None:
    room = relay.service.room
    before = room.left
    room.left = 1000
    try:
        assert relay.phone.send("2" * 32, altcha="x").status_code == 503
    finally:
        room.left = before
    assert relay.phone.send("2" * 32).status_code == 201


def test_a_proxy_s_word_counts_only_behind_one(relay: Relay) -> None:
    """Without proxies, nobody changes who they are by a header."""
    service = relay.service
    before = service.turnstile
    service.turnstile = type(before)(type(service.settings)({**service.settings.values, "limits.per_address": 1}))
    try:
        phones = [Phone(relay.phone.address, {"X-Forwarded-For": f"198.51.100.{n}"}) for n in range(3)]
        seen = [phone.send(f"3{n:031x}").status_code for n, phone in enumerate(phones)]
    finally:
        service.turnstile = before

    assert seen == [201, 429, 429]


def test_a_line_break_in_a_text_makes_no_header(relay: Relay) -> None:
    answer = relay.phone.post("/theo-doi", code="x\r\nSet-Cookie: a=b", pin="x\r\n\r\n<script>")

    assert "set-cookie" not in answer.headers
    assert "<script>" not in answer.text


def test_a_zip_as_a_form_is_refused(relay: Relay) -> None:
    data = io.BytesIO(b"PK\x03\x04" + b"\0" * 9000).getvalue()
    answer = relay.phone.ask("POST", "/gui", data=data, headers={**MULTIPART, "Content-Encoding": "gzip"})

    assert answer.status_code == 400


def test_behind_a_certificate_browsers_are_told_to_stay(tmp_path: Path, checkout: Path) -> None:
    port = free_port()
    path = settings_file(tmp_path, checkout, port)
    text = re.sub("(?m)^address = .*", 'address = "https://gui.example/"', path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    here = f"http://127.0.0.1:{port}"
    with serving(path):
        answer = requests.get(here, timeout=5)
        other = requests.post(f"{here}/theo-doi", json={}, headers={"Origin": here}, timeout=5)
        own = requests.post(f"{here}/theo-doi", json={}, headers={"Origin": "https://gui.example"}, timeout=5)

    assert answer.headers["strict-transport-security"].startswith("max-age=")
    assert (other.json()["error"], own.json()["error"]) == ("origin", "wrong_pair")
