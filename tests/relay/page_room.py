"""A room for the relay's pages: a scene, a service that says what a test wants said, and a phone to look with."""

import functools
import http.server
import json
import threading
import urllib.parse
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any

import altcha
import pyrage
from playwright.sync_api import Locator, Page, expect

from places import ROOT, VALID
from sangkien.adapters.store import Store
from sangkien.render import relay
from sangkien.render.forms import Maker
from sangkien.workflow.reading import load_schemas, read_registers

KEYS = tuple(pyrage.x25519.Identity.generate() for _ in range(2))
CODE, PIN = "2026-7K3Q-F2TZ", "K7QF-2M9D"
SECRET = "only-for-tests"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
TITLE, ADDRESS = "Tưới nhỏ giọt <b>bằng chai</b>", "https://sang-kien.example/ghi-nhan/2026/7k3qf2tz/"
LIKEWISE = {"/da-lam/": "application", "/lam-theo/": "follow"}
Answer = tuple[int, Any]


PLACE = "Văn phòng thử, số 1 đường Thử, giờ hành chính."


def maker(**movement: Any) -> Maker:
    """Give the forms of the small valid repository, its movement changed."""
    schemas = load_schemas(Store(ROOT))
    books = read_registers(Store(VALID), schemas).books
    assert books.movement
    changed: Any = {**books.movement, "intake": PLACE, "site_url": "https://sang-kien.example/", **movement}
    return Maker(schemas, replace(books, movement=changed))


def scene(made: Maker | None = None, *, keys: bool = True) -> relay.Scene:
    made = made or maker(topology="closed")
    sealed_to = [str(key.to_public()) for key in KEYS] if keys else []
    return relay.Scene(
        movement=made.books.movement, maker=made, static=relay.static_addresses(), contact_keys=sealed_to
    )


@dataclass(frozen=True, slots=True)
class Heard:
    """One request as it came: its path, its fields as text, its files, and the whole body."""

    path: str
    fields: Mapping[str, str]
    files: Mapping[str, bytes]
    body: bytes


@dataclass(slots=True)
class Service:
    """What stands at the relay's addresses; `answers` maps a path to what is said there, one after the other."""

    pages: dict[str, str]
    heard: list[Heard] = field(default_factory=list)
    answers: dict[str, list[Answer | None]] = field(default_factory=dict)
    challenge: Callable[[], dict[str, Any]] = field(default=lambda: challenge("PBKDF2/SHA-256", 200))
    address: str = ""

    def of(self, path: str) -> list[Heard]:
        return [heard for heard in self.heard if heard.path == path]

    def answer(self, path: str) -> Answer | None:
        """Give the next answer of a path, the last one for ever; None breaks the line."""
        waiting = self.answers.get(path)
        if not waiting:
            return USUAL.get(path, (404, {"error": "none", "sentence": ""}))
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]


USUAL: dict[str, Answer] = {
    "/gui": (201, {"code": CODE, "pin": PIN, "address": f"/theo-doi/#{CODE}"}),
    "/y-giong": (200, {"ideas": []}),
    "/theo-doi": (403, {"error": "pair", "sentence": "Hai mã này không đi với nhau. Xin so lại với phiếu hẹn."}),
}


def challenge(algorithm: str, cost: int) -> dict[str, Any]:
    made: dict[str, Any] = altcha.create_challenge(algorithm, cost, hmac_secret=SECRET).to_dict()
    return made


def proven(payload: str) -> bool:
    found = altcha.verify_solution(altcha.Payload.from_base64(payload), hmac_secret=SECRET)
    return bool(found.verified)


def served(scene: relay.Scene) -> Service:
    """Serve a scene's pages on loopback under the relay's policy."""
    service = Service(pages={"/": relay.form_page(scene), "/theo-doi/": relay.follow_page(scene)})
    for path, form in LIKEWISE.items():
        service.pages[path] = relay.about(relay.likewise_page(scene, form), CODE, TITLE, ADDRESS)
    files = {address: relay.static_files()[name] for name, address in scene.static.items()}

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            path = self.path.split("?")[0]
            if path == "/thu-thach":
                self.give(200, "application/json", json.dumps(service.challenge()).encode())
            elif path in service.pages:
                self.give(200, "text/html; charset=utf-8", service.pages[path].encode())
            elif path in files:
                self.give(200, TYPES[path.rpartition(".")[2]], files[path])
            else:
                self.give(404, "text/html; charset=utf-8", relay.message_page(scene, "not-found", 404).encode())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service.heard.append(heard(self.path, self.headers["Content-Type"], body))
            answer = service.answer(self.path)
            if answer is None:  # a line that breaks within the answer; one that breaks before it, a browser tries again
                self.close_connection = True
                self.send_response(200)
                self.send_header("Content-Length", "9")
                self.end_headers()
                return
            self.give(answer[0], "application/json", json.dumps(answer[1], ensure_ascii=False).encode())

        def give(self, status: int, kind: str, data: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Content-Security-Policy", POLICY)
            self.end_headers()
            self.wfile.write(data)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    service.address = f"http://127.0.0.1:{server.server_port}/"
    return service


TYPES = {
    "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8", "woff2": "font/woff2",
}  # fmt: skip


def heard(path: str, kind: str, body: bytes) -> Heard:
    if kind.startswith("application/json"):
        return Heard(path, json.loads(body), {}, body)
    message = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
    fields: dict[str, str] = {}
    files: dict[str, bytes] = {}
    for part in message.iter_parts():
        name, data = str(part.get_param("name", header="content-disposition")), part.get_payload(decode=True)
        assert isinstance(data, bytes)
        assert name not in {*fields, *files}, f"sent twice: {name}"
        if part.get_filename():
            files[name] = data
        else:
            fields[name] = data.decode().replace("\r\n", "\n")
    return Heard(path, fields, files, body)


ANSWERS = {
    "title": "Tưới nhỏ giọt bằng chai nhựa cũ",
    "before": "Gánh nước tưới mỗi ngày hai lần.",
    "after": "Treo chai nhỏ giọt, ba ngày châm một lần.",
    "how_to": "Đục một lỗ ở nắp.\nTreo ngược chai.",
    "cost": "350.000",
}
CHOSEN = {
    "content": "Sản xuất", "applied": "Đã áp dụng ở ít nhất một nơi", "kind": "Sáng kiến", "field": "Nông nghiệp",
    "unit": "xã Thử",
}  # fmt: skip
NAME = "Trần Thị Mẫu"
ORDER = ("content", *ANSWERS, "applied", "kind", "field", "unit", "authors")


def step(page: Page, name: str) -> Locator:
    return page.locator(f'[data-step="{name}"]')


def go_on(page: Page) -> None:
    page.locator("[data-next]").click()


def blank(address: str) -> str:
    """Give an address of the same service that does nothing."""
    return urllib.parse.urljoin(address, relay.static_addresses()["icon.svg"])


def start(page: Page) -> None:
    page.goto(urllib.parse.urljoin(page.url, "/"))
    page.locator("[data-start]").click()


def choose(page: Page, word: str) -> None:
    page.locator(".choice:visible", has=page.get_by_text(word, exact=True)).click()
    go_on(page)


def tell(page: Page, until: str = "review") -> None:
    """Take up a draft that answers what must be answered, at a screen."""
    before = ORDER[: ORDER.index(until)] if until in ORDER else ORDER
    draft = {
        "answers": {key: text for key, text in {**CHOSEN, **ANSWERS}.items() if key in before},
        "authors": [{"name": NAME, "share": "", "collective": False}] if "authors" in before else [],
        "step": "contact" if until == "review" else until,
    }
    page.goto(blank(page.url))  # the form itself keeps its draft as it is left
    page.evaluate("(draft) => localStorage.setItem('sangkien-y', JSON.stringify(draft))", draft)
    start(page)
    if until == "review":
        go_on(page)
    expect(step(page, until)).to_be_visible()


def tell_all(page: Page) -> None:
    """Answer what must be answered from the first question to the last, as a thumb does."""
    start(page)
    deeds: dict[str, Callable[[], None]] = {
        "content": lambda: choose(page, "Sản xuất"),
        **{key: functools.partial(_write, page, key, text) for key, text in ANSWERS.items()},
        "applied": lambda: choose(page, "Đã áp dụng ở ít nhất một nơi"),
        "kind": lambda: choose(page, "Sáng kiến"),
        "field": lambda: choose(page, "Nông nghiệp"),
        "unit": lambda: _write(page, "unit", "xã Thử"),
        "authors": lambda: _author(page),
    }
    for name in (*deeds, "more", "photos", "display", "contact"):
        expect(step(page, name)).to_be_visible()
        deeds.get(name, lambda: go_on(page))()


def _write(page: Page, key: str, text: str) -> None:
    page.locator(f"#o-{key}").fill(text)
    go_on(page)


def _author(page: Page) -> None:
    page.locator("[data-name]").fill(NAME)
    go_on(page)


def send(page: Page) -> None:
    page.locator("[data-send]").click()
