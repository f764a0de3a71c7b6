"""Pin requirements anew: exact versions, hashes for every platform, and no word of where they come from."""

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
    ]
    text = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    (ROOT / name).write_text(HEADER + text, encoding="utf-8")


if __name__ == "__main__":
    pin("requirements.txt", "--group", "build")
    pin("requirements-demo.txt", "--group", "demo", "--constraint", "requirements.txt")
    pin("requirements-dev.txt", "--group", "dev", "--constraint", "requirements.txt")
    pin("requirements-bench.txt", "--group", "bench", "--constraint", "requirements.txt")
