"""A published register told in parts: which files hold its ideas, and whether each is what was published."""

import hashlib
import json
import re
import zlib
from dataclasses import dataclass
from typing import Any

MOST_BYTES = 1 << 29  # of one file, unpacked

_BESIDE = re.compile(r"[a-z0-9-]+\.json(?:\.gz)?", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_GZIP = 31  # zlib's word for a gzip header and the largest window


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file beside the register: its name, how many ideas it holds, and the digest of its bytes."""

    address: str
    ideas: int
    sha256: str


def parts(register: Any) -> tuple[Part, ...]:
    """List the parts a register names; none where it holds its ideas itself.

    Raises ValueError for what is no list of parts, and for a part that does not stand beside the register.
    """
    listed = register.get("parts", []) if isinstance(register, dict) else []
    return tuple(_part(told) for told in (listed if isinstance(listed, list) else [None]))


def _part(told: Any) -> Part:
    fields = told if isinstance(told, dict) else {}
    address, ideas, digest = (fields.get(key) for key in ("address", "ideas", "sha256"))
    if not isinstance(address, str) or not _BESIDE.fullmatch(address):
        raise ValueError("not beside the register")
    if type(ideas) is not int or not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
        raise ValueError("no part")
    return Part(address=address, ideas=ideas, sha256=digest)


def read(data: bytes) -> Any:
    """Read a published file, packed or plain; raises ValueError where it is none or unpacks beyond all measure."""
    if data.startswith(b"\x1f\x8b"):
        unpacking = zlib.decompressobj(_GZIP)
        try:
            data = unpacking.decompress(data, MOST_BYTES)
        except zlib.error as error:
            raise ValueError("not packed by gzip") from error
        if not unpacking.eof:
            raise ValueError("cut short, or too large")
    try:
        return json.loads(data)
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def read_part(part: Part, data: bytes) -> Any:
    """Read a part's file; raises ValueError when it is not the one that was published."""
    if hashlib.sha256(data).hexdigest() != part.sha256:
        raise ValueError("altered")
    register = read(data)
    ideas = register.get("ideas") if isinstance(register, dict) else None
    if not isinstance(ideas, list) or len(ideas) != part.ideas:
        raise ValueError("altered")
    return register
