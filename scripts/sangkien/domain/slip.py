"""The slip a citizen keeps: code and PIN, drawn from a secret and the key their device drew; and the token for a while.

Who has the secret's file and the database still has no PIN: only a salted hash of it and of the device's key is kept.
"""

import hashlib
import hmac
import re
from itertools import islice

from sangkien.domain import lot
from sangkien.domain.idea_code import ALPHABET

REQUEST = re.compile(r"[0-9a-f]{32}")
TOKEN_LIFE = 15 * 60  # seconds
_FORGIVEN = str.maketrans({"O": "0", "I": "1", "L": "1"})
_PIN_LENGTH = 8
_WORK = 2**9  # of scrypt: a guess costs a millisecond, and the PIN has forty bits


def mark(secret: bytes, request: str) -> str:
    """Give what a device's key is known by, from which nobody finds the key again."""
    return _drawn(secret, "mark", request)


def seed(secret: bytes, request: str) -> str:
    """Give the lot code and people's ids are drawn from."""
    return _drawn(secret, "seed", request)


def pin(secret: bytes, request: str) -> str:
    """Draw the PIN that belongs to a device's key: `7K3Q-F2TZ`."""
    text = "".join(islice(lot.symbols(_drawn(secret, "pin", request)), _PIN_LENGTH))
    return f"{text[:4]}-{text[4:]}"


def read_pin(text: str) -> str | None:
    """Read a PIN as people type it (case, spaces, hyphens, O→0, I/L→1); None when it is none."""
    bare = re.sub(r"[\s\-\u2010-\u2015]+", "", text).upper().translate(_FORGIVEN)
    is_one = len(bare) == _PIN_LENGTH and all(symbol in ALPHABET for symbol in bare)
    return f"{bare[:4]}-{bare[4:]}" if is_one else None


def hashed(word: str, salt: bytes) -> bytes:
    """Hash a PIN so that guessing it from the hash takes long."""
    return hashlib.scrypt(word.encode(), salt=salt, n=_WORK, r=8, p=1, dklen=32)


def token(secret: bytes, code: str, until: int) -> str:
    """Vouch until a moment (seconds since 1970) that somebody showed the PIN of a code."""
    return f"{code}.{until}.{_drawn(secret, 'token', f'{code}.{until}')}"


def holder(secret: bytes, shown: str, now: float) -> str | None:
    """Give the code a token vouches for now; None for one that does not."""
    code, _, rest = shown.partition(".")
    until, _, signature = rest.partition(".")
    if not (until.isascii() and until.isdecimal() and len(until) < 12):
        return None
    genuine = hmac.compare_digest(signature.encode(), _drawn(secret, "token", f"{code}.{until}").encode())
    return code if genuine and now < int(until) else None


def _drawn(secret: bytes, purpose: str, text: str) -> str:
    return hmac.new(secret, f"{purpose}\n{text}".encode(), hashlib.sha256).hexdigest()
