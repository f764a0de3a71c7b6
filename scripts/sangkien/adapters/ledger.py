"""One SQLite file, written by one thread that commits for many at once: what is acknowledged is on the disk.

`secure_delete` and a truncated log leave nothing of what was removed; `synchronous=FULL` holds through a power cut.
"""

import os
import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

from sangkien.domain.errors import FullError, OutsideError

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]
Pending = tuple[Work[Any], "Future[Any]"]
Done = tuple["Future[Any]", Any]

_TOGETHER = 256  # works committed at once
_WAITING = 4096  # works that may wait; more are refused
_SCHEMA = """
CREATE TABLE IF NOT EXISTS slips (
  code TEXT PRIMARY KEY, mark TEXT NOT NULL UNIQUE, salt BLOB NOT NULL, pin BLOB NOT NULL,
  state TEXT NOT NULL, pull INTEGER NOT NULL DEFAULT 0, reason TEXT NOT NULL DEFAULT '', head TEXT NOT NULL DEFAULT '',
  erase_on TEXT NOT NULL DEFAULT '', days TEXT NOT NULL DEFAULT '{}'
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS open_slips ON slips (code)
  WHERE state NOT IN ('withdrawn', 'concluded', 'closed') AND pull > 0;
CREATE TABLE IF NOT EXISTS errands (
  number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, act TEXT NOT NULL, kind TEXT NOT NULL,
  code TEXT NOT NULL, branch TEXT NOT NULL, part INTEGER NOT NULL DEFAULT 0, put_on TEXT NOT NULL DEFAULT '',
  tries INTEGER NOT NULL DEFAULT 0, why TEXT NOT NULL DEFAULT '', apart INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS files (
  errand INTEGER NOT NULL REFERENCES errands (number) ON DELETE CASCADE, path TEXT NOT NULL, content ANY NOT NULL,
  PRIMARY KEY (errand, path)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS marks (mark TEXT PRIMARY KEY, code TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS spent (proof TEXT PRIMARY KEY, until INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS clerks (
  id TEXT PRIMARY KEY, unit TEXT NOT NULL, since TEXT NOT NULL, salt BLOB NOT NULL, phrase BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sessions (
  token BLOB PRIMARY KEY, clerk TEXT NOT NULL REFERENCES clerks (id) ON DELETE CASCADE, until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
PRAGMA user_version = 1;
"""


class Ledger:
    """The file, open for one process; closed by `close`."""

    def __init__(self, path: Path, *, most_pages: int = 0) -> None:
        """Open or make the file; `most_pages` bounds its size, 0 leaves it to the disk."""
        self.path = path
        self._queue: queue.Queue[tuple[Work[Any], Future[Any]] | None] = queue.Queue(_WAITING)
        self._local = threading.local()
        self._readers: list[sqlite3.Connection] = []
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))  # names are in it for a while
        writer = _connect(path)
        try:
            writer.executescript(_SCHEMA)
            if most_pages:
                writer.execute(f"PRAGMA max_page_count = {int(most_pages)}")
        except sqlite3.Error as error:
            raise OutsideError("sqlite", str(error)) from error
        self._thread = threading.Thread(target=self._serve, args=(writer,), name="ledger")
        self._thread.start()

    def write(self, work: Work[T]) -> "Future[T]":
        """Do a work that changes something; the answer comes when it is on the disk.

        The future raises FullError when it could not be stored.
        """
        future: Future[T] = Future()
        try:
            self._queue.put_nowait((work, future))
        except queue.Full:
            future.set_exception(FullError("sqlite", "too many are waiting"))
        return future

    def read(self, work: Work[T]) -> T:
        """Look something up; what was acknowledged is seen."""
        try:
            return work(self._reader())
        except sqlite3.Error as error:
            raise OutsideError("sqlite", str(error)) from error

    def tidy(self) -> None:
        """Bring everything from the log into the file and empty the log, with all that was removed since."""
        self.write(_checkpoint).result()

    def backup(self, target: Path) -> None:
        """Write a consistent copy while others write on."""
        with closing(sqlite3.connect(target)) as copy:
            self._reader().backup(copy)

    def close(self) -> None:
        """Finish what waits and close the file."""
        self._queue.put(None)
        self._thread.join()
        for reader in self._readers:
            reader.close()

    def _reader(self) -> sqlite3.Connection:
        found: sqlite3.Connection | None = getattr(self._local, "reader", None)
        if found is None:
            found = self._local.reader = _connect(self.path)
            found.execute("PRAGMA query_only = ON")
            self._readers.append(found)
        return found

    def _serve(self, connection: sqlite3.Connection) -> None:
        with closing(connection):
            is_over = False
            while not is_over and (first := self._queue.get()) is not None:
                batch = [first]
                while len(batch) < _TOGETHER and not is_over:
                    try:
                        following = self._queue.get_nowait()
                    except queue.Empty:
                        break
                    if following is None:
                        is_over = True
                    else:
                        batch.append(following)
                # Whoever no longer waits has nothing stored; from here on nobody can turn back.
                _commit(connection, [one for one in batch if one[1].set_running_or_notify_cancel()])


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=10)
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "secure_delete = ON",
        "foreign_keys = ON",
        "trusted_schema = OFF",
        "journal_size_limit = 0",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    return connection


def _checkpoint(connection: sqlite3.Connection) -> object:
    return connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _commit(connection: sqlite3.Connection, batch: list[Pending]) -> None:
    works = [one for one in batch if one[0] is not _checkpoint]
    if works:
        _settle(works, lambda: _together(connection, works), connection)
    tidying = [one for one in batch if one[0] is _checkpoint]  # no transaction may be open then
    if tidying:
        _settle(tidying, lambda: [(future, _checkpoint(connection)) for _, future in tidying], connection)


def _settle(batch: list[Pending], work: Callable[[], list[Done]], connection: sqlite3.Connection) -> None:
    """Answer everybody once all is on the disk; where it cannot be, everybody is told so."""
    try:
        done = work()
    except sqlite3.Error as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        for _, future in batch:
            if not future.done():
                future.set_exception(FullError("sqlite", str(error)))
        return
    for future, answer in done:
        future.set_result(answer)


def _together(connection: sqlite3.Connection, works: list[Pending]) -> list[Done]:
    """Do works in one transaction; one that fails undoes itself alone."""
    done: list[Done] = []
    connection.execute("BEGIN IMMEDIATE")
    for work, future in works:
        done += _attempt(connection, work, future)
    connection.execute("COMMIT")
    return done


def _attempt(connection: sqlite3.Connection, work: Work[Any], future: "Future[Any]") -> list[Done]:
    connection.execute("SAVEPOINT one")
    try:
        answer = work(connection)
    except sqlite3.OperationalError:
        raise
    except Exception as error:  # noqa: BLE001  # whatever it is, it is the caller's, and the others go on
        connection.execute("ROLLBACK TO one")
        connection.execute("RELEASE one")
        future.set_exception(error)
        return []
    connection.execute("RELEASE one")
    return [(future, answer)]
