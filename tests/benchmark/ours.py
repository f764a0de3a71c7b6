"""Our own side of the benchmark: the site cold and warm, the check of all records, the gate, and novelty."""

import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import ground
import measure

ADDRESS = "https://example.org/"
PROGRAM = (sys.executable, "-m", "sangkien")


def publish(root: Path, out: Path, *, cold: bool) -> measure.Run:
    """Build the whole site; cold is without what was kept of the records, prints and pictures kept."""
    shutil.rmtree(out, ignore_errors=True)
    if cold:
        forget_records(root)
    return measure.run((*PROGRAM, "--root", root, "publish", "--out", out), environment=_environment())


def publish_changed(root: Path, out: Path) -> measure.Run:
    """Build the whole site over what was kept, one idea having got a correction; it is taken back after."""
    idea = min(root.glob("ideas/*/*/*/idea.yml"))
    code = re.findall(r"^code: (\S+)$", idea.read_text("utf-8"), re.MULTILINE)[0]
    folder = idea.parent / "corrections"
    number = len(list(folder.glob("*.yml"))) + 1
    place = folder / f"{number}.yml"
    folder.mkdir(exist_ok=True)
    place.write_text(f"version: 1\ncode: {code}\nnumber: {number}\ndate: 2026-01-02\ntext: Nên che nắng.\n", "utf-8")
    try:
        return publish(root, out, cold=False)
    finally:
        place.unlink()
        if number == 1:
            folder.rmdir()


def validate(root: Path, *, cold: bool) -> measure.Run:
    """Check every record."""
    if cold:
        forget_records(root)
    return measure.run((*PROGRAM, "--root", root, "validate"), environment=_environment())


def gate(root: Path) -> measure.Run:
    """Judge one pull request that changes one idea, from the start of the process to its end."""
    return measure.run((sys.executable, ground.HERE / "gate.py", root), environment=_environment())


def novelty(count: int, seed: int, queries: int) -> dict[str, Any]:
    """Build the index of earlier ideas and ask it for disturbed copies; gives what `novelty.py` found."""
    asked = (str(count), "--seed", str(seed), "--queries", str(queries), "--json")
    command = (sys.executable, ground.HERE / "novelty.py", *asked)
    run = measure.run(command, environment=_environment())
    found: dict[str, Any] = json.loads(run.output.splitlines()[-1])
    return found | {"rss": run.rss}


def keeps_records(root: Path) -> bool:
    """Tell whether anything is kept of the records, from which a second run may gain."""
    return (root / ".cache" / "records").is_dir()


def forget_records(root: Path) -> None:
    """Throw away what was kept of the records."""
    for kept in ("records", "made"):
        shutil.rmtree(root / ".cache" / kept, ignore_errors=True)


def _environment() -> dict[str, str]:
    return ground.environment() | {"SITE_URL": ADDRESS}
