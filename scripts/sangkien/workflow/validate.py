"""Chosen or all files → findings."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from sangkien.domain import layout
from sangkien.domain.books import Books
from sangkien.domain.finding import Finding, best_first
from sangkien.domain.rules.index import Row
from sangkien.workflow import requests
from sangkien.workflow.ports import Files, Kept, Workers
from sangkien.workflow.reader import Reader

Today = Callable[[Books], str]  # the day it is where the movement is

_STEP = re.compile("/")
_DEEP = 4  # parts of the path of an idea's folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All findings, best first, and the number of records looked at."""

    findings: tuple[Finding, ...]
    checked: int

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == "error"]


def validate(
    files: Files, workers: Workers, paths: Sequence[str] = (), kept: Kept | None = None, today: Today | None = None
) -> Report:
    """Check the whole repository, or judge only the files and folders named.

    Where the day is told, people's requests that are overdue are hinted at.

    Rules that look across ideas hold for the named ones as far as those are concerned. What was `kept` of the
    registers spares reading them all to judge a few files; to judge everything, everything is read.
    """
    reader = Reader(files, workers, kept if paths else None, in_short=True)
    folders = [f for f in _folders_of(paths) if next(files.files(f), None)] if paths else [*files.idea_folders()]
    rows: list[Row] = []
    # What lies above the ideas' folders is long to look for: it is done where a path may lead to it.
    findings = [] if paths and all(path in folders or layout.place_of(path) for path in paths) else reader.stray()
    checked = 0
    for folder in reader.folders(folders):
        checked += folder.checked
        findings += folder.findings
        rows.append(folder.row)
    asked = frozenset(path.rstrip("/") for path in paths)
    is_asked = partial(_is_under, paths=asked) if paths else bool
    if paths:
        rows += reader.others_of(rows, is_asked)
    findings += [*reader.findings, *reader.finish(rows, is_asked)]
    checked += reader.checked
    findings += requests.overdue(reader.registers, today(reader.registers.books)) if today else []
    if paths:
        findings = [f for f in findings if is_asked(f.where.file)]
    return Report(findings=tuple(best_first(findings)), checked=checked)


def _folders_of(paths: Sequence[str]) -> list[str]:
    """List the folders of ideas that paths name or lead into."""
    parts = [path.split("/") for path in paths if path.startswith(f"{layout.IDEAS}/")]
    return sorted({"/".join(part[:_DEEP]) for part in parts if len(part) >= _DEEP})


def _is_under(file: str, paths: frozenset[str]) -> bool:
    return file in paths or any(file[: at.start()] in paths for at in _STEP.finditer(file))
