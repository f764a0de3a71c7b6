"""A report drawn up: the account of a unit's period, and how reports on it came in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sangkien.domain.books import Books
from sangkien.domain.deeds import Deed
from sangkien.domain.period import Period
from sangkien.domain.reckoning import Account, Reckoner
from sangkien.domain.reporting import Calendar, Reporting, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """All that a report tells; `withheld` records could not be read, and are in no figure.

    `honoured` are the codes of the ideas that are public.
    """

    account: Account
    books: Books
    on: str
    reporting: Reporting
    standings: tuple[Standing, ...]
    honoured: frozenset[str]
    withheld: tuple[str, ...]


def draw_up(
    books: Books,
    deeds: Mapping[str, Sequence[Deed]],
    unit: str,
    period: Period,
    on: str,
    withheld: Sequence[str] = (),
) -> Statement:
    """Draw up a unit's report on a period, as reports stand on a day."""
    calendar = Calendar(books)
    rows = calendar.matrix(unit, period.last, on).rows.values()
    standings = tuple(row[period] for row in rows if period in row)
    return Statement(
        account=Reckoner(books, deeds).account(unit, period, {one.duty.unit for one in standings}),
        books=books,
        on=on,
        reporting=calendar.reporting(unit, period, on),
        standings=standings,
        honoured=frozenset(deed.key for deed in deeds.get("y-duoc-ghi-nhan", ())),
        withheld=tuple(withheld),
    )
