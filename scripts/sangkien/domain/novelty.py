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

from sangkien.domain.set_aside import SetAside, Word, words

FOLDING_VERSION = 1  # part of the key of every cached index: raise it when terms come out differently

TITLE, BODY, ASIDE = "title", "body", "aside"
FIELDS = (TITLE, BODY, ASIDE)
BOOST = {TITLE: 2.0, BODY: 1.0, ASIDE: 0.2}
OWN_TITLE = 1.5  # a term of the new text's own title says more than one from its middle

MOST_TERMS = 60
MOST_SYLLABLES = 36  # at least so many places are for syllables, as long as there are any
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


@dataclass(frozen=True, slots=True)
class Statistics:
    """How many ideas the index holds and how many terms an idea has in each field."""

    documents: int = 0
    averages: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the index: the chosen terms, each with its weight and its boost."""

    rarity: Mapping[str, float]
    boosts: Mapping[str, float]
    syllables: Mapping[str, float]
    statistics: Statistics
    itself: float = 0.0  # what the new text would score if it were an earlier idea

    def wanted(self) -> list[tuple[str, str, float]]:
        """Give field, term and boost of every clause."""
        return [(name, term, boost * BOOST[name]) for term, boost in self.boosts.items() for name in FIELDS]


def terms_of(title: str, texts: Iterable[str], set_aside: SetAside) -> Terms:
    """Take an idea's terms, names of organisations and boilerplate apart."""
    head, aside = _split(words(title[:LONGEST_TEXT]), set_aside)
    body = list(head)
    for text in texts:
        own, other = _split(words(text[:LONGEST_TEXT]), set_aside)
        body += own
        aside += other
    return Terms(tuple(head), tuple(body), tuple(aside))


def terms_of_entry(entry: Entry, set_aside: SetAside) -> Terms:
    """Take the terms of an earlier idea."""
    return terms_of(entry.title, entry.texts, set_aside)


def kept_tokens(title: str, texts: Iterable[str]) -> list[str]:
    """Give what a withdrawn idea leaves behind: its folded syllables, sorted."""
    found = {word.folded for text in (title, *texts) for word in words(text)}
    return sorted(token for token in found if _KEPT.fullmatch(token))[:2000]


def _split(read: Sequence[Word], set_aside: SetAside) -> tuple[list[str], list[str]]:
    """Give the terms that count and those set aside; no pair reaches from one to the other."""
    marks = set_aside.marks(read)
    own: list[str] = []
    other: list[str] = []
    before, was_aside = "", False
    for word, is_aside in zip(read, marks, strict=True):
        into = other if is_aside else own
        into.append(word.folded)
        if before and is_aside == was_aside:
            into.append(f"{before}_{word.folded}")
        before, was_aside = word.folded, is_aside
    return own, other


def question(new: Terms, frequency: Mapping[str, int], statistics: Statistics) -> Question:
    """Choose the rarest terms of a new text; `frequency` tells how many ideas have a term."""
    documents = max(statistics.documents, 1)

    def rarity(term: str) -> float:
        often = min(frequency.get(term, 0), documents)
        return math.log(1 + (documents - often + 0.5) / (often + 0.5))

    title = set(new.title)
    known = [term for term in dict.fromkeys((*new.body, *new.aside)) if frequency.get(term)]
    known.sort(key=lambda term: (frequency[term], term))
    syllables = [term for term in known if "_" not in term]
    pairs = [term for term in known if "_" in term]
    room = max(MOST_SYLLABLES, MOST_TERMS - len(pairs))
    chosen = syllables[:room]
    chosen += pairs[: MOST_TERMS - len(chosen)]
    asked = Question(
        rarity={term: rarity(term) for term in chosen},
        boosts={term: OWN_TITLE if term in title and len(new.body) > len(new.title) else 1.0 for term in chosen},
        syllables={term: rarity(term) for term in syllables if frequency[term] * 2 < documents}
        or dict.fromkeys(syllables, 1.0),
        statistics=statistics,
    )
    return Question(asked.rarity, asked.boosts, asked.syllables, statistics, score(asked, new))


def score(asked: Question, terms: Terms) -> float:
    """Score an idea that is not in the index as the index would."""
    total = 0.0
    for name in FIELDS:
        own = terms.of(name)
        average = asked.statistics.averages.get(name) or len(own) or 1
        norm = _K1 * (1 - _B + _B * len(own) / average)
        for term, times in Counter(own).items():
            if boost := asked.boosts.get(term):
                total += boost * BOOST[name] * asked.rarity[term] * (1 + _K1) * times / (times + norm)
    return total


def score_of_tokens(asked: Question, tokens: Iterable[str]) -> float:
    """Score a withdrawn idea, of which only the syllables are left, on the same scale."""
    whole = sum(asked.syllables.values())
    if not whole:
        return 0.0
    shared = sum(asked.syllables.get(token, 0.0) for token in set(tokens)) / whole
    return asked.itself * shared**2
