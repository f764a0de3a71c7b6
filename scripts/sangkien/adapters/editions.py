"""Folders of kept results, each for one edition of the program: what another edition made is thrown away."""

import hashlib
import shutil
from collections.abc import Iterable
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent.parent
_SOURCES = {".py", ".j2", ".html", ".toml"}


def folder(root: Path, area: str, edition: str) -> Path:
    """Give the folder of an area's edition under `.cache`; every other edition there goes."""
    kept = root / ".cache" / area
    for other in kept.glob("*"):
        if other.name != edition:
            shutil.rmtree(other, ignore_errors=True)
    return kept / edition


@cache
def whole_program() -> str:
    """Name the edition of everything that is run."""
    return named(place for place in PACKAGE.rglob("*") if place.suffix in _SOURCES)


def named(places: Iterable[Path]) -> str:
    """Name an edition by the text of some files of the program."""
    digest = hashlib.sha256()
    for place in sorted(places):
        digest.update(place.relative_to(PACKAGE).as_posix().encode() + b"\0" + place.read_bytes())
    return digest.hexdigest()[:16]
