"""A sitting's block on the board → a session on record, and orders for every idea that was on its table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sangkien.domain import layout, notation
from sangkien.domain import sitting as sittings
from sangkien.domain.council import holders
from sangkien.domain.desk import Issue, Remark
from sangkien.domain.finding import Code, Finding
from sangkien.domain.hearing import Order
from sangkien.domain.idea_code import folder
from sangkien.domain.rubric import Rubric
from sangkien.domain.sitting import Sitting
from sangkien.render import council as said
from sangkien.render import desk as told
from sangkien.render.board import papers_link
from sangkien.workflow import conversation
from sangkien.workflow.bench import Docket, moment
from sangkien.workflow.counter import Counter
from sangkien.workflow.forge import Forge
from sangkien.workflow.tree import Tree

_TRIES = 4


@dataclass(slots=True)
class Session:
    """A sitting to be carried out; `results` gathers one line for each idea on its table.

    `is_over` is False while the forge keeps one of them from being merged.
    """

    id: str
    remark: Remark
    sitting: Sitting
    results: dict[str, str] = field(default_factory=dict)
    is_over: bool = True

    def order(self, code: str) -> Order | None:
        """Give what was ruled on an idea; None when it was not on the table."""
        ruled = self.sitting.rulings.get(code)
        if ruled is None:
            return None
        return Order(
            key=self.remark.key,
            place=0,
            by=self.remark.author,
            at=moment(self.remark.created_at),
            edited=self.remark.edited,
            ruling=ruled,
            session=self.id,
            away=tuple(self.sitting.absent),
        )


class Sessions:
    """Reads the board's comments; each block is carried out once and answered once."""

    def __init__(self, forge: Forge, counter: Counter, home: str) -> None:
        self._forge, self._counter, self._home = forge, counter, home

    def waiting(self, board: Issue | None, dockets: Sequence[Docket]) -> list[Session]:
        """List the sittings not answered yet, saying of the unsound ones what is to be mended."""
        if board is None:
            return []
        remarks = self._forge.remarks(board.number)
        answered = [r.body for r in remarks if r.by_bot]
        found = []
        for remark in sorted(remarks, key=lambda r: (r.created_at, r.key)):
            marker = told.answer_marker(remark.key)
            if remark.by_bot or not sittings.is_one(remark.body) or any(b.startswith(marker) for b in answered):
                continue
            session = self._read(board, remark, remarks, dockets)
            found += [session] if session else []
        return found

    def _read(
        self, board: Issue, remark: Remark, remarks: Sequence[Remark], dockets: Sequence[Docket]
    ) -> Session | None:
        marker = told.answer_marker(remark.key)
        read, findings = sittings.read(remark.body)
        day = self._counter.day_of(remark.created_at)
        council = self._counter.books.councils.get(read.council) if read else None
        rubric = self._rubric(read, dockets)
        if read and council is None:
            findings = (Finding(code=Code.SITTING_MISSING, params={"key": "hoi-dong"}),)
        seated = holders(council, day) if council else ()
        if read and council and rubric:
            findings = (*sittings.faults(read, seated, rubric, day), *self._unsound(read, dockets))
        holder = next((h for h in seated if h.github_id == remark.author), None)
        may = holder is not None and read is not None and holder.seat == read.chair
        if read and council and (remark.edited or not may):
            why = "edited" if may else "not_chair"
            body = said.sitting_refused(marker, why)
        elif findings:
            body = said.sitting_faults(marker, findings)
        elif read:
            return Session(f"phien-{read.day}-{remark.key}", remark, read)
        conversation.tell(self._forge, board.number, marker, body, list(remarks))
        return None

    def _unsound(self, read: Sitting, dockets: Sequence[Docket]) -> Iterator[Finding]:
        """Find what may not stand on record: people's numbers, a day before an idea, texts no record can hold."""
        table = [d.case.idea for d in dockets if d.case.code in read.rulings]
        if any(str(idea["submitted_on"]) > read.day for idea in table):
            yield Finding(code=Code.SITTING_DAY, params={"value": read.day})
        for text in (read.place, *read.absent.values()):
            yield from self._counter.personal(text)
        text = notation.write(self._counter.schemas.ordered("session", read.record("phien-0")))
        written = notation.parse(text.encode(), "")
        if written.findings or not self._counter.schemas.fits("session", written.record):
            yield Finding(code=Code.SITTING_LINE, params={"shown": "…"})

    def _rubric(self, read: Sitting | None, dockets: Sequence[Docket]) -> Rubric | None:
        """Give the rubric whose quorum the sitting must have: that of the ideas on its table."""
        if read is None:
            return None
        for docket in dockets:
            if docket.case.code in read.rulings and docket.case.council["id"] == read.council:
                return Rubric.from_record(docket.case.rubric)
        rounds = [r for r in self._counter.books.rounds.values() if r["council"] == read.council]
        rubrics = self._counter.books.rubrics
        return next(
            (Rubric.from_record(rubrics[r["rubric"]]) for r in reversed(rounds) if r["rubric"] in rubrics), None
        )

    def record(self, session: Session, *, sample: bool) -> None:
        """Put the session on record, if it is not there yet."""
        path = layout.path_of("session", session.id)
        record: Mapping[str, Any] = session.sitting.record(session.id) | ({"sample": True} if sample else {})
        text = notation.write(self._counter.schemas.ordered("session", record))
        base = self._forge.default_branch()
        for _ in range(_TRIES):
            head = self._forge.branch(base) or ""
            if Tree(self._forge, self._forge.commit(head).tree).find(path):
                return
            if self._forge.add(base, head, {path: text}, said.commit("session", id=session.id)):
                return

    def answer(self, board: Issue, session: Session) -> None:
        """Tell what came of each idea, once nothing more will."""
        marker = told.answer_marker(session.remark.key)
        lines = [session.results.get(code) or self._earlier(session, code) for code in session.sitting.rulings]
        self._forge.react(session.remark.key, "+1")
        body = said.sitting_done(marker, session.sitting.day, lines, papers_link(self._home, [session.id]))
        conversation.tell(self._forge, board.number, marker, body)

    def _earlier(self, session: Session, code: str) -> str:
        """Tell what an earlier run made of an idea that is no longer before the council."""
        home, prefix = f"{folder(code)}/conclusions", f"{session.sitting.council}-"
        head = self._forge.branch(self._forge.default_branch()) or ""
        for entry in Tree(self._forge, self._forge.commit(head).tree).listed(home):
            record = notation.parse(self._forge.blob(entry.key)).record if entry.path.startswith(prefix) else None
            if isinstance(record, dict) and record.get("session") == session.id:
                return said.sitting_line("done", code, number=record.get("pull", 0), outcome=record["outcome"])
        return said.sitting_line("nothing", code)
