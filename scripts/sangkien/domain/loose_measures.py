"""Figures with a unit of measure as people write them, one a line: `nước tưới: 40 → 25 lít mỗi gốc`."""

import re

from sangkien.domain.text import canonical, fold, fold_letters

_BULLET = re.compile(r"^\s*(?:[-*+•–]\s+|\d{1,2}[.)]\s+)")
_ARROW = re.compile(r"\s*(?:→|⟶|➔|➜|[-=–—]{1,2}>)\s*|\s+(?:xuong con|xuong|len)\s+")
_FIGURE = re.compile(r"(\d[\d.,]*)\s*([^\W\d_][^:>]*|[%°‰][^:>]*)?")
# A unit may hold figures (`m2`, `đồng/1000 m2`), but none that stands alone: `25 đến 30 lít` must be asked.
_ALONE = re.compile(r"\s\d")
_NUMBER = re.compile(r"(?:([1-9]\d{0,2}(?:\.\d{3})+)(?:,(\d{1,2}))?|(\d+)(?:[.,](\d{1,2}))?)")
_LONGEST_LINE, _LONGEST_UNIT, _MOST_DIGITS = 300, 40, 6

Measure = dict[str, str]


def measures(text: str) -> list[Measure | None]:
    """Read measures, one a line, as records write them; None stands for a line that cannot be read with certainty."""
    lines = [" ".join(_BULLET.sub("", line).split()) for line in canonical(text).split("\n")]
    return [_measure(line) for line in lines if line]


def _measure(line: str) -> Measure | None:
    label, colon, rest = line.partition(":")
    if not colon or not label.strip() or len(line) > _LONGEST_LINE:
        return None
    parts = [_figure(rest[start:end].strip(" .;,")) for start, end in _parts(rest)]
    if not 1 <= len(parts) <= 2 or None in parts:
        return None
    figures = [part for part in parts if part]
    before, after = (figures[0] if len(figures) == 2 else None), figures[-1]  # before and after
    if not after[1] or (before and before[1] and fold(before[1]) != fold(after[1])):
        return None
    told = {"label": label.strip(), "unit": after[1]}
    return told | ({"before": before[0]} if before else {}) | {"after": after[0]}


def _parts(rest: str) -> list[tuple[int, int]]:
    """Give the spans between the arrows, whichever way an arrow is typed."""
    arrows = [match.span() for match in _ARROW.finditer(fold_letters(rest))]
    return list(zip([0, *(end for _, end in arrows)], [*(start for start, _ in arrows), len(rest)], strict=True))


def _figure(text: str) -> tuple[str, str] | None:
    """Read a number and the unit behind it, which may be left out."""
    match = _FIGURE.fullmatch(text)
    if match is None:
        return None
    number, unit = _number(match[1].rstrip(".,")), " ".join((match[2] or "").split())
    if number is None or len(unit) > _LONGEST_UNIT or _ALONE.search(unit.partition("/")[0]):
        return None
    return number, unit


def _number(text: str) -> str | None:
    """Read a number as Vietnamese writes it: `1.250` is a thousand and more, `2,5` and `2.5` two and a half."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    whole = (match[1] or match[3]).replace(".", "").lstrip("0") or "0"
    part = match[2] or match[4]
    return None if len(whole) > _MOST_DIGITS else f"{whole}.{part}" if part else whole
