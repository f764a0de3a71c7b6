"""Who is asked to score: chosen by field and load, asked once, and shown whom the council still waits for."""

from collections import Counter as Tallied
from collections.abc import Sequence
from dataclasses import dataclass

from sangkien.domain import ballot as ballots
from sangkien.domain.assignment import chosen
from sangkien.domain.council import SECRETARY, Holder
from sangkien.domain.rubric import Rubric
from sangkien.domain.tally import UNCONFIRMED, Tally
from sangkien.render import council as said
from sangkien.render.council import TALLY, View
from sangkien.workflow.bench import Docket
from sangkien.workflow.forge import Forge


@dataclass(frozen=True, slots=True)
class _Asked:
    """Accounts whose review was asked for by now, and those GitHub could ask."""

    tried: frozenset[int]
    reached: frozenset[int]


class Assigner:
    """Chooses for many pull requests in turn, so that the load spreads."""

    def __init__(self, forge: Forge, today: str) -> None:
        self._forge, self._today = forge, today
        self._load: Tallied[str] = Tallied()
        self._names: dict[int, str | None] = {}

    def view(self, docket: Docket, *, has_key: bool) -> View:
        """Choose the seats that score an idea, ask those not asked yet, and see whom it waits for."""
        case = docket.case
        counted, sitting = case.tally(self._today), case.sitting(self._today)
        heard = {sheet.member for sheet in counted.count.sheets} | set(counted.abstained)
        unread = set() if has_key else _sealed(docket, sitting)
        before = docket.said(TALLY)
        tried = said.tried(before.body) if before else frozenset()
        engaged = heard | unread | {h.seat for h in sitting if h.github_id is None or h.github_id in tried}
        rubric = Rubric.from_record(case.rubric)
        wanted = case.round.get("reviewers")
        seats = chosen(sitting, case.idea, rubric, wanted, engaged, counted.recused, self._load)
        awaited = tuple(holder for holder in seats if holder.seat not in heard | unread)
        self._load.update(holder.seat for holder in awaited)
        is_over = docket.matter.pull.merged or case.opening is not None
        asked = _Asked(tried, docket.matter.asked) if is_over else self._ask(docket, awaited, tried)
        spoke = {review.user_id for review in case.reviews} | asked.reached
        return View(
            case=case,
            tally=counted,
            awaited=awaited,
            secretary=next((h.github_id for h in sitting if h.role == SECRETARY and h.github_id is not None), None),
            unread=len(unread),
            unreachable=tuple(h for h in awaited if h.github_id in asked.tried and h.github_id not in spoke),
            unconfirmed=_unconfirmed(docket, counted, sitting),
            tried=asked.tried,
            merged=docket.matter.pull.merged,
        )

    def _ask(self, docket: Docket, awaited: Sequence[Holder], tried: frozenset[int]) -> _Asked:
        """Ask each once; who is not let into the repository is shown to the secretary instead."""
        spoke = {review.user_id for review in docket.case.reviews} | docket.matter.asked | tried
        reached = set(docket.matter.asked)
        attempted = set(tried)
        for account in (h.github_id for h in awaited if h.github_id is not None and h.github_id not in spoke):
            attempted.add(account)
            login = self.name(account) if account != docket.matter.pull.author else None
            if login and self._forge.ask_review(docket.number, login):
                reached.add(account)
        return _Asked(frozenset(attempted), frozenset(reached))

    def name(self, account: int) -> str | None:
        """Give the name an account goes by, asked once."""
        if account not in self._names:
            self._names[account] = self._forge.account(account)
        return self._names[account]


def _sealed(docket: Docket, sitting: Sequence[Holder]) -> set[str]:
    """Give the seats that sent something sealed, which nobody here can open."""
    rubric = Rubric.from_record(docket.case.rubric)
    senders = {r.user_id for r in docket.case.reviews if r.is_user and ballots.read(r.body, rubric).sealed}
    return {holder.seat for holder in sitting if holder.voting and holder.github_id in senders}


def _unconfirmed(docket: Docket, counted: Tally, sitting: Sequence[Holder]) -> tuple[tuple[int, Holder], ...]:
    """Give the paper sheets that wait for a second person, each with the seat it speaks for."""
    waiting = {aside.review_id for aside in counted.set_aside if aside.reason == UNCONFIRMED}
    by_seat = {holder.seat: holder for holder in sitting}
    found = []
    for review in docket.case.reviews:
        if review.id in waiting:
            rubric = Rubric.from_record(docket.case.rubric)
            text = docket.case.opened.get(ballots.read(review.body, rubric).sealed.strip(), review.body)
            ballot = ballots.read(text, rubric).ballot
            if ballot and ballot.seat in by_seat:
                found.append((review.id, by_seat[ballot.seat]))
    return tuple(found)
