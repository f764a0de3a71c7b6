"""Troubles ordered in advance, so that clients can be tried against them."""

from dataclasses import dataclass
from fnmatch import fnmatch
from typing import Literal

from localhub.errors import Refusal

Kind = Literal[
    "secondary-limit", "rate-limit", "error-500", "error-502", "conflict", "timeout", "cut", "cut-after", "slow"
]


@dataclass
class Fault:
    """A trouble for some requests: how many to let pass, how many to hit."""

    kind: Kind
    method: str
    path: str
    times: int
    after: int


class Faults:
    """The troubles still to come."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, kind: Kind, method: str = "*", path: str = "*", times: int = 1, after: int = 0) -> None:
        """Order a trouble for requests that match."""
        self._waiting.append(Fault(kind, method.upper(), path, times, after))

    def clear(self) -> None:
        """Forget every trouble still to come."""
        self._waiting.clear()

    def take(self, method: str, path: str) -> Kind | None:
        """Give the trouble that hits this request, if one does."""
        for fault in self._waiting:
            if fault.method not in {"*", method} or not fnmatch(path, fault.path):
                continue
            if fault.after > 0:
                fault.after -= 1
                continue
            fault.times -= 1
            if fault.times <= 0:
                self._waiting.remove(fault)
            return fault.kind
        return None


def refusal(kind: Kind, reset: int) -> Refusal | None:
    """Give the answer a trouble consists of, or None if it is no answer at all."""
    match kind:
        case "secondary-limit":
            words = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
            return Refusal(403, words, headers={"Retry-After": "1"})
        case "rate-limit":
            headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(reset)}
            return Refusal(403, "API rate limit exceeded for user.", headers=headers)
        case "error-500":
            return Refusal(500, "Server Error")
        case "error-502":
            return Refusal(502, "Server Error")
        case "conflict":
            return Refusal(409, "Conflict")
        case _:
            return None
