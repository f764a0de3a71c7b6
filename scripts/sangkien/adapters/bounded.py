"""Work on what strangers sent, in processes of its own: one after the other, bounded in memory and in time."""

import asyncio
import multiprocessing
import resource
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")


class BusyError(Exception):
    """Too many wait already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What one process may take: bytes, seconds for one work, works that wait, works before a fresh one takes over."""

    memory: int
    seconds: float
    waiting: int
    each: int


class BoundedPool:
    """Runs functions that may be more than a process can bear; `begin` readies each process."""

    def __init__(self, bounds: Bounds, processes: int = 1, begin: Callable[[], object] | None = None) -> None:
        self._bounds, self._processes, self._begin = bounds, processes, begin
        self._executor = self._fresh()
        self._waiting = 0

    async def run(self, function: Callable[..., T], *given: Any) -> T | None:
        """Give what a function gives; None where it took too long or too much. Raises BusyError."""
        if self._waiting >= self._bounds.waiting:
            raise BusyError
        self._waiting += 1
        executor = self._executor
        try:
            async with asyncio.timeout(self._bounds.seconds * (1 + self._waiting)):
                return await asyncio.get_running_loop().run_in_executor(executor, function, *given)
        except (BrokenExecutor, TimeoutError, MemoryError):  # it was more than a process could bear
            self._replace(executor)
            return None
        except RuntimeError as error:  # another's work was, at this very moment
            self._replace(executor)
            raise BusyError from error
        finally:
            self._waiting -= 1

    def close(self) -> None:
        """End the processes."""
        _end(self._executor)

    def _replace(self, executor: ProcessPoolExecutor) -> None:
        if executor is self._executor:
            self._executor = self._fresh()
            _end(executor)

    def _fresh(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")  # a process with threads must not be forked
        bound = (self._bounds.memory, self._begin)
        return ProcessPoolExecutor(self._processes, context, _bound, bound, max_tasks_per_child=self._bounds.each)


def _end(executor: ProcessPoolExecutor) -> None:
    for process in dict(executor._processes or {}).values():  # one that does not end by itself
        process.kill()
    executor.shutdown(wait=False, cancel_futures=True)


def _bound(memory: int, begin: Callable[[], object] | None) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    if begin:
        begin()
