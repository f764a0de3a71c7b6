"""What was made of the records, kept in bundles: a file each, replaced whole, taken again where its key still fits."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from sangkien.adapters import editions
from sangkien.adapters.whole import write_whole

_LENGTH = 8  # bytes at the end of a file that tell how long its list of pieces is


class Bundles:
    """The bundles of one repository; what another edition of the program made is thrown away."""

    def __init__(self, root: Path) -> None:
        self.folder = editions.folder(root, "made", editions.whole_program())

    def open(self, name: str, context: str) -> Mapping[str, tuple[str, Any, bytes]]:
        """Give key, note and data of each piece by its name; nothing where there is no bundle of this context."""
        try:
            data = (self.folder / name).read_bytes()
            end = len(data) - _LENGTH
            of, pieces = orjson.loads(memoryview(data)[end - int.from_bytes(data[end:]) : end])
        except (OSError, ValueError):
            return {}
        if of != context:
            return {}
        return {name: (key, note, data[start : start + length]) for name, key, note, start, length in pieces}

    def write(self, name: str, context: str, pieces: Sequence[tuple[str, str, Any, bytes]]) -> None:
        """Replace a bundle by name, key, note and data of each piece."""
        told: list[tuple[str, str, Any, int, int]] = []
        start = 0
        for piece, key, note, data in pieces:
            told.append((piece, key, note, start, len(data)))
            start += len(data)
        index = orjson.dumps((context, told))
        body = b"".join([*(data for *_, data in pieces), index, len(index).to_bytes(_LENGTH)])
        write_whole(self.folder / name, body)
