"""Pagefind over the same idea pages, as its binary from PyPI does it."""

import shutil
from pathlib import Path

import measure
import weight

PAGES = ("--root-selector", "main", "--force-language", "vi", "--quiet")


def build(ideas: Path, out: Path, pagefind: Path) -> tuple[measure.Run, int, int]:
    """Index a folder of idea pages; gives the run with the files and the bytes of the index."""
    shutil.rmtree(out, ignore_errors=True)
    run = measure.run((pagefind, "--site", ideas, "--output-path", out, *PAGES))
    sizes = [size for _, size in weight.files(out)]
    return run, len(sizes), sum(sizes)
