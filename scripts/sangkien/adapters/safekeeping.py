"""A copy of a relay's book and secret in one file, taken while it runs, and the way back."""

import io
import os
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from sangkien.adapters.whole import write_whole
from sangkien.domain.errors import OutsideError, UsageError

_NAMES = ("relay.sqlite", "secret")
_MOST = 64 * 1024**3
# What was on its way when the copy was taken may have reached the desk since.
_RESUME = "UPDATE errands SET act = 'resume' WHERE act = 'propose'"


def backup(book: Path, secret: Path, target: Path) -> None:
    """Write the copy; it may be read by its owner alone."""
    try:
        with TemporaryDirectory(dir=target.parent) as folder:
            copy = Path(folder) / _NAMES[0]
            with (
                closing(sqlite3.connect(f"file:{book}?mode=ro", uri=True)) as now,
                closing(sqlite3.connect(copy)) as to,
            ):
                now.backup(to)
            whole = Path(folder) / "whole"
            with os.fdopen(os.open(whole, os.O_CREAT | os.O_WRONLY, 0o600), "wb") as file:
                with tarfile.open(fileobj=file, mode="w") as tar:
                    tar.add(copy, _NAMES[0])
                    tar.add(secret, _NAMES[1])
                file.flush()
                os.fsync(file.fileno())
            whole.rename(target)
    except (OSError, sqlite3.Error) as error:
        raise OutsideError("backup", str(error)) from error


def restore(source: Path, book: Path, secret: Path) -> int:
    """Put a copy in the place of what is there; gives how many papers wait to be carried.

    Raises UsageError for a file that is no such copy.
    """
    try:
        with tarfile.open(source) as tar:
            parts = {name: _member(tar, name) for name in _NAMES}
    except (tarfile.TarError, KeyError, OSError) as error:
        raise UsageError("relay-no-copy", path=source) from error
    fresh = book.with_suffix(".restoring")
    try:
        fresh.unlink(missing_ok=True)
        write_whole(fresh, parts[_NAMES[0]])
        fresh.chmod(0o600)
        with closing(sqlite3.connect(fresh, isolation_level=None)) as connection:
            if connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                raise UsageError("relay-no-copy", path=source)
            connection.execute(_RESUME)
            waiting = int(connection.execute("SELECT count(*) FROM errands").fetchone()[0])
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        write_whole(secret, parts[_NAMES[1]])
        secret.chmod(0o600)
        for beside in ("-wal", "-shm"):
            Path(f"{book}{beside}").unlink(missing_ok=True)
            Path(f"{fresh}{beside}").unlink(missing_ok=True)
        fresh.rename(book)
    except sqlite3.Error as error:
        raise UsageError("relay-no-copy", path=source) from error
    return waiting


def _member(tar: tarfile.TarFile, name: str) -> bytes:
    member = tar.getmember(name)
    file = tar.extractfile(member) if member.isreg() and member.size <= _MOST else None
    if file is None:
        raise KeyError(name)
    with file:
        return io.BytesIO(file.read()).getvalue()
