"""The peers: where their programs are found, and their sources, written by a process of its own.

python tests/benchmark/peers.py REPO OUT FRAME [hugo] [material]     writes OUT/hugo, OUT/material
"""

import importlib.metadata
import importlib.util
import shutil
import sys
from pathlib import Path

import ground
import measure

# What stands in a wheel beside its start-up script in Python, which would only cost time.
_INSIDE = {"hugo": "hugo/binaries/hugo", "pagefind": "pagefind_bin/pagefind"}


def program(name: str) -> Path | None:
    """Find a peer's binary in its wheel, else on the path; None where it is not installed."""
    package, _, inner = _INSIDE[name].partition("/")
    found = importlib.util.find_spec(package)
    for folder in (found.submodule_search_locations or ()) if found else ():
        if (Path(folder) / inner).is_file():
            return Path(folder) / inner
    other = shutil.which(name)
    return Path(other) if other else None


def version(name: str, path: Path | None = None) -> str:
    """Tell the version of a peer: of the package, else what the program says of itself."""
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return measure.run((path, "version" if name == "hugo" else "--version")).output.split("\n")[0] if path else ""


def write(root: Path, to: Path, frame: float, names: list[str]) -> None:
    """Write the sources of peers; beside us, since the kernel counts our own memory to what we start."""
    shutil.rmtree(to, ignore_errors=True)
    command: list[str | Path] = [sys.executable, ground.HERE / "peer_sources.py", root, to, str(round(frame)), *names]
    measure.run(command, environment=ground.environment())
