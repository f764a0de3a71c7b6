"""How an idea spreads: which place learned it from which, and which honoured idea grew out of which."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from sangkien.domain import records as r
from sangkien.domain.views import Idea


class Place(NamedTuple):
    """A place that took an idea up: how many steps from where it was born, and what is recorded of it."""

    depth: int
    record: r.ApplicationRecord


class Improvement(NamedTuple):
    """An idea that grew out of another: how many steps away, and the idea."""

    depth: int
    idea: Idea


Branch = Place | Improvement


class Lineage:
    """The honoured ideas that grew out of others; what is not honoured, or no longer, is not named."""

    def __init__(self, ideas: Iterable[Idea]) -> None:
        self._sources: dict[str, tuple[Idea, ...]] = {}
        self._improvements: dict[str, list[Idea]] = {}
        ideas = tuple(ideas)
        building = [idea for idea in ideas if idea.brief.builds_on]
        wanted = set(chain.from_iterable(idea.brief.builds_on for idea in building))
        known = {idea.code: idea for idea in ideas if idea.code in wanted}
        for idea in sorted(building, key=lambda idea: (idea.on, idea.code)):
            own = [known[code] for code in idea.brief.builds_on if code in known and code != idea.code]
            self._sources[idea.code] = tuple(own)
            for source in own:
                self._improvements.setdefault(source.code, []).append(idea)

    def sources(self, idea: Idea) -> tuple[Idea, ...]:
        """Give the ideas that one grew out of, as it names them."""
        return self._sources.get(idea.code, ())

    def improvements(self, idea: Idea) -> tuple[Idea, ...]:
        """Give the ideas that grew out of one, the oldest first."""
        return tuple(self._improvements.get(idea.code, ()))

    def grown(self, idea: Idea) -> Iterator[Improvement]:
        """Walk through all that grew out of an idea, each once, every branch to its end before the next."""
        seen = {idea.code}
        waiting = [Improvement(1, one) for one in reversed(self.improvements(idea))]
        while waiting:
            depth, one = waiting.pop()
            if one.code not in seen:
                seen.add(one.code)
                yield Improvement(depth, one)
                waiting += [Improvement(depth + 1, other) for other in reversed(self.improvements(one))]


def places(applications: Sequence[r.ApplicationRecord]) -> Iterator[Place]:
    """Walk from place to place as they learned; who names nobody, or nobody told of, learned where it was born."""
    ordered = sorted(applications, key=lambda a: (a["since"], a["number"]), reverse=True)
    known = {application["number"] for application in ordered}
    learners: dict[int, list[r.ApplicationRecord]] = {}
    for application in ordered:
        teacher = application.get("learned_from", 0)
        learners.setdefault(teacher if teacher in known else 0, []).append(application)
    seen: set[int] = set()
    waiting = [Place(1, application) for application in learners.get(0, ())]
    # Places that say of each other that they learned there stand for themselves, after all others.
    circling = [Place(1, application) for application in ordered]
    while waiting or circling:
        depth, application = waiting.pop() if waiting else circling.pop()
        if application["number"] not in seen:
            seen.add(application["number"])
            yield Place(depth, application)
            waiting += [Place(depth + 1, learner) for learner in learners.get(application["number"], ())]


def branches(improvements: Iterable[Improvement], found: Iterable[Place], most: int) -> tuple[tuple[Branch, ...], int]:
    """Give the first branches of an idea, those that grew further before those that took it up, and count the rest."""
    all_: Iterator[Branch] = chain(improvements, found)
    first = tuple(islice(all_, most))
    return first, sum(1 for _ in all_)


def has_ended(application: r.ApplicationRecord) -> bool:
    """Tell whether a place said, when it was asked last, that it had left off."""
    asked = application.get("follow_ups", ())
    return bool(asked) and max(asked, key=lambda time: time["date"])["still"] == "da-thoi"


def months(since: str, until: str) -> int:
    """Count the whole months from one day to another."""
    (y1, m1, d1), (y2, m2, d2) = (map(int, day.split("-")) for day in (since, until))
    return (y2 - y1) * 12 + m2 - m1 - (d2 < d1)
