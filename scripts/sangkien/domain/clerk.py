"""A clerk who brings sheets to the relay: known by an id and a pass phrase drawn for them, never by a name.

The phrase is written in the symbols of codes, in groups, so that it can be read aloud and typed from paper.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from itertools import islice

from sangkien.domain import lot
from sangkien.domain.idea_code import ALPHABET

SESSION_LIFE = 8 * 3600  # seconds
_FORGIVEN = str.maketrans({"O": "0", "I": "1", "L": "1"})
_ID_LENGTH, _PHRASE_LENGTH, _GROUP = 6, 20, 4  # twenty symbols are a hundred bits
_WORK = 2**14  # of scrypt


@dataclass(frozen=True, slots=True, kw_only=True)
class Clerk:
    """Who may bring sheets, and for which unit they are entered."""

    id: str
    unit: str
    since: str


def draw(chance: bytes) -> tuple[str, str]:
    """Draw an id and a phrase from random bytes: `7K3QF2`, `7K3Q-F2TZ-B8M4-R0XT-2M9D`."""
    drawn = lot.symbols(chance.hex())
    return "".join(islice(drawn, _ID_LENGTH)), _grouped("".join(islice(drawn, _PHRASE_LENGTH)))


def read_id(text: str) -> str:
    """Read an id as people type it; empty when it is none."""
    return _bare(text, _ID_LENGTH)


def read_phrase(text: str) -> str:
    """Read a phrase as people type it (case, spaces, hyphens, O→0, I/L→1); empty when it is none."""
    return _grouped(_bare(text, _PHRASE_LENGTH))


def hashed(phrase: str, salt: bytes) -> bytes:
    """Hash a phrase so that guessing it from the hash takes long."""
    return hashlib.scrypt(phrase.encode(), salt=salt, n=_WORK, r=8, p=1, dklen=32)


def form_token(secret: bytes, session: str) -> str:
    """Give what every form of a session must show, so that no other page can send one in its name."""
    return hmac.new(secret, f"form\n{session}".encode(), hashlib.sha256).hexdigest()


def _bare(text: str, length: int) -> str:
    bare = re.sub(r"[\s\-\u2010-\u2015]+", "", text).upper().translate(_FORGIVEN)
    return bare if len(bare) == length and all(symbol in ALPHABET for symbol in bare) else ""


def _grouped(symbols: str) -> str:
    return "-".join(symbols[place : place + _GROUP] for place in range(0, len(symbols), _GROUP))
