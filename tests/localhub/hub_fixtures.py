"""A hub with a small repository and a few people, fresh for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hub_room import REPO, Room

from localhub import Hub


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    source = tmp_path / "source"
    (source / "docs").mkdir(parents=True)
    (source / "README.md").write_text("# Sáng kiến\n", encoding="utf-8")
    (source / "docs" / "a.txt").write_text("a\nb\nc\n", encoding="utf-8")
    with Hub.start(tmp_path / "hub") as hub:
        for number, login in enumerate(("mau", "lan", "hoa", "khach"), 1001):
            hub.add_user(login, id=number)
        hub.add_repository(REPO, source=source)
        hub.add_collaborator(REPO, "lan", "write")
        hub.add_collaborator(REPO, "hoa", "triage")
        yield Room(hub, tmp_path)
