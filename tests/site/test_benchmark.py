"""The benchmark, run at a size that says nothing of speed, so that it does not rot between its real runs."""

import datetime
import re
from pathlib import Path

import bench
import peers
import pytest
import rounds
import tables

pytestmark = pytest.mark.site


def test_a_tiny_run_measures_everything(tmp_path: Path) -> None:
    plan = rounds.Plan(count=4, seed=1, repeats=1, every_peer=True, queries=3)
    found = rounds.measured(plan, tmp_path / "keep", tmp_path)

    wanted = {"ours cold", "ours warm", "ours changed", "material", "cp -r, pages", "validate cold", "gate"}
    assert wanted <= found["runs"].keys()
    assert all(turn["seconds"] > 0 and turn["rss"] > 0 for turns in found["runs"].values() for turn in turns)
    assert {"records", "frame", "pages", "prints"} <= found["runs"]["ours cold"][0]["stages"].keys()
    assert re.fullmatch(r"idea \d+", found["gate"])  # no finding, and a comment so long
    built = {"ours", "material"} | ({"hugo"} if peers.program("hugo") else set())
    assert found["weight"].keys() == built
    assert {found["weight"][name]["ideas"] for name in built} == {4}
    assert 0 < found["weight"]["ours"]["frame"] < found["weight"]["ours"]["idea_page"]
    assert found["novelty"]["full text, shuffled"]["recall"] == 1
    whole = bench.told({4: found}, tmp_path, 1, datetime.date(2026, 1, 2))
    assert "| ours, warm (without prints) |" in tables.whole(whole)
