"""Kept results stay as long as somebody asks for them."""

import os
import time
from pathlib import Path

from sangkien.adapters import kept

DAY = 24 * 60 * 60


def test_what_nobody_asked_for_in_a_month_is_thrown_away(tmp_path: Path) -> None:
    for name, days in (("new", 0), ("asked", 40), ("old", 40), ("lately", 20)):
        (tmp_path / name).write_bytes(name.encode())
        os.utime(tmp_path / name, (then := time.time() - days * DAY, then))

    assert kept.take(tmp_path / "asked") == b"asked"
    kept.forget(tmp_path)
    kept.forget(tmp_path / "nowhere")

    assert sorted(place.name for place in tmp_path.iterdir()) == ["asked", "lately", "new"]
