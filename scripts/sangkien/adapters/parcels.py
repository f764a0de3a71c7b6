"""What was read of the records, kept in parcels: a file each, replaced whole, any piece of it read by its place."""

import os
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from sangkien.adapters import editions
from sangkien.adapters.whole import write_whole
from sangkien.domain.errors import OutsideError
from sangkien.domain.parcel import Entry, Head, Parcel

_AT_HAND = 256  # files kept open at once
_LENGTH = 8  # bytes after a part at the end of a file that tell how long it is: the head, and before it the entries


class Parcels:
    """The parcels of one repository; those that were written by other rules of reading are thrown away."""

    def __init__(self, root: Path) -> None:
        self.folder = editions.folder(root, "records", _edition())
        self._files: dict[str, int] = {}

    def head(self, name: str) -> Head | None:
        """Give a parcel in short; None where there is none."""
        try:
            with (self.folder / name).open("rb") as file:
                return Head(*orjson.loads(_before_end(file, 0)))
        except (OSError, ValueError, TypeError):
            return None

    def open(self, name: str) -> Parcel | None:
        """Give what a parcel holds; None where there is none."""
        try:
            with (self.folder / name).open("rb") as file:
                told = _before_end(file, 0)
                head, entries = Head(*orjson.loads(told)), orjson.loads(_before_end(file, len(told) + _LENGTH))
        except (OSError, ValueError, TypeError):
            return None
        return Parcel(head=head, entries={row[0]: Entry(*row) for row in entries})

    def write(self, name: str, context: str, whole: str, pieces: Iterable[tuple[Entry, Any]]) -> Parcel:
        """Replace a parcel; the entries come without their places."""
        entries: list[Entry] = []
        bodies: list[bytes] = []
        start = 0
        for entry, piece in pieces:
            body = orjson.dumps(piece)
            entries.append(entry._replace(start=start, length=len(body)))
            bodies.append(body)
            start += len(body)
        listed = orjson.dumps([tuple(entry) for entry in entries])
        clean = all(entry.clean for entry in entries)
        head = Head(context, whole, clean, blake2b(listed, digest_size=16).hexdigest())
        for part in (listed, orjson.dumps(tuple(head))):
            bodies += (part, len(part).to_bytes(_LENGTH))
        write_whole(self.folder / name, b"".join(bodies))
        if name in self._files:  # what was opened is the file that was replaced
            os.close(self._files.pop(name))
        return Parcel(head=head, entries={entry.name: entry for entry in entries})

    def piece(self, name: str, start: int, length: int) -> Any:
        """Read what is kept of one entry; raises OutsideError where another program changed it meanwhile."""
        try:
            return orjson.loads(os.pread(self._opened(name), length, start))
        except (OSError, ValueError) as error:
            raise OutsideError("cache", f"{self.folder.name}/{name}") from error

    def close(self) -> None:
        """Let go of the files that were opened."""
        while self._files:
            os.close(self._files.popitem()[1])

    def _opened(self, name: str) -> int:
        if name not in self._files:
            if len(self._files) >= _AT_HAND:
                os.close(self._files.pop(next(iter(self._files))))
            self._files[name] = os.open(self.folder / name, os.O_RDONLY)
        return self._files[name]


def _before_end(file: BinaryIO, end: int) -> bytes:
    """Read the part that ends so many bytes before the end."""
    file.seek(-_LENGTH - end, os.SEEK_END)
    length = int.from_bytes(file.read(_LENGTH))
    file.seek(-_LENGTH - end - length, os.SEEK_END)
    return file.read(length)


@cache
def _edition() -> str:
    """Name the rules of reading and judging."""
    package = editions.PACKAGE
    reading = (package / "workflow" / name for name in ("reading.py", "parcels.py", "identity.py"))
    return editions.named((*(package / "domain").rglob("*.py"), *reading, Path(__file__)))
