"""One relay for many tests that only talk to it, and a checkout for those that need their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_room import DeskRoom, open_room, prepare, run
from relay_room import Relay, free_port, serving, settings_file

from localhub import Hub


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = prepare(tmp_path_factory.mktemp("relay") / "checkout")
    run("git", "init", "-q", "-b", "main", cwd=root)
    run("git", "add", "-A", cwd=root)
    run("git", "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-q", "-m", "x", cwd=root)
    return root


@pytest.fixture
def desk(tmp_path: Path, checkout: Path) -> Iterator[DeskRoom]:
    """Give a desk on a hub of its own."""
    with Hub.start(tmp_path / "hub") as hub:
        yield open_room(hub, checkout, tmp_path)


@pytest.fixture(scope="module")
def relay(tmp_path_factory: pytest.TempPathFactory, checkout: Path) -> Iterator[Relay]:
    """Give a relay whose desk is out of reach."""
    folder = tmp_path_factory.mktemp("served")
    with serving(settings_file(folder, checkout, free_port(), limits_connections=40)) as found:
        yield found
