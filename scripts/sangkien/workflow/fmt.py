"""Records → their canonical form: NFC, schema order, one way of quoting; digests stay the same."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sangkien.domain import layout, notation
from sangkien.domain.finding import Code
from sangkien.domain.text import canonical
from sangkien.workflow.ports import Files
from sangkien.workflow.reading import load_schemas


@dataclass(slots=True)
class Formatted:
    """How many files were seen, which changed (or would), and what is to be said of single files."""

    seen: int = 0
    changed: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


def fmt(files: Files, paths: Sequence[str], *, write: bool) -> Formatted:
    """Rewrite the named records, or all; files that cannot be read or hold inner comments stay as they are."""
    schemas = load_schemas(files)
    result = Formatted()
    for path in _record_files(files, paths):
        place = layout.place_of(path)
        if place is None or place.kind == "image":
            continue
        result.seen += 1
        document = files.read(path)
        if not isinstance(document.record, dict) or any(f.code is not Code.NOT_NFC for f in document.findings):
            result.notes.append(("fmt-unreadable", path))
            continue
        text = files.text(path)
        fresh = notation.head_comment(text) + notation.write(schemas.ordered(place.kind, _canonical(document.record)))
        if fresh == text:
            continue
        if notation.has_inner_comment(text):
            result.notes.append(("fmt-comment", path))
            continue
        result.changed.append(path)
        result.notes.append(("fmt-changed" if write else "fmt-would-change", path))
        if write:
            files.write(path, fresh)
    return result


def _record_files(files: Files, paths: Sequence[str]) -> list[str]:
    every = [path for area in (layout.REGISTER, layout.IDEAS) for path in files.files(area)]
    if not paths:
        return every
    return [p for p in every if any(p == path or p.startswith(path.rstrip("/") + "/") for path in paths)]


def _canonical(value: Any) -> Any:
    """Bring every text to canonical form, which is what digests are computed on."""
    if isinstance(value, str):
        return canonical(value)
    if isinstance(value, dict):
        return {canonical(key): _canonical(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_canonical(item) for item in value]
    return value
