"""The repository's files: found, read as documents, written whole or not at all."""

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from sangkien.domain import layout, notation
from sangkien.domain.errors import UsageError
from sangkien.domain.finding import Code, Finding, Location
from sangkien.domain.notation import Document


def find_root(start: Path, *, bare: bool = False) -> Path:
    """Find the repository upwards from a folder: the first with `content/register` or `schemas`.

    Where a work tree is not needed, git's own folder will do. Raises UsageError when there is none.
    """
    for folder in (start, *start.parents):
        if bare and (folder / "HEAD").is_file() and (folder / "objects").is_dir():
            return folder
        if (folder / layout.REGISTER).is_dir() or (folder / "schemas" / "idea.schema.json").is_file():
            return folder
    raise UsageError("no-repository", path=str(start))


class Store:
    """The work tree of one repository; every path is relative to its root, with forward slashes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._top = f"{root}/"
        self._links: dict[str, bool] = {"": False}  # folder → whether a link leads to it

    def files(self, area: str, but: str = "") -> Iterator[str]:
        """List every file under a folder in a fixed order, links included, never following them.

        The folder `but` is left out.
        """
        here = f"{area}/" if area else ""
        folders: list[str] = []
        for entry in sorted(_entries(self._top + area), key=lambda entry: entry.name):
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.name)
            else:
                yield here + entry.name
        for folder in folders:
            if here + folder != but:
                yield from self.files(here + folder, but)

    def folders(self, area: str) -> list[str]:
        """List the names of the folders in a folder."""
        return _sorted_folders(self.root / area)

    def idea_folders(self) -> Iterator[str]:
        """List every idea's folder in a fixed order."""
        years = self.root / layout.IDEAS
        for year in _sorted_folders(years):
            for shard in _sorted_folders(years / year):
                for name in _sorted_folders(years / year / shard):
                    yield f"{layout.IDEAS}/{year}/{shard}/{name}"

    def stray_files(self) -> Iterator[str]:
        """List files under `ideas/` that lie above the idea folders."""
        return self._above(layout.IDEAS, 3)

    def _above(self, area: str, levels: int) -> Iterator[str]:
        """List the files of a folder and of folders below it, so many levels in all; a link is a file."""
        folders = []
        for entry in sorted(_entries(self._top + area), key=lambda entry: entry.name):
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.name)
            else:
                yield f"{area}/{entry.name}"
        for folder in folders if levels > 1 else ():
            yield from self._above(f"{area}/{folder}", levels - 1)

    def fingerprint(self, area: str) -> str:
        """Give a text that changes when any file under a folder does: names, sizes, times and places on the disk."""
        digest = hashlib.sha256()
        waiting = [self.root / area]
        while waiting:
            folder = waiting.pop()
            try:
                entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
            except OSError:
                continue
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(Path(entry.path))
                    continue
                seen = entry.stat(follow_symlinks=False)
                row = (entry.path, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino)
                digest.update(repr(row).encode("utf-8", "surrogateescape"))
        return digest.hexdigest()

    def tree_id(self, area: str) -> str:
        """Compute the id git gives to a folder as it stands; the id of no tree where there is none."""
        return _tree(self.root / area).hex()

    def read(self, path: str) -> Document:
        """Read a record's file; what is wrong with it is in the document's findings."""
        if self._is_linked(path):
            return unread(path, Code.SYMLINK)
        try:
            data = self._beginning(path)
        except OSError:
            return unread(path, Code.UNREADABLE)
        return notation.parse(data, path)

    def peek(self, path: str) -> str:
        """Read a record's file as bare text, for a glance that needs no judgement; empty where it cannot be read."""
        try:
            return "" if self._is_linked(path) else self._beginning(path).decode("utf-8", "replace")
        except OSError:
            return ""

    def _beginning(self, path: str) -> bytes:
        with open(f"{self._top}{path}", "rb", buffering=0) as file:  # noqa: PTH123  # half of pathlib's time, three files an idea
            return file.read(notation.MAX_BYTES + 1)

    def _is_linked(self, path: str) -> bool:
        """Tell whether a path is a link or leads through one; each folder is looked at once."""
        folder = path.rpartition("/")[0]
        if folder not in self._links:
            self._links[folder] = self._is_linked(folder)
        return self._links[folder] or os.path.islink(f"{self._top}{path}")  # noqa: PTH114  # as above

    def text(self, path: str) -> str:
        """Read a text file of the project itself."""
        return (self.root / path).read_text(encoding="utf-8")

    def plain(self, path: str) -> bytes | None:
        """Read a file whole; None for a link, for what lies behind one, and for what is no file."""
        try:
            return None if self._is_linked(path) else (self.root / path).read_bytes()
        except OSError:
            return None

    def mark(self, path: str) -> str:
        """Give a text that changes when a file does; empty for what is no file of its own."""
        try:
            seen = os.lstat(f"{self._top}{path}")
        except OSError:
            return ""
        told = f"{seen.st_size} {seen.st_mtime_ns} {seen.st_ctime_ns} {seen.st_ino}"
        return told if stat.S_ISREG(seen.st_mode) else ""

    def exists(self, path: str) -> bool:
        """Tell whether a file is there."""
        return (self.root / path).is_file()

    def write(self, path: str, text: str) -> None:
        """Write a text file whole or not at all."""
        self.put(path, text.encode())

    def put(self, path: str, data: bytes) -> None:
        """Write a file whole or not at all."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh = place.with_name(place.name + ".new")
        fresh.write_bytes(data)
        fresh.replace(place)

    def remove(self, path: str) -> None:
        """Remove a file, if it is there."""
        (self.root / path).unlink(missing_ok=True)


def _tree(folder: Path | str) -> bytes:
    """Compute a tree's id (git's object format): each entry's mode, name and id, a folder sorted as `name/`."""
    rows: list[tuple[bytes, bytes]] = []
    for entry in _entries(folder):
        name = os.fsencode(entry.name)
        if entry.is_symlink():
            rows.append((name, b"120000 %b\0" % name + _object("blob", os.fsencode(Path(entry.path).readlink()))))
        elif entry.is_dir():
            rows.append((name + b"/", b"40000 %b\0" % name + _tree(entry.path)))
        else:
            mode = b"100755" if entry.stat().st_mode & stat.S_IXUSR else b"100644"
            rows.append((name, b"%b %b\0" % (mode, name) + _object("blob", _whole(entry.path))))
    return _object("tree", b"".join(row for _, row in sorted(rows)))


def _entries(folder: Path | str) -> list[os.DirEntry[str]]:
    try:
        return list(os.scandir(folder))
    except OSError:
        return []


def _object(kind: str, data: bytes) -> bytes:
    return hashlib.sha1(f"{kind} {len(data)}\0".encode() + data, usedforsecurity=False).digest()


def _whole(path: str) -> bytes:
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123  # half the time of pathlib, a hundred thousand times
            return file.read()
    except OSError:
        return b""


def _sorted_folders(top: Path) -> list[str]:
    try:
        with os.scandir(top) as entries:
            return sorted(entry.name for entry in entries if entry.is_dir(follow_symlinks=False))
    except FileNotFoundError:
        return []


def unread(path: str, code: Code) -> Document:
    """Give a document that could not be read."""
    where = Location(file=path, line=1, column=1)
    return Document(file=path, findings=(Finding(code=code, where=where),))
