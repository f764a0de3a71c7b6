"""The legal bases a paper cites, as its preamble writes them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sangkien.domain.books import Books
from sangkien.domain.finding import Code, Finding
from sangkien.domain.in_force import doubts
from sangkien.render.papers.frame import DOTS, day_line, words


def preamble(keys: Iterable[str], books: Books, *more: str) -> list[str]:
    """Write the bases and what else a paper rests on; without any basis, one to write by hand."""
    cited = [cite(books.legal_bases[key]) for key in keys if key in books.legal_bases] or [DOTS]
    lines = [*(words()["bases"]["basis"].format(what=one) for one in cited), *more]
    return [f"{line}{';' if place < len(lines) else '.'}" for place, line in enumerate(lines, 1)]


def cite(basis: Mapping[str, Any]) -> str:
    """Cite a legal basis: kind, number, day, issuer and what it is about, none of them twice."""
    said, title, day = words()["bases"], basis["title"], day_line(basis["issued_on"])
    kind, number = basis["kind"], basis["number"]
    if _begins(title, kind):  # a law is called by its title
        return str(said["titled"].format(title=title, number=number, day=day))
    named = number if _begins(number, kind) else said["numbered"].format(kind=kind, number=number)
    about = "of" if any(_begins(title, verb) for verb in said["verbs"]) else "about"
    return str(said[about].format(named=named, day=day, issuer=basis["issuer"], title=lower(title)))


def holding(keys: Sequence[str], books: Books, day: str) -> tuple[list[str], tuple[Finding, ...]]:
    """Give the bases that hold on a day, and what is to be said of any of them."""
    found = {key: tuple(doubts([key], books, day)) for key in keys}
    kept = [key for key, said in found.items() if all(one.code is Code.BASIS_UNCONFIRMED for one in said)]
    return kept, tuple(one for said in found.values() for one in said)


def lower(text: str) -> str:
    """Begin a text with a small letter, unless it begins with an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _begins(text: str, with_: str) -> bool:
    return f"{text} ".casefold().startswith(f"{with_} ".casefold())
