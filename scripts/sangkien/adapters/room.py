"""A room of a repository to work in: for one run at a time, and left clean however the last one ended."""

import fcntl
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sangkien.adapters.whole import sweep

_KEPT = ("press", "pictures", "workbooks", "records/*", "made/*")  # where results are kept that runs write
_LOCK = "lock"


@contextmanager
def room(root: Path, wait: Callable[[], None]) -> Iterator[Path]:
    """Give a folder of one's own; another run in this repository waits until this one is over.

    The system lets go of the lock when the process that holds it ends, also by a kill.
    """
    cache = root / ".cache"
    rooms = cache / "rooms"
    rooms.mkdir(parents=True, exist_ok=True)
    with (rooms / _LOCK).open("w") as lock:
        try:
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # not flock: workers would inherit it and hold it on
        except BlockingIOError:
            wait()
            fcntl.lockf(lock, fcntl.LOCK_EX)
        for left in rooms.iterdir():
            if left.name != _LOCK:
                shutil.rmtree(left, ignore_errors=True)
        for folder in _KEPT:
            for place in cache.glob(folder):
                sweep(place)
        with TemporaryDirectory(dir=rooms, ignore_cleanup_errors=True) as own:
            yield Path(own)


def empty(root: Path) -> None:
    """Throw away all that was kept of a repository's records, once no run works there: it is made again when asked."""
    if not (root / ".cache").is_dir():
        return
    with room(root, lambda: None):
        for place in (root / ".cache").iterdir():
            if place.name != "rooms":
                shutil.rmtree(place, ignore_errors=True)
