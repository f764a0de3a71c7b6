"""The demonstration's page for people without an account, and somebody who sends an idea there from a phone."""

import json
import secrets
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import altcha

from localhub.demo_desk import BIN, Desk

_RIGHTS = {"contents": "write", "issues": "write", "pull_requests": "write", "statuses": "write"}
_GLANCE = 0.2


@dataclass(frozen=True, slots=True)
class Slip:
    """What somebody takes home: the code anybody may know, the PIN nobody else may."""

    code: str
    pin: str


class Relay:
    """The real relay before the demonstration's desk, signed in there as an App of its own."""

    def __init__(self, desk: Desk, address: str) -> None:
        self.address, self._desk = address, desk
        folder = desk.room / "relay"
        (folder / "data").mkdir(parents=True)
        self.settings = folder / "settings.toml"
        self.settings.write_text(self._settings(folder), encoding="utf-8")
        desk.sangkien("relay", "clone", "--settings", str(self.settings))
        command = [str(BIN / "sangkien"), "relay", "serve", "--settings", str(self.settings)]
        self._run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def _settings(self, folder: Path) -> str:
        installed, key = self._desk.hub.install_app(self._desk.repository, _RIGHTS, "trang-nhan-y")
        place = folder / "app.pem"
        place.touch(mode=0o600)
        place.write_text(key, encoding="ascii")
        tables: Mapping[str, Mapping[str, Any]] = {
            "": {
                "data": str(folder / "data"),
                "port": int(self.address.rstrip("/").rpartition(":")[2]),
                "address": self.address,
                "root": str(folder / "desk"),
                "refresh": 1,
            },
            "github": {
                "repository": self._desk.repository,
                "api": self._desk.hub.api_url,
                "client_id": installed.client_id,
                "installation": installed.number,
                "private_key": str(place),
                "poll": 1,
            },
            "proof": {"cost": 100},  # the one who sends here is a program, and waits
        }
        lines = []
        for name, values in tables.items():
            lines += [f"[{name}]"] if name else []
            lines += [f"{key} = {json.dumps(value)}" for key, value in values.items()]
        return "\n".join(lines)

    def wait(self) -> None:
        """Wait until it answers."""
        while True:
            try:
                self._ask("GET", "khoe")
            except urllib.error.URLError:
                if self._run.poll() is not None:
                    raise
                time.sleep(_GLANCE)
            else:
                return

    def send(self, answers: Mapping[str, list[str]]) -> Slip:
        """Send an idea as the page does: the answers, a key of its own, a little work done first."""
        fields = {key: text for key, (text, *_) in answers.items()} | {"request": secrets.token_hex(16)}
        fields["altcha"] = self._proof()
        border = secrets.token_hex(16)
        parts = [
            f'--{border}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{text}\r\n'
            for key, text in fields.items()
        ]
        body = "".join([*parts, f"--{border}--\r\n"]).encode()
        taken = self._ask("POST", "gui", body, f"multipart/form-data; boundary={border}")
        return Slip(taken["code"], taken["pin"])

    def look(self, slip: Slip) -> str:
        """Ask how an idea stands, as whoever sent it; gives the relay's sentence."""
        asked = json.dumps({"code": slip.code, "pin": slip.pin}).encode()
        return str(self._ask("POST", "theo-doi", asked, "application/json")["sentence"])

    def close(self) -> None:
        """Stop it."""
        self._run.terminate()
        self._run.wait(20)

    def _proof(self) -> str:
        challenge = altcha.Challenge.from_dict(self._ask("GET", "thu-thach"))
        solution = altcha.solve_challenge(challenge)
        assert solution is not None  # noqa: S101  # there always is one
        return str(altcha.Payload(challenge, solution).to_base64())

    def _ask(self, verb: str, path: str, data: bytes | None = None, kind: str = "") -> Any:
        heads = {"Origin": self.address.rstrip("/")} | ({"Content-Type": kind} if kind else {})
        request = urllib.request.Request(self.address + path, data=data, headers=heads, method=verb)  # noqa: S310  # our own
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310  # the same
            return json.load(answer)
