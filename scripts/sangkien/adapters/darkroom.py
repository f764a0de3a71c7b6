"""Pictures made fit for the web: turned upright, made small enough, as WebP without any metadata."""

import hashlib
import io
import stat
from pathlib import Path

import PIL
from PIL import Image, ImageOps

from sangkien.adapters.whole import write_whole

_QUALITY = 72
_MOST_PIXELS = 60_000_000  # a picture that unfolds to more is refused before it is unfolded


class Darkroom:
    """Develops the repository's pictures, keeping each result by the digest of its source."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.kept = root / ".cache" / "pictures"
        # Whoever builds again and again need not look into a picture that nobody touched.
        self._developed: dict[tuple[str | int, ...], Path] = {}
        self._sizes: dict[Path, tuple[int, int]] = {}

    def develop(self, path: str, largest: int) -> tuple[bytes, int, int] | None:
        """Give a picture as WebP, `largest` pixels at most, with its width and height; None for what is no picture."""
        place = self.root / path
        try:
            about = place.lstat()
            if stat.S_ISLNK(about.st_mode):
                return None
            seen = (path, largest, about.st_mtime_ns, about.st_size, about.st_ino)
            if known := self._developed.get(seen):
                return known.read_bytes(), *self._sizes[known]
            source = place.read_bytes()
        except OSError:
            return None
        kept = self.kept / f"{hashlib.sha256(source).hexdigest()}-{largest}-{_QUALITY}-{PIL.__version__}.webp"
        if not kept.is_file():
            data = _web(source, largest)
            if data is None:
                return None
            write_whole(kept, data)
        data = kept.read_bytes()
        self._developed[seen], self._sizes[kept] = kept, _size(data)
        return data, *self._sizes[kept]


def _size(webp: bytes) -> tuple[int, int]:
    """Read how large a picture of ours is: Pillow would unfold it, which takes a hundred times as long."""
    assert webp[12:16] == b"VP8 "  # noqa: S101  # what is saved with loss and without see-through
    width, height = int.from_bytes(webp[26:28], "little"), int.from_bytes(webp[28:30], "little")
    return width & 0x3FFF, height & 0x3FFF


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
