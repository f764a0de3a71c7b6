"""Which reviews count, and what they come to (contract §4). Exact rationals inside, nothing rounded but in print."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sangkien.domain import ballot as ballots
from sangkien.domain.ballot import Ballot, Reading
from sangkien.domain.council import SECRETARY, Holder, holders
from sangkien.domain.count import Count, Sheet, count
from sangkien.domain.digest import scored_digest
from sangkien.domain.review import Review
from sangkien.domain.rubric import Rubric
from sangkien.domain.text import slug

# Grows when the same reviews could come to another result; a conclusion keeps the version it was made under.
RULES_VERSION = 1

FAULTY = "phieu-loi"
STALE = "noi-dung-da-doi"
DISMISSED = "bi-bac"
WITHDRAWN = "rut-phieu"
CONFLICTED = "xung-dot-loi-ich"
STRANGER = "ngoai-hoi-dong"
BOT = "may"
EDITED = "nguoi-khac-sua"
NOT_VOTING = "khong-bieu-quyet"
UNCONFIRMED = "cho-xac-nhan"
WRONG_SEAT = "sai-ghe"
NOT_SEALED = "khong-kin"
AFTER_OPENING = "sau-mo-phieu"
AFTER_CONCLUSION = "sau-ket-luan"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A review that was not counted, and why."""

    review_id: int
    user_id: int | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What the reviews of one idea come to; members are named by their seats."""

    members: int
    roll: tuple[Holder, ...]
    count: Count
    set_aside: tuple[SetAside, ...]
    abstained: tuple[str, ...]
    recused: tuple[str, ...]
    conflicted: tuple[str, ...]
    scored_digest: str


def tally(
    rubric: Rubric,
    council: Mapping[str, Any],
    idea: Mapping[str, Any],
    reviews: Iterable[Review],
    digests: Mapping[str, str] | None,
    on: str,
) -> Tally:
    """Count the reviews of one idea.

    `digests` gives the idea's scored digest at each commit (None: every review is fresh); seats are those of day `on`.
    """
    sitting = holders(council, on)
    digest = scored_digest(idea)
    urn = _Urn(rubric, sitting, idea, digest, digests)
    for review in sorted(reviews, key=lambda review: review.order):
        urn.take(review)
    urn.decide()
    voting = tuple(holder for holder in sitting if holder.voting)
    base = len(voting) - len(urn.recused) - len(urn.conflicted)
    order = {holder.seat: place for place, holder in enumerate(sitting)}
    return Tally(
        members=len(voting),
        roll=voting,
        count=count(rubric, sorted(urn.sheets, key=lambda s: order[s.member]), base=base, abstained=len(urn.abstained)),
        set_aside=tuple(sorted(urn.set_aside, key=lambda aside: urn.places[aside.review_id])),
        abstained=tuple(sorted(urn.abstained, key=order.__getitem__)),
        recused=tuple(sorted(urn.recused, key=order.__getitem__)),
        conflicted=tuple(sorted(urn.conflicted, key=order.__getitem__)),
        scored_digest=digest,
    )


def without_remarks(tally: Tally) -> Tally:
    """Leave out what was no review but a comment standing for one: those have ids below zero."""
    return replace(tally, set_aside=tuple(aside for aside in tally.set_aside if aside.review_id > 0))


class _Urn:
    """Sort reviews by the seat they speak for, then let the last valid one of each decide."""

    def __init__(
        self,
        rubric: Rubric,
        sitting: Sequence[Holder],
        idea: Mapping[str, Any],
        digest: str,
        digests: Mapping[str, str] | None,
    ) -> None:
        self.rubric, self.digest, self.digests = rubric, digest, digests
        self.codes = [str(code) for code in (idea.get("code", ""), *(idea.get("alias") or ()))]
        self.by_account: dict[int | None, Holder] = {
            holder.github_id: holder for holder in sitting if holder.github_id is not None
        }
        self.by_seat = {holder.seat: holder for holder in sitting}
        self.barred = {holder.seat for holder in sitting if holder.is_conflicted(idea)}
        self.conflicted = {holder.seat for holder in sitting if holder.voting and holder.seat in self.barred}
        self.last: dict[str, tuple[Review, Ballot]] = {}
        self.confirmed: dict[int, list[tuple[Review, str]]] = {}
        self.places: dict[int, int] = {}
        self.sheets: list[Sheet] = []
        self.set_aside: list[SetAside] = []
        self.abstained: set[str] = set()
        self.recused: set[str] = set()

    def take(self, review: Review) -> None:
        """Look at one review, in order of submission."""
        self.places.setdefault(review.id, len(self.places))
        reading = ballots.read(review.body, self.rubric)
        holder = self.by_account.get(review.user_id) if review.is_user else None
        untimely = review.is_dismissed or review.edited_by_other or review.refused or review.spoilt
        if holder and holder.seat not in self.barred and not untimely:
            for confirmed in reading.confirms:
                self.confirmed.setdefault(confirmed, []).append((review, holder.seat))
        if review.spoilt and holder and not reading.has_block and holder.seat in self.last:
            # What stood there when it counted is gone: nobody goes back to an earlier ballot after seeing the others'.
            self.last[holder.seat] = (review, Ballot(rubric=self.rubric.id, verdict="phieu-trang"))
            return
        if not reading.has_block and not (reading.sealed and review.refused):
            return
        reason, seat = self._standing(review, reading, holder)
        if reason:
            self._put_aside(review, reason)
        elif reading.ballot is not None:
            self.last[seat] = (review, reading.ballot)

    def _standing(self, review: Review, reading: Reading, holder: Holder | None) -> tuple[str, str]:
        """Tell why a block cannot speak for a seat, or the seat it speaks for."""
        if holder is None:
            return (STRANGER if review.is_user or review.user_id is None else BOT), ""
        ballot = reading.ballot
        speaks = holder  # for whom; the secretary enters what was voted on paper
        if ballot and ballot.seat:
            named = self.by_seat.get(ballot.seat) or self.by_seat.get(slug(ballot.seat))
            if named is None or (named != holder and (named.github_id is not None or holder.role != SECRETARY)):
                return WRONG_SEAT, ""
            speaks = named
        if not self.barred.isdisjoint({holder.seat, speaks.seat}):
            return CONFLICTED, ""
        if not speaks.voting:
            return NOT_VOTING, ""
        if review.refused or ballot is None or not self._is_meant(review, ballot):
            return review.refused or FAULTY, ""
        return "", speaks.seat

    def _is_meant(self, review: Review, ballot: Ballot) -> bool:
        """Tell whether a ballot names this idea and this member, where it names them at all."""
        if ballot.code and not any(_same_code(ballot.code, code) for code in self.codes):
            return False
        return not ballot.member or ballot.member == str(review.user_id)

    def decide(self) -> None:
        """Let the last valid review of each seat decide; where it is set aside no earlier one revives."""
        for seat, (review, ballot) in self.last.items():
            if reason := self._spoilt(review, ballot, seat):
                self._put_aside(review, reason)
            elif ballot.verdict == "phieu-trang":
                self.abstained.add(seat)
            elif ballot.verdict == "khong-tham-gia":
                self.recused.add(seat)
            else:
                self.sheets.append(Sheet(member=seat, review_id=review.id, marks=ballot.marks, verdict=ballot.verdict))

    def _spoilt(self, review: Review, ballot: Ballot, seat: str) -> str:
        on_paper = self.by_seat[seat].github_id is None
        reasons = (
            (review.is_dismissed, DISMISSED),
            (review.edited_by_other, EDITED),
            (bool(review.spoilt), review.spoilt),
            (self._is_stale(review, ballot), STALE),
            (ballot.verdict == "rut-phieu", WITHDRAWN),
            (on_paper and not self._is_confirmed(review, seat), UNCONFIRMED),
        )
        return next((reason for holds, reason in reasons if holds), "")

    def _is_stale(self, review: Review, ballot: Ballot) -> bool:
        if ballot.fingerprint and (len(ballot.fingerprint) < 12 or not self.digest.startswith(ballot.fingerprint)):
            return True
        return self.digests is not None and self.digests.get(review.commit_id) != self.digest

    def _is_confirmed(self, review: Review, seat: str) -> bool:
        """Tell whether a second person, in another seat, later confirmed a sheet entered for a paper seat."""
        entered_by = self.by_account[review.user_id].seat
        return any(
            later.order > review.order
            and (review.edited_at is None or later.submitted_at > review.edited_at)
            and confirming not in (seat, entered_by)
            for later, confirming in self.confirmed.get(review.id, ())
        )

    def _put_aside(self, review: Review, reason: str) -> None:
        self.set_aside.append(SetAside(review_id=review.id, user_id=review.user_id, reason=reason))


def _same_code(said: str, code: str) -> bool:
    """Compare codes as people type them."""
    forgiving = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
    return said.upper().translate(forgiving) == code.upper().translate(forgiving)
