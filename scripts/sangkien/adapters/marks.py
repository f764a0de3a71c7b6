"""The marks of what was sent about ideas that stand, so that nothing sent twice is taken twice."""

import sqlite3
from concurrent.futures import Future
from dataclasses import dataclass

from sangkien.adapters import outbox, slips
from sangkien.adapters.ledger import Ledger
from sangkien.domain.paper import Act, Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A paper to be stored, and the mark it is known by."""

    mark: str
    day: str
    act: Act
    paper: Paper
    proof: str
    proof_until: int


class Marks:
    """What was accepted about ideas that stand."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def accept(self, sent: Sent) -> "Future[str]":
        """Store a paper and use its proof up, all or nothing; gives the idea's code.

        A mark that was accepted before gives the code it had then. The future raises SpentError for a used proof,
        FullError when there is no room.
        """
        return self._ledger.write(lambda connection: _accept(connection, sent))

    def code_of(self, mark: str) -> str | None:
        """Give the code of the idea that what has a mark was about."""
        return self._ledger.read(lambda connection: _code_of(connection, mark))


def _accept(connection: sqlite3.Connection, sent: Sent) -> str:
    if known := _code_of(connection, sent.mark):
        return known
    slips.spend(connection, sent.proof, sent.proof_until)
    connection.execute("INSERT INTO marks VALUES (?, ?)", (sent.mark, sent.paper.code))
    outbox.store(connection, f"{sent.act}:{sent.mark}", sent.paper, sent.act, sent.day)
    slips.note_day(connection, sent.day)
    return sent.paper.code


def _code_of(connection: sqlite3.Connection, mark: str) -> str | None:
    row = connection.execute("SELECT code FROM marks WHERE mark = ?", (mark,)).fetchone()
    return row[0] if row else None
