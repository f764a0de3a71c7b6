"""A relay to try things at: a real server on loopback before a real checkout, and people with phones."""

import contextlib
import json
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import altcha
import requests
from desk_room import IDEA, REPO, RIGHTS, DeskRoom

from sangkien.relay import serve
from sangkien.relay.journal import Journal
from sangkien.relay.service import Service
from sangkien.relay.settings import Settings, read

FIELDS: Mapping[str, str] = {key: text for key, text in IDEA.items() if isinstance(text, str)}
NOWHERE = "http://127.0.0.1:9"  # a desk nobody answers at


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def settings_file(folder: Path, root: Path, port: int, **more: Any) -> Path:
    """Write settings; `more` are those of other tables, as `limits_per_address`."""
    (folder / "data").mkdir(parents=True, exist_ok=True)
    tables: dict[str, dict[str, Any]] = {
        "github": {"repository": "mau/sang-kien", "api": NOWHERE, "poll": 1},
        "limits": {"per_address": 1000},
        "proof": {"cost": 1},
    }
    for name, value in more.items():
        table, _, key = name.partition("_")
        tables[table][key] = value
    lines = [f"data = {json.dumps(str(folder / 'data'))}", f"port = {port}", f'address = "http://127.0.0.1:{port}/"']
    lines += [f"root = {json.dumps(str(root))}", "refresh = 0"]
    for table, values in tables.items():
        lines += [f"[{table}]", *(f"{key} = {json.dumps(value)}" for key, value in values.items())]
    path = folder / "settings.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def at_desk(desk: DeskRoom, tmp_path: Path, port: int, root: Path | None = None, **more: Any) -> Path:
    """Write the settings of a relay before a desk, which it enters as an App."""
    installed, key = desk.hub.install_app(REPO, RIGHTS)
    (tmp_path / "key.pem").write_text(key, encoding="ascii")
    (tmp_path / "key.pem").chmod(0o600)
    return settings_file(
        tmp_path,
        root or desk.clone,
        port,
        github_api=desk.hub.api_url,
        github_client_id=installed.client_id,
        github_installation=installed.number,
        github_private_key=str(tmp_path / "key.pem"),
        github_per_minute=10_000,
        github_per_hour=100_000,
        **more,
    )


def settings_of(path: Path) -> Settings:
    found, faults = read(path, {"GITHUB_TOKEN": "none"})
    assert [fault for fault in faults if not fault.mild] == []
    return found


@dataclass
class Phone:
    """Somebody who sends; `come_from` is who a proxy says they are."""

    address: str
    heads: dict[str, str] = field(default_factory=dict)

    def ask(self, verb: str, path: str, **more: Any) -> requests.Response:
        heads = {"Origin": self.address, **self.heads, **more.pop("headers", {})}
        return requests.request(verb, self.address + path, headers=heads, timeout=20, **more)

    def proof(self) -> str:
        return solved(self.ask("GET", "/thu-thach").json())

    def send(self, request: str = "a" * 32, /, **changed: Any) -> requests.Response:
        """Send an idea; None leaves a field out, a pair (bytes, type) is a file."""
        fields = {**FIELDS, "request": request, **changed}
        if "altcha" not in fields:
            fields["altcha"] = self.proof()
        parts = {
            name: ("../../x.jpg", *value) if isinstance(value, tuple) else (None, value)
            for name, value in fields.items()
            if value is not None
        }
        return self.ask("POST", "/gui", files=parts)

    def post(self, path: str, **given: Any) -> requests.Response:
        return self.ask("POST", path, json=given)

    def look(self, slip: Mapping[str, str]) -> Any:
        answer = self.post("/theo-doi", code=slip["code"], pin=slip["pin"])
        assert answer.status_code == 200, answer.text
        return answer.json()


def solved(challenge: dict[str, Any]) -> str:
    found = altcha.Challenge.from_dict(challenge)
    solution = altcha.solve_challenge(found)
    assert solution
    return str(altcha.Payload(found, solution).to_base64())


@dataclass
class Relay:
    """A running relay and a phone to reach it with."""

    service: Service
    phone: Phone

    def wait(self, is_so: Any, seconds: float = 15) -> None:
        """Wait until something is so."""
        ends = time.monotonic() + seconds
        while not is_so():
            assert time.monotonic() < ends, "it never came to be"
            time.sleep(0.02)


@contextlib.contextmanager
def serving(path: Path, clock: Any = time.time) -> Iterator[Relay]:
    """Serve in a thread of this process."""
    settings = settings_of(path)
    service = Service(settings, Journal(), clock)
    server = serve.server(service)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        yield Relay(service, Phone(settings.origin))
    finally:
        server.should_exit = True
        thread.join()
