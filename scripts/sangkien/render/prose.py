"""People's text as HTML: paragraphs, line breaks and `- ` lists, everything else exactly as typed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

_NUMBERING = re.compile(r"(?:[-•+*]|\d{1,2}[.)/]|[Bb]ước \d{1,2}\s*[:.)-])\s+")
_CAUTION = re.compile(r"(?:[-•+*]\s+)?[Ll]ưu ý\s*:\s*")


def prose(text: str) -> Markup:
    """Write a text of several paragraphs."""
    return Markup("".join(_blocks(text)))  # noqa: S704  # every piece of text in it was escaped


def _blocks(text: str) -> Iterator[str]:
    for paragraph in re.split(r"\n[ \t]*\n", text.strip()):
        lines: list[str] = []
        items: list[str] = []
        for line in [*paragraph.split("\n"), ""]:
            item = line.strip()
            if item.startswith("- "):
                if lines:
                    yield f"<p>{'<br>'.join(lines)}</p>"
                    lines = []
                items.append(f"<li>{escape(item[2:].strip())}</li>")
                continue
            if items:
                yield f"<ul>{''.join(items)}</ul>"
                items = []
            if item:
                lines.append(str(escape(item)))
        if lines:
            yield f"<p>{'<br>'.join(lines)}</p>"


@dataclass(frozen=True, slots=True, kw_only=True)
class HowTo:
    """The steps of doing it oneself, and what to beware of."""

    steps: tuple[str, ...]
    cautions: tuple[str, ...]


def how_to(text: str) -> HowTo:
    """Read steps, one a line; numbering typed by hand is left to the list, lines of caution stand apart."""
    steps, cautions = [], []
    for line in text.split("\n"):
        step = line.strip()
        if match := _CAUTION.match(step):
            rest = step[match.end() :]
            cautions += [rest[:1].upper() + rest[1:]] if rest else []
        elif step:
            numbering = _NUMBERING.match(step)
            steps.append(step[numbering.end() :] if numbering else step)
    return HowTo(steps=tuple(steps), cautions=tuple(cautions))
