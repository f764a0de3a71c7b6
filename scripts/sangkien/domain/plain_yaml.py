"""Writes what is plain in a record line by line; a scalar with the least doubt about it is left to the YAML library.

Most of what a record holds is plain, and the library's emitter takes five times as long over it.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

# Starts with a letter, holds nothing that means anything to YAML, does not end in a blank.
_PLAIN = re.compile(r"[^\W\d_](?:[\w ,.()/%+“”…–’-]*[\w.)%”…’])?")
_KEY = re.compile(r"[a-z][a-z0-9_-]{0,99}")
# Words the library would read as something else than text.
_WORDS = frozenset(("y", "n", "yes", "no", "true", "false", "on", "off", "null"))

# Breaks of another kind, or a blank line at the end, behind which a document may have to be closed.
_RARE_BREAKS = re.compile(r"[\x85\u2028\u2029]|(?:\A|\n)\n\Z")

Scalar = Callable[[Any], list[str]]  # the lines of a scalar as they stand behind a key in the first column


class UnsureError(Exception):
    """A key is no plain word, or a text breaks its lines in a way that only the library knows how to indent."""


def write(record: dict[str, Any], scalar: Scalar) -> str:
    """Write a record as the library would, asked only for the scalars that are not plain; raises UnsureError."""
    return "".join(f"{line}\n" for line in _mapping(record, "", scalar))


def _mapping(record: dict[str, Any], indent: str, scalar: Scalar) -> Iterator[str]:
    for key, value in record.items():
        if not _KEY.fullmatch(key) or key in _WORDS:
            raise UnsureError
        yield from _placed(f"{indent}{key}:", value, indent, scalar)


def _list(values: list[Any], indent: str, scalar: Scalar) -> Iterator[str]:
    inner = f"{indent}  "
    for value in values:
        if value and isinstance(value, (dict, list)):
            below = _mapping(value, inner, scalar) if isinstance(value, dict) else _list(value, inner, scalar)
            first, *rest = below
            yield f"{indent}- {first[len(inner) :]}"
            yield from rest
        else:
            yield from _placed(f"{indent}-", value, indent, scalar)


def _placed(head: str, value: Any, indent: str, scalar: Scalar) -> Iterator[str]:
    """Write a value behind its key or its dash."""
    if value and isinstance(value, dict):
        yield head
        yield from _mapping(value, f"{indent}  ", scalar)
    elif value and isinstance(value, list):
        yield head
        yield from _list(value, f"{indent}  ", scalar)
    else:
        first, *rest = _scalar(value, scalar)
        yield f"{head} {first}"
        yield from (f"{indent}{line}" if line else "" for line in rest)


def _scalar(value: Any, scalar: Scalar) -> list[str]:
    kind = type(value)
    if kind is str and _PLAIN.fullmatch(value) and value.lower() not in _WORDS:
        return [value]
    if kind is int:
        return [str(value)]
    if kind is bool:
        return ["true" if value else "false"]
    if kind is str and _RARE_BREAKS.search(value):
        raise UnsureError
    return scalar(value)
