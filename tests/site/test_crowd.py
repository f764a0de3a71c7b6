"""The repositories figures are measured on are sound and publish whole."""

import subprocess
import sys
from pathlib import Path

import pytest
from site_tools import sangkien

from places import ROOT

pytestmark = pytest.mark.site


def test_a_crowd_is_sound_and_is_the_same_for_the_same_seed(tmp_path: Path) -> None:
    for name in ("one", "two"):
        command = [sys.executable, str(ROOT / "tests" / "benchmark" / "crowd.py"), "40", "--out", str(tmp_path / name)]
        subprocess.run(command, check=True, capture_output=True)
    files = [
        sorted(p.relative_to(tmp_path / name) for p in (tmp_path / name).rglob("*.yml")) for name in ("one", "two")
    ]
    judged = sangkien(tmp_path / "one", "validate")

    assert judged.returncode == 0, judged.stdout
    assert "tất cả đều ổn" in judged.stdout
    assert files[0] == files[1]
    assert all((tmp_path / "one" / p).read_bytes() == (tmp_path / "two" / p).read_bytes() for p in files[0])
    assert not any("sample:" in (tmp_path / "one" / p).read_text("utf-8") for p in files[0])
    assert sum(p.name == "idea.yml" for p in files[0]) == 40
