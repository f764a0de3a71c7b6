"""The folder a site is written to: single files replaced whole, a finished site swapped in at once."""

import io
import shutil
import tarfile
from pathlib import Path


class SiteFolder:
    """A folder of the site; every file is there whole or not at all."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, path: str, data: bytes) -> None:
        """Write one file."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh = place.with_name(place.name + ".new")
        fresh.write_bytes(data)
        fresh.replace(place)

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


def pack(folder: Path, tar: Path) -> None:
    """Pack a folder as a tar that is the same for the same files."""
    tar.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(tar, "w", format=tarfile.GNU_FORMAT) as archive:
        for place in sorted(folder.rglob("*")):
            if place.is_file():
                entry = tarfile.TarInfo(f"./{place.relative_to(folder).as_posix()}")
                data = place.read_bytes()
                entry.size, entry.mode = len(data), 0o644
                archive.addfile(entry, io.BytesIO(data))
