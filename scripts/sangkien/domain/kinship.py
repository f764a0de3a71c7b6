"""Which honoured ideas are near each other: of one field, sharing the rarest words first, then the nearest in time."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise

from sangkien.domain import text, views

_COMMONEST = 24  # a pair of syllables found in more ideas than this tells nothing, and would cost time
_RAREST = 8  # pairs of an idea that are looked up
_LEAST = 2  # pairs that two ideas of one field must share to be called near
_LEAST_AFAR = 4  # and two of different fields


def kin(ideas: Iterable[views.Idea], count: int = 3) -> Mapping[str, tuple[str, ...]]:
    """Give for each idea the codes of the nearest others, nearest first; the order of the ideas does not matter."""
    ordered = sorted(ideas, key=lambda idea: (idea.on, idea.code))
    field = {idea.code: idea.record["field"] for idea in ordered}
    pairs = {idea.code: _pairs(idea) for idea in ordered}
    holders: dict[str, list[str]] = {}
    fellows: dict[str, list[str]] = {}
    place: dict[str, int] = {}
    for code, own in pairs.items():
        place[code] = len(fellows.setdefault(field[code], []))
        fellows[field[code]].append(code)
        for pair in own:
            holders.setdefault(pair, []).append(code)

    def near(code: str) -> Iterator[str]:
        yield from _alike(code, pairs[code], holders, field)
        yield from _around(fellows[field[code]], place[code])

    return {code: tuple(islice(_once(near(code)), count)) for code in pairs}


def _alike(
    code: str, own: frozenset[str], holders: Mapping[str, Sequence[str]], field: Mapping[str, str]
) -> Iterator[str]:
    shared: Counter[str] = Counter()
    telling = sorted((len(holders[pair]), pair) for pair in own if 1 < len(holders[pair]) <= _COMMONEST)
    for _, pair in telling[:_RAREST]:
        shared.update(holders[pair])
    del shared[code]
    for weight, other in sorted((-weight, other) for other, weight in shared.items()):
        if -weight >= (_LEAST if field[other] == field[code] else _LEAST_AFAR):
            yield other


def _around(fellows: Sequence[str], place: int) -> Iterator[str]:
    """Give the ideas of a field next to one in time, later ones first."""
    for step in range(1, len(fellows)):
        if place + step < len(fellows):
            yield fellows[place + step]
        if place - step >= 0:
            yield fellows[place - step]


def _pairs(idea: views.Idea) -> frozenset[str]:
    """Give the pairs of neighbouring syllables, without marks."""
    pairs: set[str] = set()
    for part in (idea.title, idea.record["summary"]):
        syllables = text.slug(part).split("-")
        pairs.update(f"{first} {second}" for first, second in pairwise(syllables))
    return frozenset(pairs)


def _once(codes: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for code in codes:
        if code not in seen:
            seen.add(code)
            yield code
