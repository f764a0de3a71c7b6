"""Which legal bases of a paper hold on its day."""

from collections.abc import Iterable, Iterator

from sangkien.domain import layout
from sangkien.domain.books import Books
from sangkien.domain.finding import Code, Finding, Location


def doubts(bases: Iterable[str], books: Books, day: str) -> Iterator[Finding]:
    """Say of each basis that it is not, or no longer, in force on a day, or that nobody has compared it yet."""
    for key in bases:
        basis = books.legal_bases.get(key)
        if basis is None:
            continue
        where = Location(file=layout.path_of("legal_basis", key))
        heir = books.legal_bases.get(basis.get("replaced_by", ""))
        told = {"value": basis["number"], "day": day}
        if not basis.get("effective_from", basis["issued_on"]) <= day <= basis.get("effective_to", "9999"):
            code = Code.BASIS_REPLACED if heir else Code.BASIS_LAPSED
            yield Finding(code=code, where=where, params=told | ({"other": heir["number"]} if heir else {}))
        elif not basis["confirmed"]:
            yield Finding(code=Code.BASIS_UNCONFIRMED, where=where, params=told)
