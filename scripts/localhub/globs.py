"""GitHub's filter patterns for branches, tags and paths."""

import re
from collections.abc import Iterable, Sequence
from functools import cache


@cache
def _pattern(glob: str) -> re.Pattern[str]:
    """Translate a pattern: `*` stays within a folder, `**` does not, `?` and `+` repeat what is before them."""
    pieces = re.findall(r"\*\*/?|\*|\?|\+|\[[^\]]*\]|\\.|.", glob, re.DOTALL)
    kinds = {"**/": r"(?:.*/)?", "**": r".*", "*": r"[^/]*", "?": "?", "+": "+"}
    text = "".join(kinds.get(p) or (p if p.startswith(("[", "\\")) else re.escape(p)) for p in pieces)
    return re.compile(text)


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
