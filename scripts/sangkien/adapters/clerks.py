"""The clerks who may bring sheets, and who of them is signed in; of phrases and tokens only hashes are kept."""

import hashlib
import os
import secrets
import sqlite3
from collections.abc import Iterator

from sangkien.adapters.ledger import Ledger
from sangkien.domain import clerk
from sangkien.domain.clerk import Clerk

_SALT_BYTES, _CHANCE_BYTES = 16, 32
_NO_LOCK = (b"\0" * _SALT_BYTES, b"\0" * 32)


class Clerks:
    """The clerks of one relay."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def add(self, unit: str, day: str) -> tuple[str, str]:
        """Enter a clerk of a unit; gives the id and the phrase, which is known this once."""
        key, phrase = clerk.draw(secrets.token_bytes(_CHANCE_BYTES))
        salt = os.urandom(_SALT_BYTES)
        row = (key, unit, day, salt, clerk.hashed(phrase, salt))
        self._ledger.write(lambda c: c.execute("INSERT INTO clerks VALUES (?, ?, ?, ?, ?)", row).rowcount).result()
        return key, phrase

    def remove(self, key: str) -> bool:
        """Remove a clerk and end their sessions; False when there is none."""
        query = "DELETE FROM clerks WHERE id = ?"
        return self._ledger.write(lambda c: c.execute(query, (key,)).rowcount).result() > 0

    def all(self) -> list[Clerk]:
        """List the clerks."""
        return self._ledger.read(
            lambda c: list(_clerks(c.execute("SELECT id, unit, since FROM clerks ORDER BY since")))
        )

    def opens(self, key: str, phrase: str) -> bool:
        """Tell whether a phrase is a clerk's; takes as long where there is no such clerk."""
        query = "SELECT salt, phrase FROM clerks WHERE id = ?"
        found = self._ledger.read(lambda c: c.execute(query, (key,)).fetchone())
        salt, kept = found or _NO_LOCK
        return secrets.compare_digest(clerk.hashed(phrase, salt), kept)

    def sign_in(self, key: str, now: int) -> str:
        """Open a session; gives its token, drawn anew each time."""
        token = secrets.token_hex(32)
        row = (_hashed(token), key, now + clerk.SESSION_LIFE)

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM sessions WHERE until <= ?", (now,))
            connection.execute("INSERT INTO sessions VALUES (?, ?, ?)", row)

        self._ledger.write(work).result()
        return token

    def signed_in(self, token: str, now: int) -> Clerk | None:
        """Give whose session a token is of."""
        query = "SELECT id, unit, since FROM clerks JOIN sessions ON clerk = id WHERE token = ? AND until > ?"
        return self._ledger.read(lambda c: next(_clerks(c.execute(query, (_hashed(token), now))), None))

    def sign_out(self, token: str) -> None:
        """End a session."""
        row = (_hashed(token),)
        self._ledger.write(lambda c: c.execute("DELETE FROM sessions WHERE token = ?", row).rowcount).result()


def _clerks(rows: sqlite3.Cursor) -> Iterator[Clerk]:
    for key, unit, since in rows:
        yield Clerk(id=key, unit=unit, since=since)


def _hashed(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
