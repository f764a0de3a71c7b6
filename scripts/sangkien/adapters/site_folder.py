"""The folder a site is written to, by many hands at once; it takes its place when it is finished."""

import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from sangkien.adapters.exchange import exchange
from sangkien.adapters.whole import write_whole


class SiteFolder:
    """A folder of the site."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._made: set[str] = set()

    @contextmanager
    def of(self, job: int) -> Iterator["SiteFolder"]:
        """Take the files of a job; here it does not matter which."""
        del job
        yield self

    def put(self, path: str, data: bytes) -> None:
        """Write one file."""
        place = os.path.join(self.root, path)  # noqa: PTH118  # a tenth of pathlib's time, for every page there is
        folder = os.path.dirname(place)  # noqa: PTH120
        if folder not in self._made:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103
            self._made.add(folder)
        with open(place, "wb", buffering=0) as file:  # noqa: PTH123
            file.write(data)

    def start_from(self, other: Path) -> None:
        """Begin anew with a copy of another folder."""
        shutil.copytree(other, self.root)


class Living:
    """A site that is looked at while it is written anew: a file changes in one step, and only where it says other.

    The names of the files of each job wait in a room, since many hands write them.
    """

    def __init__(self, root: Path, room: Path) -> None:
        self.root = root
        self._names = room / "names"
        self._names.mkdir(parents=True)

    @contextmanager
    def of(self, job: int) -> Iterator["Part"]:
        """Take the files of a job."""
        part = Part(self.root)
        yield part
        (self._names / f"{job}").write_text("\n".join(part.paths), encoding="utf-8")

    def refresh_from(self, other: Path, but: Collection[str]) -> None:
        """Bring in the files of another folder, less those that come later."""
        with self.of(-1) as part:
            for place in other.rglob("*"):
                path = place.relative_to(other).as_posix()
                if place.is_file() and path not in but:
                    part.put(path, place.read_bytes())

    def finish(self) -> None:
        """Remove what no job gave."""
        given = {path for names in self._names.iterdir() for path in names.read_text(encoding="utf-8").split("\n")}
        for folder, folders, names in os.walk(self.root, topdown=False):
            for name in names:
                place = Path(folder, name)
                if place.relative_to(self.root).as_posix() not in given:
                    place.unlink()
            if not names and not folders:
                Path(folder).rmdir()


class Part:
    """The files of one job."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.paths: list[str] = []

    def put(self, path: str, data: bytes) -> None:
        """Write one file, unless it says so already."""
        self.paths.append(path)
        place = self.root / path
        try:
            same = place.stat().st_size == len(data) and place.read_bytes() == data
        except OSError:
            same = False
        if not same:
            write_whole(place, data)


class Successor(SiteFolder):
    """A folder beside a finished site, under a name of its own, until it takes the site's place.

    Whatever stops the run, the site is the old one or the new one, whole. What a killed run left beside it is cleared
    away by the next.
    """

    def __init__(self, target: Path) -> None:
        self.target = target.resolve()  # a link to a site goes on leading to it
        super().__init__(self._beside("new"))
        self._old = self._beside("old")
        if self._old.exists() and not self.target.exists():  # killed between two names
            self._old.rename(self.target)
        self.clear()
        self.target.parent.mkdir(parents=True, exist_ok=True)

    def take_place(self) -> None:
        """Put this folder where the site stands; the old one is gone after."""
        if not self.target.exists():
            self.root.rename(self.target)
        elif not exchange(self.root, self.target):
            self.target.rename(self._old)
            self.root.rename(self.target)
        self.clear()

    def clear(self) -> None:
        """Remove whatever stands beside the site that is not in its place."""
        for folder in (self.root, self._old):
            shutil.rmtree(folder, ignore_errors=True)

    def _beside(self, what: str) -> Path:
        # Hidden, and no name that a person would give: it is removed unasked.
        return self.target.with_name(f".{self.target.name}.{what}")
