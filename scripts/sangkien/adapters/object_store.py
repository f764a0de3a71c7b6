"""The repository's files as one commit holds them, read from git's objects: no work tree is looked at, or needed."""

import hashlib
import os
import posixpath
import subprocess
from collections.abc import Iterator
from itertools import accumulate, chain
from pathlib import Path
from typing import NamedTuple, NoReturn

from sangkien.adapters.git_objects import GitObjects
from sangkien.adapters.store import unread
from sangkien.domain import layout, notation
from sangkien.domain.errors import OutsideError, UsageError
from sangkien.domain.finding import Code
from sangkien.domain.notation import Document

_TREE, _LINK, _MODULE = "40000", "120000", "160000"
_NOTHING = hashlib.sha1(b"tree 0\0", usedforsecurity=False).hexdigest()
_AT_HAND = 4096  # folders whose list is kept: their ids are asked for in the order of folders
_MOST_LINKS = 8  # on the way to one file


class _Entry(NamedTuple):
    mode: str
    key: str

    @property
    def is_folder(self) -> bool:
        """Whether a checkout makes a folder of it; that of a module is empty."""
        return self.mode in (_TREE, _MODULE)


class ObjectStore:
    """The files of one commit, by path relative to the repository's root."""

    def __init__(self, root: Path, revision: str) -> None:
        """Find the commit; raises UsageError where there is none of that name."""
        self.root = root
        self._top = _tree_of(root, revision)
        self._objects = GitObjects(root)
        self._levels: dict[str, dict[str, _Entry]] = {}

    def close(self) -> None:
        """Let git go."""
        self._objects.close()

    def files(self, area: str, but: str = "") -> Iterator[str]:
        """List every file under a folder in a fixed order, links included, never following them.

        The folder `but` is left out.
        """
        level = self._level(area)
        here = f"{area}/" if area else ""
        yield from (here + name for name in sorted(level) if not level[name].is_folder)
        for name in self.folders(area):
            if here + name != but:
                yield from self.files(here + name, but)

    def folders(self, area: str) -> list[str]:
        """List the names of the folders in a folder."""
        return sorted(name for name, entry in self._level(area).items() if entry.is_folder)

    def idea_folders(self) -> Iterator[str]:
        """List every idea's folder in a fixed order."""
        for year in self.folders(layout.IDEAS):
            for shard in self.folders(f"{layout.IDEAS}/{year}"):
                for name in self.folders(f"{layout.IDEAS}/{year}/{shard}"):
                    yield f"{layout.IDEAS}/{year}/{shard}/{name}"

    def stray_files(self) -> Iterator[str]:
        """List files under `ideas/` that lie above the idea folders."""
        years = [f"{layout.IDEAS}/{year}" for year in self.folders(layout.IDEAS)]
        for folder in chain([layout.IDEAS], *([y, *(f"{y}/{s}" for s in self.folders(y))] for y in years)):
            level = self._level(folder)
            yield from (f"{folder}/{name}" for name in sorted(level) if not level[name].is_folder)

    def tree_id(self, area: str) -> str:
        """Give the id git knows a folder by; the id of no tree where there is none."""
        if not area:
            return self._top
        entry = self._entry(area)
        return entry.key if entry and entry.mode == _TREE else _NOTHING

    def read(self, path: str) -> Document:
        """Read a record's file; what is wrong with it is in the document's findings."""
        if self._is_linked(path):
            return unread(path, Code.SYMLINK)
        entry = self._entry(path)
        if entry is None or entry.is_folder:
            return unread(path, Code.UNREADABLE)
        return notation.parse(self._objects.read(entry.key, notation.MAX_BYTES + 1), path)

    def text(self, path: str) -> str:
        """Read a text file of the project itself, through links as in a work tree."""
        return self._whole(path).decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")

    def plain(self, path: str) -> bytes | None:
        """Read a file whole; None for a link, for what lies behind one, and for what is no file."""
        entry = self._entry(path)
        return None if entry is None or entry.is_folder or entry.mode == _LINK else self._objects.read(entry.key)

    def mark(self, path: str) -> str:
        """Give a text that changes when a file does; empty for what is no file of its own."""
        entry = self._entry(path)
        return "" if entry is None or entry.is_folder or entry.mode == _LINK else entry.key

    def exists(self, path: str) -> bool:
        """Tell whether a file is there."""
        entry = self._entry(self._real(path))
        return entry is not None and not entry.is_folder and entry.mode != _LINK

    def write(self, path: str, text: str) -> NoReturn:
        """Refuse: a commit never changes."""
        raise OutsideError("git", f"a commit cannot be written to: {path} ({len(text)})")

    def lay_out(self, folder: Path) -> None:
        """Write down what a generator needs of the commit: everything but the records, and how the movement is named.

        Links become the files they lead to, so that nothing from outside the commit is taken in.
        """
        tops = (self.files(name, but=layout.REGISTER) for name in self.folders("") if name != layout.IDEAS)
        level = self._level("")
        movement = layout.path_of("movement", "movement")
        own = [name for name in level if not level[name].is_folder]
        for path in chain(own, *tops, () if self._is_linked(movement) else (movement,)):
            if self.exists(path):
                place = folder / path
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(self._whole(path))

    def _whole(self, path: str) -> bytes:
        entry = self._entry(self._real(path))
        if entry is None or entry.is_folder:
            raise FileNotFoundError(path)
        return self._objects.read(entry.key)

    def _level(self, folder: str) -> dict[str, _Entry]:
        """List a folder; nothing where there is none."""
        found = self._levels.get(folder)
        if found is None:
            key = self.tree_id(folder)
            found = {} if key == _NOTHING else _parsed(self._objects.read(key), len(key) // 2)
            if len(self._levels) >= _AT_HAND:
                self._levels.clear()
            self._levels[folder] = found
        return found

    def _entry(self, path: str) -> _Entry | None:
        folder, _, name = path.rpartition("/")
        return self._level(folder).get(name)

    def _is_linked(self, path: str) -> bool:
        """Tell whether a path is a link or leads through one."""
        return any(entry.mode == _LINK for entry in map(self._entry, _ways(path)) if entry)

    def _real(self, path: str) -> str:
        """Follow links within the commit; what leads out of it leads nowhere."""
        for _ in range(_MOST_LINKS):
            for way in _ways(path):
                entry = self._entry(way)
                if entry and entry.mode == _LINK:
                    target = os.fsdecode(self._objects.read(entry.key))
                    path = posixpath.normpath(posixpath.join(posixpath.dirname(way), target) + path[len(way) :])
                    break
            else:
                return path
        return path


class Settled:
    """Nothing to be told of a commit's trees beforehand: it has no changes, and its `tree_id` is git's own already."""

    def tree(self, area: str) -> None:
        """Send who asks to the files themselves."""
        del area

    def folders(self, tree: str, *, deep: bool) -> dict[str, str]:
        """List no folders."""
        del tree, deep
        return {}

    def changes(self, area: str) -> list[str]:
        """List no changes."""
        del area
        return []


def _ways(path: str) -> Iterator[str]:
    """Give a path's folders from the top, then itself."""
    return accumulate(path.split("/"), lambda above, name: f"{above}/{name}")


def _parsed(data: bytes, width: int) -> dict[str, _Entry]:
    """Read a tree (git's object format): mode, name and id of each entry."""
    found: dict[str, _Entry] = {}
    at = 0
    while at < len(data):
        space = data.index(b" ", at)
        end = data.index(b"\0", space)
        name = os.fsdecode(data[space + 1 : end])
        if name in {"", ".", ".."} or "/" in name:  # no git writes such a tree, and nobody may be led astray by one
            raise OutsideError("git", f"tree: {name!r}")
        found[name] = _Entry(data[at:space].lstrip(b"0").decode("ascii"), data[end + 1 : end + 1 + width].hex())
        at = end + 1 + width
    return found


def _tree_of(root: Path, revision: str) -> str:
    """Find the tree of a commit; of a repository that is a folder of a greater one, that folder's."""

    def ask(*words: str) -> str:
        try:
            run = subprocess.run(["git", "-C", str(root), *words], capture_output=True, text=True, check=False)
        except FileNotFoundError as error:
            raise OutsideError("git", str(error)) from error
        if run.returncode:
            raise UsageError("no-commit", revision=revision, path=root)
        return run.stdout.strip("\n")

    inner = ask("rev-parse", "--show-prefix").removesuffix("/")
    return ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}:{inner}")
