"""One idea before a council: what its reviews come to at a moment, and whether an order about it may be carried out.

Everything here is a function of what was said and when, so that any later run that sees the same comes to the same.
"""

import datetime
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sangkien.domain import tally as counting
from sangkien.domain.command import Ruling
from sangkien.domain.conclusion import OutcomeError, outcome_allowed
from sangkien.domain.council import SECRETARY, Holder, holders, presiding
from sangkien.domain.digest import scored_digest
from sangkien.domain.review import Review
from sangkien.domain.rubric import Rubric
from sangkien.domain.tally import Tally
from sangkien.domain.urn import Limits, cast

Refusal = Literal[
    "edited",
    "not_chair",
    "not_opener",
    "unknown_outcome",
    "not_opened",
    "already_open",
    "not_sealed",
    "no_key",
    "no_result",
    "beyond_result",
    "reason_needed",
    "reason_personal",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Somebody's word on an idea: a comment, or one line of a sitting's block (then `session` names the sitting)."""

    key: int
    place: int
    by: int
    at: datetime.datetime
    edited: bool
    ruling: Ruling
    session: str | None = None
    away: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recusal:
    """A member's comment that steps back from an idea."""

    key: int
    by: int
    at: datetime.datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An idea before a council, with all that was said; `opened` gives the plaintext of sealed ballots by their armour.

    `opening` is when the ballots of this head were opened; `digests` gives the scored digest at each reviewed commit.
    """

    number: int
    head: str
    idea: Mapping[str, Any]
    council: Mapping[str, Any]
    rubric: Mapping[str, Any]
    round: Mapping[str, Any]
    reviews: tuple[Review, ...]
    recusals: tuple[Recusal, ...]
    digests: Mapping[str, str]
    opened: Mapping[str, str]
    opening: datetime.datetime | None

    @property
    def sealed(self) -> bool:
        return bool(self.round["ballots"] == "sealed")

    @property
    def code(self) -> str:
        return str(self.idea["code"])

    def tally(self, day: str, until: datetime.datetime | None = None) -> Tally:
        """Count what was said until a moment, with the seats of a day."""
        view = Rubric.from_record(self.rubric)
        limits = Limits(opening=self.opening, conclusion=until)
        recused = [_as_review(recusal, self.head, view.id) for recusal in self._standing_recusals(day)]
        said = cast([*self.reviews, *recused], view, sealed=self.sealed, opened=self.opened, limits=limits)
        digest = scored_digest(self.idea)
        counted = counting.tally(view, self.council, self.idea, said, {**self.digests, self.head: digest}, day)
        return counting.without_remarks(counted)

    def _standing_recusals(self, day: str) -> list[Recusal]:
        sitting = {h.github_id: h for h in holders(self.council, day) if h.github_id is not None}
        return [r for r in self.recusals if r.by in sitting and not sitting[r.by].is_conflicted(self.idea)]

    def sitting(self, day: str) -> tuple[Holder, ...]:
        """List the seats in office on a day."""
        return holders(self.council, day)

    def refuse_opening(self, order: Order, day: str, *, has_key: bool) -> Refusal | None:
        """Tell why the ballots are not opened on an order; None when they are."""
        counted = self.tally(day, order.at)
        able = {*presiding(self.sitting(day), self.idea, counted.recused)} | {
            h for h in self.sitting(day) if h.role == SECRETARY and not h.is_conflicted(self.idea)
        }
        reasons: tuple[tuple[bool, Refusal], ...] = (
            (order.by not in _accounts(able), "not_opener"),
            (order.edited, "edited"),
            (not self.sealed, "not_sealed"),
            (self.opening is not None, "already_open"),
            (not has_key, "no_key"),
            (counted.count.result is None, "no_result"),
        )
        return next((reason for holds, reason in reasons if holds), None)

    def refuse(self, order: Order, day: str, is_personal: Callable[[str], bool]) -> Refusal | None:
        """Tell why an order to conclude cannot be carried out; None when it can."""
        counted = self.tally(day, order.at)
        able = presiding(self.sitting(day), self.idea, {*counted.recused, *order.away})
        ruling = order.ruling
        reasons: tuple[tuple[bool, Refusal], ...] = (
            (order.by not in _accounts(able), "not_chair"),
            (order.edited, "edited"),
            (not ruling.known, "unknown_outcome"),
            (self.sealed and (self.opening is None or self.opening > order.at), "not_opened"),
            (counted.count.result is None, "no_result"),
            (is_personal(ruling.reasons), "reason_personal"),
        )
        if refused := next((reason for holds, reason in reasons if holds), None):
            return refused
        outcome = ruling.outcome or counted.count.result or ""
        try:
            outcome_allowed(counted.count.result, outcome, ruling.reasons)
        except OutcomeError as error:
            return "beyond_result" if error.key == "beyond-result" else "reason_needed"
        return "reason_needed" if outcome != "cong-nhan" and not ruling.reasons else None


def _accounts(seats: Collection[Holder]) -> set[int | None]:
    return {holder.github_id for holder in seats if holder.github_id is not None}


def _as_review(recusal: Recusal, head: str, rubric: str) -> Review:
    """Hand a comment that steps back to the count as the open block it stands for; below zero, where no review is."""
    body = f"```phieu-cham\nbo-tieu-chi: {rubric}\nket-luan: khong-tham-gia\nly-do: —\n```"
    return Review(
        id=-recusal.key,
        user_id=recusal.by,
        is_user=True,
        body=body,
        is_dismissed=False,
        submitted_at=recusal.at,
        commit_id=head,
        edited_by_other=False,
    )
