"""The public register as data: what readers recount from, and what `sangkien verify --against` later compares with."""

from collections.abc import Iterator
from typing import Any, Literal

from sangkien.domain import idea_code
from sangkien.domain.disclosure import depth, disclosed, is_open
from sangkien.domain.publicness import Recognition
from sangkien.domain.register import Register
from sangkien.domain.views import Idea
from sangkien.render.compact_json import compact

ADDRESS = "du-lieu/register.json"
SCHEMA = "register.schema.json"  # stands beside it, written by hand
SHARDS = "du-lieu/kiem-dem/"


def register_json(register: Register) -> bytes:
    """Write every public idea with its recognitions and their counts, by code, one idea a line."""
    return _written(register, _public(register), whole=False)


def years(register: Register) -> Iterator[tuple[str, bytes]]:
    """Write the same for each year of recognition."""
    shelves: dict[str, list[Idea]] = {}
    for idea in _public(register):
        shelves.setdefault((idea.recognitions or idea.revoked)[0].on[:4], []).append(idea)
    for year, ideas in sorted(shelves.items()):
        yield year_address(year), _written(register, ideas, whole=False)


def year_address(year: str) -> str:
    """Give the address of a year's part."""
    return f"du-lieu/{year}.json"


def shards(register: Register) -> Iterator[tuple[str, bytes]]:
    """Write the same in small files, one for each first two symbols: a reader recounts one idea from one of them.

    Where everything is public anyway, whole conclusions stand in them, so that their digests can be computed.
    """
    shelves: dict[str, list[Idea]] = {}
    for idea in _public(register):
        shelves.setdefault(idea_code.compact(idea.code)[:2], []).append(idea)
    for symbols, ideas in sorted(shelves.items()):
        yield f"{SHARDS}{symbols}.json", _written(register, ideas, whole=is_open(register.movement), up="../")


def _public(register: Register) -> list[Idea]:
    return sorted((*register.ideas, *register.notices), key=lambda idea: idea.code)


def _written(register: Register, ideas: list[Idea], *, whole: bool, up: str = "") -> bytes:
    """Put the rubrics and councils that ideas were judged by before the ideas themselves."""
    judged = [recognition.conclusion for idea in ideas for recognition in idea.recognitions]
    councils = sorted({c["council"] for c in judged} & set(register.councils))
    rubrics = sorted({c["rubric"] for c in judged} & set(register.rubrics))
    head = {
        "$schema": up + SCHEMA,
        "version": 1,
        "topology": "open" if is_open(register.movement) else "closed",
        "councils": {key: register.councils[key]["name"] for key in councils},
        "rubrics": {key: register.rubrics[key] for key in rubrics},
    }
    lines = (compact(_idea(idea, register, whole=whole)) for idea in ideas)
    return b"".join((compact(head)[:-1], b',"ideas":[\n', b",\n".join(lines), b"\n]}\n"))


def _idea(idea: Idea, register: Register, *, whole: bool = False) -> dict[str, Any]:
    record = idea.record
    told: dict[str, Any] = {key: record[key] for key in _TOLD}
    if "sample" in record:
        told["sample"] = True
    standing = [
        _conclusion(recognition) | _count(recognition, register, whole=whole) for recognition in idea.recognitions
    ]
    return told | {
        "applied": idea.applied,
        "places": len(idea.applications),
        "address": idea.address,
        "revoked": not idea.stands,
        "conclusions": [*standing, *(_conclusion(recognition) for recognition in idea.revoked)],
    }


_TOLD: tuple[Literal["code", "kind", "title", "content", "field", "unit", "submitted_on"], ...] = (
    "code", "kind", "title", "content", "field", "unit", "submitted_on",
)  # fmt: skip


def _conclusion(recognition: Recognition) -> dict[str, Any]:
    conclusion = recognition.conclusion
    told: dict[str, Any] = {"council": conclusion["council"], "number": conclusion["number"]}
    if recognition.decision:
        told["decision"] = recognition.decision["id"]
    if "rating" in conclusion:
        told["rating"] = conclusion["rating"]
    return told | {"recognised_on": recognition.on, "digest": conclusion["digest"]}


def _count(recognition: Recognition, register: Register, *, whole: bool) -> dict[str, Any]:
    conclusion = recognition.conclusion
    if whole:
        return {"record": conclusion}
    round_ = register.rounds.get(conclusion["round"])
    return disclosed(conclusion, depth(register.movement, round_.record if round_ else None))
