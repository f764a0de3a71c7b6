"""What was made of the records, kept in bundles: a file each, replaced whole, taken again where it still fits."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson

from sangkien.adapters import editions
from sangkien.adapters.whole import write_whole
from sangkien.domain.parcel import Bound

_LENGTH = 8  # bytes near the end of a file that tell how long its list of pieces is
_STATE = 32  # bytes at the end that name what all of it was made of


class Bundles:
    """The bundles of one repository; what another edition of the program made is thrown away."""

    def __init__(self, root: Path) -> None:
        self.folder = editions.folder(root, "made", editions.whole_program())

    def open(self, name: str, context: str) -> Bound:
        """Give what a bundle holds; nothing where there is none of this context."""
        try:
            data = (self.folder / name).read_bytes()
            end = len(data) - _LENGTH - _STATE
            length = int.from_bytes(data[end : end + _LENGTH])
            of, told = orjson.loads(memoryview(data)[end - length : end])
            state = data[end + _LENGTH :].decode("ascii").rstrip()
        except (OSError, ValueError):
            return Bound()
        if of != context:
            return Bound()
        return Bound(state, {name: (key, note, data[at : at + length]) for name, key, note, at, length in told})

    def write(self, name: str, context: str, pieces: Sequence[tuple[str, str, Any, bytes]], state: str = "") -> None:
        """Replace a bundle by name, key, note and data of each piece."""
        told: list[tuple[str, str, Any, int, int]] = []
        start = 0
        for piece, key, note, data in pieces:
            told.append((piece, key, note, start, len(data)))
            start += len(data)
        index = orjson.dumps((context, told))
        body = b"".join([*(data for *_, data in pieces), index, len(index).to_bytes(_LENGTH), _padded(state)])
        write_whole(self.folder / name, body)

    def confirm(self, name: str, state: str) -> None:
        """Say of a bundle that all of it holds in this state too; a half-written name is that of no state."""
        with (self.folder / name).open("r+b") as file:
            file.seek(-_STATE, os.SEEK_END)
            file.write(_padded(state))


def _padded(state: str) -> bytes:
    return state.encode("ascii").ljust(_STATE)
