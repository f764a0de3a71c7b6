"""The sample councils' conclusions are made by the program, and are today what it would make again."""

import shutil
from pathlib import Path

from make_conclusions import remake, sittings

from places import ROOT


def test_sample_conclusions_are_the_programs_own(tmp_path: Path) -> None:
    root = tmp_path / "copy"
    for part in ("content/register", "ideas", "schemas"):
        shutil.copytree(ROOT / part, root / part)

    written = remake(root, keep_earlier=True)

    assert len(written) >= len(sittings()) - 1
    for path in written:
        assert (root / path).read_bytes() == (ROOT / path).read_bytes(), path


def test_samples_cover_every_outcome_and_say_so() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "ideas").rglob("*.yml")]
    conclusions = [text for text in texts if "\noutcome: " in text]

    for outcome in ("cong-nhan", "bo-sung", "khong-cong-nhan"):
        assert any(f"\noutcome: {outcome}\n" in text for text in conclusions)
    assert all("\nsample: true\n" in text for text in texts)
    assert sum(path.name == "idea.yml" for path in (ROOT / "ideas").rglob("*.yml")) >= 30
