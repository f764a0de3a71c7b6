"""The folder a site is written to, by many hands at once; it takes its place when it is finished."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


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
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.copytree(other, self.root)

    def take_place_of(self, target: Path) -> None:
        """Put this folder where another one stands; the old one is gone after."""
        old = target.with_name(f"{target.name}.old")
        shutil.rmtree(old, ignore_errors=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            target.rename(old)
        self.root.rename(target)
        shutil.rmtree(old, ignore_errors=True)
