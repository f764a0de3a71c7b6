"""Names of organisations and boilerplate in a text, found by the register's data.

“Tại Bệnh viện …”, “trường Cao đẳng …” make two titles look alike that have nothing else in common, so they are told
apart from what an idea is about.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sangkien.domain import records as r
from sangkien.domain.text import fold_letters, marks

_WORD = re.compile(r"([^\W_]+)([\W_]*)")
_SYLLABLE = re.compile(r"[^\W_]+")
_STRAY = re.compile("[\u0300-\u036f\xad\u200b-\u200d\u2060\ufe0f\ufeff]")
_I_OR_Y = re.compile(r"(?<![^\W_])([bcdghklmnpqrstvx]{1,2})y(?![^\W_])")  # one syllable, two spellings
_LONGEST_NAME = 9


class Syllables(NamedTuple):
    """A text's syllables as written and folded, and what stands between each and the next."""

    written: list[str]
    folded: list[str]
    gaps: list[str]


def tidy(text: str) -> str:
    """Bring a text to the form in which every letter is one character and nothing is invisible."""
    return _STRAY.sub("", unicodedata.normalize("NFC", text))


def flat(tidied: str) -> str:
    """Fold a tidied text in place: marks, case, and i or y do not matter any more."""
    return _I_OR_Y.sub(r"\1i", fold_letters(tidied))


def syllables(text: str) -> list[str]:
    """Read a text as folded syllables."""
    return _SYLLABLE.findall(flat(tidy(text)))


def read(text: str) -> Syllables:
    """Read a text as syllables; tone placement, marks, i or y and case do not matter once folded."""
    clean = tidy(text)
    found = _WORD.findall(clean)
    return Syllables([word for word, _ in found], _SYLLABLE.findall(flat(clean)), [gap for _, gap in found])


class _Sequences:
    """Sequences of syllables, to be found in a text quickly."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self.marks: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
        lengths: dict[str, set[int]] = {}
        for phrase in phrases:
            words = read(phrase)
            if folded := tuple(words.folded):
                self.marks.setdefault(folded, set()).add(tuple(map(marks, words.written)))
                lengths.setdefault(folded[0], set()).add(len(folded))
        self.lengths = {first: sorted(own, reverse=True) for first, own in lengths.items()}

    def at(self, folded: Sequence[str], at: int) -> Iterator[int]:
        """Give the lengths of the sequences that stand at a place, longest first."""
        for length in self.lengths.get(folded[at], ()):
            if at + length <= len(folded) and tuple(folded[at : at + length]) in self.marks:
                yield length

    def marked(self, words: Syllables, at: int, length: int) -> bool:
        """Tell whether a sequence found is written with the marks it has here."""
        found = slice(at, at + length)
        return tuple(map(marks, words.written[found])) in self.marks[tuple(words.folded[found])]


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
    _starts: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts: set[str] = set()
        for name in ("phrases", "names", "beginnings"):
            sequences = _Sequences(getattr(self, name))
            object.__setattr__(self, f"_{name}", sequences)
            starts |= sequences.lengths.keys()
        object.__setattr__(self, "_starts", frozenset(starts))

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

    def spans(self, words: Syllables) -> Iterator[tuple[int, int]]:
        """Give where each run that is set aside begins and ends."""
        places = [at for at, syllable in enumerate(words.folded) if syllable in self._starts]
        if not places:
            return
        shouting = not any(map(str.islower, words.written))
        bare = all(map(str.isascii, words.written))
        done = 0
        for at in places:
            if at < done:
                continue
            length = next(self._phrases.at(words.folded, at), 0)
            if not length and not shouting:
                length = self._name(words, at, bare=bare)
            if length:
                done = at + length
                yield at, done

    def _name(self, words: Syllables, at: int, *, bare: bool) -> int:
        """Give how many words from here on are a name."""
        for length in self._beginnings.at(words.folded, at):
            name = _name_length(words, at + length)
            if name and (bare or self._beginnings.marked(words, at, length)):
                return length + name
        for length in self._names.at(words.folded, at):
            if not any(word[0].islower() for word in words.written[at : at + length]):
                return length
        return 0


def _name_length(words: Syllables, at: int) -> int:
    """Measure a name: capitalised words, and single small ones that go with the one before (Kinh tế Đối ngoại)."""
    length = end = 0
    while at + length < len(words.written) and end < _LONGEST_NAME:
        if not _joins(words, at + length - 1):
            break
        first = words.written[at + length][0]
        if first.isdigit() and length > end:
            return end
        if not first.islower():
            end = length + 1
        elif length > end or not end:
            return end
        length += 1
    ends_here = at + length == len(words.written) or not _joins(words, at + length - 1)
    return length if end and ends_here else end


def _joins(words: Syllables, at: int) -> bool:
    """Tell whether a name may go on after this word: past a space, a hyphen, or the dot of TP."""
    written, gap = words.written[at], words.gaps[at].strip()
    return not gap or gap in "-–" or (gap == "." and len(written) <= 3 and not written.islower())
