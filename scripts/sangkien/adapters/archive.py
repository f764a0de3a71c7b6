"""An archive on the disk, a folder or one zip file: written whole, read file by file."""

import shutil
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from sangkien.domain import kit
from sangkien.domain.errors import UsageError

_BEGINNING = (1980, 1, 1, 0, 0, 0)  # of the calendar a zip file knows; the same files give the same bytes
_ZIP = ".zip"


def digests(folder: Path) -> dict[str, str]:
    """Digest every file below a folder: path → digest."""
    return {path: kit.digest(data) for path, data in _in_folder(folder)}


def move(folder: Path, to: Path) -> None:
    """Put a folder's files where they are to stay: a folder that must not hold anything yet, or a zip file."""
    if to.suffix == _ZIP:
        pack(_in_folder(folder), to)
        return
    to.mkdir(parents=True, exist_ok=True)
    for entry in folder.iterdir():
        shutil.move(str(entry), str(to / entry.name))


def pack(files: Iterable[tuple[str, bytes]], to: Path) -> None:
    """Write a zip file whole: the same files in the same order give the same bytes on any day."""
    fresh = to.with_name(f"{to.name}.new")
    with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, data in files:
            packed.writestr(zipfile.ZipInfo(path, _BEGINNING), data, zipfile.ZIP_DEFLATED)
    fresh.replace(to)


def is_free(to: Path) -> bool:
    """Tell whether an archive may be written there: nothing is lost by it."""
    return to.suffix == _ZIP or not to.exists() or (to.is_dir() and not any(to.iterdir()))


def read(archive: Path) -> Iterator[tuple[str, bytes]]:
    """Give every file of an archive; raises UsageError for what is none."""
    if archive.is_dir():
        yield from _in_folder(archive)
        return
    try:
        with zipfile.ZipFile(archive) as packed:
            for entry in packed.infolist():
                if not entry.is_dir():
                    yield entry.filename, packed.read(entry)
    except zipfile.BadZipFile as error:
        raise UsageError("bad-file", path=archive) from error


def _in_folder(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def rewrite(folder: Path, changed: Iterable[tuple[str, str]]) -> None:
    """Write texts to files of a folder, each whole."""
    for path, text in changed:
        (folder / path).write_text(text, encoding="utf-8", newline="\n")
