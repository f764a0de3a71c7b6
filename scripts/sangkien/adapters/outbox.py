"""What waits to be brought to the desk, and when each may be tried next."""

import random
import sqlite3
import time
from collections.abc import Callable, Iterator

from sangkien.adapters.ledger import Ledger
from sangkien.domain import pace
from sangkien.domain.paper import Act, Errand, Paper

_MOST_TRIES = 8  # refusals of what was asked, not of the moment
_COLUMNS = "number, key, act, kind, code, branch, part, put_on, tries"


class Outbox:
    """Papers on their way; one with the key of another takes its place."""

    def __init__(self, ledger: Ledger, clock: Callable[[], float] = time.monotonic) -> None:
        self._ledger, self._clock = ledger, clock
        self._not_before: dict[int, float] = {}  # by a clock that begins anew with the process: then all are due
        self._pause_until = 0.0
        self._troubles = 0

    def put(self, key: str, paper: Paper, act: Act = "propose", put_on: str = "") -> None:
        """Store a paper durably; raises FullError when there is no room."""
        self._ledger.write(lambda connection: store(connection, key, paper, act, put_on)).result()

    def waiting(self, key: str) -> Errand | None:
        """Give what waits under a key."""
        return self._ledger.read(lambda connection: next(_errands(connection, "key = ?", (key,)), None))

    def due(self) -> Errand | None:
        """Give the oldest errand that may be tried now."""
        now = self._clock()
        if now < self._pause_until:
            return None
        resting = [number for number, until in self._not_before.items() if until > now]
        but = f"AND number NOT IN ({','.join('?' * len(resting))})" if resting else ""
        return self._ledger.read(lambda connection: next(_errands(connection, f"apart = 0 {but}", resting), None))

    def done(self, errand: Errand) -> None:
        """Remove what was brought, unless something newer took its place meanwhile."""
        self._troubles, self._pause_until = 0, 0.0
        self._not_before.pop(errand.number, None)
        self._ledger.write(lambda connection: _remove(connection, errand.number)).result()

    def later(self, errand: Errand, seconds: float) -> None:
        """Leave an errand for a while: what it waits for has not come yet."""
        self._not_before[errand.number] = self._clock() + seconds

    def failed(self, errand: Errand, why: str) -> None:
        """Note that the desk refused it; after many refusals it is set apart for a person."""
        self._not_before[errand.number] = self._clock() + pace.pause(errand.tries + 1, random.random())  # noqa: S311
        self._ledger.write(lambda connection: _refused(connection, errand.number, why)).result()

    def unreachable(self) -> None:
        """Let everything rest: it is the desk that cannot be reached."""
        self._troubles += 1
        self._pause_until = self._clock() + pace.pause(self._troubles, random.random())  # noqa: S311

    @property
    def is_resting(self) -> bool:
        """Tell whether the desk could not be reached last time."""
        return self._troubles > 0

    def retry_apart(self) -> int:
        """Put back what was set apart; gives how many."""
        return self._ledger.write(_retry).result()

    def counts(self) -> tuple[int, int]:
        """Give how many wait and how many were set apart."""
        query = "SELECT count(*) FILTER (WHERE apart = 0), count(*) FILTER (WHERE apart = 1) FROM errands"
        waiting, apart = self._ledger.read(lambda connection: connection.execute(query).fetchone())
        return waiting, apart


def store(connection: sqlite3.Connection, key: str, paper: Paper, act: Act, put_on: str) -> None:
    """Store a paper within a transaction."""
    connection.execute("DELETE FROM errands WHERE key = ?", (key,))
    row = (key, act, paper.kind, paper.code, paper.branch, paper.number, put_on)
    query = "INSERT INTO errands (key, act, kind, code, branch, part, put_on) VALUES (?, ?, ?, ?, ?, ?, ?)"
    number = connection.execute(query, row).lastrowid
    connection.executemany(
        "INSERT INTO files VALUES (?, ?, ?)", [(number, path, content) for path, content in paper.files.items()]
    )


def _errands(connection: sqlite3.Connection, where: str, values: object) -> Iterator[Errand]:
    query = f"SELECT {_COLUMNS} FROM errands WHERE {where} ORDER BY number LIMIT 1"  # noqa: S608  # our own words
    for number, key, act, kind, code, branch, part, put_on, tries in connection.execute(query, values):  # type: ignore[arg-type]  # a list or a tuple
        files = dict(connection.execute("SELECT path, content FROM files WHERE errand = ?", (number,)))
        paper = Paper(kind, code, branch, files, part)
        yield Errand(number=number, key=key, act=act, paper=paper, put_on=put_on, tries=tries)


def _remove(connection: sqlite3.Connection, number: int) -> None:
    connection.execute("DELETE FROM errands WHERE number = ?", (number,))


def _refused(connection: sqlite3.Connection, number: int, why: str) -> None:
    query = "UPDATE errands SET tries = tries + 1, why = ?, apart = (tries + 1 >= ?) WHERE number = ?"
    connection.execute(query, (why[:200], _MOST_TRIES, number))


def _retry(connection: sqlite3.Connection) -> int:
    return connection.execute("UPDATE errands SET apart = 0, tries = 0 WHERE apart = 1").rowcount
