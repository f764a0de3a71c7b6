"""A pool of forked processes, for work that is the same for many folders."""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_FEW = 64  # below this, starting processes costs more than it saves
_CHUNK = 32
_work: Callable[[Any], Any] | None = None


class Pool:
    """Map a function over items in order; what it closes over reaches the workers by fork, unpickled."""

    def __init__(self, processes: int) -> None:
        self.processes = processes

    def map(
        self, function: Callable[[Item], Result], items: Sequence[Item], *, heavy: bool = False
    ) -> Iterator[Result]:
        """Give the results in the order of the items; heavy ones are handed out one by one, however few."""
        global _work  # noqa: PLW0603  # the only way to hand a closure to a forked worker
        if self.processes < 2 or len(items) < (2 if heavy else _FEW):
            yield from map(function, items)
            return
        _work = function
        context = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(self.processes, mp_context=context) as executor:
            yield from executor.map(_run, items, chunksize=1 if heavy else _CHUNK)


def _run(item: Any) -> Any:
    assert _work is not None  # noqa: S101  # set before the fork
    return _work(item)
