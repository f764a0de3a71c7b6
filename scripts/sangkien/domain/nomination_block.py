"""The block in which one desk tells another of an idea it nominates: ids and digests, no name of anybody."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt

from sangkien.domain import idea_code
from sangkien.domain.digest import record_digest, scored_digest
from sangkien.domain.finding import Code, Finding, Location

INFO = "de-nghi"
CODE, RECORD, COUNCIL, NUMBER = "ma-so", "ho-so", "hoi-dong", "lan-xet"
SCORED, CONCLUDED = "dau-noi-dung", "dau-ket-luan"
_ID, _DIGEST = r"[a-z0-9]+(?:-[a-z0-9]+)*", r"[0-9a-f]{64}"
_DAY = r"\d{4}-\d\d-\d\d"
_SHAPES = {
    CODE: r"\d{4}-\w{4}-\w{4}",
    RECORD: _ID,
    "don-vi": _ID,
    "gui-toi": _ID,
    COUNCIL: _ID,
    NUMBER: r"[1-9]\d?",
    "ngay-ket-luan": _DAY,
    SCORED: _DIGEST,
    CONCLUDED: _DIGEST,
}
_OPTIONAL = {"quyet-dinh": _ID, "kho": r"[\w.-]+/[\w.-]+", "trang": r"https?://[\w./:-]+"}
_MARKDOWN = MarkdownIt("commonmark")
_MOST = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a letter's block says; None with the findings when it cannot be read."""

    values: Mapping[str, str] | None
    findings: tuple[Finding, ...] = ()


def of(nomination: Mapping[str, Any], conclusion: Mapping[str, Any], **optional: str) -> dict[str, str]:
    """Say what a block holds; `optional` names decision, repository and page where they may be told."""
    told = {
        CODE: conclusion["code"],
        RECORD: nomination["id"],
        "don-vi": nomination["from_unit"],
        "gui-toi": nomination["to_unit"],
        COUNCIL: conclusion["council"],
        NUMBER: str(conclusion["number"]),
        "ngay-ket-luan": conclusion["concluded_on"],
        SCORED: conclusion["scored_digest"],
        CONCLUDED: conclusion["digest"],
    }
    return told | {key.replace("_", "-"): value for key, value in optional.items() if value}


def write(values: Mapping[str, str]) -> str:
    """Write a block."""
    return "\n".join([f"```{INFO}", *(f"{key}: {value}" for key, value in values.items()), "```"])


def read(body: str) -> Reading:
    """Read the one block of a letter; one inside a quote or a list is none."""
    tokens = _MARKDOWN.parse(body[:_MOST].removeprefix("\ufeff"))
    blocks = [t for t in tokens if t.type == "fence" and t.level == 0 and t.info.strip() == INFO]
    if len(blocks) != 1 or not blocks[0].map:
        return _unread(1)
    first = blocks[0].map[0] + 1
    values: dict[str, str] = {}
    shapes = _SHAPES | _OPTIONAL
    for place, line in enumerate(blocks[0].content.splitlines(), first + 1):
        key, _, value = (part.strip() for part in line.partition(":"))
        if key not in shapes or key in values or not re.fullmatch(shapes[key], value, re.ASCII):
            return _unread(place)
        values[key] = value
    if _SHAPES.keys() - values.keys() or idea_code.read(values[CODE]) != values[CODE]:
        return _unread(first)
    return Reading(values=values)


def _unread(line: int) -> Reading:
    where = Location(line=line, column=1)
    return Reading(values=None, findings=(Finding(code=Code.NOMINATION_BLOCK, where=where),))


def against_records(
    values: Mapping[str, str], idea: Mapping[str, Any] | None, conclusion: Mapping[str, Any] | None
) -> Iterator[Finding]:
    """Compare a block with the records sent along; every digest is computed anew, none is believed."""
    counted = {
        CODE: idea["code"] if idea else "",
        SCORED: scored_digest(idea) if idea else "",
        CONCLUDED: record_digest(conclusion) if conclusion else "",
    }
    yield from _differences(values, counted, "idea.yml")
    if idea and conclusion:
        scored = {SCORED: str(conclusion.get("scored_digest")), CODE: str(conclusion.get("code"))}
        yield from _differences(values, scored, f"conclusions/{values[COUNCIL]}-{values[NUMBER]}.yml")


def against_register(values: Mapping[str, str], register: Iterable[Any]) -> Iterator[Finding]:
    """Compare a block with a published register.json and its parts."""
    told = [
        conclusion
        for part in register
        for idea in _dicts(part, "ideas")
        if idea.get("code") == values[CODE] and not idea.get("revoked")
        for conclusion in _dicts(idea, "conclusions")
        if (conclusion.get("council"), str(conclusion.get("number"))) == (values[COUNCIL], values[NUMBER])
    ]
    counted = {CONCLUDED: str(told[0].get("digest")) if told else ""}
    yield from _differences(values, counted, "register.json")


def _dicts(value: Any, key: str) -> list[dict[str, Any]]:
    listed = value.get(key) if isinstance(value, dict) else None
    return [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []


def _differences(values: Mapping[str, str], counted: Mapping[str, str], file: str) -> Iterator[Finding]:
    for key, value in counted.items():
        if values[key] != value:
            params = {"key": key, "file": file, "stored": values[key][:16], "counted": value[:16] or "…"}
            yield Finding(code=Code.NOMINATION_DIFFERS, where=Location(file=file), params=params)
