"""Codes and parameters turned into Vietnamese sentences, from one catalogue."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from sangkien.domain.finding import Code, Finding
from sangkien.render.vietnamese import day

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DAYS = ("day", "earliest", "since", "until", "opens", "closes")


@dataclass(frozen=True, slots=True)
class Message:
    """What a finding says: what is the matter, how to mend it, and how it looks when right."""

    sentence: str
    cure: str
    example: str


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Read the catalogue that stands beside this module."""
    text = resources.files(__package__).joinpath("messages_vi.toml").read_text(encoding="utf-8")
    tables: dict[str, dict[str, str]] = tomllib.loads(text)
    return tables


def message(finding: Finding) -> Message:
    """Tell a finding in words."""
    return explain(finding.code, **finding.params)


def explain(code: Code, **params: str) -> Message:
    """Give the words of a code; places without a parameter show an ellipsis."""
    return worded(catalogue()[code.value], params)


def worded(entry: Mapping[str, str], params: Mapping[str, str]) -> Message:
    """Fill in the words of one entry."""
    words = _Places({key: _said(key, value) for key, value in params.items()})
    cure = entry["cure"] if "choices" in params else entry.get("cure_without_choices", entry["cure"])
    return Message(entry["sentence"].format_map(words), cure.format_map(words), entry["example"])


def say(key: str, **params: object) -> str:
    """Give one of the sentences the command line says."""
    return catalogue()["say"][key].format_map(_Places(params))


def _said(key: str, value: str) -> str:
    """Say a day and the types a schema allows as people do."""
    if key == "type":
        return " hoặc ".join(catalogue()["types"].get(word, word) for word in value.split())
    return day(value) if key in _DAYS and _DAY.fullmatch(value) else value


class _Places(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"
