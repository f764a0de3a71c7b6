"""Pictures made fit for the web: turned upright, made small enough, as WebP without any metadata."""

import hashlib
import io
from pathlib import Path
from typing import Protocol

from PIL import Image, ImageOps

from sangkien.adapters import kept
from sangkien.adapters.store import Store

_QUALITY = 72
_MOST_PIXELS = 60_000_000  # a picture that unfolds to more is refused before it is unfolded


class Negatives(Protocol):
    """Where the pictures come from; None for what is no file of its own."""

    def plain(self, path: str) -> bytes | None: ...


class Darkroom:
    """Develops the repository's pictures, keeping each result by the digest of its source."""

    def __init__(self, root: Path, negatives: Negatives | None = None) -> None:
        """Take pictures from the work tree, or from where one says."""
        self.negatives = negatives or Store(root)
        self.kept = root / ".cache" / "pictures"

    def develop(self, path: str, largest: int) -> tuple[bytes, int, int] | None:
        """Give a picture as WebP, `largest` pixels at most, with its width and height; None for what is no picture."""
        source = self.negatives.plain(path)
        if source is None:
            return None
        place = self.kept / f"{hashlib.sha256(source).hexdigest()}-{largest}-{_QUALITY}.webp"
        if not place.is_file():
            data = _web(source, largest)
            if data is None:
                return None
            place.parent.mkdir(parents=True, exist_ok=True)
            fresh = place.with_suffix(".new")
            fresh.write_bytes(data)
            fresh.replace(place)
        data = kept.take(place)
        with Image.open(io.BytesIO(data)) as picture:
            return data, picture.width, picture.height


def _web(source: bytes, largest: int) -> bytes | None:
    try:
        with Image.open(io.BytesIO(source), formats=("JPEG", "PNG", "WEBP")) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                return None
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    picture.thumbnail((largest, largest))
    clean = Image.new("RGB", picture.size)  # a fresh picture carries nothing but its pixels
    clean.paste(picture)
    made = io.BytesIO()
    clean.save(made, "WEBP", quality=_QUALITY, method=4)
    return made.getvalue()
