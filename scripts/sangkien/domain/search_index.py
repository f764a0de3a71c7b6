"""The search index: for every word, and for neighbours that are both common, in which documents it stands.

Documents are numbered in the order given, the newest first. A list that grows long is cut after its newest numbers,
with the count of all; the whole of it stands in a file of its own. Everything is ASCII text: a number is written in
base 32 with a bit for “more follows”, a list as the gaps between its numbers.
"""

from array import array
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

from sangkien.domain.search_terms import Term, term, words

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
CUT = 1000  # a list names this many documents, the newest
PAIRED = 300  # words of more documents than this are found by their neighbours too
SORTED = 300  # facets are told of this many documents of a list
FEW = 8  # facets of shorter lists are read with the documents themselves

_BREAK = 0
_NAME = 60


def digits(number: int, width: int) -> str:
    """Write a number in base 64 at a fixed width."""
    return "".join(DIGITS[number >> 6 * place & 63] for place in reversed(range(width)))


def varint(number: int) -> str:
    """Write a number in as many digits as it needs, five bits in each; the sixth says that more follow."""
    text = ""
    while number >= 32:
        text += DIGITS[number & 31 | 32]
        number >>= 5
    return text + DIGITS[number]


_SHORT = [varint(number) for number in range(1 << 15)]


def gaps(numbers: Sequence[int]) -> str:
    """Write ascending numbers as gaps: the first from zero, each further one less one."""
    steps = [numbers[0], *[after - before - 1 for before, after in pairwise(numbers)]]
    if max(steps) < len(_SHORT):
        return "".join([_SHORT[step] for step in steps])
    return "".join(map(varint, steps))


def bitmap(numbers: Sequence[int]) -> str:
    """Write ascending numbers as bits, six to a digit: shorter than gaps where most documents are named."""
    size = numbers[-1] // 24 + 1
    flags = bytearray(b"0") * (size * 24)
    for number in numbers:
        flags[number] = 0x31
    return urlsafe_b64encode(int(flags, 2).to_bytes(size * 3, "big")).decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What may be found: its title, other texts about it, and its facets, already written as digits."""

    title: str
    texts: tuple[str, ...] = ()
    facets: str = ""


class _Lists(dict[int, "array[int]"]):
    """Lists of documents, each begun when it is first written to."""

    def __missing__(self, number: int) -> "array[int]":
        made = self[number] = array("I")
        return made


class _Known(dict[str, int]):
    """Words already met → the number of their term; 0 is no word, but a break between texts."""

    def __init__(self) -> None:
        self.terms: list[Term] = [("", "")]
        self.key_of: list[int] = [0]
        self.names: list[str] = [""]  # of each key
        self._terms: dict[Term, int] = {("", ""): _BREAK}
        self._keys: dict[str, int] = {"": 0}

    def __missing__(self, word: str) -> int:
        found = term(word)
        number = self._terms.get(found) if found[0] else _BREAK
        if number is None:
            number = self._terms[found] = len(self.terms)
            self.terms.append(found)
            self.key_of.append(self._keys.setdefault(found[0], len(self._keys)))
            if len(self._keys) > len(self.names):
                self.names.append(found[0])
        self[word] = number
        return number

    def key(self, word: str) -> int:
        """Give the number of a word's key."""
        return self.key_of[self[word]]


class Space:
    """The documents of one kind, read one by one; `title` and `text` are the letters of its two sections.

    `abbreviations` are pairs of a short way of writing and what it stands for: who asks for either finds the other.
    """

    def __init__(self, abbreviations: Iterable[tuple[str, str]], *, title: str, text: str) -> None:
        self.title, self.text = title, text
        self.facets: list[str] = []
        self._known = known = _Known()
        self._short: dict[int, list[int]] = {}
        self._spelt: dict[int, list[tuple[list[int], int]]] = {}
        for short, full in abbreviations:
            spelt = words(full)
            if len(words(short)) != 1 or not spelt:
                continue
            (abbreviated,) = words(short)
            self._short.setdefault(known.key(abbreviated), []).extend((_BREAK, *(known[word] for word in spelt)))
            keys = [known.key(word) for word in spelt]
            self._spelt.setdefault(keys[0], []).append((keys, known[abbreviated]))
        self._names: dict[str, list[int]] = {}
        self._heads = {*self._short, *self._spelt}
        self._read: list[tuple[array[int], array[int]]] = []
        self._in = (_Lists(), _Lists())

    def add(self, document: Document) -> None:
        """Read the next document."""
        known, number = self._known, len(self.facets)
        title = [known[word] for word in words(document.title)]
        text: list[int] = []
        for part in document.texts:
            text += self._numbers(part)
            text.append(_BREAK)
        text += self._other_ways([*title, _BREAK, *text])
        in_title = set(title)
        _note(self._in, number, (in_title, set(text) - in_title))
        self._read.append((array("I", title), array("I", text)))
        self.facets.append(document.facets)

    def _numbers(self, text: str) -> list[int]:
        """Read a text; a short one, as a name is, stands in many documents and is read once."""
        found = self._names.get(text)
        if found is None:
            found = [self._known[word] for word in words(text)]
            if len(text) < _NAME:
                self._names[text] = found
        return found

    def _other_ways(self, text: list[int]) -> list[int]:
        """Give what the abbreviations of a text stand for, and the short way of what it spells out."""
        keys = [self._known.key_of[number] for number in text]
        if self._heads.isdisjoint(keys):
            return []
        added: list[int] = []
        for place, key in enumerate(keys):
            if key in self._heads:
                added += self._short.get(key, ())
                for spelt, short in self._spelt.get(key, ()):
                    if keys[place : place + len(spelt)] == spelt:
                        added += (_BREAK, short)
        return added

    def common(self) -> dict[str, int]:
        """Give the keys that are found by their neighbours too, with how often they are listed."""
        return {self._known.names[key]: count for key, count in self._counts().items() if count > PAIRED}

    def _counts(self) -> dict[int, int]:
        counts: dict[int, int] = {}
        for lists in self._in:
            for number, documents in lists.items():
                if key := self._known.key_of[number]:
                    counts[key] = counts.get(key, 0) + len(documents)
        return counts

    def single(self) -> Iterator[tuple[str, dict[str, Sequence[int]]]]:
        """Give for every word its lists by section and marks."""
        known = self._known
        found: dict[int, dict[str, Sequence[int]]] = {}
        for section, lists in zip((self.title, self.text), self._in, strict=True):
            for number, documents in lists.items():
                if number != _BREAK:
                    found.setdefault(known.key_of[number], {})[f"{section}{known.terms[number][1]}"] = documents
        for key, parts in found.items():
            yield known.names[key], parts

    def pairs(self) -> Iterator[tuple[str, dict[str, Sequence[int]]]]:
        """Give the same for neighbours that are both common."""
        known, counts = self._known, self._counts()
        common = [counts.get(key, 0) > PAIRED for key in known.key_of]
        if not any(common):
            return
        found = (_Lists(), _Lists())
        for number, (title, text) in enumerate(self._read):
            in_title = {a << 24 | b for a, b in pairwise(title) if common[a] and common[b]}
            in_text = {a << 24 | b for a, b in pairwise(text) if common[a] and common[b]}
            _note(found, number, (in_title, in_text - in_title))
        joined: dict[str, dict[str, Sequence[int]]] = {}
        for section, lists in zip((self.title, self.text), found, strict=True):
            for pair, documents in lists.items():
                (first, first_marks), (second, second_marks) = known.terms[pair >> 24], known.terms[pair & 0xFFFFFF]
                joined.setdefault(f"{first}+{second}", {})[f"{section}{first_marks}.{second_marks}"] = documents
        yield from joined.items()


def _note(lists: Iterable[_Lists], document: int, sections: Iterable[set[int]]) -> None:
    for kept, found in zip(lists, sections, strict=True):
        for number in found:
            kept[number].append(document)


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """The index written down: shards of lists, shards of facets, and whole lists of common words."""

    lists: tuple[str, ...]
    facets: tuple[str, ...]
    whole: Mapping[str, str]


def shard_of(key: str, count: int) -> int:
    """Tell in which of so many shards a key stands."""
    return crc32(key.encode()) % count


def write(spaces: Sequence[Space], shard_bytes: int) -> Files:
    """Write the lists of all spaces as shards of about this size, a line a key.

    Whole lists are written of the first space's common words.
    """
    lines: dict[str, str] = {}
    facets: dict[str, str] = {}
    whole: dict[str, str] = {}
    common = spaces[0].common()
    for space in spaces:
        told = any(space.facets)
        for found in (space.single(), space.pairs()):
            for key, parts in found:
                documents, most = _documents(parts), _most(parts)
                line = _line(space, parts, len(documents), most)
                lines[key] = f"{lines.get(key, key)}{line}"
                if told and len(documents) > FEW:
                    newest = _told(parts, most) if "~" in line else documents
                    facets[key] = f"{key} {''.join([space.facets[number] for number in newest[:SORTED]])}"
                if space is spaces[0] and key in common:
                    whole[key] = f"{key}{_whole(space, documents)}\n"
    return Files(lists=_shards(lines, shard_bytes), facets=_shards(facets, shard_bytes), whole=whole)


def _documents(parts: Mapping[str, Sequence[int]]) -> Sequence[int]:
    lists = list(parts.values())
    return lists[0] if len(lists) == 1 else sorted(set().union(*lists))


def _most(parts: Mapping[str, Sequence[int]]) -> int:
    """Tell how long a list of a key may be: the more lists a key has, the shorter each."""
    return max(CUT // 4, min(CUT, 2 * CUT // len(parts)))


def _told(parts: Mapping[str, Sequence[int]], most: int) -> Sequence[int]:
    """Give the documents that the cut lists of a key tell of without a gap."""
    end = min(documents[most - 1] for documents in parts.values() if len(documents) > most)
    return [number for number in _documents({part: d[:most] for part, d in parts.items()}) if number <= end]


def _line(space: Space, parts: Mapping[str, Sequence[int]], count: int, most: int) -> str:
    """Write the newest documents of a key; a list that was cut is told by `~`, with the count of all."""
    text = ""
    for part, documents in sorted(parts.items()):
        text += f" {part}:{gaps(documents)}" if len(documents) <= most else f" {part}~{gaps(documents[:most])}"
    return f" {space.title}#{varint(count)}{text}" if "~" in text else text


def _whole(space: Space, documents: Sequence[int]) -> str:
    """Write all documents of a key, whatever the marks, the shorter way."""
    listed, drawn = gaps(documents), bitmap(documents)
    return f" {space.text}:{listed}" if len(listed) <= len(drawn) else f" {space.text}*{drawn}"


def _shards(lines: Mapping[str, str], shard_bytes: int) -> tuple[str, ...]:
    count = max(1, sum(map(len, lines.values())) // shard_bytes)
    shards: list[list[str]] = [[] for _ in range(count)]
    for key in sorted(lines):
        shards[shard_of(key, count)].append(f"{lines[key]}\n")
    return tuple("".join(shard) for shard in shards)
