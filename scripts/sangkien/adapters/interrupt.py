"""Ctrl+C held back while threads or processes are at work: in the midst of their locks it would leave one taken."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


class _Hold:
    """How many blocks hold it back now, and whether it was pressed."""

    depth = 0
    pressed = False
    before: Callable[[int, FrameType | None], object] | int | None = None


@contextmanager
def held() -> Iterator[Callable[[], None]]:
    """Hold Ctrl+C back; gives what lets it through where it does no harm. Blocks may end in any order."""
    if threading.current_thread() is not threading.main_thread():  # the others never meet it
        yield lambda: None
        return
    if _Hold.depth == 0:
        _Hold.pressed = False
        _Hold.before = signal.signal(signal.SIGINT, _note)
    _Hold.depth += 1
    try:
        yield _let_through
    finally:
        _Hold.depth -= 1
        if _Hold.depth == 0:
            signal.signal(signal.SIGINT, _Hold.before)
    if _Hold.depth == 0:
        _let_through()


def _note(_number: int, _frame: FrameType | None) -> None:
    _Hold.pressed = True


def _let_through() -> None:
    if _Hold.pressed:
        _Hold.pressed = False
        raise KeyboardInterrupt
