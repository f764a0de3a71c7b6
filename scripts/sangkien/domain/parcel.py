"""Folders read together and kept together: what of each is wanted at once, and where the rest of it stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple


class Entry(NamedTuple):
    """One folder as it was read.

    `key` is git's id of the folder, so it changes with anything in it; `clean` says that nothing was found wrong.
    """

    name: str
    key: str
    clean: bool
    row: str  # what is wanted of it at once, as JSON: read only where it is
    start: int = 0
    length: int = 0  # bytes of the rest, in the parcel's file


class Head(NamedTuple):
    """A parcel in short: `context` names all that its folders were judged by beside themselves, `whole` all of them.

    `clean` says that nothing was found wrong in any, `digest` names the entries with their places.
    """

    context: str
    whole: str
    clean: bool
    digest: str

    def holds(self, context: str, whole: str) -> bool:
        """Tell whether all of it still holds and needs no second look."""
        return self.clean and self.context == context and self.whole == whole != ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """Entries by name."""

    head: Head
    entries: Mapping[str, Entry]

    def sound(self, context: str, name: str, key: str) -> Entry | None:
        """Give an entry that still holds and needs no second look."""
        entry = self.entries.get(name)
        fits = entry is not None and self.head.context == context and entry.clean and entry.key == key != ""
        return entry if fits else None


class Bound(NamedTuple):
    """Pieces kept together: key, note and place of each by its name, and the way to read what stands at a place.

    `state` names all that they were made of.
    """

    state: str = ""
    pieces: Mapping[str, tuple[str, Any, int, int]] = {}
    read: Callable[[int, int], bytes] = lambda _start, _length: b""
