"""A pool of forked processes, for work that is the same for many folders."""

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import connection
from typing import Any, TypeVar

from sangkien.adapters.interrupt import held

Item = TypeVar("Item")
Result = TypeVar("Result")

_FEW = 64  # below this, starting processes costs more than it saves
_CHUNK = 32
_PATIENCE = 100_000  # objects made before the collector looks for circles, of which records and pages make few
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
        gc.set_threshold(_PATIENCE)
        gc.freeze()  # what is there already is shared by the workers, and need not be looked through again
        context = multiprocessing.get_context("fork")
        with (
            held() as let_through,
            ProcessPoolExecutor(self.processes, mp_context=context, initializer=_begin) as executor,
        ):
            for result in executor.map(_run, items, chunksize=1 if heavy else _CHUNK):
                let_through()
                yield result


def _begin() -> None:
    """Leave Ctrl+C to the first process, and go when it is gone: nobody else would end a worker after a kill."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None  # noqa: S101  # a worker has one
    connection.wait([parent.sentinel])
    os._exit(1)


def _run(item: Any) -> Any:
    assert _work is not None  # noqa: S101  # set before the fork
    return _work(item)
