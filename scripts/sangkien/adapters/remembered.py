"""A repository that is watched: what a folder held is not looked up again until something in it changed."""

from collections.abc import Iterable
from pathlib import Path

from sangkien.adapters.store import Store


class Remembered(Store):
    """A work tree whose changes are told."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self._ids: dict[str, str] = {}

    def tree_id(self, area: str) -> str:
        """Give the id of a folder as it stood when it was first asked for since the last change in it."""
        if area not in self._ids:
            self._ids[area] = super().tree_id(area)
        return self._ids[area]

    def forget(self, paths: Iterable[str]) -> None:
        """Take note that files changed."""
        self._links = {"": False}
        for path in paths:
            for folder in Path(path).parents:
                self._ids.pop(folder.as_posix(), None)


class Unversioned:
    """Trees of a folder that git is not asked about: what is remembered is known sooner than git can tell."""

    def tree(self, area: str) -> str | None:
        """Know of no commit."""
        del area
        return None

    def folders(self, tree: str, *, deep: bool) -> dict[str, str]:
        """Know of no folders."""
        del tree, deep
        return {}

    def changes(self, area: str) -> list[str] | None:
        """Know of no changes."""
        del area
        return None
