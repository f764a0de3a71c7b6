"""The inverse of `notation.write`: a text in exactly the form we write is read line by line, anything else is not.

Nearly every record stands in that form, and the YAML library takes five times as long over it. Whatever is read here
the library reads to the same record; where there is the least doubt the text is left to it.
"""

import re
from functools import lru_cache
from typing import Any, Final

MAX_DEPTH = 12

_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_WORDS: Final[dict[str, object]] = {"~": None, "null": None, "true": True, "false": False}
# Indent, dashes, key; then a quoted text, the head of a block, an empty list or mapping, or a plain text in one line.
_LINE = re.compile(
    r"( *)((?:- )*)(?:([a-z0-9_-]+):(?: (?=\S)|$))?"
    r"(?:'((?:[^']|'')*)'|(\|-?)|(\[\]|\{\})"
    r"|((?:[^\s\-?:,\[\]{}#&*!|>'\"%@`=<]|-(?=[0-9]))(?:[^:#]|:(?=\S)|(?<=\S)#)*(?<=[^\s:]))|)"
)
_UNSURE = re.compile("[\t\ufffe\uffff]")
_UNSURE = re.compile("[\t\ufffe\uffff]")
_VALUE, _BLOCK, _EMPTY, _BELOW = range(4)


class NotCanonical(Exception):  # noqa: N818  # no error: the other reader's turn
    """The text is not in the form we write."""


def read(text: str) -> Any:
    """Read a record; raises NotCanonical where the text was written in any other way."""
    if not text.endswith("\n") or _UNSURE.search(text):
        raise NotCanonical
    return _record(text.split("\n")[:-1])


def _record(lines: list[str]) -> Any:  # noqa: C901, PLR0912, PLR0915  # in pieces it takes twice as long, for every line there is
    """Build values by the indents of lines; a container and a key in it wait for the value to come."""
    root: list[Any] = []
    waiting: Any = root
    key: str | None = None  # None where a list waits
    indent = 0  # of what is waited for, below zero when nothing is
    open_: list[tuple[int, Any]] = []  # indent and container
    number, count = 0, len(lines)
    while number < count:
        column, dashes, name, kind, value = _line(lines[number])
        number += 1
        if indent < 0:
            while open_[-1][0] > column:
                open_.pop()
                if not open_:
                    raise NotCanonical
            if open_[-1][0] != column:
                raise NotCanonical
        elif column != indent:
            raise NotCanonical
        for _ in range(dashes):
            if indent < 0:
                waiting = open_[-1][1]
                if type(waiting) is not list:
                    raise NotCanonical
            else:
                waiting = _put(waiting, key, [])
                open_.append((column, waiting))
            key, indent = None, 0
            column += 2
        if name is not None:
            if indent < 0:
                waiting = open_[-1][1]
                if type(waiting) is not dict or name in waiting:
                    raise NotCanonical
            else:
                waiting = _put(waiting, key, {})
                open_.append((column, waiting))
            key = name
        elif not dashes:
            raise NotCanonical
        if len(open_) >= MAX_DEPTH:
            raise NotCanonical
        if kind == _BELOW:
            if name is None:
                raise NotCanonical
            waiting[name] = None  # keeps its place among the keys
            indent = column + 2
            continue
        if kind == _BLOCK:
            number, value = _block(lines, number, column + 2, value)
        elif kind == _EMPTY:
            value = [] if value == "[]" else {}
        if key is None:
            waiting.append(value)
        else:
            waiting[key] = value
        indent = -1
    if indent >= 0:
        raise NotCanonical
    return root[0]


@lru_cache(maxsize=1 << 14)  # most lines of conclusions are like others
def _line(line: str) -> tuple[int, int, str | None, int, Any]:
    """Take a line apart: its indent, its dashes, its key, and what it says of the value."""
    found = _LINE.fullmatch(line)
    if found is None:
        raise NotCanonical
    spaces, dashes, key, text, block, empty, plain = found.groups()
    value: Any = plain
    kind = _VALUE
    if plain:
        if plain in _WORDS:
            value = _WORDS[plain]
        elif _WHOLE.fullmatch(plain):
            value = int(plain)
    elif text is not None:
        value = text.replace("''", "'")
    elif block:
        kind, value = _BLOCK, block
    elif empty:
        kind, value = _EMPTY, empty
    else:
        kind = _BELOW
    return len(spaces), len(dashes) // 2, key, kind, value


def _block(lines: list[str], first: int, indent: int, head: str) -> tuple[int, str]:
    """Read a literal block; gives the number of the line after it, and its text."""
    margin, told, number = " " * indent, [], first
    while number < len(lines) and (not lines[number] or lines[number].startswith(margin)):
        told.append(lines[number][indent:])
        number += 1
    while told and not told[-1]:
        told.pop()
    # A first line that is empty, or deeper than the rest may be, needs more than our form.
    if not told or not told[0] or told[0][0].isspace() or any(piece.isspace() for piece in told):
        raise NotCanonical
    return number, "\n".join(told) + ("" if head == "|-" else "\n")


def _put(container: Any, key: str | None, value: Any) -> Any:
    if key is None:
        container.append(value)
    else:
        container[key] = value
    return value
