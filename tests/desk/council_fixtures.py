"""Councils with an open and with a sealed round, fresh for each test; the records are copied once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from council_room import CouncilRoom, council_source, open_council, sealed_source

from localhub import Hub


@pytest.fixture(scope="session")
def open_source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return council_source(tmp_path_factory.mktemp("council") / "open")


@pytest.fixture(scope="session")
def closed_source(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    return sealed_source(tmp_path_factory.mktemp("council") / "sealed")


@pytest.fixture
def council(tmp_path: Path, open_source: Path) -> Iterator[CouncilRoom]:
    with Hub.start(tmp_path / "hub") as hub:
        yield open_council(hub, open_source, tmp_path)


@pytest.fixture
def secret(tmp_path: Path, closed_source: tuple[Path, str, str]) -> Iterator[CouncilRoom]:
    with Hub.start(tmp_path / "hub") as hub:
        yield open_council(hub, closed_source[0], tmp_path, keys=closed_source[1])
