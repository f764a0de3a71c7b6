"""Pictures from strangers, developed in processes of their own until they are clean and small."""

import io

from PIL import Image

from sangkien.adapters import darkroom
from sangkien.adapters.bounded import BoundedPool, Bounds

_LARGEST = 1600  # pixels
_MOST_BYTES = 300 * 1024
# A picture of as many pixels as are unfolded takes a quarter of the memory.
_BOUNDS = Bounds(memory=1024 * 1024 * 1024, seconds=20.0, waiting=12, each=200)


class DarkroomPool:
    """Makes any JPEG, PNG or WebP a clean, small WebP."""

    def __init__(self, processes: int = 1) -> None:
        self._pool = BoundedPool(_BOUNDS, processes, _begin)

    async def develop(self, source: bytes) -> bytes | None:
        """Give the picture anew, without anything but its pixels; None for what is no picture, or takes too long.

        Raises BusyError.
        """
        return await self._pool.run(small, source) if is_picture(source) else None

    def close(self) -> None:
        """End the processes."""
        self._pool.close()


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


def _begin() -> None:
    Image.init()
    small(_blank())  # what is loaded late is loaded now


def _blank() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (8, 8)).save(made, "PNG")
    return made.getvalue()
