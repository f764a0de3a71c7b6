"""Files that are there whole or not at all, whoever is killed meanwhile and however many write the same."""

import os
import threading
from pathlib import Path


def write_whole(place: Path, data: bytes) -> None:
    """Write a file beside its place, under a name that no other hand uses, then put it there."""
    fresh = place.with_name(f".{place.name}.{os.getpid()}-{threading.get_ident()}.new")
    try:
        fresh.write_bytes(data)
    except FileNotFoundError:
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(data)
    fresh.replace(place)


def sweep(folder: Path) -> None:
    """Remove what killed runs left half written; only for who knows that nobody writes there now."""
    for left in folder.glob(".*.new"):
        left.unlink(missing_ok=True)
