"""A sound row of a clerk's sheet, ready to be handed in."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sangkien.domain.paper import Paper

_ON_SLIP = ("code", "title", "unit", "submitted_on", "sample")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One row: where it stands (from 1), its paper, what its slip says, and the key its PIN is drawn from."""

    line: int
    paper: Paper
    slip: Mapping[str, Any]
    key: str

    @property
    def code(self) -> str:
        return self.paper.code


def on_slip(idea: Mapping[str, Any]) -> dict[str, Any]:
    """Give what an idea's slip says of it: nobody's name."""
    return {key: idea[key] for key in _ON_SLIP if key in idea}


def key(file_digest: str, code: str, cells: Mapping[str, str]) -> str:
    """Give the key of a row: who has not the file cannot draw its PIN, whatever else they have."""
    text = json.dumps([file_digest, code, sorted(cells.items())], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
