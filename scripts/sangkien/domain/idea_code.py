"""Idea codes: `2026-7K3Q-F2TZ`, their check symbol, their forgiving reading and their path (contract §1)."""

import re
from collections.abc import Iterable

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's 32: no I, L, O, U
_VALUE = {symbol: value for value, symbol in enumerate(ALPHABET)}
_FORGIVEN = str.maketrans({"O": "0", "I": "1", "L": "1"})


def check_symbol(year: int, symbols: str) -> str:
    """Compute the check symbol of a year and seven symbols: Luhn mod 32, doubling from the right."""
    total = 0
    for place, symbol in enumerate(reversed(f"{year:04d}{symbols}")):
        value = _VALUE[symbol] * (2 if place % 2 == 0 else 1)
        total += value // 32 + value % 32
    return ALPHABET[-total % 32]


def make(year: int, seven: str) -> str:
    """Write the code of a year and seven random symbols."""
    full = seven + check_symbol(year, seven)
    return f"{year:04d}-{full[:4]}-{full[4:]}"


def read(text: str) -> str | None:
    """Read a code as people type it (case, spaces, hyphens, O→0, I/L→1); None when it is none."""
    bare = re.sub(r"[\s\-\u2010-\u2015]+", "", text).upper().translate(_FORGIVEN)
    if not re.fullmatch(rf"[0-9]{{4}}[{ALPHABET}]{{8}}", bare):
        return None
    code = f"{bare[:4]}-{bare[4:8]}-{bare[8:]}"
    return code if is_sound(code) else None


def is_sound(code: str) -> bool:
    """Tell whether a canonical code carries the right check symbol."""
    year, first, second = code.split("-")
    seven = first + second[:3]
    return check_symbol(int(year), seven) == second[3]


def compact(code: str) -> str:
    """Give the eight symbols in lower case without hyphen, as addresses and folders use them."""
    return code[5:].replace("-", "").lower()


def folder(code: str) -> str:
    """Give the folder of an idea, relative to the repository: `ideas/2026/7k/7k3qf2tz`."""
    short = compact(code)
    return f"ideas/{code[:4]}/{short[:2]}/{short}"


def of_folder(folder: str) -> str:
    """Read the code back from an idea's folder."""
    _, year, _, short = folder.split("/")
    return f"{year}-{short[:4]}-{short[4:]}".upper()


def denied(code: str, runs: Iterable[str]) -> str | None:
    """Find a run of letters of the deny-list within a code; None when there is none."""
    letters = compact(code).upper()
    return next((run for run in runs if run.upper() in letters), None)
