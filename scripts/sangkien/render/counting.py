"""Ballots, tallies and recounts told to people and to programs."""

import json
from collections.abc import Sequence
from typing import Any

from sangkien.domain.ballot import Reading, plain
from sangkien.domain.conclusion import aggregates, printed
from sangkien.domain.finding import Finding
from sangkien.domain.rubric import Rubric
from sangkien.domain.tally import Tally
from sangkien.render.messages import catalogue, say
from sangkien.render.reporters import as_text, row

NO_FIGURE = "—"


def value_name(value: str | None) -> str:
    """Give the words of a verdict, result or reason."""
    return catalogue()["values"].get(value, value) if value else say("none")


def comma(number: str | None) -> str:
    """Write a decimal the Vietnamese way."""
    return number.replace(".", ",") if number is not None else NO_FIGURE


def ballot_as_json(reading: Reading, file: str) -> str:
    """Tell a reading to a program (contract §3)."""
    ballot: dict[str, Any] | None = None
    if reading.ballot is not None:
        read = reading.ballot
        ballot = {
            "rubric": read.rubric,
            "marks": {key: plain(mark) for key, mark in read.marks.items()},
            "total": plain(read.total) if read.total is not None else None,
            "verdict": read.verdict,
            "comment": read.comment,
            "reason": read.reason,
        }
    findings = [row(finding.inside(file)) for finding in reading.findings]
    return _json({"ballot": ballot, "sealed": bool(reading.sealed), "findings": findings})


def ballot_as_text(reading: Reading, file: str) -> str:
    """Tell a reading to the person who wrote it."""
    if reading.findings:
        return as_text([finding.inside(file) for finding in reading.findings], 1)
    if reading.sealed:
        return say("ballot-sealed")
    if reading.ballot is None:
        return say("ballot-none")
    total = reading.ballot.total
    shown = comma(plain(total)) if total is not None else NO_FIGURE
    return say("ballot-found", verdict=value_name(reading.ballot.verdict), total=shown)


def tally_as_json(tally: Tally) -> str:
    """Tell a tally to a program (contract §4)."""
    counted = tally.count
    return _json(
        {
            "members": tally.members,
            "base": counted.base,
            "counted": [
                {
                    "member": sheet.member,
                    "review_id": sheet.review_id,
                    "marks": {key: plain(mark) for key, mark in sheet.marks.items()},
                    "total": plain(sheet.total),
                    "verdict": sheet.verdict,
                }
                for sheet in counted.sheets
            ],
            "set_aside": [
                {"review_id": a.review_id, "user_id": a.user_id, "reason": a.reason} for a in tally.set_aside
            ],
            "abstained": list(tally.abstained),
            "recused": list(tally.recused),
            **aggregates(counted),
            "rating": counted.rating,
            "scored_digest": tally.scored_digest,
        }
    )


def tally_as_text(tally: Tally, rubric: Rubric) -> str:
    """Tell a tally to the office."""
    counted = tally.count
    lines = [
        say(
            "tally-base",
            base=counted.base,
            members=tally.members,
            have=counted.quorum_have,
            needed=counted.quorum_needed,
        )
    ]
    for criterion in rubric.criteria:
        figures = {key: comma(number) for key, number in printed(counted.criteria[criterion.id]).items()}
        passed = say("passed" if counted.passed[criterion.id] else "not-passed")
        lines.append("  " + say("tally-criterion", label=criterion.label, passed=passed, **figures))
    lines.append("  " + say("tally-total", **{key: comma(number) for key, number in printed(counted.total).items()}))
    lines.append(say("tally-result", result=value_name(counted.result), agree=counted.agree))
    if counted.rating:
        label = next(rating.label for rating in rubric.ratings if rating.id == counted.rating)
        lines.append(say("tally-rating", rating=label))
    lines += [say("tally-aside", review=a.review_id, reason=value_name(a.reason)) for a in tally.set_aside]
    return "\n".join(lines)


def concluded(path: str) -> str:
    """Say where a conclusion was written."""
    return say("concluded", path=path)


def verified(findings: Sequence[Finding], checked: int) -> str:
    """Tell a recount to the office."""
    if not findings:
        return say("verified", checked=checked)
    hints = sum(finding.severity == "hint" for finding in findings)
    last = say("verified-not", checked=checked, errors=len(findings) - hints, hints=hints)
    return "\n".join([*as_text(findings, checked).split("\n")[:-1], last])


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
