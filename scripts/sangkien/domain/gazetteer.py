"""Units and choices as people write them: without marks, by old names, abbreviated.

What is certain is resolved; what is not is asked back with what it may have been.
"""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from sangkien.domain.books import Books
from sangkien.domain.text import fold
from sangkien.domain.unit_history import UnitHistory

_WORDS = re.compile(r"[^\W_]+")
_PARTS = re.compile(r"\s*[,;()/–—|]\s*|\s+-\s+|\s+thuoc\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """What a word may stand for: one key when certain, else the likely ones, best first.

    `named` tells that the likely ones all bear the name, rather than one like it.
    """

    key: str | None
    likely: tuple[str, ...] = ()
    named: bool = False


@lru_cache(maxsize=1 << 12)  # the same names are compared with over and over
def _plain(text: str) -> str:
    return " ".join(_WORDS.findall(fold(text)))


class Gazetteer:
    """The units known, to be looked up by whatever name was written."""

    def __init__(self, books: Books) -> None:
        self._units = books.units
        self._history = UnitHistory(books.units)
        self._levels: Mapping[str, Any] = {level["id"]: level for level in (books.lists or {"levels": []})["levels"]}

    def title(self, key: str) -> str:
        """Give a unit's level and name: `xã Suối Mẫu`."""
        unit = self._units[key]
        return f"{self._levels.get(unit['level'], {}).get('name', '')} {unit['name']}".strip()

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        names: dict[str, list[str]] = {}
        for key in self._units:
            for name in self._names(key):
                found = names.setdefault(name, [])
                if key not in found:
                    found.append(key)
        return names

    def _names(self, key: str) -> Iterable[str]:
        unit = self._units[key]
        level = self._levels.get(unit["level"], {})
        befores = [level.get("name", ""), *level.get("abbreviations", ())]
        yield _plain(key)
        for name in (unit["name"], *unit.get("aliases", ())):
            yield _plain(name)
            for before in befores:
                yield _plain(f"{before} {name}")
                # “tt.Suối Mẫu”, “TTSuoiMau”: written without a space, told apart by nothing else
                yield _plain(before).replace(" ", "") + _plain(name).replace(" ", "")

    def find(self, text: str, day: str) -> Guess:
        """Find the unit a text names on a day: in force then, or the only heir of an earlier one."""
        parts = [part for part in (_plain(p) for p in _PARTS.split(fold(text))) if part]
        if not parts:
            return Guess(key=None)
        named = self._named(parts[0])
        living = self._living(named, day)
        if len(living) > 1 and len(parts) > 1:
            around = {unit for part in parts[1:] for unit in self._named(part)}
            nearer = [key for key in living if around & self._around(key, day)]
            living = nearer or living
        if len(living) == 1:
            return Guess(key=living[0])
        if living:
            return Guess(key=None, likely=tuple(living), named=True)
        return Guess(key=None, likely=self._similar(parts[0], day))

    def _named(self, part: str) -> list[str]:
        return self._by_name.get(part) or self._by_name.get(part.replace(" ", "")) or []

    def _living(self, keys: Iterable[str], day: str) -> list[str]:
        """Give the units in force on a day: those named themselves, else what they had become by then."""
        keys = list(keys)
        own = [key for key in keys if self._in_force(key, day)]
        if own:
            return own
        found: dict[str, None] = {}
        for key in keys:
            waiting, seen = [key], set()
            while waiting:
                unit = waiting.pop()
                if unit in seen:
                    continue
                seen.add(unit)
                if self._in_force(unit, day):
                    found[unit] = None
                elif unit in self._units and self._history.last_day(unit) < day:
                    waiting += self._history.successors(unit)
        return list(found)

    def _in_force(self, key: str, day: str) -> bool:
        unit = self._units.get(key)
        return unit is not None and unit["valid_from"] <= day <= self._history.last_day(key)

    def _around(self, key: str, day: str) -> set[str]:
        """Give all that a unit stood in or came from, under every name it had."""
        above = set(self._history.above(key, day))
        return above | {old for unit in (key, *above) for old in self._history.before(unit)}

    def _similar(self, part: str, day: str) -> tuple[str, ...]:
        names = difflib.get_close_matches(part, self._by_name, n=12, cutoff=0.6)
        keys = dict.fromkeys(key for name in names for key in self._by_name[name])
        return tuple(self._living(keys, day)[:5])


def choose(text: str, names: Mapping[str, str]) -> Guess:
    """Find which of some named choices a text means: by name or id, or by the only one it begins or holds."""
    wanted = _plain(text)
    plain = {key: _plain(name) for key, name in names.items()}
    named = [key for key, name in plain.items() if wanted in (name, _plain(key), _plain(key).replace(" ", ""))]
    begun = [key for key, name in plain.items() if wanted and f"{name} ".startswith(f"{wanted} ")]
    held = [key for key, name in plain.items() if f" {name} " in f" {wanted} "]
    for found in (named, begun, held):
        if len(found) == 1:
            return Guess(key=found[0])
    close = difflib.get_close_matches(wanted, plain.values(), n=3, cutoff=0.5)
    return Guess(key=None, likely=tuple(key for key, name in plain.items() if name in close))
