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
    """Runs functions that may be more than a process can bear; one that breaks its process harms no other.

    `begin` readies each process.
    """

    def __init__(self, bounds: Bounds, processes: int = 1, begin: Callable[[], object] | None = None) -> None:
        self._bounds, self._begin = bounds, begin
        self._rooms = [self._fresh() for _ in range(processes)]
        self._free = list(self._rooms)
        self._turns = asyncio.Semaphore(processes)
        self._waiting = 0

    async def run(self, function: Callable[..., T], *given: Any) -> T | None:
        """Give what a function gives; None where it took too long or too much. Raises BusyError."""
        if self._waiting >= self._bounds.waiting:
            raise BusyError
        self._waiting += 1
        try:
            async with self._turns:
                return await self._alone(function, *given)
        finally:
            self._waiting -= 1

    def close(self) -> None:
        """End the processes."""
        for room in self._rooms:
            _end(room)

    async def _alone(self, function: Callable[..., T], *given: Any) -> T | None:
        """Let a process do this one work, and give it up where the work is more than it can bear."""
        room = self._free.pop()
        is_done = False
        try:
            async with asyncio.timeout(self._bounds.seconds):
                made = await asyncio.get_running_loop().run_in_executor(room, function, *given)
        except (BrokenExecutor, TimeoutError, MemoryError):
            return None
        else:
            is_done = True
            return made
        finally:  # also where whoever sent it has gone: then the process is still at it
            if not is_done:
                _end(room)
                self._rooms.remove(room)
                self._rooms.append(room := self._fresh())
            self._free.append(room)

    def _fresh(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")  # a process with threads must not be forked
        bound = (self._bounds.memory, self._begin)
        return ProcessPoolExecutor(1, context, _bound, bound, max_tasks_per_child=self._bounds.each)


def _end(executor: ProcessPoolExecutor) -> None:
    for process in dict(executor._processes or {}).values():  # one that does not end by itself
        process.kill()
    executor.shutdown(wait=False, cancel_futures=True)


def _bound(memory: int, begin: Callable[[], object] | None) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    if begin:
        begin()
