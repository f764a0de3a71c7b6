"""The checkout: cloned with the App's token, and kept in step with the desk."""

import base64
from pathlib import Path

import pytest
from click.testing import CliRunner
from desk_room import DeskRoom
from relay_room import at_desk, free_port, serving

from sangkien.cli import main
from sangkien.relay import service

pytest_plugins = ["relay_fixtures"]
pytestmark = pytest.mark.hub


def test_what_the_desk_merges_is_known_here(desk: DeskRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "_LULL", 0.05)
    desk.ask("mau", "PATCH", "", {"private": True})
    root = tmp_path / "root"
    path = at_desk(desk, tmp_path, free_port(), root)
    path.write_text(path.read_text(encoding="utf-8").replace("refresh = 0", "refresh = 1"), encoding="utf-8")
    done = CliRunner().invoke(main, ["relay", "clone", "--settings", str(path)])
    assert done.exit_code == 0, done.output + done.stderr
    assert "ghs_" not in (root / ".git" / "config").read_text(encoding="utf-8")

    with serving(path) as relay:
        assert relay.phone.send("1" * 32).status_code == 201
        name = "content/register/rounds/dot-mau-2026.yml"
        there = desk.ask("mau", "GET", f"/contents/{name}")
        text = base64.b64decode(there["content"]).decode().replace("2027-12-31", "2026-06-30")
        changed = {"message": "x", "content": base64.b64encode(text.encode()).decode(), "sha": there["sha"]}
        desk.ask("mau", "PUT", f"/contents/{name}", changed)
        before = relay.service.ground
        relay.wait(lambda: relay.service.ground is not before, 20)

        answer = relay.phone.send("2" * 32)

    assert answer.status_code == 422
    assert [row["key"] for row in answer.json()["findings"]] == ["unit"]
