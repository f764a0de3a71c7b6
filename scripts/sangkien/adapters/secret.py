"""A secret of this computer alone, drawn once, of which lots are drawn that nobody else can draw again."""

import os
import secrets
from pathlib import Path

_BYTES = 32


def own_secret(root: Path) -> bytes:
    """Give the secret kept beside a repository's caches, which git never sees; it is drawn when first asked for."""
    place = root / ".cache" / "lots.key"
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return place.read_bytes()
    with os.fdopen(handle, "wb") as file:
        drawn = secrets.token_bytes(_BYTES)
        file.write(drawn)
    return drawn
