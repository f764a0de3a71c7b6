"""GitHub's filter patterns for branches, tags and paths."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

_PIECES = re.compile(r"(?:(?<=/)|(?<!.))\*\*/|\*+|\?|\+|\[[^\]]+\]|\\.|.", re.DOTALL)


@cache
def _pattern(glob: str) -> re.Pattern[str]:
    """Translate a pattern: `*` stays within a folder, `**` does not, `?` and `+` repeat what is before them."""
    text = ""
    for piece in _PIECES.findall(glob):
        if piece == "**/":
            text += r"(?:.*/)?"
        elif piece.startswith("*"):
            text += r"[^/]*" if piece == "*" else r".*"
        elif piece in ("?", "+") and text:
            text = f"{text}{piece}" if text[-1] not in "*?+" else text
        elif piece.startswith("[") and len(piece) > 2:
            text += f"[{piece[1:-1].replace(chr(92), chr(92) * 2).replace('^', chr(92) + '^')}]"
        else:
            text += re.escape(piece[1:] if len(piece) == 2 else piece)
    return re.compile(text, re.DOTALL)


def matches(globs: Sequence[str], name: str) -> bool:
    """Tell whether the last pattern that fits a name takes it in; one that begins with `!` leaves it out."""
    taken = False
    for glob in globs:
        if _pattern(glob.removeprefix("!")).fullmatch(name):
            taken = not glob.startswith("!")
    return taken


def any_match(globs: Sequence[str], names: Iterable[str]) -> bool:
    """Tell whether any of the names is taken in."""
    return any(matches(globs, name) for name in names)
