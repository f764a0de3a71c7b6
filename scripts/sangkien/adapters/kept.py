"""What was made once, kept by the digest of what it was made of; what nobody asked for in a month is thrown away."""

import os
import time
from pathlib import Path

_DAY = 24 * 60 * 60  # seconds
_LONGEST = 30 * _DAY


def take(place: Path) -> bytes:
    """Read a kept result, and note on its file that it was asked for today."""
    if _age(place) > _DAY:
        os.utime(place)
    return place.read_bytes()


def forget(folder: Path) -> None:
    """Throw away what has not been asked for lately, so that a cache carried from run to run stays bounded."""
    for place in folder.glob("*"):
        if _age(place) > _LONGEST:
            place.unlink(missing_ok=True)


def _age(place: Path) -> float:
    return time.time() - place.stat().st_mtime
