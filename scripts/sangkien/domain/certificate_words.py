"""Which words of the register a certificate bears.

Law keeps one word, initiative, for what has been applied. A paper that says it of anything else would be a false one,
so such words are passed over here, whatever the register holds.
"""

import re
import unicodedata
from collections.abc import Collection

from sangkien.domain.books import Books
from sangkien.domain.records import Certificate, DecisionRecord
from sangkien.domain.text import fold

_INITIATIVE, _FOLDED = "sang-kien", "sangkien"
_NO_LETTER = re.compile("[^a-z]+")  # a hyphen or a mark nobody sees makes no other word of it
Nature = tuple[str, bool]  # of an idea: its kind, and whether it is applied


def says_initiative(words: Certificate) -> bool:
    """Tell whether words call something an initiative; an award's phrase may speak of them in passing."""
    told = words["heading"] if "awards" in words else f"{words['heading']} {words.get('phrase', '')}"
    return _FOLDED in _NO_LETTER.sub("", fold(unicodedata.normalize("NFKC", told)))


def is_of_initiatives(words: Certificate) -> bool:
    """Tell whether words are only for initiatives that are applied."""
    return words.get("kinds") == [_INITIATIVE] and words.get("applied") is True


def fitting(books: Books, decision: DecisionRecord, natures: Collection[Nature], award: str = "") -> Certificate | None:
    """Find the first words that fit on the day of a decision, at the level of who took it."""
    unit = books.units.get(decision["issuer"])
    level = unit["level"] if unit else ""
    for words in books.lists.get("certificates", ()) if books.lists else ():
        if not words["from"] <= decision["date"] <= words.get("to", "9999"):
            continue
        if "levels" in words and level not in words["levels"]:
            continue
        if award not in words.get("awards", [""]):
            continue
        if _suits(words, natures):
            return words
    return None


def _suits(words: Certificate, natures: Collection[Nature]) -> bool:
    if says_initiative(words) and not (natures and all(nature == (_INITIATIVE, True) for nature in natures)):
        return False
    if "kinds" not in words and "applied" not in words:
        return True
    return bool(natures) and all(
        kind in words.get("kinds", [kind]) and is_applied == words.get("applied", is_applied)
        for kind, is_applied in natures
    )
