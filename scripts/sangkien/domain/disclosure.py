"""What a reader may know of a count (contract §4): in the open each seat's marks, else marks without seats or none."""

import hashlib
from collections.abc import Mapping
from typing import Any, Literal

import rfc8785

from sangkien.domain.records import ConclusionRecord, MovementRecord, RoundRecord

# by-seat: who gave which marks; shuffled: the marks alone; aggregates: means, medians and spreads alone.
Depth = Literal["by-seat", "shuffled", "aggregates"]

_ALWAYS = (
    "round", "concluded_on", "rubric", "rubric_digest", "rules", "members", "base", "quorum", "criteria", "total",
    "agree", "result", "outcome", "scored_digest",
)  # fmt: skip

_BY_DECISION = ("round", "concluded_on", "by_decision", "outcome", "scored_digest")


def is_open(movement: MovementRecord | None) -> bool:
    """Tell whether everything in the repository is public; who has not said so keeps it closed."""
    return movement is not None and movement["topology"] == "open"


def depth(movement: MovementRecord | None, round_: RoundRecord | None) -> Depth:
    """Tell how much of a round's counts is published."""
    if is_open(movement):
        return "by-seat"
    return "shuffled" if round_ is not None and round_.get("publish_marks") else "aggregates"


def disclosed(conclusion: ConclusionRecord, how: Depth) -> dict[str, Any]:
    """Give the part of a conclusion that a reader recounts from; names and accounts are in none of it."""
    record: Mapping[str, Any] = conclusion  # read by keys that stand in a list
    if "by_decision" in record:
        return {key: record[key] for key in _BY_DECISION}
    told: dict[str, Any] = {key: record[key] for key in _ALWAYS}
    told["why"] = record.get("why", [])
    told |= {field: len(record[field]) for field in ("abstained", "recused", "conflicted")}
    if how == "aggregates":
        return told | {"marks": how}
    sheets = [{key: sheet[key] for key in ("seat", "marks", "total", "verdict")} for sheet in record["counted"]]
    if how == "shuffled":
        sheets = [{key: sheet[key] for key in ("marks", "total", "verdict")} for sheet in sheets]
        # A sheet's place is drawn from what it says and the conclusion alone: nothing of the seat goes into it.
        sheets.sort(key=lambda sheet: _lot(record["digest"], sheet))
    return told | {"marks": how, "counted": sheets}


def _lot(salt: str, sheet: Mapping[str, Any]) -> str:
    return hashlib.sha256(salt.encode() + rfc8785.dumps(dict(sheet))).hexdigest()
