"""People's text as it may stand in a forge's Markdown: nothing in it runs, pings, links or closes anything."""

import re

# A reader sees nothing of it; a machine looking for `@name`, `#1` or an address no longer finds one.
_BREAK = "\u200b"
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~^$&!])")
_AT_LINE_START = re.compile(r"^(\d{0,9})([-+=.):])", re.MULTILINE)  # `:-` alone makes a table of the line above
# No word boundary before them: a forge knows `_www.` and `ệGH-1` for what they are.
_CALLS = (
    (re.compile(r"@(?=\w)"), f"@{_BREAK}"),
    (re.compile(r"#(?=\w)"), f"#{_BREAK}"),
    (re.compile(r"(GH)-(?=\d)", re.IGNORECASE), rf"\1-{_BREAK}"),
    (re.compile(r"://"), f":{_BREAK}//"),
    (re.compile(r"(www)\.", re.IGNORECASE), rf"\1{_BREAK}."),
    (re.compile(r":(?=[a-z0-9_+-]+:)", re.IGNORECASE), f":{_BREAK}"),
    (
        re.compile(r"\b(?=[0-9a-f]{7,40}\b)(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])([0-9a-f]{6})", re.IGNORECASE),
        rf"\1{_BREAK}",
    ),
)


def line(text: str) -> str:
    """Write people's text on one line of Markdown."""
    return paragraph(" ".join(text.split()))


def paragraph(text: str) -> str:
    """Write people's text as Markdown that reads as it was typed, line by line."""
    lines = "\n".join(part.strip() for part in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    for pattern, instead in _CALLS:
        lines = pattern.sub(instead, lines)
    return _AT_LINE_START.sub(r"\1\\\2", _MARKS.sub(r"\\\1", lines))


def quote(text: str) -> str:
    """Write people's text as a Markdown quotation."""
    return "\n".join(f"> {part}" if part else ">" for part in paragraph(text).split("\n"))


def code(text: str) -> str:
    """Write a path or a value as code, whatever backticks it holds."""
    inner = " ".join(text.split())
    longest = max((len(run) for run in re.findall(r"`+", inner)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if inner.startswith("`") or inner.endswith("`") else ""
    return f"{fence}{pad}{inner}{pad}{fence}"
