"""Concurrency groups: in each, one item runs, one waits, and a newer one takes the waiting one's place."""

from collections import deque
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class _Lane(Generic[T]):
    holder: T
    waiting: T | None = None


class Lanes(Generic[T]):
    """Lines items up; whoever uses it from several threads holds a lock."""

    def __init__(self) -> None:
        self._ready: deque[tuple[str, T]] = deque()
        self._lanes: dict[str, _Lane[T]] = {}
        self._working = 0

    @property
    def idle(self) -> bool:
        return not self._ready and not self._working

    def add(self, item: T, group: str) -> T | None:
        """Line an item up and give the one whose place it takes; without a group nothing holds it up."""
        key = group.lower()
        lane = self._lanes.get(key) if key else None
        if lane is None:
            if key:
                self._lanes[key] = _Lane(item)
            self._ready.append((key, item))
            return None
        replaced, lane.waiting = lane.waiting, item
        return replaced

    def take(self) -> tuple[str, T] | None:
        """Give the next item that may run, and the key to say that it is done."""
        if not self._ready:
            return None
        self._working += 1
        return self._ready.popleft()

    def done(self, key: str) -> None:
        """Let the one that waits for this one run."""
        self._working -= 1
        lane = self._lanes.pop(key, None) if key else None
        if lane is not None and lane.waiting is not None:
            self._lanes[key] = _Lane(lane.waiting)
            self._ready.append((key, lane.waiting))
