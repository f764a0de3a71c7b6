"""How long certificates take, of 1,000 honoured ideas or so many as are named, against WeasyPrint. Run by hand:

    .venv/bin/python tests/benchmark/certificates.py [COUNT]

Ours is the whole command, from the start of the process: every certificate that any decision of an invented register
calls for, in one file. WeasyPrint, at hand already and without reading anything, sets the same words and codes of a few
of them in one file without ornament; what it takes for a page is the peer of what a page of ours takes.
"""

import sys
import tempfile
import time
from html import escape
from pathlib import Path
from typing import Any

import ground
import measure
import ours

from sangkien.adapters.store import Store
from sangkien.render.papers.frame import Wish
from sangkien.workflow import paper

_FEW = 20
_DAY = "2026-12-31"  # after every day the invented register has
_LINES = ("heading", "told", "unit", "phrase", "rating", "decision", "decided_by", "code", "digest", "address")
_STYLE = "@page{size:a4 landscape;margin:20mm}body{text-align:center}article{break-after:page}svg{width:22mm}"


def ours_a_page(root: Path, keys: list[str], count: int, out: Path) -> float:
    """Print all certificates with one command; give the seconds of each."""
    command: tuple[str | Path, ...] = (*ours.PROGRAM, "--root", root, "paper", "certificate", *keys)
    done = measure.run(
        (*command, "--on", _DAY, "--out", out), environment=ground.environment() | {"SITE_URL": ours.ADDRESS}
    )
    print(f"{count} certificates: {done.seconds:.1f} s, {done.rss / measure.KIB**2:.0f} MiB", file=sys.stderr)
    return done.seconds / count


def theirs_a_page(pages: list[dict[str, Any]]) -> float | None:
    """Let WeasyPrint set some; None where it is not installed."""
    try:
        import weasyprint  # noqa: PLC0415  # not everybody who measures has it
    except (ImportError, OSError):
        return None
    bodies = (
        f"<article>{page['qr']}<h1>{'<br>'.join(map(escape, page['names']))}</h1>"
        + "".join(f"<p>{escape(page[line])}</p>" for line in _LINES)
        + "</article>"
        for page in pages
    )
    began = time.perf_counter()
    weasyprint.HTML(string=f"<style>{_STYLE}</style>{''.join(bodies)}").write_pdf()
    return (time.perf_counter() - began) / len(pages)


def _pages(root: Path, keys: list[str]) -> list[dict[str, Any]]:
    source = paper.source(Store(root), on=_DAY, site_url=ours.ADDRESS, with_names=False)
    [(_, sheet)] = paper.sheets(source, Wish(kind="giay-chung-nhan", keys=keys))
    return list(sheet.values["certificates"])


def run(count: int) -> None:
    """Measure both, one after the other."""
    with tempfile.TemporaryDirectory(dir=measure.room_for(90_000 * count, None)) as room:
        root = ground.repository(Path(room), count, 1)
        keys = sorted(path.stem for path in root.glob("content/register/decisions/*.yml"))
        pages = _pages(root, keys)
        own = ours_a_page(root, keys, len(pages), Path(room, "out"))
        their = theirs_a_page(pages[:_FEW])
    told = f"{their * 1000:.1f} ms, ratio {own / their:.2f}" if their else "not installed"
    print(f"a page: ours {own * 1000:.1f} ms, WeasyPrint {told}", file=sys.stderr)


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
