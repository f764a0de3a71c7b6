"""The press: Typst sets a sheet, Pillow makes its picture small. What was printed once is kept by its digest."""

import base64
import hashlib
import io
import json
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from importlib import metadata
from itertools import islice
from pathlib import Path
from typing import Literal

import typst
from PIL import Image

from sangkien.adapters import kept
from sangkien.adapters.darkroom import Darkroom
from sangkien.adapters.interrupt import held
from sangkien.adapters.whole import write_whole
from sangkien.domain.errors import OutsideError
from sangkien.render.sheets import Sheet, place_of, qr, source

_FONTS = ("fonts/be-vietnam-pro-400.ttf", "fonts/be-vietnam-pro-700.ttf")
_LOOK = "look.typ"
_PHOTO_EDGE = 1200  # pixels
_BOOK_EDGE = 900  # of one among hundreds
_AT_ONCE = 64  # sheets, so that memory does not grow with their number
_COLOURS = 128  # a drawing with the soft edges of its letters needs no more


class Press:
    """Prints sheets of one repository."""

    def __init__(self, root: Path, darkroom: Darkroom) -> None:
        self.darkroom = darkroom
        self.kept = root / ".cache" / "press"

    def print(self, sheets: Iterable[tuple[str, Sheet]]) -> Iterator[tuple[str, bytes]]:
        """Print sheets in their order; Typst works outside Python's lock, so threads share the work."""
        waiting = iter(sheets)
        with held() as let_through, ThreadPoolExecutor(os.cpu_count() or 1) as hands:
            while pile := list(islice(waiting, _AT_ONCE)):
                for printed in hands.map(lambda item: (item[0], self._printed(item[1])), pile):
                    let_through()
                    yield printed

    def _printed(self, sheet: Sheet) -> bytes:
        values = dict(sheet.values)
        if sheet.photo and (developed := self.darkroom.develop(sheet.photo, _PHOTO_EDGE)):
            values["picture"] = _as_drawing(*developed)
        album = {name: shown for name, path in sheet.photos.items() if (shown := self._in_a_book(path))}
        if sheet.photos:
            values["photos"] = list(album)
        files = {
            "main.typ": source(sheet.template),
            **{f"{name}.svg": drawing.encode() for name, drawing in album.items()},
            **{name: source(name) for name in (_LOOK, *sheet.parts)},
            "given.json": json.dumps(values, ensure_ascii=False, sort_keys=True).encode(),
        }
        if sheet.secret:
            return self._set(files, "pdf" if sheet.form == "pdf" else "png", sheet.ppi)
        digest = self._edition.copy()
        digest.update(f"{sheet.ppi}".encode())
        for name, data in files.items():
            digest.update(f"{name} {len(data)} ".encode() + data)
        place = self.kept / f"{digest.hexdigest()}.{sheet.form}"
        if not place.is_file():
            if values.get("qr"):
                drawn = values | {"qr": qr(values["qr"])}
                files["given.json"] = json.dumps(drawn, ensure_ascii=False, sort_keys=True).encode()
            made = self._set(files, "pdf" if sheet.form == "pdf" else "png", sheet.ppi)
            if sheet.form != "pdf":
                made = _smaller(made, sheet.form)
            write_whole(place, made)
        return kept.take(place)

    def _in_a_book(self, path: str) -> str:
        """Develop a photograph as JPEG, which goes into a PDF as it is; unfolded, a hundred of them fill a disk."""
        developed = self.darkroom.develop(path, _BOOK_EDGE)
        if developed is None:
            return ""
        made = io.BytesIO()
        Image.open(io.BytesIO(developed[0])).convert("RGB").save(made, "JPEG", quality=82, optimize=True)
        return _as_drawing(made.getvalue(), *developed[1:], kind="jpeg")

    def _set(self, files: dict[str, bytes], form: Literal["pdf", "png"], ppi: int) -> bytes:
        try:
            # Its stubs do not know yet that several files may be given from memory.
            made, warnings = typst.compile_with_warnings(files, font_paths=self._fonts, format=form, ppi=ppi)  # type: ignore[call-overload]
        except RuntimeError as error:
            raise OutsideError("typst", str(error)) from error
        if warnings or not isinstance(made, bytes):
            raise OutsideError("typst", "; ".join(map(str, warnings)) or "a sheet has more than one page")
        return made

    @cached_property
    def _edition(self) -> "hashlib._Hash":
        """What a kept print depends on beside its sheet."""
        makers = (metadata.version(name) for name in ("typst", "segno", "pillow"))
        return hashlib.sha256(" ".join(makers).encode() + b"".join(source(name) for name in _FONTS))

    @cached_property
    def _fonts(self) -> typst.Fonts:
        folder = Path(str(place_of(_FONTS[0]))).parent
        return typst.Fonts(font_paths=[folder], include_system_fonts=False, include_embedded_fonts=True)


def _as_drawing(photo: bytes, width: int, height: int, kind: str = "webp") -> str:
    """Wrap a photograph in a drawing: Typst takes files from memory as text alone."""
    data = f"data:image/{kind};base64,{base64.b64encode(photo).decode()}"
    size = f'width="{width}" height="{height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image {size} href="{data}"/></svg>'


def _smaller(png: bytes, form: str) -> bytes:
    made = io.BytesIO()
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    if form == "jpg":
        picture.save(made, "JPEG", quality=82, optimize=True, progressive=True)
    else:
        picture.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(made, "PNG")
    return made.getvalue()
