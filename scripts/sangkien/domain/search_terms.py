"""Words as the search knows them: a bare key that forgives how they were typed, and the marks they were typed with."""

import re
import unicodedata
from collections.abc import Iterator

# Every mark of the language by a letter of its own (tones as on a keyboard); đ counts as a mark on d.
MARKS = {
    "\u0300": "f",
    "\u0301": "s",
    "\u0303": "x",
    "\u0309": "r",
    "\u0323": "j",
    "\u0302": "a",
    "\u0306": "w",
    "\u031b": "h",
    "\u0111": "d",
}
# What a word is made of once it is decomposed and lower; whatever else stands between words.
WORD = "[a-z0-9\u0111\u0300-\u036f]+"
# `kỹ` and `kĩ`, `lý` and `lí`, `quý` and `quí` are one word; `thủy` and `y` are not of that kind.
FINAL_Y = "^(?:[bcdghklmnpqrstvx]+|qu)y$"

_STROKE = "\u0111"
_WORD = re.compile(WORD)
_FINAL_Y = re.compile(FINAL_Y)

Term = tuple[str, str]


def words(text: str) -> list[str]:
    """Cut a text into words, decomposed and lower; `term` reads each."""
    return _WORD.findall(unicodedata.normalize("NFD", text).lower())


def term(word: str) -> Term:
    """Give the key of a word and its marks in alphabetical order, so that `hoà` and `hòa` are the same."""
    key = "".join("d" if c == _STROKE else c for c in word if c.isascii() or c == _STROKE)
    if _FINAL_Y.match(key):
        key = f"{key[:-1]}i"
    return key, "".join(sorted(MARKS[c] for c in word if c in MARKS))


def terms(text: str) -> Iterator[Term]:
    """Read a text as terms; stray marks are none."""
    return (found for found in map(term, words(text)) if found[0])
