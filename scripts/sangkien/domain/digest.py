"""Digests over what was scored and what was concluded: SHA-256 of RFC 8785 canonical JSON (contract §2)."""

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson

from sangkien.domain.text import canonical

SCORED_FIELDS = (
    "code",
    "kind",
    "title",
    "content",
    "field",
    "summary",
    "before",
    "after",
    "how_to",
    "statements",
    "cost",
    "applied",
)


# With keys in ASCII and whole numbers below 2^53, which these records have, it writes the very same bytes.
_AS_RFC8785 = orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER


def scored_digest(idea: Mapping[str, Any]) -> str:
    """Digest the fields of an idea that a council scores."""
    return _digest({field: idea[field] for field in SCORED_FIELDS if field in idea})


def record_digest(record: Mapping[str, Any]) -> str:
    """Digest a record without its own `digest`."""
    return _digest({key: value for key, value in record.items() if key != "digest"})


def _digest(value: Mapping[str, Any]) -> str:
    return hashlib.sha256(orjson.dumps(_canonical(value), option=_AS_RFC8785)).hexdigest()


def _canonical(value: Any) -> Any:
    """Bring texts to NFC, LF, trimmed; leave absent values out. Raises TypeError on a float."""
    kind = type(value)  # two of them by name: a look at all a mapping may be takes ten times as long
    if kind is str:
        return canonical(value)
    if kind is dict or isinstance(value, Mapping):
        return {canonical(key): _canonical(inner) for key, inner in value.items() if inner is not None}
    if kind is list or isinstance(value, tuple):
        return [_canonical(inner) for inner in value]
    if kind is float:
        raise TypeError("a digested record holds no floats: write decimals as strings")
    return value
