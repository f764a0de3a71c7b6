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
_MEMORY = 768 * 1024 * 1024  # addresses of one process; the largest picture there may be fills 350 of these megabytes
_SECONDS = 20.0
_WAITING = 12  # pictures that may wait; for more there is no room
_EACH = 200  # pictures one process develops before a fresh one takes its place


class BusyError(Exception):
    """Too many pictures wait already."""


class DarkroomPool:
    """Makes any JPEG, PNG or WebP a clean, small WebP; a picture that breaks its process harms no other."""

    def __init__(self, processes: int = 1) -> None:
        self._rooms = [_fresh() for _ in range(processes)]
        self._free = list(self._rooms)
        self._turns = asyncio.Semaphore(processes)
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
        try:
            async with self._turns:
                return await self._alone(source)
        finally:
            self._waiting -= 1

    def close(self) -> None:
        """End the processes."""
        for room in self._rooms:
            _end(room)

    async def _alone(self, source: bytes) -> bytes | None:
        """Let a process develop this one picture, and give it up where the picture is more than it can bear."""
        room = self._free.pop()
        is_done = False
        try:
            async with asyncio.timeout(_SECONDS):
                made = await asyncio.get_running_loop().run_in_executor(room, small, source)
        except (BrokenExecutor, TimeoutError):
            return None
        else:
            is_done = True
            return made
        finally:  # also where whoever sent it has gone: then the process is still at it
            if not is_done:
                _end(room)
                self._rooms.remove(room)
                self._rooms.append(room := _fresh())
            self._free.append(room)


def is_picture(source: bytes) -> bool:
    """Tell by its first bytes whether something says that it is a JPEG, PNG or WebP."""
    is_webp = source[:4] == b"RIFF" and source[8:12] == b"WEBP"
    return source[:3] == b"\xff\xd8\xff" or source[:8] == b"\x89PNG\r\n\x1a\n" or is_webp


def small(source: bytes) -> bytes | None:
    """Develop a picture, smaller and coarser until it is small enough."""
    largest = _LARGEST
    try:
        while largest > 300:
            made = darkroom.web(source, largest)
            if made is None or len(made) <= _MOST_BYTES:
                return made
            largest = largest * 3 // 4
    except Exception:  # noqa: BLE001  # whatever a stranger's bytes make the reader raise, they are no picture
        return None
    return None


def _fresh() -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")  # a process with threads must not be forked
    return ProcessPoolExecutor(1, context, _bound, max_tasks_per_child=_EACH)


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
