"""What the steps need of the outside, by need and not by name."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

from sangkien.domain.notation import Document

Item = TypeVar("Item")
Result = TypeVar("Result")


class Files(Protocol):
    """The repository's files, by path relative to its root."""

    def files(self, area: str) -> Iterator[str]: ...
    def idea_folders(self) -> Iterator[str]: ...
    def stray_files(self) -> Iterator[str]: ...
    def read(self, path: str) -> Document: ...
    def text(self, path: str) -> str: ...
    def exists(self, path: str) -> bool: ...
    def write(self, path: str, text: str) -> None: ...


class History(Protocol):
    """What git remembers."""

    def blob_id(self, text: str) -> str: ...
    def blob(self, object_id: str) -> bytes | None: ...


class Workers(Protocol):
    """Something that maps a function over many items, perhaps in several processes."""

    def map(self, function: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]: ...
