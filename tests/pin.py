"""Pin requirements: exact versions, hashes for every platform, and no word of where they come from.

What is pinned stays at its version unless `--upgrade` asks for the newest of everything.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEADER = "# Pinned by `make requirements` from pyproject.toml. Do not edit.\n"
COMMON = "--generate-hashes --universal --python-version 3.11 --no-emit-index-url --no-emit-find-links --no-header"


def pin(name: str, *options: str) -> None:
    command = [
        sys.executable,
        "-m",
        "uv",
        "pip",
        "compile",
        "pyproject.toml",
        *COMMON.split(),
        *options,
        "--quiet",
        "--output-file",  # where uv looks for the versions pinned so far
        name,
    ]
    subprocess.run(command, cwd=ROOT, check=True)
    path = ROOT / name
    path.write_text(HEADER + path.read_text(encoding="utf-8").removeprefix(HEADER), encoding="utf-8")


if __name__ == "__main__":
    wanted = sys.argv[1:]  # --upgrade, or nothing
    pin("requirements.txt", "--group", "build", *wanted)
    pin("requirements-demo.txt", "--group", "demo", "--constraint", "requirements.txt", *wanted)
    pin("requirements-dev.txt", "--group", "dev", "--constraint", "requirements.txt", *wanted)
    pin("requirements-bench.txt", "--group", "bench", "--constraint", "requirements.txt", *wanted)
