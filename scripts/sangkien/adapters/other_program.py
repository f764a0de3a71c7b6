"""The program of another version, at work in a process of its own on the files it came with."""

import os
import subprocess
import sys
import venv
from pathlib import Path

from sangkien.domain.errors import OutsideError

_REQUIREMENTS = "requirements.txt"


class OtherProgram:
    """Runs commands of the program that stands in a work tree; raises OutsideError where one fails."""

    def __init__(self, root: Path, room: Path, here: Path) -> None:
        """Make ready what it needs: what this program runs on, unless the two ask for different libraries."""
        self.root, self._python = root, Path(sys.executable)
        if _text(root) != _text(here):
            venv.create(room, with_pip=True)
            self._python = room / "bin" / "python"
            self._run(["-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(root / _REQUIREMENTS)])

    def run(self, *words: str) -> None:
        """Run one command of the program."""
        self._run(["-m", "sangkien", "--root", str(self.root), *words])

    def _run(self, words: list[str]) -> None:
        environment = os.environ | {"PYTHONPATH": str(self.root / "scripts")}
        done = subprocess.run(
            [str(self._python), *words], cwd=self.root, env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise OutsideError("python", f"{' '.join(words)}: {(done.stderr or done.stdout).strip()}")


def _text(root: Path) -> str:
    place = root / _REQUIREMENTS
    return place.read_text(encoding="utf-8") if place.is_file() else ""
