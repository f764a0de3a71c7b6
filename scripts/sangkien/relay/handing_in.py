"""Sound rows of a sheet → ideas in the relay's book, each with a slip of its own, as if its author had sent it."""

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import islice

from sangkien.adapters.slips import Accepted, Slips
from sangkien.domain import slip
from sangkien.domain.paper import errand_of
from sangkien.domain.sheet_row import SheetRow

_SALT_BYTES = 16
_TOGETHER = 200  # rows stored at one go


def hand_in(slips: Slips, secret: bytes, day: str, rows: Iterable[SheetRow]) -> list[str]:
    """Store rows and give the codes of those that were not there yet; what is there stays. Raises FullError."""
    waiting = (row for row in rows if not slips.has(row.code))
    stored: list[str] = []
    while pile := list(islice(waiting, _TOGETHER)):
        futures = [slips.accept(_accepted(secret, day, row)) for row in pile]  # all of them are committed together
        for future in futures:
            with suppress(KeyError):  # somebody handed it in with another file at this very moment
                stored.append(future.result())
    return stored


def there(slips: Slips, rows: Sequence[SheetRow]) -> set[str]:
    """Give the codes of rows that were handed in, now or earlier."""
    return {row.code for row in rows if slips.has(row.code)}


def pins(slips: Slips, secret: bytes, rows: Sequence[SheetRow]) -> Mapping[str, str]:
    """Give the PINs of rows that were handed in with this very file, by code."""
    return {
        row.code: slip.pin(secret, row.key) for row in rows if slips.code_of(slip.mark(secret, row.key)) == row.code
    }


def _accepted(secret: bytes, day: str, row: SheetRow) -> Accepted:
    salt = os.urandom(_SALT_BYTES)
    return Accepted(
        mark=slip.mark(secret, row.key),
        salt=salt,
        pin=slip.hashed(slip.pin(secret, row.key), salt),
        day=day,
        key=errand_of(row.code),
        paper=row.paper,
    )
