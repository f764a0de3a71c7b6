"""What is kept of the ideas that were accepted: code, hash of the PIN, state; and the proofs that were used up."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass

from sangkien.adapters import outbox
from sangkien.adapters.ledger import Ledger
from sangkien.domain.following import Slip, State
from sangkien.domain.paper import Paper

_COLUMNS = "code, state, pull, reason, head, erase_on, days"
_LAST_DAY = "last-day"


class SpentError(Exception):
    """The proof was used before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """An idea to be stored: by which mark its sender is known, and all that is to reach the desk.

    What a clerk brings needs no proof.
    """

    mark: str
    salt: bytes
    pin: bytes
    day: str
    key: str
    paper: Paper
    proof: str = ""
    proof_until: int = 0


class Slips:
    """The slips of accepted ideas."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def accept(self, idea: Accepted) -> "Future[str]":
        """Store an idea with its slip and use its proof up, all or nothing; gives the code.

        A mark that was accepted before gives the code it got then. The future raises SpentError for a used proof,
        KeyError for a code that another idea has, FullError when there is no room.
        """
        return self._ledger.write(lambda connection: _accept(connection, idea))

    def spend(self, proof: str, until: int) -> None:
        """Use a proof up; raises SpentError when it was."""
        self._ledger.write(lambda connection: spend(connection, proof, until)).result()

    def is_spent(self, proof: str) -> bool:
        """Tell whether a proof was used."""
        query = "SELECT 1 FROM spent WHERE proof = ?"
        return self._ledger.read(lambda connection: connection.execute(query, (proof,)).fetchone()) is not None

    def forget_proofs(self, before: int) -> None:
        """Forget the proofs that ended by themselves."""
        self._ledger.write(lambda c: c.execute("DELETE FROM spent WHERE until < ?", (before,)).rowcount).result()

    def code_of(self, mark: str) -> str | None:
        """Give the code a mark was given."""
        query = "SELECT code FROM slips WHERE mark = ?"
        row = self._ledger.read(lambda connection: connection.execute(query, (mark,)).fetchone())
        return row[0] if row else None

    def lock_of(self, code: str) -> tuple[bytes, bytes] | None:
        """Give the salt and the hash a PIN is held against."""
        query = "SELECT salt, pin FROM slips WHERE code = ?"
        row = self._ledger.read(lambda connection: connection.execute(query, (code,)).fetchone())
        return (row[0], row[1]) if row else None

    def has(self, code: str) -> bool:
        """Tell whether an idea has a code."""
        return self.lock_of(code) is not None

    def slip(self, code: str) -> Slip | None:
        """Give what is kept of an idea."""
        return self._ledger.read(lambda connection: next(_slips(connection, "code = ?", (code,)), None))

    def undecided(self) -> list[Slip]:
        """List the ideas at the desk whose state may still change there."""
        where = "state NOT IN ('withdrawn', 'concluded', 'closed') AND pull > 0"
        return self._ledger.read(lambda connection: list(_slips(connection, where, ())))

    def note(self, slip: Slip) -> None:
        """Keep what is known of an idea now."""
        row = (slip.state, slip.pull, slip.reason, slip.head, slip.erase_on, json.dumps(dict(slip.days)), slip.code)
        query = "UPDATE slips SET state=?, pull=?, reason=?, head=?, erase_on=?, days=? WHERE code=?"
        self._ledger.write(lambda connection: connection.execute(query, row).rowcount).result()

    @property
    def last_day(self) -> str:
        """The newest day anything was accepted on; empty before the first."""
        query = "SELECT value FROM notes WHERE name = ?"
        row = self._ledger.read(lambda connection: connection.execute(query, (_LAST_DAY,)).fetchone())
        return row[0] if row else ""

    def counts(self) -> Mapping[State, int]:
        """Count the ideas by state."""
        return self._ledger.read(lambda c: dict(c.execute("SELECT state, count(*) FROM slips GROUP BY state")))


def _accept(connection: sqlite3.Connection, idea: Accepted) -> str:
    known = connection.execute("SELECT code FROM slips WHERE mark = ?", (idea.mark,)).fetchone()
    if known:
        return str(known[0])
    if idea.proof:
        spend(connection, idea.proof, idea.proof_until)
    code = idea.paper.code
    if connection.execute("SELECT 1 FROM slips WHERE code = ?", (code,)).fetchone():
        raise KeyError(code)
    days = json.dumps({"sent": idea.day})
    query = "INSERT INTO slips (code, mark, salt, pin, state, days) VALUES (?, ?, ?, ?, 'queued', ?)"
    connection.execute(query, (code, idea.mark, idea.salt, idea.pin, days))
    outbox.store(connection, idea.key, idea.paper, "propose", idea.day)
    note_day(connection, idea.day)
    return code


def note_day(connection: sqlite3.Connection, day: str) -> None:
    """Note within a transaction that something was accepted on a day."""
    newest = "INSERT INTO notes VALUES (?, ?) ON CONFLICT DO UPDATE SET value = max(value, excluded.value)"
    connection.execute(newest, (_LAST_DAY, day))


def spend(connection: sqlite3.Connection, proof: str, until: int) -> None:
    """Use a proof up within a transaction; raises SpentError when it was."""
    if connection.execute("INSERT OR IGNORE INTO spent VALUES (?, ?)", (proof, until)).rowcount == 0:
        raise SpentError


def _slips(connection: sqlite3.Connection, where: str, values: tuple[str, ...]) -> Iterator[Slip]:
    query = f"SELECT {_COLUMNS} FROM slips WHERE {where}"  # noqa: S608  # our own words
    for code, state, pull, reason, head, erase_on, days in connection.execute(query, values):
        yield Slip(
            code=code, state=state, pull=pull, reason=reason, head=head, erase_on=erase_on, days=json.loads(days)
        )
