"""Showing how far long work has come: a line on a terminal, nothing in a log; and what each stage took, when asked."""

import json
import time
from pathlib import Path
from typing import TextIO

from sangkien.render import telling


class Watch:
    """Tells of stages and of the jobs done in each; `timings` names a file for a line of JSON a stage."""

    def __init__(self, screen: TextIO | None, timings: str | None) -> None:
        self._screen = screen if screen is not None and screen.isatty() else None
        self._timings = Path(timings) if timings else None
        self._stage, self._jobs, self._done, self._began = "", 0, 0, 0.0

    def begin(self, stage: str, jobs: int) -> None:
        """Begin a stage; the one before it is over."""
        self.end()
        self._stage, self._jobs, self._done, self._began = stage, jobs, 0, time.monotonic()
        self._show()

    def step(self) -> None:
        """Tell that a job is done."""
        self._done += 1
        self._show()

    def end(self) -> None:
        """End the stage."""
        if self._stage and self._timings:
            line = json.dumps({"stage": self._stage, "seconds": round(time.monotonic() - self._began, 3)})
            with self._timings.open("a", encoding="utf-8") as file:
                file.write(f"{line}\n")
        if self._stage and self._screen:
            self._screen.write("\r\033[K")
        self._stage = ""

    def _show(self) -> None:
        if self._screen:
            self._screen.write(f"\r\033[K{telling.stage(self._stage, self._done, self._jobs)}")
            self._screen.flush()
