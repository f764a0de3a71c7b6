"""Names of organisations and boilerplate in a text, found by the register's data.

“Tại Bệnh viện …”, “trường Cao đẳng …” make two titles look alike that have nothing else in common, so they are told
apart from what an idea is about.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sangkien.domain import records as r
from sangkien.domain.text import fold_letters, marks

_WORD = re.compile(r"([^\W_]+)([\W_]*)")
_SYLLABLE = re.compile(r"[^\W_]+")
_STRAY = re.compile("[\u0300-\u036f\xad\u200b-\u200d\u2060\ufe0f\ufeff]")
_I_OR_Y = re.compile(r"(?<![^\W_])([bcdghklmnpqrstvx]{1,2})y(?![^\W_])")  # one syllable, two spellings
_LONGEST_NAME = 9


class Word(NamedTuple):
    """A syllable as written, folded, and what stands between it and the next."""

    written: str
    folded: str
    gap: str


def tidy(text: str) -> str:
    """Bring a text to the form in which every letter is one character and nothing is invisible."""
    return _STRAY.sub("", unicodedata.normalize("NFC", text))


def flat(tidied: str) -> str:
    """Fold a tidied text in place: marks, case, and i or y do not matter any more."""
    return _I_OR_Y.sub(r"\1i", fold_letters(tidied))


def syllables(text: str) -> list[str]:
    """Read a text as folded syllables."""
    return _SYLLABLE.findall(flat(tidy(text)))


def words(text: str) -> list[Word]:
    """Read a text as syllables, each as written and folded; tone placement, marks, i/y and case do not matter."""
    clean = tidy(text)
    folded = flat(clean)
    return [Word(match[1], folded[match.start(1) : match.end(1)], match[2]) for match in _WORD.finditer(clean)]


_Sequence = tuple[tuple[str, str], ...]  # of each syllable the folded form and its marks
_Sequences = Mapping[str, tuple[_Sequence, ...]]  # first folded syllable → whole sequences, longest first


@dataclass(frozen=True, slots=True)
class SetAside:
    """What is set aside: phrases anywhere, names where capitals show them, and words that begin a name.

    `phrases` and `names` are compared folded. `beginnings` (bệnh viện, trường cao đẳng) are set aside only together
    with the capitalised name that follows, since alone they are ordinary words.
    """

    phrases: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    beginnings: tuple[str, ...] = ()
    _phrases: _Sequences = field(init=False, repr=False, compare=False)
    _names: _Sequences = field(init=False, repr=False, compare=False)
    _beginnings: _Sequences = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for name in ("phrases", "names", "beginnings"):
            object.__setattr__(self, f"_{name}", _by_first(getattr(self, name)))

    @classmethod
    def of(cls, lists: r.ListsRecord | None, units: Iterable[r.UnitRecord]) -> "SetAside":
        """Gather the names of the units and the lists' own words."""
        own = lists.get("novelty", {}) if lists else {}
        levels = {level["id"]: level for level in lists["levels"]} if lists else {}
        phrases, names = set(own.get("boilerplate", ())), set()
        for unit in units:
            level = levels.get(unit["level"])
            for name in (unit["name"], *unit.get("aliases", ())):
                if level:
                    phrases.add(f"{level['name']} {name}")
                if len(name.split()) > 1:
                    names.add(name)
        return cls(tuple(sorted(phrases)), tuple(sorted(names)), tuple(sorted(own.get("organisation_words", ()))))

    def fingerprint(self) -> str:
        """Give all of it as one text, for the key of what was made with it."""
        return "\n".join(("phrases", *self.phrases, "names", *self.names, "beginnings", *self.beginnings))

    def marks(self, read: Sequence[Word]) -> list[bool]:
        """Tell of each word whether it is set aside."""
        found = [False] * len(read)
        shouting = not any(word.written.islower() for word in read)
        bare = all(word.written.isascii() for word in read)
        at = 0
        while at < len(read):
            length = self._phrase(read, at) or (0 if shouting else self._name(read, at, bare=bare))
            for inner in range(at, at + length):
                found[inner] = True
            at += max(length, 1)
        return found

    def _phrase(self, read: Sequence[Word], at: int) -> int:
        """Give how many words from here on are a phrase."""
        return next((len(s) for s in self._phrases.get(read[at].folded, ()) if _stands(read, at, s)), 0)

    def _name(self, read: Sequence[Word], at: int, *, bare: bool) -> int:
        """Give how many words from here on are a name."""
        for sequence in self._beginnings.get(read[at].folded, ()):
            if _stands(read, at, sequence, marked=not bare) and (name := _name_length(read, at + len(sequence))):
                return len(sequence) + name
        for sequence in self._names.get(read[at].folded, ()):
            if _stands(read, at, sequence) and _capitalised(read, at, len(sequence)):
                return len(sequence)
        return 0


def _by_first(phrases: Iterable[str]) -> _Sequences:
    found: dict[str, set[_Sequence]] = {}
    for phrase in phrases:
        if sequence := tuple((word.folded, marks(word.written)) for word in words(phrase)):
            found.setdefault(sequence[0][0], set()).add(sequence)
    return {first: tuple(sorted(own, key=lambda s: (-len(s), s))) for first, own in found.items()}


def _stands(read: Sequence[Word], at: int, sequence: _Sequence, *, marked: bool = False) -> bool:
    """Tell whether a sequence stands here; `marked`: with the same marks."""
    if at + len(sequence) > len(read):
        return False
    for word, (folded, own) in zip(read[at : at + len(sequence)], sequence, strict=True):
        if word.folded != folded:
            return False
        if marked and marks(word.written) != own:
            return False
    return True


def _capitalised(read: Sequence[Word], at: int, length: int) -> bool:
    return all(not word.written[0].islower() for word in read[at : at + length])


def _name_length(read: Sequence[Word], at: int) -> int:
    """Measure a name: capitalised words, and single small ones that go with the one before (Kinh tế Đối ngoại)."""
    length = end = 0
    while at + length < len(read) and end < _LONGEST_NAME:
        if not _joins(read[at + length - 1]):
            break
        first = read[at + length].written[0]
        if first.isdigit() and length > end:
            return end
        if not first.islower():
            end = length + 1
        elif length > end or not end:
            return end
        length += 1
    ends_here = at + length == len(read) or not _joins(read[at + length - 1])
    return length if end and ends_here else end


def _joins(word: Word) -> bool:
    """Tell whether a name may go on after this word: past a space, a hyphen, or the dot of TP."""
    gap = word.gap.strip()
    return not gap or gap in "-–" or (gap == "." and len(word.written) <= 3 and not word.written.islower())
