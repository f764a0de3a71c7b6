"""What the registers hold that concerns somebody, found by the references schemas declare."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sangkien.domain.rules.references import follow, ways
from sangkien.domain.schema import SchemaSet


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One record that names a person by id."""

    kind: str
    path: str
    record: Any


def concerns(schemas: SchemaSet, kind: str, record: Any, people: Collection[str]) -> bool:
    """Tell whether a record is one of these people's own, or names one of them."""
    if kind == "person":
        return record.get("id") in people
    found = (key for way, target in ways(schemas, kind) if target == "person" for _, key in follow(record, way))
    return any(key in people for key in found)


def excerpt(schemas: SchemaSet, kind: str, record: Any, people: Collection[str]) -> Any:
    """Give a record without what its lists say of others: other authors, other seats, other people's requests."""
    tails = [way for way, target in ways(schemas, kind) if target == "person"]
    return _without_others(record, tails, people)


def _without_others(value: Any, tails: Sequence[tuple[str, ...]], people: Collection[str]) -> Any:
    if isinstance(value, dict):
        inner = {key: [tail[1:] for tail in tails if tail and tail[0] == key] for key in value}
        return {key: _without_others(part, inner[key], people) if inner[key] else part for key, part in value.items()}
    if isinstance(value, list):
        inner_tails = [tail[1:] for tail in tails if tail and tail[0] == "*"]
        return [
            _without_others(item, inner_tails, people)
            for item in value
            if any(key in people for tail in inner_tails for _, key in follow(item, tail))
        ]
    return value
