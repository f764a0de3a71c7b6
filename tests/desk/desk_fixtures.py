"""The desk's room, fresh for each test; the records are copied once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_room import DeskRoom, open_room, prepare

from localhub import Hub


@pytest.fixture(scope="session")
def desk_source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare(tmp_path_factory.mktemp("desk") / "source")


@pytest.fixture
def room(tmp_path: Path, desk_source: Path) -> Iterator[DeskRoom]:
    with Hub.start(tmp_path / "hub") as hub:
        yield open_room(hub, desk_source, tmp_path)
