"""Folders of records, named by all that stands in them."""

from collections.abc import Sequence

from sangkien.domain import layout
from sangkien.workflow.ports import Files, Trees

REGISTERS = (layout.REGISTER, "schemas")
DATA = (layout.IDEAS, *REGISTERS)


class Identity:
    """Gives the ids of folders; empty where something lies on top of one.

    What git has committed is known by the id it has there; what is not as in the last commit is looked into. Of ideas
    no more is known at first than the folders of many.
    """

    def __init__(self, files: Files, trees: Trees, areas: Sequence[str] = DATA) -> None:
        self._files, self._trees = files, trees
        self._known: dict[str, str] = {}
        self._changed: set[str] = set()
        self._ideas = ""
        for area in areas:
            tree, changes = trees.tree(area), trees.changes(area)
            if tree is None or changes is None:
                self._known.clear()
                self._ideas = ""
                return
            for path in changes:
                parts = path.split("/")
                self._changed.update("/".join(parts[:length]) for length in range(1, len(parts)))
            self._known[area] = tree
            if area == layout.IDEAS:
                self._ideas = tree
                for year, key in self._learn(area, tree, deep=False).items():
                    self._learn(f"{area}/{year}", key, deep=False)
            else:
                self._learn(area, tree, deep=True)

    def __call__(self, folder: str) -> str:
        """Name a folder."""
        known = "" if folder in self._changed else self._known.get(folder)
        return known or self._files.tree_id(folder)

    def look_deeper(self) -> None:
        """Learn of the folder of every idea, where many are to be named."""
        if self._ideas:
            self._learn(layout.IDEAS, self._ideas, deep=True)
            self._ideas = ""

    def _learn(self, area: str, tree: str, *, deep: bool) -> dict[str, str]:
        found = self._trees.folders(tree, deep=deep)
        self._known |= {f"{area}/{name}": key for name, key in found.items()}
        return found
