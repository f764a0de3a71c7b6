"""Reading a GraphQL request: operations, fields, arguments, variables and fragments, no more."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

TOKEN = re.compile(r'\s*(?:#[^\n]*\n\s*)*(\.\.\.|"(?:\\.|[^"\\])*"|-?\d+(?:\.\d+)?|\w+|[{}()\[\]:!$=@|&]|,|$)')


class GraphQLError(Exception):
    """A request that cannot be answered, in GitHub's words."""

    def __init__(self, message: str, kind: str | None = None):
        super().__init__(message)
        self.message = message
        self.kind = kind


@dataclass(frozen=True)
class Variable:
    """A place to be filled from the request's variables."""

    name: str


@dataclass
class Selection:
    """A wanted field, or with `on` an inline fragment for one type, or with `spread` a named one."""

    name: str = ""
    alias: str = ""
    arguments: dict[str, Any] = field(default_factory=dict)
    children: "list[Selection]" = field(default_factory=list)
    on: str | None = None
    spread: str | None = None


@dataclass
class Document:
    """One operation and the fragments it uses."""

    kind: str = "query"
    fields: list[Selection] = field(default_factory=list)
    defaults: dict[str, Any] = field(default_factory=dict)
    fragments: dict[str, Selection] = field(default_factory=dict)


class _Reader:
    def __init__(self, text: str):
        self.words: list[str] = []
        position = 0
        while position < len(text):
            found = TOKEN.match(text, position)
            if found is None:
                raise GraphQLError(f"Expected a name, got {text[position : position + 10]!r}")
            position = found.end()
            if found[1] not in {"", ","}:
                self.words.append(found[1])
        self.at = 0

    def peek(self) -> str:
        return self.words[self.at] if self.at < len(self.words) else ""

    def take(self, expected: str | None = None) -> str:
        word = self.peek()
        if not word or (expected is not None and word != expected):
            raise GraphQLError(f"Parse error on {word!r}, expected {expected or 'more'}")
        self.at += 1
        return word

    def skip(self, word: str) -> bool:
        if self.peek() == word:
            self.at += 1
            return True
        return False

    def value(self) -> Any:
        word = self.take()
        if word == "$":
            return Variable(self.take())
        if word == "[":
            items = []
            while not self.skip("]"):
                items.append(self.value())
            return items
        if word == "{":
            return self.pairs("}")
        if word.startswith('"') or re.fullmatch(r"-?\d+(\.\d+)?|true|false|null", word):
            return json.loads(word)
        return word

    def pairs(self, end: str) -> dict[str, Any]:
        found = {}
        while not self.skip(end):
            name = self.take()
            self.take(":")
            found[name] = self.value()
        return found

    def selections(self) -> list[Selection]:
        self.take("{")
        found = []
        while not self.skip("}"):
            found.append(self.selection())
        return found

    def selection(self) -> Selection:
        if self.skip("..."):
            if self.skip("on"):
                return Selection(on=self.take(), children=self.selections())
            return Selection(spread=self.take())
        name = alias = self.take()
        if self.skip(":"):
            name = self.take()
        arguments = self.pairs(")") if self.skip("(") else {}
        children = self.selections() if self.peek() == "{" else []
        return Selection(name, alias, arguments, children)

    def variables(self) -> dict[str, Any]:
        defaults: dict[str, Any] = {}
        while not self.skip(")"):
            self.take("$")
            name = self.take()
            self.take(":")
            while self.peek() not in {"$", ")", "="}:
                self.take()
            if self.skip("="):
                defaults[name] = self.value()
        return defaults


def read(text: str) -> Document:
    """Read a request's text."""
    reader, document = _Reader(text), Document()
    while reader.peek():
        if reader.skip("fragment"):
            name = reader.take()
            reader.take("on")
            document.fragments[name] = Selection(on=reader.take(), children=reader.selections())
            continue
        if reader.peek() != "{":
            document.kind = reader.take()
            if reader.peek() not in {"{", "("}:
                reader.take()
            if reader.skip("("):
                document.defaults = reader.variables()
        document.fields = reader.selections()
    return document


def fill(value: Any, variables: Mapping[str, Any]) -> Any:
    """Put the variables in their places."""
    if isinstance(value, Variable):
        return variables.get(value.name)
    if isinstance(value, dict):
        return {name: fill(one, variables) for name, one in value.items()}
    if isinstance(value, list):
        return [fill(one, variables) for one in value]
    return value
