"""Make the sample councils' conclusions anew from the sample reviews; running it twice changes nothing.

Usage: python tests/samples/make_conclusions.py [ROOT]
"""

import json
import sys
from pathlib import Path
from typing import Any

from sangkien.adapters.git import Git
from sangkien.adapters.store import Store
from sangkien.domain import notation
from sangkien.workflow.conclude import Word, conclude

REVIEWS = Path(__file__).resolve().parent / "reviews"


def sittings() -> list[dict[str, Any]]:
    """Read what was concluded: idea, reviews, session, day and the council's words, oldest first."""
    listed: list[dict[str, Any]] = notation.parse((REVIEWS / "index.yml").read_bytes()).record
    return listed


def remake(root: Path, *, keep_earlier: bool) -> list[str]:
    """Conclude every sample; an idea looked at twice keeps its first conclusion, made on an earlier text."""
    store, git = Store(root), Git(root)
    written = []
    again: set[str] = set()
    for sitting in sittings():
        folder = sitting["folder"]
        looks = [s for s in sittings() if s["folder"] == folder]
        if keep_earlier and folder not in again and len(looks) > 1:
            again.add(folder)
            continue
        number = 2 if folder in again else 1
        for old in (root / folder / "conclusions").glob(f"*-{number}.yml"):
            old.unlink()
        reviews = json.loads((REVIEWS / sitting["reviews"]).read_text(encoding="utf-8"))
        word = Word(reasons=sitting["reasons"], session=sitting["session"])
        written.append(conclude(store, git, folder, reviews, None, word, sitting["concluded_on"]))
        again.add(folder)
    return written


if __name__ == "__main__":
    for path in remake(Path(sys.argv[1] if len(sys.argv) > 1 else "."), keep_earlier=True):
        print(path)
