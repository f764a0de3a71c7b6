"""A conclusion held against the rest of the repository: council, round, session, idea, decisions (contract §2, §4).

A recount proves that a conclusion agrees with itself. Whoever rewrites it whole, digest included, must still fit what
other records say; every rule here is one such record speaking up.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sangkien.domain import tally
from sangkien.domain.books import Books
from sangkien.domain.conclusion import roll_entry
from sangkien.domain.council import Holder, holders
from sangkien.domain.finding import Code, Finding
from sangkien.domain.notation import Document
from sangkien.domain.rules.dates import not_before

# Reasons that only a review from an account of the council can be given.
_OF_MEMBERS = {
    tally.FAULTY, tally.STALE, tally.DISMISSED, tally.WITHDRAWN, tally.CONFLICTED, tally.EDITED, tally.NOT_VOTING,
    tally.UNCONFIRMED, tally.WRONG_SEAT, tally.NOT_SEALED, tally.AFTER_OPENING, tally.AFTER_CONCLUSION,
}  # fmt: skip
_OF_OTHERS = {tally.STRANGER, tally.BOT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a conclusion stands on: the registers, the idea as it was scored (None: unknown), the same council's looks.

    `is_sample` and `withdrawn` tell of the idea as it is now; a withdrawn one may no longer say whether it is a sample.
    """

    books: Books
    idea: Mapping[str, Any] | None
    looks: Sequence[Mapping[str, Any]]
    is_sample: bool | None
    withdrawn: bool


def contradictions(document: Document, ground: Ground) -> Iterator[Finding]:
    """Say where other records contradict a conclusion that has its shape."""
    record = document.record
    council = ground.books.councils.get(record["council"])
    if council is not None:
        sitting = holders(council, record["concluded_on"])
        yield from _roll(document, sitting)
        yield from _conflicts(document, sitting, ground.idea)
        yield from _set_aside(document, sitting)
    yield from _order(document)
    yield from _reviews(document)
    yield from _setting(document, ground)
    yield from _session(document, ground)
    yield from _days(document, ground)
    if ground.is_sample is not None and ("sample" in record) != ground.is_sample:
        yield _differs(document, "sample", record.get("sample"), ground.is_sample)
    if record["outcome"] == "rut" and not ground.withdrawn:
        yield document.finding(Code.OUTCOME_BEYOND_RESULT, ("outcome",), value="rut")


def gaps(documents: Sequence[Document]) -> Iterator[Finding]:
    """Find looks of a council that are no longer there: conclusions are numbered from 1 and never removed."""
    for document in documents:
        record = document.record
        before = (record["council"], record["number"] - 1)
        if before[1] and before not in {(other.record["council"], other.record["number"]) for other in documents}:
            yield document.finding(Code.LOOK_MISSING, ("number",), number=str(before[1]), council=before[0])


def _differs(document: Document, field: str, stored: Any, other: Any) -> Finding:
    return document.finding(Code.SETTING_DIFFERS, (field,), field=field, stored=str(stored), other=str(other))


def _roll(document: Document, sitting: Sequence[Holder]) -> Iterator[Finding]:
    """Compare the roll with the seats in office that day."""
    stored = document.record["roll"]
    held = [roll_entry(holder) for holder in sitting if holder.voting]
    if stored == held:
        return
    place = next((i for i, (a, b) in enumerate(zip(stored, held, strict=False)) if a != b), min(len(stored), len(held)))
    entry = stored[place] if place < len(stored) else held[place]
    day = document.record["concluded_on"]
    yield document.finding(Code.ROLL_DIFFERS, ("roll", place), seat=entry["seat"], day=day)


def _conflicts(document: Document, sitting: Sequence[Holder], idea: Mapping[str, Any] | None) -> Iterator[Finding]:
    """Compare the seats that may not score with authorship and what the terms declare."""
    if idea is None:
        return
    barred = {holder.seat for holder in sitting if holder.voting and holder.is_conflicted(idea)}
    for seat in sorted(barred.symmetric_difference(document.record["conflicted"])):
        yield document.finding(Code.CONFLICTS_DIFFER, ("conflicted",), seat=seat)


def _set_aside(document: Document, sitting: Sequence[Holder]) -> Iterator[Finding]:
    """Hold the reason of a review set aside against the account that wrote it."""
    accounts = {holder.github_id for holder in sitting if holder.github_id is not None}
    for place, aside in enumerate(document.record["set_aside"]):
        is_member = aside.get("user_id") in accounts
        if aside["reason"] in (_OF_OTHERS if is_member else _OF_MEMBERS):
            path = ("set_aside", place, "reason")
            yield document.finding(Code.ASIDE_SENSE, path, reason=aside["reason"], review=str(aside["review_id"]))


def _order(document: Document) -> Iterator[Finding]:
    """Find seats out of the council's order, in which the program writes them."""
    record = document.record
    order = {entry["seat"]: place for place, entry in enumerate(record["roll"])}
    lists = {field: record[field] for field in ("abstained", "recused", "conflicted")}
    lists["counted"] = [sheet["seat"] for sheet in record["counted"]]
    for field, seats in lists.items():
        places = [order.get(seat, len(order)) for seat in seats]
        for place in range(1, len(places)):
            if places[place] <= places[place - 1]:
                yield document.finding(Code.IMPOSSIBLE_SEAT, (field, place), seat=seats[place])


def _reviews(document: Document) -> Iterator[Finding]:
    """Find a review that is told of twice: each is counted or set aside, once."""
    seen: set[int] = set()
    for field in ("counted", "set_aside"):
        for place, entry in enumerate(document.record[field]):
            if entry["review_id"] in seen:
                path = (field, place, "review_id")
                yield document.finding(Code.REPEATED_ENTRY, path, value=str(entry["review_id"]))
            seen.add(entry["review_id"])


def _setting(document: Document, ground: Ground) -> Iterator[Finding]:
    """Hold round, council and rubric against each other: the idea's own round, or one it was nominated to."""
    record, books = document.record, ground.books
    round_ = books.rounds.get(record["round"])
    if round_ is None:
        return  # a reference to nothing is reported as such
    if round_["rubric"] != record["rubric"]:
        yield _differs(document, "rubric", record["rubric"], round_["rubric"])
    invited = {
        (nomination["round"], nomination["council"])
        for nomination in books.nominations.values()
        if nomination.get("code") == record["code"] and "round" in nomination and "council" in nomination
    }
    if (record["round"], record["council"]) in invited:
        return
    if round_["council"] != record["council"]:
        yield _differs(document, "council", record["council"], round_["council"])
    if ground.idea is not None and ground.idea.get("round") != record["round"]:
        yield _differs(document, "round", record["round"], ground.idea.get("round"))


def _session(document: Document, ground: Ground) -> Iterator[Finding]:
    """Hold a session against its own record: same council, the idea on its agenda."""
    record = document.record
    session = ground.books.sessions.get(record.get("session", ""))
    if session is None:
        return
    if session["council"] != record["council"]:
        yield _differs(document, "session", record["council"], session["council"])
    if record["code"] not in session["agenda"]:
        yield document.finding(Code.NOT_ON_AGENDA, ("session",), session=session["id"], idea=record["code"])


def _days(document: Document, ground: Ground) -> Iterator[Finding]:
    """Hold the day against the idea's, the round's, the session's and the earlier look's, and the decision's."""
    record, books = document.record, ground.books
    idea, day, number = ground.idea or {}, record["concluded_on"], record["number"]
    earlier = [look["concluded_on"] for look in ground.looks if look["number"] < number]
    session, round_ = books.sessions.get(record.get("session", "")), books.rounds.get(record["round"])
    for earliest in (
        idea.get("submitted_on"),
        session["date"] if session else None,
        round_["opens_on"] if round_ else None,
        max(earlier, default=None),
    ):
        yield from not_before(document, ("concluded_on",), earliest)
    if any(look["outcome"] == "cong-nhan" and look["number"] < number for look in ground.looks):
        return  # a decision may rest on the earlier recognition
    for decision in books.decisions.values():
        is_ours = decision["kind"] == "cong-nhan" and decision.get("council") == record["council"]
        if is_ours and record["code"] in decision.get("codes", ()) and decision["date"] < day:
            yield document.finding(Code.DECIDED_BEFORE, ("concluded_on",), decision=decision["id"], day=day)
