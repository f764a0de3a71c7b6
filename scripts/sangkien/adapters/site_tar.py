"""The tar that Pages takes, written by many hands at once: a part for each job, then one after the other."""

import io
import shutil
import tarfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

_BLOCK = 512  # bytes: what a tar is made of


class SiteTar:
    """A tar that is the same for the same files, however many hands wrote it."""

    def __init__(self, target: Path, room: Path) -> None:
        """Write to `target` in the end; the parts wait in `room`."""
        self.target = target.resolve()
        self._fresh = self.target.with_name(f".{self.target.name}.new")
        self._fresh.unlink(missing_ok=True)  # of a run that was killed
        self._parts = room / "parts"
        self._parts.mkdir()

    @contextmanager
    def of(self, job: int) -> Iterator["Part"]:
        """Take the files of a job."""
        with (self._parts / f"{job + 1:06}").open("wb") as file:
            yield Part(file)

    def start_from(self, folder: Path, but: Collection[str]) -> None:
        """Begin with the files of a folder, less those that come later."""
        with self.of(-1) as part:
            for place in sorted(folder.rglob("*")):
                path = place.relative_to(folder).as_posix()
                if place.is_file() and path not in but:
                    part.put(path, place.read_bytes())

    def finish(self) -> None:
        """Put the parts together; the tar is there whole or not at all."""
        self.target.parent.mkdir(parents=True, exist_ok=True)
        with self._fresh.open("wb") as whole:
            for part in sorted(self._parts.iterdir()):
                with part.open("rb") as file:
                    shutil.copyfileobj(file, whole, 1 << 20)
                part.unlink()
            whole.write(bytes(2 * _BLOCK))
        self._parts.rmdir()
        self._fresh.replace(self.target)

    def clear(self) -> None:
        """Remove what is not finished."""
        self._fresh.unlink(missing_ok=True)


class Part:
    """The files of one job."""

    def __init__(self, file: io.BufferedWriter) -> None:
        self._file = file

    def put(self, path: str, data: bytes) -> None:
        """Add one file."""
        entry = tarfile.TarInfo(f"./{path}")
        entry.size, entry.mode = len(data), 0o644
        padding = bytes(-len(data) % _BLOCK)
        self._file.write(b"".join((entry.tobuf(tarfile.GNU_FORMAT), data, padding)))
