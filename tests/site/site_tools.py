"""Both doors of the site, run as people run them."""

import gzip
import os
import subprocess
import sys
from pathlib import Path

from sangkien.render.page import Page
from sangkien.render.terse import tighten


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


def begun(root: Path, *words: str, **environment: str) -> subprocess.Popen[str]:
    """Begin a command line of a module in a repository, as a group of processes of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", *words],
        cwd=root,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def write_by_hand(root: Path, page: Page) -> None:
    """Put a page of the register among the written ones, as Markdown that holds the same body."""
    up = "../" * page.address.count("/")
    body = tighten(page.body).replace('="~/', f'="{up}')
    title, description = (said.replace("\\", "\\\\").replace('"', '\\"') for said in (page.title, page.description))
    front = f'title: "{title}"\ndescription: "{description}"\nsection: "{page.section}"\n'
    front += f"sheets: [{', '.join(page.sheets)}]\nscripts: [{', '.join(page.scripts)}]\n"
    front += f"image: {page.image}\n" if page.image else ""
    place = root / "content" / page.address / "index.md"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(f"---\n{front}---\n\n{body}\n", encoding="utf-8")


def unpacked(path: str, data: bytes) -> bytes:
    """Give what a file says, also where it is packed."""
    return gzip.decompress(data) if path.endswith(".gz") else data


def contents(folder: Path) -> dict[str, bytes]:
    """Read a whole folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
