"""A hub ready for a repository with workflow files, and for dispatchers that listen to it."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from dispatch_room import Place

from localhub import Hub


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with ExitStack() as stack:
        hub = stack.enter_context(Hub.start(tmp_path / "hub"))
        for number, login in enumerate(("mau", "lan", "khach"), 1001):
            hub.add_user(login, id=number)
        yield Place(hub, tmp_path, stack)
