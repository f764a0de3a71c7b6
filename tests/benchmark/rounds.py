"""One size measured: turn after turn, ours and the peers side by side; then what needs no side by side."""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import floors
import ground
import measure
import ours
import peers
import peers_hugo
import peers_material
import peers_pagefind
import weight

_LONG = 60.0  # seconds; what takes longer and stands in no ratio with ours at that size is not repeated
_MOST_FOR_HUGO = 100_000  # ideas; at ten times as many it would take some 40 GB of memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to measure."""

    count: int
    seed: int
    repeats: int
    every_peer: bool
    queries: int = 200  # of each kind, for novelty
    patience: float = 1800.0  # seconds that Hugo is waited for


class _Notes:
    """What was measured of one size, on its way to being kept; each turn is told to whoever waits."""

    def __init__(self, count: int) -> None:
        self.count = count
        load = round(os.getloadavg()[0], 2)  # what else the machine was doing before we began
        self.found: dict[str, Any] = {"load": load, "runs": {}, "weight": {}, "notes": []}

    def take(self, name: str, run: measure.Run) -> measure.Run:
        print(f"  {self.count:,} {name}: {run.seconds:.2f} s, {run.rss / 1e6:.0f} MB", file=sys.stderr, flush=True)
        turn = {"seconds": run.seconds, "rss": run.rss, "stages": dict(run.stages)}
        self.found["runs"].setdefault(name, []).append(turn)
        return run

    def is_long(self, name: str) -> bool:
        turns = self.found["runs"].get(name, ())
        return any(turn["seconds"] > _LONG for turn in turns)


def settings() -> dict[str, str]:
    """Tell how each peer is set, so that anybody may see that none is slowed."""
    return {
        "Hugo": "".join(f"{name}={value} " for name, value in peers_hugo.environment().items())
        + f"hugo {' '.join(peers_hugo.PAGES)}\n{peers_hugo.settings()}",
        "mkdocs-material": f"mkdocs {' '.join(peers_material.PAGES)}\n{peers_material.SETTINGS}",
        "Pagefind": f"pagefind {' '.join(peers_pagefind.PAGES)}",
    }


def measured(plan: Plan, keep: Path, room: Path) -> dict[str, Any]:
    """Measure one size; gives plain values."""
    notes = _Notes(plan.count)
    root = ground.repository(keep, plan.count, plan.seed)
    site = room / "site"
    notes.take("ours first", ours.publish(root, site, cold=True))  # fills what is kept by digest; no turn of its own
    mine = weight.weigh(site)
    notes.found["weight"]["ours"] = mine.told()
    builds = _peers(plan, notes, root, room, mine.frame_bytes / max(mine.ideas, 1))
    for turn in range(plan.repeats):
        notes.take("ours cold", ours.publish(root, site, cold=True))
        notes.take("ours warm", ours.publish(root, site, cold=False))
        notes.take("ours changed", ours.publish_changed(root, site))
        for name, build in builds.items():
            if not (turn and name == "material" and notes.is_long(name)):
                _built(notes, name, build, room / "peer")
        _floors(notes, site, room)
    _search(plan, notes, site, room)
    for name, cold in (("validate cold", True), ("validate warm", False)):
        for turn in range(plan.repeats if cold or ours.keeps_records(root) else 0):
            if not (turn and notes.is_long(name)):
                notes.take(name, ours.validate(root, cold=cold))
    notes.take("gate first", ours.gate(root))  # makes the index of earlier ideas
    for _ in range(plan.repeats):
        notes.found["gate"] = notes.take("gate", ours.gate(root)).output.strip()
    notes.found["novelty"] = ours.novelty(plan.count, plan.seed, plan.queries)
    return notes.found


Build = Callable[[Path], measure.Run]


def _peers(plan: Plan, notes: _Notes, root: Path, room: Path, frame: float) -> dict[str, Build]:
    """Write the peers' sources and give the way to build each."""
    sources = room / "sources"
    hugo = peers.program("hugo") if plan.every_peer or plan.count <= _MOST_FOR_HUGO else None
    names = [*(["hugo"] if hugo else ()), *(["material"] if plan.every_peer else ())]
    if not hugo:
        notes.found["notes"].append("Hugo is not installed, or not run at this size")
    peers.write(root, sources, frame, names)
    builds: dict[str, Build] = {}
    if hugo:
        builds["hugo"] = lambda out: peers_hugo.build(sources / "hugo", out, hugo, plan.patience)
    if plan.every_peer:
        builds["material"] = lambda out: peers_material.build(sources / "material", out)
    return builds


def _built(notes: _Notes, name: str, build: Build, out: Path) -> None:
    if notes.take(name, build(out)).stopped:
        notes.found["notes"].append(f"{name} was stopped before its end: it takes longer than it says here")
    elif name not in notes.found["weight"]:
        notes.found["weight"][name] = weight.weigh(out).told()
    shutil.rmtree(out, ignore_errors=True)


def _floors(notes: _Notes, site: Path, room: Path) -> None:
    """Write the site's bytes again, as plainly as can be."""
    pages, out = room / "pages", room / "floor"
    if not pages.is_dir():
        weight.link_some(site, pages, "pages")
    for name, what in (("cp -r, pages", pages), ("cp -r, all", site)):
        notes.take(name, floors.copied(what, out))
        shutil.rmtree(out)
    notes.take("one process writing, pages", floors.written(pages, out))
    shutil.rmtree(out)
    shutil.rmtree(pages)


def _search(plan: Plan, notes: _Notes, site: Path, room: Path) -> None:
    """Weigh our search, and let Pagefind make its own of the same pages of ideas."""
    sizes = [size for path, size in weight.files(site / "tim-kiem") if not path.endswith(".html")]
    notes.found["search"] = {"ours": {"files": len(sizes), "bytes": sum(sizes)}}
    pagefind = peers.program("pagefind")
    if not pagefind or not plan.every_peer:
        notes.found["notes"].append("Pagefind " + ("is not run at this size" if pagefind else "is not installed"))
        return
    pages = room / "ideas"
    weight.link_some(site, pages, "ideas")
    for turn in range(plan.repeats):
        if not (turn and notes.is_long("pagefind")):
            run, files, size = peers_pagefind.build(pages, room / "pagefind", pagefind)
            notes.take("pagefind", run)
            notes.found["search"]["pagefind"] = {"files": files, "bytes": size}
    shutil.rmtree(pages)
    shutil.rmtree(room / "pagefind")
