"""What was made of the records, kept in bundles: a file each, replaced whole, taken again where it still fits."""

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

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
            file = (self.folder / name).open("rb")
            file.seek(-_LENGTH - _STATE, os.SEEK_END)
            length, state = int.from_bytes(file.read(_LENGTH)), file.read().decode("ascii").rstrip()
            file.seek(-_STATE - _LENGTH - length, os.SEEK_END)
            of, told = orjson.loads(file.read(length))
        except (OSError, ValueError):
            return Bound()
        if of != context:
            return Bound()
        pieces = {piece: (key, note, at, size) for piece, key, note, at, size in told}
        return Bound(state, pieces, partial(_piece, file))  # the file is closed when nobody asks any more

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


def _piece(file: BinaryIO, start: int, length: int) -> bytes:
    return os.pread(file.fileno(), length, start)
