"""Both doors of the site, run as people run them."""

import gzip
import os
import subprocess
import sys
from pathlib import Path


def mkdocs(root: Path, out: Path, **environment: str) -> None:
    """Build a site as `mkdocs build` does."""
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(out)],
        cwd=root,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"} | environment,
        check=True,
    )


def sangkien(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a repository."""
    return subprocess.run(
        [sys.executable, "-m", "sangkien", *arguments],
        cwd=root,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"} | environment,
        check=False,
        capture_output=True,
        text=True,
    )


def unpacked(path: str, data: bytes) -> bytes:
    """Give what a file says, also where it is packed."""
    return gzip.decompress(data) if path.endswith(".gz") else data


def contents(folder: Path) -> dict[str, bytes]:
    """Read a whole folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
