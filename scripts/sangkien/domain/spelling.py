"""Vietnamese words as a search sees them: syllables without marks, and beside each the marks it bore.

One table serves Python and the browser: `sangkien sync` writes it out as a module for the latter.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

from sangkien.domain.text import ALPHABET

# Tones and vowel signs as letters: after the keyboards' Telex where it has one letter for each.
_SIGNS = {
    "\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j",
    "\u0302": "a", "\u0306": "w", "\u031b": "h",
}  # fmt: skip
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_VOWELS = "aeiouy"
_STROKE = "d"  # the one letter that differs from its bare one by a stroke, which no decomposition tells


def _table() -> dict[str, str]:
    table = {}
    for plain in ALPHABET:
        base, *marks = list(unicodedata.normalize("NFD", plain))
        if not base.isascii():
            table[plain] = _STROKE + _STROKE
        for tone in _TONES if base in _VOWELS else ():
            if marks or tone:
                signs = sorted(_SIGNS[mark] for mark in (*marks, *tone))
                table[unicodedata.normalize("NFC", plain + tone)] = base + "".join(signs)
    return table


# The 67 marked small letters, each as its bare letter and the signs of its marks.
LETTERS: Mapping[str, str] = _table()

LONGEST = 24  # letters of a syllable that are looked at
_WORD = re.compile(r"[^\W_]+")
_BARE = re.compile(r"[a-z0-9]")
# After these alone a final y is also written as i: kỹ or kĩ, quý or quí.
WITH_Y = "h|k|l|m|s|t|v|qu"
_ENDS_IN_Y = re.compile(f"({WITH_Y})y")


def syllables(text: str) -> list[tuple[str, str]]:
    """Read a text as syllables, each with its marks in a fixed order: `Hòa` and `hoà` are both `hoa`, `f`."""
    found = map(_spelt, _WORD.findall(unicodedata.normalize("NFC", text).lower()))
    return [syllable for syllable in found if syllable[0]]


@lru_cache(maxsize=1 << 16)
def _spelt(word: str) -> tuple[str, str]:
    parts = list(_letters(word))
    bare = "".join(part[0] for part in parts)[:LONGEST]
    if match := _ENDS_IN_Y.fullmatch(bare):
        bare = f"{match[1]}i"
    return bare, "".join(sorted("".join(part[1:] for part in parts)))


def _letters(word: str) -> Iterator[str]:
    for letter in word:
        base = LETTERS.get(letter) or unicodedata.normalize("NFD", letter)[0]
        if _BARE.match(base):  # a letter of another language counts by its base
            yield base
