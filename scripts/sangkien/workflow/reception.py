"""The secretary's word under a pull request → received or returned, told to whoever sent the idea."""

from dataclasses import dataclass
from typing import Literal

from sangkien.domain import command, layout, nomination, notation, proposal
from sangkien.domain.command import Command
from sangkien.domain.desk import IDEA_BRANCH, SCORE, Pull, Remark, issue_of
from sangkien.domain.nomination import Case
from sangkien.render import desk as told
from sangkien.workflow import conversation
from sangkien.workflow.counter import Counter
from sangkien.workflow.forge import Forge
from sangkien.workflow.ports import Files

Result = Literal["nothing", "received", "returned"]


@dataclass(frozen=True, slots=True)
class _Order:
    remark: Remark
    command: Command


class Reception:
    """Carries out what secretaries ordered; of several orders the last one stands."""

    def __init__(self, forge: Forge, files: Files, today: str) -> None:
        self._forge, self._today = forge, today
        self._counter = Counter(files)

    def waiting(self, since: str) -> list[int]:
        """List the open pull requests touched since a moment, which may hold orders not carried out yet."""
        return [pull.number for pull in self._forge.open_pulls() if pull.updated_at >= since]

    def attend(self, number: int) -> Result:
        """Carry out the orders under one pull request, or under the issue it was made from."""
        issue = self._forge.issue(number)
        if issue.is_pull:
            return self._attend(self._forge.pull(number))
        for branch in (f"{IDEA_BRANCH}{number}", f"record/{number}"):
            pull = next((p for p in self._forge.pulls_of(branch) if p.is_open), None)
            if pull:
                return self._attend(pull)
        return "nothing"

    def _attend(self, pull: Pull) -> Result:
        if not pull.is_open:
            return "nothing"
        origin = issue_of(pull.branch) if pull.inside else None
        places = [pull.number, *([origin] if origin else [])]
        remarks = [remark for place in places for remark in self._forge.remarks(place)]
        orders = [
            _Order(remark, found)
            for remark in sorted(remarks, key=lambda r: (r.created_at, r.key))
            if not remark.by_bot and (found := command.read(remark.body)) and found.word in ("receive", "return")
        ]
        if not orders:
            return "nothing"
        case = self._case(pull) if origin is None else None
        code = case.code if case else told.code_in_title(pull.title)
        secretaries = self._secretaries(pull, code, case)
        last: _Order | None = None
        for order in orders:
            if order.remark.author not in secretaries:
                self._refuse(pull, order, "not_secretary", remarks)
            elif order.command.word == "return" and not order.command.reason:
                self._refuse(pull, order, "reason_needed", remarks)
            elif any(self._counter.personal(order.command.reason)):
                self._refuse(pull, order, "reason_personal", remarks)  # we would repeat it
            else:
                last = order
        if last is None:
            return "nothing"
        if last.command.word == "return":
            return self._return(pull, last, code, origin or pull.number, remarks)
        return self._receive(pull, last, code, origin or pull.number, remarks)

    def _receive(self, pull: Pull, order: _Order, code: str | None, sender: int, remarks: list[Remark]) -> Result:
        if told.label("received") in pull.labels:
            return "nothing"
        marker = told.answer_marker(order.remark.key)
        if any(r.by_bot and r.body.startswith(marker) for r in remarks):
            return "nothing"  # refused when it was given; what has been mended since, the secretary has yet to read
        if told.label("mend") in pull.labels:
            self._refuse(pull, order, "not_valid", remarks)
            return "nothing"
        conversation.put_label(self._forge, pull.number, pull.labels, "received")
        if sender != pull.number:
            issue = self._forge.issue(sender)
            conversation.put_label(self._forge, sender, issue.labels, "received")
        day = self._counter.day_of(order.remark.created_at)
        words = told.reception("received", code=code or f"#{pull.number}", day=day)
        conversation.tell(self._forge, sender, told.RECEPTION, f"{told.RECEPTION}\n{words}\n")
        self._forge.status(pull.head, SCORE, "pending", told.status("received"))
        self._forge.react(order.remark.key, "+1")
        return "received"

    def _return(self, pull: Pull, order: _Order, code: str | None, sender: int, remarks: list[Remark]) -> Result:
        marker = told.returned_marker(order.remark.key)
        if any(r.by_bot and r.body.startswith(marker) for r in remarks):
            return "nothing"
        conversation.put_label(self._forge, pull.number, pull.labels, "returned")
        if sender != pull.number:
            issue = self._forge.issue(sender)
            conversation.put_label(self._forge, sender, issue.labels, "returned")
        self._forge.status(pull.head, SCORE, "pending", told.status("returned"))
        self._forge.react(order.remark.key, "+1")
        # Said last: it is what tells a later run that all was done, and for which state of the idea.
        words = told.reception("returned", code=code or f"#{pull.number}", reason=order.command.reason[:4000])
        body = f"{marker}\n{told.head_marker(pull.head)}\n{words}\n"
        conversation.tell(self._forge, sender, marker, body)
        return "returned"

    def _refuse(self, pull: Pull, order: _Order, why: str, remarks: list[Remark]) -> None:
        """Say once why an order is not carried out; to who may give none, once for all orders."""
        is_stranger = why == "not_secretary"
        marker = told.stranger_marker(order.remark.author) if is_stranger else told.answer_marker(order.remark.key)
        if any(r.by_bot and r.body.startswith(marker) for r in remarks):
            return
        self._forge.react(order.remark.key, "confused")
        conversation.tell(self._forge, pull.number, marker, f"{marker}\n{told.reception(why)}\n")

    def _case(self, pull: Pull) -> Case | None:
        """Read the case of a pull request that is one nomination; its title may be anything."""
        path = nomination.file_of(proposal.read(pull, list(self._forge.changes(pull.number))))
        data = conversation.file_at(self._forge, self._forge.commit(pull.head).tree, path) if path else None
        return nomination.case_of(notation.parse(data or b"").record)

    def _secretaries(self, pull: Pull, code: str | None, case: Case | None) -> set[int]:
        """Give the secretaries of the council that is to score it; of all councils for other records."""
        if case:
            known = case.council in self._counter.books.councils
            return self._counter.secretaries(self._today, case.council) if known else set()
        tree = self._forge.commit(pull.head).tree if code else ""
        data = conversation.file_at(self._forge, tree, layout.path_of("idea", code)) if code else None
        record = notation.parse(data or b"").record
        # Not judged yet, so that anything may stand in it.
        round_ = self._counter.books.rounds.get(str(record.get("round"))) if isinstance(record, dict) else None
        return self._counter.secretaries(self._today, round_["council"] if round_ else None)
