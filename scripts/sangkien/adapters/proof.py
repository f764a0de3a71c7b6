"""ALTCHA v2 (https://altcha.org): a small sum a browser does before it may send, so that sending many costs much."""

import base64
import binascii
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import altcha

_ALGORITHM = "PBKDF2/SHA-256"
_LIFE = 20 * 60  # seconds: somebody old reads slowly
_LEEWAY = 60
_MOST = 4_000  # letters of a solved challenge


@dataclass(frozen=True, slots=True)
class Proof:
    """A solved challenge: what it is known by, and until when it would be good (seconds since 1970)."""

    key: str
    until: int


class Proofs:
    """Gives challenges and checks what comes back; that each is used once is for others to keep."""

    def __init__(self, secret: bytes, cost: int, clock: Callable[[], float] = time.time) -> None:
        self._secret, self._cost, self._clock = secret.hex(), cost, clock

    def challenge(self) -> dict[str, Any]:
        """Make a challenge, as the widget reads it."""
        ends = int(self._clock()) + _LIFE
        made = altcha.create_challenge(_ALGORITHM, self._cost, expires_at=ends, hmac_secret=self._secret)
        return made.to_dict()

    def check(self, solved: str) -> Proof | None:
        """Give the proof a solved challenge is; None for one that is wrong, too old, or none of ours."""
        if not solved or len(solved) > _MOST:
            return None
        try:
            data = json.loads(base64.b64decode(solved, validate=True))
            payload = altcha.Payload.from_dict(data)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, binascii.Error):
            return None
        until = payload.challenge.parameters.expires_at
        holds = type(until) is int and until >= self._clock() and self._holds(payload)
        return Proof(payload.challenge.parameters.nonce, until + _LEEWAY) if holds and until else None

    def _holds(self, payload: altcha.Payload) -> bool:
        wanted = payload.challenge.parameters
        if wanted.algorithm != _ALGORITHM or wanted.cost != self._cost:
            return False
        try:  # the signature is looked at before anything is computed: a stranger's cost would be ours to pay
            return altcha.verify_solution(payload, self._secret).verified
        except (ValueError, TypeError, OverflowError, AttributeError, ArithmeticError):
            return False
