"""The board: one pinned issue that shows what waits for the council, edited in place; and one reminder a day."""

import datetime
from collections.abc import Sequence

from sangkien.domain import sitting as sittings
from sangkien.domain.desk import Issue
from sangkien.render import board as said
from sangkien.render import desk as told
from sangkien.render.board import BOARD, Waiting
from sangkien.render.council import TALLY, View
from sangkien.render.papers.packet import Subject
from sangkien.workflow import conversation
from sangkien.workflow.assign import Assigner
from sangkien.workflow.bench import Docket
from sangkien.workflow.counter import Counter
from sangkien.workflow.forge import Forge

_LAST_SESSIONS = 3  # named on the board


class Board:
    """Keeps the board; found by its label and by who wrote it."""

    def __init__(self, forge: Forge, counter: Counter, today: str, home: str) -> None:
        self._forge, self._counter, self._today, self._home = forge, counter, today, home

    def issue(self) -> Issue | None:
        """Find the board; None before anything ever waited."""
        return _there(self._forge)

    def write(self, there: Issue | None, waiting: Sequence[tuple[Docket, View]]) -> Issue | None:
        """Bring the board to what waits now; the first time it is opened and pinned."""
        lines = [
            Waiting(view=view, days=self._days(docket), expected=view.have + len(view.awaited))
            for docket, view in waiting
        ]
        body = said.body(sorted(lines, key=lambda line: -line.days), self._blanks(waiting), self._papers())
        if there is None:
            if not lines:
                return None
            there = self._forge.open_issue(said.title(), body, [told.label("board")])
            self._forge.pin(there.number)
        elif there.body.strip() != body.strip():
            self._forge.rewrite_issue(there.number, body)
        return there

    def remind(self, board: Issue, waiting: Sequence[tuple[Docket, View]], names: Assigner) -> None:
        """Remind whoever lets an idea wait longer than its round says, all in one comment a day."""
        late: dict[int, list[tuple[int, int]]] = {}
        for docket, view in waiting:
            limit, days = docket.case.round.get("remind_after_days"), self._days(docket)
            if limit is None or days < limit or view.merged or view.case.opening:
                continue
            for holder in view.awaited:
                if holder.github_id is not None:
                    late.setdefault(holder.github_id, []).append((docket.number, days))
        if not late:
            return
        remarks = self._forge.remarks(board.number)
        marker = said.reminder_marker(self._today)
        if any(r.by_bot and r.body.startswith(marker) for r in remarks):
            return
        logins = [(login, ideas) for account, ideas in late.items() if (login := names.name(account))]
        if not logins:
            return
        conversation.tell(self._forge, board.number, marker, said.reminder(self._today, logins), remarks)
        for earlier in remarks:
            if earlier.by_bot and said.is_reminder(earlier.body):
                self._forge.unsay(earlier.key)

    def _days(self, docket: Docket) -> int:
        """Count the days since the council was first asked."""
        asked = docket.said(TALLY)
        if asked is None:
            return 0
        since = datetime.date.fromisoformat(self._counter.day_of(asked.created_at))
        return (datetime.date.fromisoformat(self._today) - since).days

    def _papers(self) -> str:
        """Say where papers are made, naming the last sessions on record."""
        sessions = sorted(self._counter.books.sessions.values(), key=lambda one: (one["date"], one["id"]))
        return said.papers_link(self._home, [one["id"] for one in reversed(sessions[-_LAST_SESSIONS:])])

    def _blanks(self, waiting: Sequence[tuple[Docket, View]]) -> list[str]:
        """Give a sitting's block for each council that could conclude something now."""
        ready: dict[str, list[str]] = {}
        for docket, view in waiting:
            if view.step in ("counted", "opened"):
                ready.setdefault(docket.case.council["id"], []).append(docket.case.code)
        seated = {docket.case.council["id"]: docket.case.sitting(self._today) for docket, _ in waiting}
        return [sittings.blank(council, seated[council], codes) for council, codes in ready.items()]


def tell_papers(forge: Forge, of: Subject, address: str, days: int, home: str) -> int:
    """Tell where papers are fetched, under their pull request or on the board; gives the number, 0 without a board."""
    board = _there(forge)
    number = of.pull or (board.number if board else 0)
    if number:
        body = said.papers(of.key, address, days, home)
        conversation.tell(forge, number, said.papers_marker(of.key), body)
    return number


def _there(forge: Forge) -> Issue | None:
    found = forge.issues_labelled(told.label("board"))
    return next((issue for issue in found if issue.by_bot and issue.body.startswith(BOARD)), None)
