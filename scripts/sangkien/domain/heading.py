"""Columns known by their headings, however these are written: words are data, marks and case do not count."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sangkien.domain.text import fold

_WORD = re.compile(r"[a-z0-9]+")
_LONGEST = 400  # characters of a heading


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The words a sheet is read by, all of them folded.

    `columns` maps a key to the headings it goes by, `dropped` a kind of personal data to those of columns that are
    never read; `totals` begin a line that sums up, `ends` one after which no table follows, `examples` mark a row
    that only shows how to fill in.
    """

    columns: Mapping[str, Sequence[str]]
    dropped: Mapping[str, Sequence[str]]
    totals: Sequence[str]
    ends: Sequence[str]
    examples: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What a heading stands for, and how surely: 0 is not at all."""

    key: str = ""
    drops: bool = False
    weight: int = 0


def plain(text: str) -> str:
    """Fold a heading to its bare words."""
    return " ".join(_WORD.findall(fold(text[:_LONGEST])))


class Headings:
    """Recognises headings by a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._phrases: list[tuple[str, str, bool]] = []
        for drops, named in ((False, vocabulary.columns), (True, vocabulary.dropped)):
            self._phrases += [(plain(p), key, drops) for key, phrases in named.items() for p in phrases]
        self._phrases = sorted({p for p in self._phrases if p[0]}, key=lambda p: (-len(p[0]), p))
        self.match = lru_cache(maxsize=4096)(self._match)

    def _match(self, heading: str) -> Match:
        """Find what a heading stands for: named exactly, begun or held; of several the longest words win."""
        words = plain(heading)
        best = Match()
        for phrase, key, drops in self._phrases:
            if words == phrase:
                weight = 3000
            elif f"{words} ".startswith(f"{phrase} "):
                weight = 1000 + len(phrase)
            elif len(phrase) > 3 and f" {phrase} " in f" {words} ":
                weight = len(phrase) + (500 if drops else 0)
            else:
                continue
            if weight > best.weight:
                best = Match(key=key, drops=drops, weight=weight)
        return best


def begins(text: str, phrases: Iterable[str]) -> bool:
    """Tell whether a text begins with one of some folded phrases, as whole words."""
    words = f"{plain(text)} "
    return any(words.startswith(f"{phrase} ") for phrase in phrases)
