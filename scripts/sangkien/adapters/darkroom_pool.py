"""Pictures from strangers, developed in processes of their own: small, one after the other, and bounded in memory."""

import asyncio
import io
import multiprocessing
import resource
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor

from PIL import Image

from sangkien.adapters import darkroom

_LARGEST = 1600  # pixels
_MOST_BYTES = 300 * 1024
_MEMORY = 1024 * 1024 * 1024  # of one process; a picture of as many pixels as are unfolded takes a quarter of it
_SECONDS = 20.0
_WAITING = 12  # pictures that may wait; for more there is no room
_EACH = 200  # pictures one process develops before a fresh one takes its place


class BusyError(Exception):
    """Too many pictures wait already."""


class DarkroomPool:
    """Makes any JPEG, PNG or WebP a clean, small WebP."""

    def __init__(self, processes: int = 1) -> None:
        self._processes = processes
        self._executor = self._fresh()
        self._waiting = 0

    async def develop(self, source: bytes) -> bytes | None:
        """Give the picture anew, without anything but its pixels; None for what is no picture, or takes too long.

        Raises BusyError.
        """
        if not is_picture(source):
            return None
        if self._waiting >= _WAITING:
            raise BusyError
        self._waiting += 1
        executor = self._executor
        try:
            async with asyncio.timeout(_SECONDS * (1 + self._waiting)):
                return await asyncio.get_running_loop().run_in_executor(executor, small, source)
        except (BrokenExecutor, TimeoutError):  # it was more than a process could bear
            self._replace(executor)
            return None
        except RuntimeError as error:  # another's picture was, at this very moment
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
        return ProcessPoolExecutor(self._processes, context, _bound, max_tasks_per_child=_EACH)


def is_picture(source: bytes) -> bool:
    """Tell by its first bytes whether something says that it is a JPEG, PNG or WebP."""
    is_webp = source[:4] == b"RIFF" and source[8:12] == b"WEBP"
    return source[:3] == b"\xff\xd8\xff" or source[:8] == b"\x89PNG\r\n\x1a\n" or is_webp


def small(source: bytes) -> bytes | None:
    """Develop a picture, smaller and coarser until it is small enough."""
    largest = _LARGEST
    while largest > 300:
        made = darkroom.web(source, largest)
        if made is None or len(made) <= _MOST_BYTES:
            return made
        largest = largest * 3 // 4
    return None


def _end(executor: ProcessPoolExecutor) -> None:
    for process in dict(executor._processes or {}).values():  # one that does not end by itself
        process.kill()
    executor.shutdown(wait=False, cancel_futures=True)


def _bound() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    Image.init()
    small(_blank())  # what is loaded late is loaded now


def _blank() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (8, 8)).save(made, "PNG")
    return made.getvalue()
