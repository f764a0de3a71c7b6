"""A tally and the chair's outcome → the conclusion on record, and that record counted again (contract §2, §4)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sangkien.domain.ballot import plain
from sangkien.domain.council import Holder
from sangkien.domain.count import Count, Figures, Result, Sheet, count, two_places
from sangkien.domain.digest import record_digest
from sangkien.domain.finding import Code, Finding
from sangkien.domain.notation import Document
from sangkien.domain.rubric import Rubric
from sangkien.domain.tally import RULES_VERSION, Tally
from sangkien.domain.text import canonical

OUTCOMES = ("cong-nhan", "bo-sung", "khong-cong-nhan")


class OutcomeError(ValueError):
    """The chair asked for an outcome that the count does not allow; `key` names the sentence."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where and when a conclusion is made: its number among the council's on this idea, its round, session, day."""

    council: str
    number: int
    round: str
    session: str | None
    on: str
    idea_blob: str | None
    pull: int | None = None


def outcome_allowed(result: Result | None, outcome: str, reasons: str) -> None:
    """Refuse an outcome without a result, a recognition beyond it, or any other outcome without a reason."""
    if result is None:
        raise OutcomeError("no-result")
    if outcome == "cong-nhan" and result != "cong-nhan":
        raise OutcomeError("beyond-result")
    if outcome != result and not reasons:
        raise OutcomeError("reason-needed")


def conclude(
    tally: Tally, rubric: Mapping[str, Any], code: str, setting: Setting, outcome: str | None, reasons: str
) -> dict[str, Any]:
    """Write the record of a conclusion; without an outcome the result is concluded.

    Raises OutcomeError.
    """
    counted = tally.count
    outcome = outcome or counted.result or ""
    reasons = canonical(reasons)
    outcome_allowed(counted.result, outcome, reasons)
    optional = {
        "session": setting.session,
        "pull": setting.pull,
        "rating": counted.rating if outcome == "cong-nhan" else None,
        "reasons": reasons or None,
        "idea_blob": setting.idea_blob,
    }
    record = {
        "version": 1,
        "code": code,
        "council": setting.council,
        "number": setting.number,
        "round": setting.round,
        "concluded_on": setting.on,
        "rubric": rubric["id"],
        "rubric_digest": record_digest(rubric),
        "rules": RULES_VERSION,
        "members": tally.members,
        "roll": [roll_entry(holder) for holder in tally.roll],
        "counted": [
            {
                "seat": sheet.member,
                "review_id": sheet.review_id,
                "marks": {key: plain(mark) for key, mark in sheet.marks.items()},
                "total": plain(sheet.total),
                "verdict": sheet.verdict,
            }
            for sheet in counted.sheets
        ],
        "set_aside": [
            {"review_id": a.review_id}
            | ({"user_id": a.user_id} if a.user_id is not None else {})
            | {"reason": a.reason}
            for a in tally.set_aside
        ],
        "abstained": list(tally.abstained),
        "recused": list(tally.recused),
        "conflicted": list(tally.conflicted),
        **aggregates(counted),
        "outcome": outcome,
        **{key: value for key, value in optional.items() if value is not None},
        "scored_digest": tally.scored_digest,
    }
    return record | {"digest": record_digest(record)}


def roll_entry(holder: Holder) -> dict[str, Any]:
    """Write one seat of the roll."""
    account = {"github_id": holder.github_id} if holder.github_id is not None else {}
    return {"seat": holder.seat, "role": holder.role} | account


def aggregates(counted: Count) -> dict[str, Any]:
    """Give the part of a conclusion that the marks alone decide."""
    return {
        "base": counted.base,
        "quorum": {"needed": counted.quorum_needed, "have": counted.quorum_have, "met": counted.quorum_met},
        "criteria": [
            {"id": key, **printed(figures), "pass": counted.passed[key]} for key, figures in counted.criteria.items()
        ],
        "total": printed(counted.total),
        "agree": counted.agree,
        "result": counted.result,
        "why": list(counted.why),
    }


def printed(figures: Figures) -> dict[str, str | None]:
    """Print mean, median and spread with two decimals."""
    return {
        "mean": two_places(figures.mean),
        "median": two_places(figures.median),
        "spread": two_places(figures.spread),
    }


def recount(document: Document, rubric_record: Mapping[str, Any] | None) -> Iterator[Finding]:
    """Count a conclusion again from its stored marks, and say where the record differs."""
    record = document.record
    if record_digest(record) != record["digest"]:
        yield document.finding(Code.DIGEST, ("digest",))
    if record["rules"] != RULES_VERSION:
        yield document.finding(Code.RULES_VERSION, ("rules",), value=str(record["rules"]), known=str(RULES_VERSION))
        return
    if rubric_record is None:
        return  # a rubric that is not there is reported as a reference to nothing
    if record_digest(rubric_record) != record["rubric_digest"]:
        yield document.finding(Code.RUBRIC_CHANGED, ("rubric_digest",), rubric=record["rubric"])
    rubric = Rubric.from_record(rubric_record)
    if any(set(sheet["marks"]) != {c.id for c in rubric.criteria} for sheet in record["counted"]):
        yield document.finding(Code.RECOUNT, ("counted",), field="counted", stored="…", counted="…")
        return
    yield from _impossible(document, rubric)
    yield from _differences(document, rubric)


def _impossible(document: Document, rubric: Rubric) -> Iterator[Finding]:
    """Find what no count could have written, however well the figures agree with it."""
    record = document.record
    free = {holder["seat"] for holder in record["roll"]}  # each seat speaks once, in one of the four lists
    most = {criterion.id: criterion.max_score for criterion in rubric.criteria}
    for place, sheet in enumerate(record["counted"]):
        if sheet["seat"] not in free or any(Fraction(mark) > most[key] for key, mark in sheet["marks"].items()):
            yield document.finding(Code.IMPOSSIBLE_SEAT, ("counted", place), seat=sheet["seat"])
        free.discard(sheet["seat"])
    for field in ("abstained", "recused", "conflicted"):
        for place, seat in enumerate(record[field]):
            if seat not in free:
                yield document.finding(Code.IMPOSSIBLE_SEAT, (field, place), seat=seat)
            free.discard(seat)


def _differences(document: Document, rubric: Rubric) -> Iterator[Finding]:
    record = document.record
    sheets = [
        Sheet(
            member=sheet["seat"],
            review_id=sheet["review_id"],
            marks={key: Fraction(mark) for key, mark in sheet["marks"].items()},
            verdict=sheet["verdict"],
        )
        for sheet in record["counted"]
    ]
    base = record["members"] - len(record["recused"]) - len(record["conflicted"])
    counted = count(rubric, sheets, base=base, abstained=len(record["abstained"]))
    expected: dict[str, Any] = {"members": len(record["roll"]), **aggregates(counted)}
    expected["rating"] = counted.rating if record["outcome"] == "cong-nhan" else None
    for key, value in expected.items():
        if record.get(key) != value:
            yield document.finding(
                Code.RECOUNT, (key,), field=key, stored=_shown(record.get(key)), counted=_shown(value)
            )
    for place, (stored, sheet) in enumerate(zip(record["counted"], sheets, strict=True)):
        if stored["total"] != plain(sheet.total):
            path = ("counted", place, "total")
            yield document.finding(
                Code.RECOUNT, path, field="total", stored=stored["total"], counted=plain(sheet.total)
            )
    try:
        outcome_allowed(counted.result, record["outcome"], record.get("reasons", ""))
    except OutcomeError:
        yield document.finding(Code.OUTCOME_BEYOND_RESULT, ("outcome",), value=record["outcome"])


def _shown(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:59] + "…"
