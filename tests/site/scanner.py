"""Looks for words in bytes the way a curious reader would: whatever is packed is unpacked, case does not matter."""

import base64
import binascii
import gzip
import io
import re
import subprocess
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

_URI = re.compile(rb";base64,([\w+/=]+)")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_CHUNK = re.compile(rb"(?:zTXt|iTXt|iCCP)[^\0]*\0")
_DEEP = 4


def layers(data: bytes, deep: int = _DEEP) -> Iterator[bytes]:
    """Give the bytes, and whatever is packed in them: gzip, zip, PDF streams, PNG texts, data addresses."""
    yield data
    if deep:
        for inner in _packed(data):
            yield from layers(inner, deep - 1)


def _packed(data: bytes) -> Iterator[bytes]:
    if data.startswith(b"\x1f\x8b"):
        yield gzip.decompress(data)
    elif data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            yield "\n".join(book.namelist()).encode()
            yield from map(book.read, book.namelist())
    elif data.startswith(b"%PDF"):
        yield from _inflated(match[1] for match in _STREAM.finditer(data))
    elif data.startswith(b"\x89PNG"):
        yield from _inflated(data[match.end() + skip :] for match in _CHUNK.finditer(data) for skip in range(5))
    else:
        for found in _URI.findall(data):
            with suppress(binascii.Error):
                yield base64.b64decode(found)


def _inflated(pieces: Iterable[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        with suppress(zlib.error):
            yield zlib.decompressobj().decompress(piece)


def found(words: Iterable[str], data: bytes) -> set[str]:
    """Tell which of some words stand in the bytes, in any case, in one byte a letter or in two."""
    seen: set[str] = set()
    for layer in layers(data):
        text = layer.lower()
        for way in (text, text.replace(b"\0", b"")):
            seen |= {word for word in words if word.lower().encode() in way}
    return seen


def objects(repository: Path) -> Iterator[tuple[str, bytes]]:
    """Give every object of a repository, reachable or not, by its kind."""
    command = ["git", "-C", str(repository), "cat-file", "--batch-all-objects", "--batch"]
    told = io.BytesIO(subprocess.run(command, capture_output=True, check=True).stdout)
    while head := told.readline():
        _, kind, size = head.decode().split()
        yield kind, told.read(int(size))
        told.read(1)


def beside_objects(repository: Path) -> Iterator[tuple[str, bytes]]:
    """Give every other file of a bare repository: refs, logs, configuration."""
    for place in sorted(repository.rglob("*")):
        path = place.relative_to(repository).as_posix()
        if place.is_file() and not path.startswith(("objects/", "hooks/")):
            yield path, path.encode() + b"\n" + place.read_bytes()
