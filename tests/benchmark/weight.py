"""What a built site weighs: its files and pages by top folder, and what a page of an idea holds besides its content."""

import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

IDEAS = "ghi-nhan"
_BEGIN, _END = b"<main", b"</main>"


@dataclass(slots=True)
class Weight:
    """The files of a site and the pages among them; bytes in all, and of the pages of ideas."""

    files: int = 0
    bytes: int = 0
    pages: int = 0
    page_bytes: int = 0
    ideas: int = 0
    idea_bytes: int = 0
    frame_bytes: int = 0  # of all pages of ideas
    by_folder: dict[str, int] = field(default_factory=dict)

    def told(self) -> dict[str, object]:
        """Give everything as plain values, with the means of one idea's page."""
        each = max(self.ideas, 1)
        return asdict(self) | {"idea_page": self.idea_bytes / each, "frame": self.frame_bytes / each}


def weigh(site: Path) -> Weight:
    """Weigh a site: every file counts, and every page of an idea is looked into for its frame."""
    found = Weight()
    for path, size in files(site):
        found.files += 1
        found.bytes += size
        if not path.endswith(".html"):
            continue
        found.pages += 1
        found.page_bytes += size
        top = path.split("/", 1)[0] if "/" in path else "."
        found.by_folder[top] = found.by_folder.get(top, 0) + 1
        if is_idea(path):
            found.ideas += 1
            found.idea_bytes += size
            found.frame_bytes += frame_of((site / path).read_bytes())
    return found


def is_idea(path: str) -> bool:
    """Tell whether a file is an idea's page: `ghi-nhan/2026/7k3qf2tz/index.html`."""
    parts = path.split("/")
    return len(parts) == 4 and parts[0] == IDEAS and parts[1].isdigit() and parts[3] == "index.html"


def frame_of(page: bytes) -> int:
    """Count the bytes of a page that are not inside its `main`."""
    start = page.find(b">", page.find(_BEGIN)) + 1
    end = page.rfind(_END)
    return len(page) - (end - start) if 0 < start <= end else len(page)


def files(site: Path) -> Iterator[tuple[str, int]]:
    """List every file of a folder with its size, in a steady order."""
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        for entry in sorted(os.scandir(site / folder), key=lambda e: e.name):
            path = f"{folder}/{entry.name}" if folder else entry.name
            if entry.is_dir(follow_symlinks=False):
                waiting.append(path)
            else:
                yield path, entry.stat().st_size


def link_some(site: Path, to: Path, wanted: str) -> None:
    """Lay the pages of a site out anew as links: `pages` for all, `ideas` for those of ideas alone."""
    for path, _ in files(site):
        if path.endswith(".html") and (wanted == "pages" or is_idea(path)):
            place = to / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.hardlink_to(site / path)
