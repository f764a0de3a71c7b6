"""Running a command and saying what it took: wall time, the largest process, and what our own stages took."""

import json
import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

MEMORY = Path("/dev/shm")
KIB = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of one command: seconds of wall time, bytes of the largest process, seconds of each stage."""

    seconds: float
    rss: int = 0
    stages: Mapping[str, float] = field(default_factory=dict)
    output: str = ""
    stopped: bool = False  # before its end, when patience was

    def less(self, *stages: str) -> float:
        """Give the seconds without some stages, as far as they were told."""
        return self.seconds - sum(self.stages.get(stage, 0.0) for stage in stages)


def run(
    command: Sequence[str | Path],
    *,
    environment: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    may_fail: bool = False,
    patience: float | None = None,
) -> Run:
    """Run a command to its end, or for so many seconds; raises RuntimeError with what it said when it fails.

    The largest process is the kernel's `ru_maxrss`, of the command or of any process it waited for, pages that
    processes share counted in each. It counts from before the exec, so whoever asks must be small itself.
    """
    with tempfile.TemporaryDirectory() as room:
        timings, said = Path(room) / "timings", Path(room) / "said"
        environment = {
            **os.environ,
            "NO_MKDOCS_2_WARNING": "1",
            "SANGKIEN_TIMINGS": str(timings),
            **(environment or {}),
        }
        with said.open("wb") as file:
            start = time.perf_counter()
            process = subprocess.Popen(
                [str(word) for word in command], stdout=file, stderr=file, env=environment, cwd=cwd
            )
            waiting = threading.Timer(patience or threading.TIMEOUT_MAX, process.kill)
            waiting.daemon = True
            waiting.start()
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - start
            waiting.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        output = said.read_text(encoding="utf-8", errors="replace")
        stopped = patience is not None and seconds >= patience
        if process.returncode and not (may_fail or stopped):
            raise RuntimeError(f"{Path(command[0]).name} failed ({process.returncode}):\n{output[-2000:]}")
        told = timings.read_text(encoding="utf-8") if timings.is_file() else ""
    return Run(
        seconds=seconds,
        rss=usage.ru_maxrss * KIB,
        stages=stages_of(told.splitlines()),
        output=output,
        stopped=stopped,
    )


def stages_of(lines: Iterable[str]) -> dict[str, float]:
    """Add up the seconds of each stage, in the order they began."""
    stages: dict[str, float] = {}
    for line in lines:
        told = json.loads(line)
        stages[told["stage"]] = stages.get(told["stage"], 0.0) + told["seconds"]
    return stages


def room_for(need: int, parent: Path | None = None) -> Path:
    """Choose where to write: in memory where there is room for so many bytes, else where temporary files go."""
    if parent is not None:
        return parent
    fits = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > need
    return MEMORY if fits else Path(tempfile.gettempdir())


def is_in_memory(place: Path) -> bool:
    """Tell whether a place is a file system in memory."""
    place = place.resolve()
    mounts = Path("/proc/mounts")
    kinds = [line.split()[1:3] for line in mounts.read_text().splitlines()] if mounts.is_file() else []
    over = [(len(point), kind) for point, kind in kinds if place.is_relative_to(point)]
    return max(over, default=(0, ""))[1] == "tmpfs"
