"""Pictures made fit for the web: turned upright, made small enough, as WebP without any metadata."""

import hashlib
import io
import struct
from pathlib import Path
from typing import Protocol

import PIL
from PIL import Image, ImageOps

from sangkien.adapters import kept
from sangkien.adapters.store import Store
from sangkien.adapters.whole import write_whole

_QUALITY = 72
# What unfolds to more pixels is refused before it is unfolded. Cameras write JPEG, which unfolds to a part of itself.
_MOST_PIXELS = {"JPEG": 60_000_000, "PNG": 16_000_000, "WEBP": 16_000_000}

_JPEG, _SCAN = b"\xff\xd8", b"\xff\xda"
_MOST_SCANS = 30  # a JPEG comes in a dozen; each is a walk through all its pixels, and takes but eighty bytes


class Negatives(Protocol):
    """Where the pictures come from; None for what is no file of its own, and a mark that changes with it."""

    def mark(self, path: str) -> str: ...
    def plain(self, path: str) -> bytes | None: ...


class Darkroom:
    """Develops the repository's pictures, keeping each result by the digest of its source."""

    def __init__(self, root: Path, negatives: Negatives | None = None) -> None:
        """Take pictures from the work tree, or from where one says."""
        self.negatives = negatives or Store(root)
        self.kept = root / ".cache" / "pictures"
        # Whoever builds again and again need not look into a picture that nobody touched.
        self._developed: dict[tuple[str, int, str], Path] = {}
        self._sizes: dict[Path, tuple[int, int]] = {}

    def develop(self, path: str, largest: int) -> tuple[bytes, int, int] | None:
        """Give a picture as WebP, `largest` pixels at most, with its width and height; None for what is no picture."""
        seen = (path, largest, self.negatives.mark(path))
        if seen[-1] and (known := self._developed.get(seen)):
            return kept.take(known), *self._sizes[known]
        source = self.negatives.plain(path)
        if source is None:
            return None
        place = self.kept / f"{hashlib.sha256(source).hexdigest()}-{largest}-{_QUALITY}-{PIL.__version__}.webp"
        if not place.is_file():
            data = web(source, largest)
            if data is None:
                return None
            write_whole(place, data)
        data = kept.take(place)
        self._developed[seen], self._sizes[place] = place, _size(data)
        return data, *self._sizes[place]


def _size(webp: bytes) -> tuple[int, int]:
    """Read how large a picture of ours is: Pillow would unfold it, which takes a hundred times as long."""
    assert webp[12:16] == b"VP8 "  # noqa: S101  # what is saved with loss and without see-through
    width, height = int.from_bytes(webp[26:28], "little"), int.from_bytes(webp[28:30], "little")
    return width & 0x3FFF, height & 0x3FFF


def web(source: bytes, largest: int) -> bytes | None:
    """Make a picture anew as WebP, `largest` pixels at most; None for what is no picture, or unfolds to too much."""
    if source.count(_SCAN) > _MOST_SCANS and source.startswith(_JPEG):
        return None
    try:
        with Image.open(io.BytesIO(source), formats=("JPEG", "PNG", "WEBP")) as opened:
            if opened.width * opened.height > _MOST_PIXELS[opened.format or "PNG"]:
                return None
            opened.draft(None, (2 * largest, 2 * largest))
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, ValueError, SyntaxError, struct.error, Image.DecompressionBombError):
        return None
    picture.thumbnail((largest, largest))
    clean = Image.new("RGB", picture.size)  # a fresh picture carries nothing but its pixels
    clean.paste(picture)
    made = io.BytesIO()
    clean.save(made, "WEBP", quality=_QUALITY, method=4)
    return made.getvalue()
