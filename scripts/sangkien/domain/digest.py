"""Digests over what was scored and what was concluded: SHA-256 of RFC 8785 canonical JSON (contract §2)."""

import hashlib
import re
import unicodedata
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


# In compact JSON: white space at an end of a string, a line end other than LF, an absent value, a float.
_LOOSE = re.compile(
    r'"\s|\s"|"\\(?!["\\])|\\(?:[bfnrt]|u[0-9a-f]{4})"|\\r|[:,\[](?:null|-?\d+[.eE])',
)


def _digest(value: Mapping[str, Any]) -> str:
    return hashlib.sha256(_written(value).encode()).hexdigest()


def _written(value: Mapping[str, Any]) -> str:
    """Write canonical JSON; a record that is canonical already, as most are, need not be walked through."""
    try:
        text = orjson.dumps(value, option=_AS_RFC8785).decode()
    except TypeError:
        text = ""
    if text and not _LOOSE.search(text) and unicodedata.is_normalized("NFC", text):
        return text
    return orjson.dumps(_canonical(value), option=_AS_RFC8785).decode()


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
