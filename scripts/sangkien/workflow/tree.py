"""One commit's files on the forge, fetched as data and only as far as asked."""

from sangkien.domain.desk import TreeEntry
from sangkien.workflow.forge import Forge


class Tree:
    """One commit's files, fetched as data and only as far as asked."""

    def __init__(self, forge: Forge, root: str) -> None:
        self._forge, self._root = forge, root
        self._levels: dict[str, dict[str, TreeEntry]] = {}

    def _level(self, folder: str) -> dict[str, TreeEntry]:
        if folder not in self._levels:
            key: str | None = self._root
            if folder:
                above, _, name = folder.rpartition("/")
                entry = self._level(above).get(name)
                key = entry.key if entry and entry.mode == "040000" else None
            self._levels[folder] = {e.path: e for e in self._forge.entries(key)} if key else {}
        return self._levels[folder]

    def find(self, path: str) -> TreeEntry | None:
        """Find an entry; None where nothing of that path stands."""
        folder, _, name = path.rpartition("/")
        return self._level(folder).get(name)

    def listed(self, folder: str) -> list[TreeEntry]:
        """List what stands in a folder; nothing where there is none."""
        return list(self._level(folder).values())
