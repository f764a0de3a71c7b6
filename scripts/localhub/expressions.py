"""GitHub's expressions, as far as a concurrency group needs them: paths, operators and a few functions of text."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

_TOKEN = re.compile(r"\s*('(?:[^']|'')*'|-?\d+(?:\.\d+)?|[A-Za-z_][\w-]*|\|\||&&|==|!=|[!()\[\].,])")
_FILLED = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)
_WORDS = {"true": True, "false": False, "null": None}


def fill(template: str, context: Mapping[str, Any]) -> str:
    """Replace every `${{ … }}` in a text by what it comes to."""
    return _FILLED.sub(lambda match: text(evaluate(match[1], context)), template)


def evaluate(expression: str, context: Mapping[str, Any]) -> Any:
    """Work out one expression; what is unknown is null, what cannot be read is a ValueError."""
    reader = _Reader(list(_tokens(expression)), context)
    value = reader.either()
    if reader.left:
        raise ValueError(f"cannot read the expression {expression!r}")
    return value


def text(value: Any) -> str:
    """Write a value as GitHub does within a text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "Object" if isinstance(value, Mapping) else "Array" if isinstance(value, list) else str(value)


def _tokens(expression: str) -> Iterator[str]:
    at, rest = 0, expression.rstrip()
    while at < len(rest):
        found = _TOKEN.match(rest, at)
        if found is None:
            raise ValueError(f"cannot read the expression {expression!r}")
        yield found[1]
        at = found.end()


class _Reader:
    """Reads tokens from the left, one method for each rank of operators."""

    def __init__(self, left: list[str], context: Mapping[str, Any]) -> None:
        self.left, self.context = left, context

    def either(self) -> Any:
        value = self._both()
        while self._skip("||"):
            other = self._both()
            value = value or other
        return value

    def _both(self) -> Any:
        value = self._equal()
        while self._skip("&&"):
            other = self._equal()
            value = other if value else value
        return value

    def _equal(self) -> Any:
        value = self._single()
        while self.left and self.left[0] in ("==", "!="):
            wanted = self.left.pop(0) == "=="
            value = _same(value, self._single()) is wanted
        return value

    def _single(self) -> Any:
        if self._skip("!"):
            return not self._single()
        if self._skip("("):
            value = self.either()
            self._need(")")
            return value
        word = self.left.pop(0) if self.left else ""
        if word.startswith("'"):
            return word[1:-1].replace("''", "'")
        if re.fullmatch(r"-?\d+(\.\d+)?", word):
            return float(word)
        if not re.match(r"[A-Za-z_]", word):
            raise ValueError(f"{word!r} is not expected in an expression")
        if word in _WORDS:
            return _WORDS[word]
        return self._call(word) if self._skip("(") else self._path(word)

    def _path(self, word: str) -> Any:
        value = self.context.get(word)
        while self.left and self.left[0] in (".", "["):
            key = text(self._bracket()) if self.left.pop(0) == "[" else self.left.pop(0)
            value = value.get(key) if isinstance(value, Mapping) else None
        return value

    def _bracket(self) -> Any:
        value = self.either()
        self._need("]")
        return value

    def _call(self, name: str) -> Any:
        given = []
        while not self._skip(")"):
            given.append(self.either())
            if not self._skip(","):
                self._need(")")
                break
        if name not in _FUNCTIONS:
            raise ValueError(f"{name}() is not understood here")
        return _FUNCTIONS[name](given)

    def _skip(self, token: str) -> bool:
        if self.left and self.left[0] == token:
            del self.left[0]
            return True
        return False

    def _need(self, token: str) -> None:
        if not self._skip(token):
            raise ValueError(f"{token!r} is missing in an expression")


def _same(one: Any, other: Any) -> bool:
    """Compare as GitHub does: text without regard to case, null like empty text, numbers like what they look like."""
    return text(one).lower() == text(other).lower()


def _contains(given: Sequence[Any]) -> bool:
    where, what = given
    if isinstance(where, list):
        return any(_same(item, what) for item in where)
    return text(what).lower() in text(where).lower()


def _format(given: Sequence[Any]) -> str:
    return text(given[0]).format(*map(text, given[1:]))


_FUNCTIONS: Mapping[str, Callable[[Sequence[Any]], Any]] = {
    "contains": _contains,
    "startsWith": lambda given: text(given[0]).lower().startswith(text(given[1]).lower()),
    "endsWith": lambda given: text(given[0]).lower().endswith(text(given[1]).lower()),
    "format": _format,
}
