"""What a kind of paper is: its name, what it is made of, and who makes it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sangkien.domain.paper_source import Source
from sangkien.render.papers.frame import Paper, Wish
from sangkien.render.sheets import Sheet

Maker = Callable[[Source, Wish], Iterator[Paper]]
# Sheets are printed as PDF by our own press, each under its file's name without the ending.
Printer = Callable[[Source, Wish], Iterator[tuple[str, Sheet]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of paper, by the name its template has; `english` is the same name for who types in English.

    `of` tells what keys it takes. At least one of the two makes it.
    """

    name: str
    english: str
    of: str
    makes: Maker | None = None
    prints: Printer | None = None
