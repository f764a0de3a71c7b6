"""The GitHub App of the local hub: jobs ask for its tokens at a door of their own."""

import json
import secrets as lots
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

_LEVELS = ("", "read", "write", "admin")
Mint = Callable[[Mapping[str, str], str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """A GitHub App installed in the repository: what it may do at most, and its key if that is to be checked."""

    slug: str
    permissions: Mapping[str, str]
    private_key: str = ""


@dataclass(slots=True)
class Door:
    """One job's door, and the tokens it got through it."""

    key: str
    issued: list[str] = field(default_factory=list)


class Counter:
    """Hands out the App's tokens to jobs that show its key."""

    def __init__(self, app: App | None, mint: Mint) -> None:
        self._app, self._mint = app, mint
        self._doors: dict[str, Door] = {}

    def open(self) -> Door:
        """Open a door for one job."""
        door = Door(lots.token_hex(16))
        self._doors[door.key] = door
        return door

    def close(self, door: Door) -> None:
        """Let nobody through any more."""
        self._doors.pop(door.key, None)

    def answer(self, key: str, data: bytes) -> tuple[int, bytes]:
        """Answer a job that sends its action's inputs."""
        door = self._doors.get(key)
        if door is None:
            return 404, b"no such door"
        try:
            given: dict[str, str] = json.loads(data)
            wanted = {name[11:]: level for name, level in given.items() if name.startswith("permission-") and level}
            app = known(self._app, given)
            token = self._mint(granted(app, wanted), f"{app.slug}[bot]")
        except PermissionError as error:
            return 403, str(error).encode()
        door.issued.append(token)
        return 200, json.dumps({"token": token, "slug": app.slug}).encode()


def known(app: App | None, given: Mapping[str, str]) -> App:
    """Give the App that a job's action has shown the key of."""
    if app is None:
        raise PermissionError("no App is installed")
    if not (given.get("client-id") or given.get("app-id")):
        raise PermissionError("client-id is missing")
    if not given.get("private-key"):
        raise PermissionError("private-key is missing")
    if app.private_key and given["private-key"] != app.private_key:
        raise PermissionError("private-key is not the App's")
    return app


def granted(app: App, wanted: Mapping[str, str]) -> dict[str, str]:
    """Give the rights asked for, or all the App has; more than those is refused."""
    asked = {name.replace("-", "_"): level for name, level in (wanted or app.permissions).items()}
    held = {name.replace("-", "_"): level for name, level in app.permissions.items()}
    for name, level in asked.items():
        if level not in _LEVELS or _LEVELS.index(level) > _LEVELS.index(held.get(name, "")):
            raise PermissionError(f"the App was not granted {name}: {level}")
    return asked
