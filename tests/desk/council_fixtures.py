"""Councils with an open and with a sealed round, fresh for each test; the records are copied once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from council_room import Clock, CouncilRoom, council_source, open_council, sealed_source

from localhub import Hub


@pytest.fixture(scope="session")
def open_source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return council_source(tmp_path_factory.mktemp("council") / "open", remind_after_days=3)


@pytest.fixture(scope="session")
def paper_source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a source whose fifth member has no account."""
    folder = council_source(tmp_path_factory.mktemp("council") / "paper")
    place = folder / "content/register/councils/hd-mau-2026.yml"
    place.write_text(place.read_text(encoding="utf-8").replace("github_id: 1005", "github_id: null"), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def closed_source(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    return sealed_source(tmp_path_factory.mktemp("council") / "sealed")


@pytest.fixture
def council(tmp_path: Path, open_source: Path) -> Iterator[CouncilRoom]:
    clock = Clock()
    with Hub.start(tmp_path / "hub", now=clock) as hub:
        yield open_council(hub, open_source, tmp_path, now=clock)


@pytest.fixture
def secret(tmp_path: Path, closed_source: tuple[Path, str, str]) -> Iterator[CouncilRoom]:
    clock = Clock()
    with Hub.start(tmp_path / "hub", now=clock) as hub:
        yield open_council(hub, closed_source[0], tmp_path, keys=closed_source[1], now=clock)


@pytest.fixture
def paper(tmp_path: Path, paper_source: Path) -> Iterator[CouncilRoom]:
    clock = Clock()
    with Hub.start(tmp_path / "hub", now=clock) as hub:
        yield open_council(hub, paper_source, tmp_path, now=clock)
