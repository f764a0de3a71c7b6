"""Where two texts match: the pairs of clauses that say the same, and which of their words differ."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from sangkien.domain.set_aside import flat, tidy
from sangkien.domain.text import marks

MOST_PASSAGES = 3
_LONG = 45  # words; what has no comma for so long is cut
_SYLLABLE = re.compile(r"[^\W_]+")
_MOST_LETTERS = 600
_POSTINGS = 40  # a term that stands in more clauses than this does not tell them apart
_ALIKE = 0.12
_SENTENCE = re.compile(r"(?<=[.!?…;])\s+|\n+")
_COMMA = re.compile(r"(?<=[,:])\s+")
_LEAD = re.compile(r"^[\s\-–•*+>#]+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause of the new text beside the clause of the earlier one that it resembles."""

    new: str
    old: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """An earlier idea near to the new text."""

    code: str
    title: str
    status: str
    score: float
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of words of a passage that the other passage has too, or has not."""

    text: str
    same: bool


def clauses(texts: Iterable[str]) -> list[str]:
    """Cut texts into sentences, long ones at their commas, endless ones by length."""
    found: list[str] = []
    for text in texts:
        for sentence in _SENTENCE.split(text):
            clean = _LEAD.sub("", sentence).strip()
            if not clean:
                continue
            found += [clean] if clean.count(" ") < _LONG else _cut(clean)
    return [clause if len(clause) <= _MOST_LETTERS else clause[:_MOST_LETTERS] + "…" for clause in found]


def _cut(sentence: str) -> list[str]:
    parts: list[str] = []
    room = 0
    for piece in _COMMA.split(sentence):
        pieces = piece.split()
        for start in range(0, len(pieces), _LONG):
            part = pieces[start : start + _LONG]
            if parts and len(part) <= room:
                parts[-1] += " " + " ".join(part)
                room -= len(part)
            else:
                parts.append(" ".join(part))
                room = _LONG - len(part)
    return parts


class Finder:
    """Find, for one new text, the passages that match in each of many earlier ones."""

    def __init__(self, new: Iterable[str], rarity: Mapping[str, float]) -> None:
        self.clauses = clauses(new)
        self.rarity = rarity
        self.usual = sum(rarity.values()) / len(rarity) / 2 if rarity else 1.0
        self.postings: dict[str, list[int]] = {}
        self.sizes: list[float] = []
        self.counts: list[int] = []
        for number, (terms, size) in enumerate(self._weigh(self.clauses)):
            self.sizes.append(size)
            self.counts.append(len(terms))
            for term in terms:
                self.postings.setdefault(term, []).append(number)
        self.postings = {term: at for term, at in self.postings.items() if len(at) <= _POSTINGS}

    def _weigh(self, cut: Sequence[str]) -> Iterator[tuple[set[str], float]]:
        """Give of each clause the chosen terms, and its size: what they weigh, the other terms counted as usual."""
        for line in flat(tidy("\n".join(cut))).split("\n"):  # folded at one go, which is much quicker
            folded = _SYLLABLE.findall(line)
            chosen = self.rarity.keys() & folded
            chosen |= self.rarity.keys() & map("_".join, pairwise(folded))
            others = 2 * len(folded) - len(chosen)
            yield chosen, sum(self.rarity[term] for term in chosen) + self.usual * max(others, 0) / 4

    def passages(self, old: Iterable[str]) -> tuple[Passage, ...]:
        """Give the best matching pairs, each clause at most once, best first."""
        ranked = []
        own = clauses(old)
        for number, (terms, size) in enumerate(self._weigh(own)):
            shared: dict[int, float] = {}
            count: Counter[int] = Counter()
            for term in sorted(terms):
                for at in self.postings.get(term, ()):
                    shared[at] = shared.get(at, 0.0) + self.rarity[term]
                    count[at] += 1
            for at, weight in shared.items():
                if count[at] < min(2, self.counts[at]):
                    continue  # one word in common says nothing, unless there is no other
                alike = weight / (size + self.sizes[at] - weight)
                ranked.append((-weight * alike, at, number, alike))
        ranked.sort()
        chosen: list[Passage] = []
        seen_new: set[int] = set()
        seen_old: set[str] = set()
        for _, at, number, alike in ranked:
            if at in seen_new or own[number] in seen_old or (chosen and alike < _ALIKE):
                continue
            seen_new.add(at)
            seen_old.add(own[number])
            passage = Passage(self.clauses[at], own[number])
            if _has_same_word(passage):
                chosen.append(passage)
            if len(chosen) == MOST_PASSAGES:
                break
        return tuple(chosen)


def differences(passage: Passage) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    """Cut both sides of a passage into runs of words that the other side has too, or has not.

    Marks count where both sides are written with them, not where one is bare; where a tone stands never counts.
    """
    new, old = _both(passage)
    matcher = SequenceMatcher(None, [key for key, _ in new], [key for key, _ in old], autojunk=False)
    same_new: set[int] = set()
    same_old: set[int] = set()
    for block in matcher.get_matching_blocks():
        same_new.update(range(block.a, block.a + block.size))
        same_old.update(range(block.b, block.b + block.size))
    return _runs(new, same_new), _runs(old, same_old)


def _has_same_word(passage: Passage) -> bool:
    """Tell whether the two sides share a word as written, marks and all."""
    new, old = _both(passage)
    return any(key for key in {key for key, _ in new} & {key for key, _ in old})


def _both(passage: Passage) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Give the words of both sides, each with the key it is compared by."""
    new, old = tidy(passage.new), tidy(passage.old)
    marked = bool(marks(new)) and bool(marks(old))
    return _pieces(new, marked=marked), _pieces(old, marked=marked)


def _pieces(text: str, *, marked: bool) -> list[tuple[str, str]]:
    pieces = []
    for piece, bare in zip(text.split(), flat(text).split(), strict=True):
        key = "".join(_SYLLABLE.findall(bare))
        pieces.append((key + marks(piece) if marked else key, piece))
    return pieces


def _runs(pieces: Sequence[tuple[str, str]], same: set[int]) -> tuple[Segment, ...]:
    runs: list[Segment] = []
    for number, (key, piece) in enumerate(pieces):
        is_same = number in same or (not key and (not runs or runs[-1].same))
        if runs and runs[-1].same == is_same:
            runs[-1] = Segment(f"{runs[-1].text} {piece}", is_same)
        else:
            runs.append(Segment(piece, is_same))
    return tuple(runs)
