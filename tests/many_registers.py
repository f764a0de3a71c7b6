"""Three small invented registers for the tests of a hub: two whole, the third told in parts."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hub import provinces, published, register

from sangkien.adapters.pool import Pool
from sangkien.adapters.published import documents
from sangkien.domain.hub import Hub
from sangkien.workflow.base import Base
from sangkien.workflow.hub import House, read

IDEAS = 6
_SHELL = '<html><meta name="sk-head"><meta name="sk-robots"><div id="sk-banner"></div><main><div id="sk-body"></div>'
_WRITTEN = '<meta name="sk-robots"><div id="sk-banner"></div>'
BASE = Base(
    site_name="Gom",
    site_url="https://gom.example/",
    shells={f"{section} {depth}": _SHELL for section in ("", "noi/") for depth in (1, 2, 3, 4)},
    written={
        "index.html": _WRITTEN
        + "".join(f'<div id="sk-{mark}"></div>' for mark in ("newest", "figures", "places", "years")),
        "tim-kiem/index.html": f'{_WRITTEN}<div id="sk-search"></div>',
    },
    sources={},
)
HOUSE = House(base=BASE, movement=None, lists=None)


class Memory:
    """A site that is written to memory."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    @contextmanager
    def of(self, job: int) -> Iterator["Memory"]:
        del job
        yield self

    def put(self, path: str, data: bytes) -> None:
        assert path not in self.files, f"written twice: {path}"
        self.files[path] = data


class NoPress:
    """A press that prints nothing."""

    def print(self, sheets: Any) -> Iterator[tuple[str, bytes]]:
        return ((path, b"") for path, _ in sheets)


def registers() -> list[dict[str, Any]]:
    """Invent them."""
    return [register(number, name, IDEAS) for number, name in enumerate(provinces(3))]


def write(out: Path, told: list[dict[str, Any]]) -> list[str]:
    """Write them down as sites publish them."""
    files = []
    for number, one in enumerate(told, 1):
        folder = out / f"tinh-{number}"
        folder.mkdir(parents=True)
        for path, data in published(one, whole=3 if number == 3 else 5000):
            (folder / path).write_bytes(data)
        files.append(str(folder / "register.json"))
    return files


def read_all(files: list[str], *, processes: int = 1, without_samples: bool = False) -> Hub:
    """Read them as the command does."""
    return read(files, lambda file: documents(Path(file)), Pool(processes), without_samples=without_samples)


def told_of(hub: Hub) -> str:
    """Tell all findings as a program would."""
    return json.dumps([(f.code.value, f.where.file, f.where.pointer, dict(f.params)) for f in hub.findings])
