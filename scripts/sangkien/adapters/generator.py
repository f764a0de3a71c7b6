"""mkdocs by its command line: the written pages and the shells, nothing of the register."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Self

from sangkien.domain.errors import OutsideError


def theme_css(folders: Iterable[str]) -> str:
    """Find the theme's style sheet, whose name carries a digest of the release."""
    found = (path for folder in folders for path in sorted(Path(folder).glob("assets/stylesheets/main.*.min.css")))
    return f"assets/stylesheets/{next(found).name}"


class Generation:
    """A run of mkdocs under way, so that other work can be done meanwhile; it ends with the block it is used in."""

    def __init__(self, root: Path, out: Path, base: Path, url: str = "") -> None:
        """Begin to build the written pages into `out` and to write the shells to the file `base`.

        `url` is the address the site will have; without one the environment tells.
        """
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(out)]
        environment = os.environ | {"SANGKIEN_BASE": str(base), "NO_MKDOCS_2_WARNING": "1"}
        environment |= {"SITE_URL": url} if url else {}
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  # closed when the run is over
        self._run = subprocess.Popen(command, cwd=root, env=environment, stdout=self._said, stderr=subprocess.STDOUT)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._run.kill()
        self._run.wait()
        self._said.close()

    def finish(self) -> None:
        """Wait for the end; raises OutsideError."""
        if self._run.wait():
            self._said.seek(0)
            raise OutsideError("mkdocs", self._said.read().decode("utf-8", "replace").strip())


def generate(root: Path, out: Path, base: Path) -> None:
    """Build the written pages into `out` and write the shells to the file `base`; raises OutsideError."""
    with Generation(root, out, base) as generation:
        generation.finish()
