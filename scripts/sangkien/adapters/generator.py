"""mkdocs by its command line: the written pages and the shells, nothing of the register."""

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from sangkien.domain.errors import OutsideError


def theme_css(folders: Iterable[str]) -> str:
    """Find the theme's style sheet, whose name carries a digest of the release."""
    found = (path for folder in folders for path in sorted(Path(folder).glob("assets/stylesheets/main.*.min.css")))
    return f"assets/stylesheets/{next(found).name}"


def generate(root: Path, out: Path, base: Path) -> None:
    """Build the written pages into `out` and write the shells to the file `base`; raises OutsideError."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(out)]
    environment = os.environ | {"SANGKIEN_BASE": str(base), "NO_MKDOCS_2_WARNING": "1"}
    run = subprocess.run(
        command, cwd=root, env=environment, check=False, capture_output=True, text=True, encoding="utf-8"
    )
    if run.returncode:
        raise OutsideError("mkdocs", (run.stderr or run.stdout).strip())
