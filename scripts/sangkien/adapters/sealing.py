"""Sealed ballots and contacts: age with X25519 keys (https://age-encryption.org/v1), as browsers seal them."""

import base64
import binascii
import os
from collections.abc import Sequence
from pathlib import Path

import pyrage
from pyrage import x25519

from sangkien.domain.errors import UsageError

_PRIVATE = "AGE-SECRET-KEY-1"


class Keyring:
    """The private keys at hand, one on a line of a text; none is fine, then nothing opens."""

    def __init__(self, text: str = "") -> None:
        words = (line.strip() for line in text.splitlines())
        self._identities = [x25519.Identity.from_str(word) for word in words if word.startswith(_PRIVATE)]

    @property
    def can_open(self) -> bool:
        """Tell whether there is any key at all."""
        return bool(self._identities)

    def open(self, armoured: str) -> str | None:
        """Open what was sealed to one of the keys; None for what is not, or is no such text."""
        if not self._identities:
            return None
        try:
            data: bytes = pyrage.decrypt(armoured.encode(), self._identities)
        except pyrage.DecryptError:
            return None
        return data.decode("utf-8", "replace")


def seal(text: str, recipients: Sequence[str]) -> str:
    """Seal a text so that each recipient can open it; raises ValueError for what is no public key."""
    try:
        keys = [x25519.Recipient.from_str(recipient) for recipient in recipients]
    except pyrage.RecipientError as error:
        raise ValueError(str(error)) from error
    sealed: bytes = pyrage.encrypt(text.encode(), keys, armored=True)
    return sealed.decode("ascii")


def recipients(armoured: str) -> int:
    """Count the keys a text is sealed to, which is all that can be told of them; 0 for what is no such text."""
    lines = [line.strip() for line in armoured.splitlines()]
    try:
        data = base64.b64decode("".join(line for line in lines if not line.startswith("-----")), validate=True)
    except binascii.Error:
        return 0
    return data.partition(b"\n---")[0].count(b"\n-> X25519 ")


def new_key() -> tuple[str, str]:
    """Make a key: the private part, to be kept, and the public part, to be written in a round."""
    identity = x25519.Identity.generate()
    return str(identity), str(identity.to_public())


class KeyFolder:
    """Private keys, each in a file of its own that only its owner reads; one that is there is used again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made: list[str] = []

    def public(self, name: str) -> str:
        """Give the public part of a key, made where there is none of that name yet; raises UsageError."""
        place = self.folder / name
        try:
            if place.is_file():
                return str(x25519.Identity.from_str(place.read_text(encoding="utf-8").strip()).to_public())
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            private, public = new_key()
            keep(place, private)
        except (OSError, pyrage.IdentityError) as error:
            raise UsageError("key-file", path=place) from error
        self.made.append(name)
        return public


def keep(place: Path, private: str) -> None:
    """Write a private key to a file that must not exist yet; raises OSError."""
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(f"{private}\n")
