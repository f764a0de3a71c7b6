"""Which reviews are answered, and with what: whoever meant to vote and was not counted is told once, kindly."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sangkien.domain import ballot as ballots
from sangkien.domain import idea_code, urn
from sangkien.domain import tally as counting
from sangkien.domain.ballot import Ballot, Reading
from sangkien.domain.council import Holder
from sangkien.domain.finding import Code, Finding, Location
from sangkien.domain.hearing import Case
from sangkien.domain.review import Review
from sangkien.domain.rubric import Rubric
from sangkien.domain.tally import Tally
from sangkien.domain.text import discreet

Kind = Literal[
    "faulty", "not_opened", "not_bound", "not_sealed", "open_round", "approve", "stranger", "aside", "mended"
]

_TOLD_AS_REASON = (
    counting.STALE,
    counting.DISMISSED,
    counting.CONFLICTED,
    counting.EDITED,
    counting.NOT_VOTING,
    counting.WRONG_SEAT,
    counting.AFTER_OPENING,
    counting.AFTER_CONCLUSION,
)
_MOST_EACH = 3  # answers one account gets on one idea, for its newest reviews


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one review is told; `reason` is the tally's word where it was set aside by that."""

    review: Review
    kind: Kind
    holder: Holder | None = None
    findings: tuple[Finding, ...] = ()
    reason: str = ""


def answers(case: Case, tally: Tally, sitting: tuple[Holder, ...], *, has_key: bool) -> Iterator[Answer]:
    """Give the answer of each review that wants one, and `mended` for what was made good since."""
    seats = {holder.github_id: holder for holder in sitting if holder.github_id is not None}
    reasons = {aside.review_id: aside.reason for aside in tally.set_aside}
    view = Rubric.from_record(case.rubric)
    last = _last_heard(case, tally)
    told: dict[int | None, int] = {}
    for review in sorted(case.reviews, key=lambda r: r.order, reverse=True):
        if not review.is_user or review.user_id is None:
            continue
        holder = seats.get(review.user_id)
        answer = _answer(case, view, review, holder, reasons.get(review.id, ""), has_key=has_key)
        if answer is None or told.get(review.user_id, 0) >= (_MOST_EACH if holder else 1):
            continue
        told[review.user_id] = told.get(review.user_id, 0) + 1
        superseded = review.user_id in last and review.order < last[review.user_id].order
        yield Answer(review=review, kind="mended", holder=holder) if superseded else answer


def _last_heard(case: Case, tally: Tally) -> dict[int | None, Review]:
    counted = {sheet.review_id for sheet in tally.count.sheets}
    heard = sorted((r for r in case.reviews if r.id in counted), key=lambda r: r.order)
    return {review.user_id: review for review in heard}


def _answer(
    case: Case, view: Rubric, review: Review, holder: Holder | None, reason: str, *, has_key: bool
) -> Answer | None:
    reading = ballots.read(review.body, view)
    meant = bool(reading.has_block or reading.sealed or reading.findings)
    approves = review.approves and not meant and not reading.confirms
    if holder is None:
        return Answer(review=review, kind="stranger") if meant or approves else None
    if approves:
        return Answer(review=review, kind="approve", holder=holder)
    if reason in _TOLD_AS_REASON:
        return Answer(review=review, kind="aside", holder=holder, reason=reason)
    if reading.sealed and not reading.findings and not case.sealed:
        found: tuple[Kind, tuple[Finding, ...]] | None = ("open_round", ())
    elif reading.sealed and not reading.findings:
        found = _of_sealed(case, view, review, reading.sealed.strip()) if has_key else None
    else:
        found = _of_open(case, review, reading, reason)
    return Answer(review=review, kind=found[0], holder=holder, findings=found[1]) if found else None


def _of_sealed(case: Case, view: Rubric, review: Review, armour: str) -> tuple[Kind, tuple[Finding, ...]] | None:
    text = case.opened.get(armour)
    if text is None:
        return "not_opened", ()
    inner = ballots.read(text, view)
    if inner.findings:
        return "faulty", inner.findings
    prepared = urn.cast([review], view, sealed=True, opened=case.opened, limits=urn.Limits())[0]
    unmeant = inner.ballot is None or _unmeant(case, review, inner.ballot)
    return ("not_bound", ()) if prepared.refused or unmeant else None


def _of_open(case: Case, review: Review, reading: Reading, reason: str) -> tuple[Kind, tuple[Finding, ...]] | None:
    if reading.findings:
        return "faulty", reading.findings
    if reason == counting.NOT_SEALED:
        return "not_sealed", ()
    if reason == counting.FAULTY and reading.ballot:
        wrong = _unmeant(case, review, reading.ballot)
        return ("faulty", wrong) if wrong else ("not_bound", ())
    return None


def _unmeant(case: Case, review: Review, ballot: Ballot) -> tuple[Finding, ...]:
    """Find a ballot that names another idea, or another member than its writer."""
    if ballot.code and idea_code.read(ballot.code) not in {case.code, *(case.idea.get("alias") or ())}:
        where = Location(path=("ma-so",))
        return (Finding(code=Code.WRONG_IDEA, where=where, params={"value": discreet(ballot.code)}),)
    if ballot.member and ballot.member != str(review.user_id):
        return (Finding(code=Code.WRONG_MEMBER, where=Location(path=("thanh-vien",)), params={}),)
    return ()
