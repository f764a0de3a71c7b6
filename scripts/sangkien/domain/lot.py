"""Lots drawn from a seed, so that a step run twice draws the same code."""

import hashlib
from collections.abc import Iterator

from sangkien.domain import idea_code
from sangkien.domain.idea_code import ALPHABET


def symbols(seed: str) -> Iterator[str]:
    """Draw symbols of the code alphabet without end; who does not know the seed cannot tell the next one."""
    block = 0
    while True:
        digest = hashlib.sha256(f"{seed}\n{block}".encode()).digest()
        yield from (ALPHABET[byte % len(ALPHABET)] for byte in digest)  # 256 is a multiple of 32: no symbol is favoured
        block += 1


def codes(year: int, seed: str) -> Iterator[str]:
    """Draw idea codes of a year without end (contract §1)."""
    drawn = symbols(f"code {seed}")
    while True:
        yield idea_code.make(year, "".join(next(drawn) for _ in range(7)))


def person(seed: str, place: int) -> str:
    """Draw the id of the person at a place of a list: never from the name."""
    drawn = symbols(f"person {place} {seed}")
    return "p-" + "".join(next(drawn) for _ in range(8)).lower()
