"""What the registers hold that concerns somebody: every record that names them by id, less what it says of others."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

_PERSON = re.compile(r"p-[0-9a-z]{8}")
_ACCOUNT = "github_id"  # stands beside the person of a seat


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One record that names a person by id."""

    kind: str
    path: str
    record: Any


def concerns(value: Any, people: Collection[str]) -> bool:
    """Tell whether a record, or any part of one, names one of these people."""
    if isinstance(value, dict):
        return any(concerns(inner, people) for inner in value.values())
    if isinstance(value, list):
        return any(concerns(item, people) for item in value)
    return isinstance(value, str) and value in people


def excerpt(value: Any, people: Collection[str]) -> Any:
    """Give a record without what it says of others: other authors, other seats and accounts, other people's ids."""
    if isinstance(value, dict):
        own = value.get("person") in people
        return {
            key: excerpt(inner, people)
            for key, inner in value.items()
            if not _is_anothers(inner, people) and (own or key != _ACCOUNT)
        }
    if isinstance(value, list) and any(map(_names_anyone, value)):
        return [excerpt(item, people) for item in value if concerns(item, people)]
    return value


def _is_anothers(value: Any, people: Collection[str]) -> bool:
    return isinstance(value, str) and value not in people and _PERSON.fullmatch(value) is not None


def _names_anyone(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_names_anyone, value.values()))
    if isinstance(value, list):
        return any(map(_names_anyone, value))
    return isinstance(value, str) and _PERSON.fullmatch(value) is not None
