"""The relay's pages for a clerk, who brings whole sheets: plain pages that need no script."""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from sangkien.domain.finding import Code, Finding
from sangkien.domain.sheet_row import SheetRow
from sangkien.render.clerk_sheets import cell_of, sheet_of
from sangkien.render.messages import message
from sangkien.render.relay import Scene, write

_MOST = 300  # lines of one list: the marked copy has them all
_SHEETS = ("relay.css", "clerk.css")


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What a clerk's page shows whatever was brought; `token` is what each of its forms must show."""

    token: str
    unit: str
    today: str
    rounds: Sequence[tuple[str, str]]
    megabytes: int
    most_rows: int
    minutes: int
    most: int = _MOST


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A sheet that was looked through: `sent` are the codes of its rows that were handed in, `known` is a count."""

    id: str
    read: int
    findings: Sequence[Finding]
    rows: Sequence[SheetRow]
    sent: Collection[str]
    known: int
    marked: bool


@cache
def words() -> dict[str, Any]:
    """Read the words, which stand beside this module."""
    return tomllib.loads(resources.files(__package__).joinpath("relay_clerk_vi.toml").read_text(encoding="utf-8"))


def sentence(key: str, **params: object) -> str:
    """Say what came of something a clerk did."""
    said = words()["said"]
    return str(said.get(key, said["broken"])).format(**params)


def enter_page(scene: Scene, told: str = "") -> str:
    """Write the page on which a clerk signs in."""
    return write(scene, "clerk_enter.html.j2", section="clerk", own=words(), told=told, sheets=_SHEETS, scripts=())


def desk_page(scene: Scene, desk: Desk, brought: Brought | None, told: str = "") -> str:
    """Write the page of a clerk who is signed in."""
    return write(
        scene,
        "clerk_desk.html.j2",
        section="clerk",
        own=words(),
        desk=desk,
        result=_result(brought) if brought else None,
        told=told,
        sheets=_SHEETS,
        scripts=(),
    )


def _result(brought: Brought) -> Mapping[str, Any]:
    dropped = [finding for finding in brought.findings if finding.code is Code.COLUMN_DROPPED]
    errors = [finding for finding in brought.findings if finding.severity == "error"]
    hints = [finding for finding in brought.findings if finding.severity == "hint" and finding not in dropped]
    sent = sum(row.code in brought.sent for row in brought.rows)
    counted = {"read": brought.read, "sound": len(brought.rows), "errors": len(errors), "hints": len(hints)}
    return {
        "id": brought.id,
        "count": words()["result"]["count"].format(**counted),
        "known": brought.known,
        "sent": sent,
        "left": len(brought.rows) - sent,
        "blocked": bool(errors) and not brought.rows,
        "marked": brought.marked,
        "errors": [_told(finding) for finding in errors],
        "hints": [_told(finding) for finding in hints],
        "dropped": [_told(finding) for finding in dropped],
        "rows": [
            {"line": row.line, "code": row.code, "title": row.slip["title"], "sent": row.code in brought.sent}
            for row in brought.rows
        ],
    }


def _told(finding: Finding) -> Mapping[str, str]:
    said, sheet, cell = message(finding), sheet_of(finding), cell_of(finding)
    where = f"{sheet} · {cell}" if sheet and cell else cell or sheet or words()["result"]["whole"]
    return {"cell": where, "sentence": said.sentence, "cure": said.cure}
