"""What of an idea is compared with earlier ones, which of it is asked for, and what a match is worth.

An idea is seen as its folded syllables and pairs of neighbouring syllables, since a Vietnamese word is mostly two.
The rarest of these in the new text are looked for in the earlier ones. A score only puts earlier ideas in order:
it says "read these first", never how much was copied.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from sangkien.domain.set_aside import SetAside, Syllables, read, syllables

FOLDING_VERSION = 1  # part of the key of every cached index: raise it when terms come out differently

TITLE, BODY, ASIDE, TOKENS = "title", "body", "aside", "tokens"
FIELDS = (TITLE, BODY, ASIDE)
BOOST = {TITLE: 1.5, BODY: 1.0, ASIDE: 1.0}
BOOST_OF_SHORT = {TITLE: 4.0, BODY: 0.5, ASIDE: 2.0}  # a short text is a title, or is like one
_SHORT = 45  # syllables
OWN_ASIDE = 0.2  # what the new text itself sets aside says little; what it only may have does not lose so much

MOST_TERMS = 60
MOST_SYLLABLES = 30  # at least so many places are for syllables, as long as there are any
FEW_SYLLABLES = 20
MOST_OF_TITLE = 20  # of the new text's own title, however common
MOST_ASIDE = 8
LONGEST_TEXT = 64 * 1024
_K1, _B = 1.2, 0.75  # as the index engine has them
_KEPT = re.compile(r"[a-z0-9]{1,40}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One earlier idea; of a withdrawn one only the tokens are kept."""

    code: str
    title: str = ""
    status: str
    folder: str = ""
    texts: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """What is compared, by field; the body has the title's terms too."""

    title: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()

    def of(self, name: str) -> tuple[str, ...]:
        """Give the terms of a field by its name."""
        return self.title if name == TITLE else self.body if name == BODY else self.aside

    def spelt(self) -> "Spelt":
        """Give the terms of every field as one text each, which is quicker to hand on than many."""
        return " ".join(self.title), " ".join(self.body), " ".join(self.aside)


Spelt = tuple[str, str, str]  # title, body and aside


@dataclass(frozen=True, slots=True)
class Statistics:
    """How many ideas the index holds and how many terms an idea has in each field."""

    documents: int = 0
    averages: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Clause:
    """One term looked for in one field."""

    field: str
    term: str
    boost: float
    rarity: float


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the index."""

    clauses: tuple[Clause, ...]
    rarity: Mapping[str, float]  # of the chosen terms, wherever they stand
    syllables: Mapping[str, float]  # the rarity of what a withdrawn idea may have kept
    statistics: Statistics
    itself: float  # about what the new text would score if it were an earlier idea


def terms_of(title: str, texts: Iterable[str], set_aside: SetAside) -> Terms:
    """Take an idea's terms, names of organisations and boilerplate apart."""
    head, aside = _split(read(title[:LONGEST_TEXT]), set_aside)
    body = list(head)
    for text in texts:
        own, other = _split(read(text[:LONGEST_TEXT]), set_aside)
        body += own
        aside += other
    return Terms(tuple(head), tuple(body), tuple(aside))


def terms_of_entry(entry: Entry, set_aside: SetAside) -> Terms:
    """Take the terms of an earlier idea."""
    return terms_of(entry.title, entry.texts, set_aside)


def kept_tokens(title: str, texts: Iterable[str]) -> list[str]:
    """Give what a withdrawn idea leaves behind: its folded syllables, sorted."""
    found = {syllable for text in (title, *texts) for syllable in syllables(text)}
    return sorted(token for token in found if _KEPT.fullmatch(token))[:2000]


def _split(words: Syllables, set_aside: SetAside) -> tuple[list[str], list[str]]:
    """Give the terms that count and those set aside; no pair reaches from one to the other."""
    own: list[str] = []
    other: list[str] = []
    done = 0
    for start, end in set_aside.spans(words):
        own += _terms(words.folded[done:start])
        other += _terms(words.folded[start:end])
        done = end
    return own + _terms(words.folded[done:]), other


def _terms(run: list[str]) -> list[str]:
    return [*run, *map("_".join, pairwise(run))]


Frequencies = Mapping[str, Mapping[str, int]]  # field → term → how many ideas have it there


def laid_over(frequencies: Frequencies, over: Iterable[tuple[Entry, Terms]]) -> dict[str, dict[str, int]]:
    """Count the ideas that are not in the index too, where the index knows nothing of a term."""
    counts = {name: Counter[str]() for name in frequencies}
    for entry, terms in over:
        for name, count in counts.items():
            count.update(set(entry.tokens if name == TOKENS else terms.of(name)))
    return {
        name: {term: often or counts[name][term] for term, often in known.items()}
        for name, known in frequencies.items()
    }


def question(new: Terms, frequencies: Frequencies, statistics: Statistics) -> Question:
    """Choose the rarest terms of a new text; what no earlier idea has is not asked for."""
    documents = max(statistics.documents, 1)
    often = {
        term: count
        for term in dict.fromkeys((*new.body, *new.aside))
        if (count := sum(frequencies[name].get(term, 0) for name in (BODY, ASIDE, TOKENS)))
    }

    def rarity(count: int) -> float:
        count = min(count, documents)
        return math.log(1 + (documents - count + 0.5) / (count + 0.5))

    own, title = set(new.body), set(new.title)
    ranked = sorted(often, key=lambda term: (often[term], term))
    set_aside = [term for term in ranked if term not in own]
    common = {term for term in ranked if often[term] > documents / 4}
    most = MOST_TERMS - min(MOST_ASIDE, len(set_aside))
    chosen = _rarest([term for term in ranked if term in title], set(), MOST_OF_TITLE)
    others = [term for term in ranked if term in own and term not in chosen]
    chosen += _rarest(others, common, most - len(chosen))
    chosen += set_aside[: MOST_ASIDE if chosen else MOST_TERMS]
    short = sum("_" not in term for term in (*new.body, *new.aside)) <= _SHORT
    boosts = BOOST_OF_SHORT if short else BOOST
    clauses: list[Clause] = []
    itself = 0.0
    for term in chosen:
        weight = 1.0 if term in own else OWN_ASIDE
        at_home = (TITLE, BODY) if short or term in title else (BODY,)
        itself += weight * sum(boosts[name] for name in at_home) * rarity(often[term])
        counts = {name: frequencies[name].get(term, 0) for name in (*at_home, ASIDE)}
        clauses += [Clause(name, term, weight * boosts[name], rarity(n)) for name, n in counts.items() if n]
    syllables = [term for term in ranked if "_" not in term]
    return Question(
        clauses=tuple(clauses),
        rarity={term: rarity(often[term]) for term in chosen},
        syllables={term: rarity(often[term]) for term in syllables},
        statistics=statistics,
        itself=itself,
    )


def _rarest(ranked: Sequence[str], common: set[str], most: int) -> list[str]:
    """Take the first of a ranking; syllables keep their places, since pairs fall apart when words are moved.

    What every other idea has tells little and costs the engine most, so it is left out where enough else is there.
    """
    syllables = [term for term in ranked if "_" not in term]
    syllables = [term for at, term in enumerate(syllables) if at < FEW_SYLLABLES or term not in common]
    pairs = [term for term in ranked if "_" in term]
    chosen = syllables[: max(min(MOST_SYLLABLES, most), most - len(pairs))]
    return chosen + pairs[: most - len(chosen)]


def score(asked: Question, terms: Terms) -> float:
    """Score an idea that is not in the index as the index would."""
    counts = {name: Counter(terms.of(name)) for name in FIELDS}
    total = 0.0
    for clause in asked.clauses:
        if times := counts[clause.field][clause.term]:
            length = len(terms.of(clause.field))
            norm = _K1 * (1 - _B + _B * length / (asked.statistics.averages.get(clause.field) or length))
            total += clause.boost * clause.rarity * (1 + _K1) * times / (times + norm)
    return total


def score_of_tokens(asked: Question, tokens: Iterable[str]) -> float:
    """Score a withdrawn idea, of which only the syllables are left, on the same scale."""
    whole = sum(asked.syllables.values())
    if not whole:
        return 0.0
    shared = sum(asked.syllables.get(token, 0.0) for token in set(tokens)) / whole
    return asked.itself * shared**2
