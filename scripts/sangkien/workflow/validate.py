"""Chosen or all files → findings."""

from collections.abc import Sequence
from dataclasses import dataclass

from sangkien.domain import layout
from sangkien.domain.finding import Finding, best_first
from sangkien.domain.rules.index import Row
from sangkien.workflow.ports import Files, Workers
from sangkien.workflow.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All findings, best first, and the number of records looked at."""

    findings: tuple[Finding, ...]
    checked: int

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == "error"]


def validate(files: Files, workers: Workers, paths: Sequence[str] = ()) -> Report:
    """Check the whole repository, or judge only the files and folders named.

    Rules that look across ideas hold for the named ones as far as those are concerned.
    """
    reader = Reader(files, workers)
    wanted = _folders_of(paths) if paths else None
    rows: list[Row] = []
    findings = reader.stray()
    checked = 0
    for folder in reader.folders([f for f in files.idea_folders() if wanted is None or f in wanted]):
        checked += folder.checked
        findings += folder.findings
        rows.append(folder.row)
    if wanted is not None:
        rows += reader.others_of(rows)
    findings += [*reader.findings, *reader.finish(rows)]
    checked += reader.checked
    if paths:
        findings = [f for f in findings if _is_under(f.where.file, paths)]
    return Report(findings=tuple(best_first(findings)), checked=checked)


def _folders_of(paths: Sequence[str]) -> set[str]:
    return {"/".join(path.split("/")[:4]) for path in paths if path.startswith(f"{layout.IDEAS}/")}


def _is_under(file: str, paths: Sequence[str]) -> bool:
    return any(file == path or file.startswith(path.rstrip("/") + "/") for path in paths)
