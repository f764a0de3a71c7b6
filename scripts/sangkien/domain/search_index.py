"""A search index of many small files: a reader fetches those of the words asked for, never the whole.

Entries are numbered in the order given, the ones to be shown first at the front. For every syllable, and for every two
that follow each other, a list names the entries that hold it. One entry of a list is a number in base 32 (`_coded`):
the distance from the entry before, whether it stands in the title, and which spelling it has there. Long lists hold
their first entries only, beside how many there are.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from sangkien.domain.spelling import syllables

MOST = 1000  # entries of one list; with more, other words must choose
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_SHARD = 3000  # bytes aimed at
_FEWEST = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing to be found: by its title first, then by the other words said of it."""

    title: str
    words: str = ""
    others: Iterable[str] = ()  # texts whose words do not follow each other
    codes: tuple[str, ...] = ()  # looked for as they are


@dataclass(slots=True)
class Postings:
    """Where each term stands: entry numbers with the title's bit and the place of the spelling."""

    numbers: dict[str, "array[int]"] = field(default_factory=dict)
    total: dict[str, int] = field(default_factory=dict)
    spellings: dict[str, dict[str, int]] = field(default_factory=dict)

    def add(self, number: int, entry: Entry) -> None:
        """Add an entry; numbers must rise."""
        found = dict.fromkeys(_terms(entry.words), 0)
        for text in entry.others:
            found |= dict.fromkeys(_often(text), 0)
        found |= dict.fromkeys(_terms(entry.title), 1) | dict.fromkeys(((code, "") for code in entry.codes), 1)
        counted = ""
        for (term, marks), titled in sorted(found.items()):
            total = self.total.get(term, 0)
            if term != counted:
                self.total[term] = total = total + 1
                counted = term
            if total <= MOST:
                known = self.spellings.setdefault(term, {})
                place = known.setdefault(marks, len(known))
                self.numbers.setdefault(term, array("Q")).append(number << 16 | min(place, _SPELLINGS) << 1 | titled)


_SPELLINGS = (1 << 15) - 1


@lru_cache(maxsize=1 << 14)
def _often(text: str) -> tuple[tuple[str, str], ...]:
    """Read a text that stands in many entries, as a unit's name does."""
    return tuple(_terms(text))


def _terms(text: str) -> Iterator[tuple[str, str]]:
    spelt = syllables(text)
    yield from spelt
    for (first, marks), (second, more) in pairwise(spelt):
        yield f"{first} {second}", f"{marks} {more}" if marks or more else ""


def shards(postings: Postings) -> list[str]:
    """Write the lists into as many files as keep each small, a power of two."""
    lines = [_line(term, postings) for term in sorted(postings.numbers)]
    count = _FEWEST
    while count * _SHARD < sum(map(len, lines)):
        count *= 2
    files: list[list[str]] = [[] for _ in range(count)]
    for line in lines:
        files[shard_of(line.partition("\t")[0], count)].append(line)
    return ["\n".join(found) + "\n" for found in files]


def _line(term: str, postings: Postings) -> str:
    """Write one list: the term, how many entries hold it, its spellings, its first entries."""
    common = Counter(packed >> 1 & _SPELLINGS for packed in postings.numbers[term])
    names = list(postings.spellings[term])
    order = sorted(range(len(names)), key=lambda place: (-common[place], names[place]))
    rank = {place: here for here, place in enumerate(order)}
    entries, last = [], 0
    for packed in postings.numbers[term]:
        number, place, titled = packed >> 16, packed >> 1 & _SPELLINGS, packed & 1
        spelling = rank[place]
        entries.append(_coded((number - last) << 2 | titled << 1 | (spelling > 0)))
        if spelling:
            entries.append(_coded(spelling))
        last = number
    return "\t".join((term, str(postings.total[term]), ",".join(names[p] for p in order), "".join(entries)))


def _coded(value: int) -> str:
    """Write a number in base 32, lowest digit first; a digit raised by 32 is followed by another."""
    digits = []
    while value >= 32:
        digits.append(_DIGITS[value & 31 | 32])
        value >>= 5
    return "".join((*digits, _DIGITS[value]))


def shard_of(term: str, count: int) -> int:
    """Choose the file of a term: FNV-1a, 32 bits (Fowler, Noll, Vo), modulo a power of two."""
    hashed = 0x811C9DC5
    for byte in term.encode("ascii"):
        hashed = (hashed ^ byte) * 0x01000193 & 0xFFFFFFFF
    return hashed % count


def blocks(rows: Sequence[str], size: int) -> Iterator[tuple[int, str]]:
    """Cut what is shown of the entries into blocks of equal count, one JSON array each."""
    for start in range(0, len(rows), size):
        yield start // size, "[" + ",\n".join(rows[start : start + size]) + "]\n"
