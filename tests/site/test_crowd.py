"""The benchmarks' generated repository: what is measured must be what the program takes and shows."""

from pathlib import Path

import crowd
import pytest
from site_tools import contents, sangkien

pytestmark = pytest.mark.site


def test_generated_records_are_sound_and_all_published(tmp_path: Path) -> None:
    root = tmp_path / "crowd"
    crowd.write_repository(root, 8)
    crowd.write_repository(tmp_path / "again", 8, processes=2)

    written = contents(root)
    assert written == contents(tmp_path / "again")
    assert not any(b"sample:" in data for path, data in written.items() if path.endswith(".yml"))
    checked = sangkien(root, "validate")
    assert checked.returncode == 0, checked.stdout
    assert sangkien(root, "verify", "--all").returncode == 0
    published = sangkien(root, "publish", "--without-samples", "--out", str(tmp_path / "site"))
    assert published.returncode == 0, published.stderr
    assert len(list((tmp_path / "site" / "ghi-nhan").glob("*/*/index.html"))) == 8
