"""The relay's settings: a TOML file, with secrets from files of their own or the environment; checked all at once."""

import os
import re
import secrets
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

_REPOSITORY = re.compile(r"[A-Za-z0-9._-]+/[A-Za-z0-9._-]+")
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
SECRET, BOOK = "secret", "relay.sqlite"
SECRET_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing to mend in the settings; `mild` when the relay can run nevertheless."""

    key: str
    params: Mapping[str, object]
    mild: bool = False


# Every key there is: its type and what it is when left out (None: it must be given).
_KEYS: dict[str, tuple[type, Any]] = {
    "data": (str, None),
    "host": (str, "127.0.0.1"),
    "port": (int, 8080),
    "address": (str, None),
    "root": (str, None),
    "refresh": (int, 300),
    "proxies": (int, 0),
    "github.repository": (str, None),
    "github.api": (str, "https://api.github.com"),
    "github.client_id": (str, ""),
    "github.installation": (int, 0),
    "github.private_key": (str, ""),
    "github.per_minute": (int, 30),
    "github.per_hour": (int, 300),
    "github.poll": (int, 120),
    "limits.per_address": (int, 60),
    "limits.per_hour": (int, 600),
    "limits.per_day": (int, 3000),
    "limits.connections": (int, 512),
    "limits.photo": (int, 8 * 1024 * 1024),
    "limits.sheet": (int, 5 * 1024 * 1024),
    "limits.memory": (int, 128 * 1024 * 1024),
    "limits.book_pages": (int, 0),
    "proof.cost": (int, 5000),
}
_NO_BOUND = ("refresh", "proxies", "port", "github.installation", "limits.book_pages")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings by dotted key, and the secrets that came another way."""

    values: Mapping[str, Any]
    token: str = ""
    metrics_token: str = ""

    def __getitem__(self, key: str) -> Any:
        return self.values[key]

    @property
    def data(self) -> Path:
        return Path(self["data"])

    @property
    def root(self) -> Path:
        return Path(self["root"])

    @property
    def origin(self) -> str:
        """The origin pages come from, as a browser names it."""
        return str(self["address"]).rstrip("/")

    @property
    def secure(self) -> bool:
        return self.origin.startswith("https://")


def read(path: Path, environment: Mapping[str, str]) -> tuple[Settings, list[Fault]]:
    """Read a settings file; with faults the settings are not to be used."""
    try:
        given = dict(_flat(tomllib.loads(path.read_text(encoding="utf-8"))))
    except (OSError, ValueError) as error:
        return Settings({}), [Fault(key="unreadable", params={"path": path, "why": error})]
    faults = [Fault(key="unknown", params={"key": key}) for key in given if key not in _KEYS]
    values: dict[str, Any] = {}
    for key, (kind, default) in _KEYS.items():
        value = given.get(key, default)
        least = 0 if key in _NO_BOUND else 1
        if value is None:
            faults.append(Fault(key="missing", params={"key": key}))
        elif type(value) is not kind or (isinstance(value, int) and value < least):
            faults.append(Fault(key="wrong", params={"key": key, "wanted": kind.__name__}))
        else:
            values[key] = value
    settings = Settings(
        values, token=environment.get("GITHUB_TOKEN", ""), metrics_token=environment.get("RELAY_METRICS_TOKEN", "")
    )
    return settings, faults or [*_addresses(settings), *_key(settings), *_folders(settings)]


def private_key(settings: Settings) -> str:
    """Read the App's private key; empty where none is named."""
    path = settings["github.private_key"]
    return Path(path).read_text(encoding="ascii") if path else ""


def secret_of(data: Path) -> bytes:
    """Read the relay's secret, or draw it at the first start."""
    path = data / SECRET
    if not path.is_file():
        drawn = data / f"{SECRET}.new"
        with os.fdopen(os.open(drawn, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
            file.write(secrets.token_bytes(SECRET_BYTES))
            file.flush()
            os.fsync(file.fileno())
        drawn.rename(path)
    return path.read_bytes()


def _flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield before + key, value


def _addresses(settings: Settings) -> Iterator[Fault]:
    parts = urlsplit(settings["address"])
    local = parts.scheme == "http" and parts.hostname in _LOOPBACK
    bare = (parts.path, parts.query, parts.fragment) == ("/", "", "") and "@" not in parts.netloc
    if not (parts.hostname and bare and (parts.scheme == "https" or local)):
        yield Fault(key="address", params={"value": settings["address"]})
    api = urlsplit(settings["github.api"])
    if api.scheme not in ("http", "https") or not api.hostname:
        yield Fault(key="api", params={"value": settings["github.api"]})
    if not _REPOSITORY.fullmatch(settings["github.repository"]):
        yield Fault(key="repository", params={"value": settings["github.repository"]})


def _key(settings: Settings) -> Iterator[Fault]:
    named = settings["github.client_id"], settings["github.installation"], settings["github.private_key"]
    if not all(named):
        if any(named) or not settings.token:
            yield Fault(key="no_key", params={})
        return
    path = Path(settings["github.private_key"])
    try:
        if "PRIVATE KEY-----" not in private_key(settings):
            yield Fault(key="key_file", params={"path": path})
        elif path.stat().st_mode & 0o077:
            yield Fault(key="key_open", params={"path": path}, mild=bool(path.stat().st_mode & 0o077 == 0o040))
    except (OSError, ValueError):
        yield Fault(key="key_file", params={"path": path})


def _folders(settings: Settings) -> Iterator[Fault]:
    data = settings.data
    if not (data.is_dir() and os.access(data, os.W_OK | os.X_OK)):
        yield Fault(key="data", params={"path": data})
    else:
        secret, book = data / SECRET, data / BOOK
        broken = secret.is_file() and secret.stat().st_size != SECRET_BYTES
        if broken or (book.is_file() and not secret.is_file()):
            yield Fault(key="secret", params={"path": data})
    if not (settings.root / "schemas" / "idea.schema.json").is_file() or not (settings.root / ".git").exists():
        yield Fault(key="root", params={"path": settings.root})
