"""One pull request that brings one idea, judged by the real gatekeeper at a desk that stands in memory.

    python tests/benchmark/gate.py REPO

Everything but the network is done as `sangkien validate-pr` does it: registers read, the idea parsed and checked,
earlier ideas asked for likenesses, statuses set, the comment written. What was found is printed.
"""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, cast

from sangkien.adapters.git import Git
from sangkien.adapters.novelty import Shelf
from sangkien.adapters.parcels import Parcels
from sangkien.adapters.pool import Pool
from sangkien.adapters.store import Store
from sangkien.domain import idea_code, layout
from sangkien.domain.desk import Change, Commit, Pull, Remark, TreeEntry
from sangkien.domain.passages import Nearest
from sangkien.workflow import similar, validate_pr
from sangkien.workflow.forge import Forge
from sangkien.workflow.identity import REGISTERS, Identity

_HEAD, _NUMBER = "c" * 40, 7


class Desk:
    """As much of a forge as judging one pull request asks for."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path, self.data, self.said = path, data, ""
        code = idea_code.of_folder(path.rpartition("/")[0])
        self._pull = Pull(
            number=_NUMBER, title=code, is_open=True, merged=False, branch="mend", head=_HEAD, base="main",
            inside=True, labels=frozenset(), author=1, by_bot=False,
        )  # fmt: skip

    def default_branch(self) -> str:
        return "main"

    def pull(self, _: int) -> Pull:
        return self._pull

    def open_pulls(self) -> Iterator[Pull]:
        return iter((self._pull,))

    def changes(self, _: int) -> Iterator[Change]:
        return iter((Change(path=self.path, status="added"),))

    def commit(self, key: str) -> Commit:
        return Commit(key=key, tree="/", message="")

    def entries(self, tree: str) -> list[TreeEntry]:
        """Give the one way that leads to the file; a tree's id is the path to it."""
        name = self.path.removeprefix(f"{tree}/" if tree != "/" else "").split("/")[0]
        whole = name if tree == "/" else f"{tree}/{name}"
        mode = "100644" if whole == self.path else "040000"
        return [TreeEntry(path=name, mode=mode, key=whole, size=len(self.data))]

    def blob(self, _: str) -> bytes:
        return self.data

    def remarks(self, _: int) -> list[Remark]:
        return []

    def say(self, _: int, body: str) -> None:
        self.said = body

    def label(self, number: int, labels: Sequence[str]) -> None:
        """Take it as done."""

    def status(self, commit: str, context: str, state: str, description: str, target: str = "") -> None:
        """Take it as done."""


def brought(store: Store) -> tuple[str, bytes]:
    """Write an idea that is new, in the words of an earlier one."""
    for folder in store.idea_folders():
        path = f"{folder}/idea.yml"
        if store.exists(path) and "\nimages:" not in store.text(path):
            earlier = idea_code.of_folder(folder)
            code = idea_code.make(int(earlier[:4]), "ZZZZZZZ")  # the generator never comes so far
            return layout.path_of("idea", code), store.text(path).replace(earlier, code, 1).encode()
    raise SystemExit("no idea to begin from")


def neighbours(store: Store) -> validate_pr.Near:
    """Give the way to look for earlier ideas, as the desk has it."""

    @cache
    def base() -> similar.Base:
        shelf = Shelf(store.root / ".cache" / "novelty")
        workers = Pool(os.cpu_count() or 1)
        return similar.open_base(store, Git(store.root), shelf, workers, similar.set_aside_in(store), clean=True)

    def near(idea: Mapping[str, Any], others: Sequence[Mapping[str, Any]]) -> Sequence[Nearest]:
        return similar.near_idea(base(), idea, others)

    return near


def main() -> None:
    store = Store(Path(sys.argv[1]).resolve())
    desk = Desk(*brought(store))
    kept = Parcels(store.root), Identity(store, Git(store.root), REGISTERS)
    keeper = validate_pr.Gatekeeper(cast("Forge", desk), store, Pool(1), neighbours(store), "", kept)
    verdict = keeper.judge(_NUMBER)
    print(verdict.kind, *(finding.code.value for finding in verdict.errors), len(desk.said))


if __name__ == "__main__":
    main()
