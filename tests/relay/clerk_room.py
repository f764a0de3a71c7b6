"""A clerk at a relay: signs in, brings sheets, as a browser without script does."""

import hashlib
import html
import re
from dataclasses import dataclass, field
from typing import Any

import requests
from relay_room import Relay

from sangkien.domain.sheet_row import SheetRow

UNIT = "xa-gia-kiem-2025"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass
class Browser:
    """Keeps its cookies and follows where it is sent."""

    relay: Relay
    session: requests.Session = field(default_factory=requests.Session)

    @property
    def cookie(self) -> str:
        return self.session.cookies.get("can-bo") or ""

    def show(self, cookie: str) -> None:
        """Show a cookie that was come by some other way."""
        self.session.cookies.clear()
        self.session.cookies.set("can-bo", cookie, domain="127.0.0.1", path="/")

    def get(self, path: str = "") -> requests.Response:
        return self.session.get(f"{self.relay.phone.address}/can-bo/{path}", timeout=60)

    def post(self, path: str, file: bytes | None = None, origin: str | None = None, **fields: str) -> requests.Response:
        parts: dict[str, Any] = {name: (None, value) for name, value in fields.items()}
        if file is not None:
            parts["sheet"] = ("Danh sách.xlsx", file, XLSX)
        return self.session.post(
            f"{self.relay.phone.address}/can-bo/{path}",
            files=parts,
            headers={"Origin": origin or self.relay.phone.address},
            timeout=120,
        )

    def enter(self, key: str, phrase: str) -> requests.Response:
        return self.post("vao", id=key, phrase=phrase)

    def token(self) -> str:
        found = re.search(r'name=token value="?([0-9a-f]{64})', self.get().text)
        assert found
        return found[1]

    def bring(self, file: bytes, **fields: str) -> requests.Response:
        return self.post("bang", file, token=self.token(), **fields)

    @property
    def rows(self) -> tuple[SheetRow, ...]:
        """Give the sound rows of what was brought."""
        held = self.relay.service.tray.get(hashlib.sha256(self.cookie.encode()).hexdigest())
        return held.examined.rows if held else ()

    @property
    def codes(self) -> list[str]:
        return [row.code for row in self.rows]

    def hand_in(self) -> requests.Response:
        found = re.search(r'name=reading value="?([0-9a-f]{32})', self.get().text)
        assert found
        return self.post("gui", token=self.token(), reading=found[1])


def shown(answer: requests.Response) -> str:
    """Give a page as it is read."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def clerk(relay: Relay) -> tuple[str, str]:
    """Enter a clerk as the command does."""
    return relay.service.clerks.add(UNIT, "2026-11-01")


def signed_in(relay: Relay) -> Browser:
    browser = Browser(relay)
    assert browser.enter(*clerk(relay)).status_code == 200
    return browser
