"""Which honoured ideas are near each other: of one field, sharing the rarest words first, then the nearest in time."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from zlib import crc32

from sangkien.domain import text

_COMMONEST = 24  # a pair of syllables found in more ideas than this tells nothing, and would cost time
_RAREST = 8  # pairs of an idea that are looked up
_LEAST = 2  # pairs that two ideas of one field must share to be called near
_LEAST_AFAR = 4  # and two of different fields
_CELLS = 1 << 20  # pairs are counted in so many cells: rarely two share one, and memory stays small


def words(*texts: str) -> list[int]:
    """Give the pairs of neighbouring syllables, without marks, each as a number of 32 bits."""
    pairs: set[int] = set()
    for part in texts:
        syllables = text.slug(part).split("-")
        pairs.update(crc32(f"{first} {second}".encode()) for first, second in pairwise(syllables))
    return sorted(pairs)


def packed(told: Iterable[int]) -> bytes:
    """Put the words of an idea into the little room they need."""
    return array("I", told).tobytes()


class Kinship:
    """The ideas in the order of their days, by the pairs that tell them apart."""

    def __init__(self, ideas: Iterable[tuple[str, bytes]]) -> None:
        """Take each idea's field and words, the oldest first; it is known by its place from then on."""
        self._fields: list[str] = []
        self._words: list[bytes] = []
        self._fellows: dict[str, list[int]] = {}
        self._place: list[int] = []
        for number, (field, told) in enumerate(ideas):
            fellows = self._fellows.setdefault(field, [])
            self._fields.append(field)
            self._words.append(told)
            self._place.append(len(fellows))
            fellows.append(number)
        self._holders = self._telling_holders()

    def near(self, number: int, count: int = 3) -> tuple[int, ...]:
        """Give the places of the nearest others, nearest first."""
        around = self._around(self._fellows[self._fields[number]], self._place[number])
        found: list[int] = []
        for other in chain(self._alike(number), around):
            if other not in found:
                found.append(other)
                if len(found) == count:
                    break
        return tuple(found)

    def _telling_holders(self) -> Mapping[int, Sequence[int]]:
        """List who has a pair, for pairs that several have and not too many."""
        cells = array("I", bytes(4 * _CELLS))
        for told in self._words:
            for pair in _pairs(told):
                cells[pair % _CELLS] += 1
        holders: dict[int, array[int]] = {}
        for number, told in enumerate(self._words):
            for pair in _pairs(told):
                if 1 < cells[pair % _CELLS] <= _COMMONEST:
                    holders.setdefault(pair, array("I")).append(number)
        return holders

    def _alike(self, number: int) -> Iterator[int]:
        own = [(len(found), pair) for pair in _pairs(self._words[number]) if (found := self._holders.get(pair))]
        shared: Counter[int] = Counter()
        for _, pair in sorted(own)[:_RAREST]:
            shared.update(self._holders[pair])
        del shared[number]
        for weight, other in sorted((-weight, other) for other, weight in shared.items() if weight >= _LEAST):
            if -weight >= _LEAST_AFAR or self._fields[other] == self._fields[number]:
                yield other

    @staticmethod
    def _around(fellows: Sequence[int], place: int) -> Iterator[int]:
        """Give the ideas of a field next to one in time, later ones first."""
        for step in range(1, len(fellows)):
            if place + step < len(fellows):
                yield fellows[place + step]
            if place - step >= 0:
                yield fellows[place - step]


def _pairs(told: bytes) -> "array[int]":
    pairs = array("I")
    pairs.frombytes(told)
    return pairs
