"""What a counter does with a form it has read: file records in a pull request, ask back, or hand it to a person."""

from collections.abc import Mapping, Sequence
from typing import Literal

from sangkien.domain.desk import Commit, Issue, Pull
from sangkien.domain.finding import Finding
from sangkien.domain.paper import Paper
from sangkien.render import desk as told
from sangkien.workflow import conversation
from sangkien.workflow.forge import Forge

Result = Literal["nothing", "asked-back", "taken", "withdrawn", "told"]


class Filing:
    """Files papers on branches made from one commit; every call is made only if its effect is missing."""

    def __init__(self, forge: Forge, base: Commit) -> None:
        self._forge, self._base = forge, base

    def file(self, issue: Issue, paper: Paper, head: str | None, pull: Pull | None, receipt: str = "") -> Result:
        """Bring branch, pull request, labels and receipt to what the form says."""
        body = told.pull_body("idea" if paper.kind == "idea" else "record", issue.number)
        pull, moves = self.propose(paper, head, pull, body)
        text = told.receipt(receipt or paper.kind, paper.code, pull.number)
        remarks = conversation.tell(self._forge, issue.number, told.RECEIPT, text)
        if any(remark.by_bot and remark.body.startswith(told.FAULTS) for remark in remarks):
            conversation.tell(self._forge, issue.number, told.FAULTS, told.faults([], {}), remarks)
        if moves:
            conversation.put_label(self._forge, issue.number, issue.labels, "waiting")
        return "taken"

    def propose(self, paper: Paper, head: str | None, pull: Pull | None, body: str) -> tuple[Pull, bool]:
        """Bring branch and pull request to what a paper says; tells too whether it waits for the secretary anew.

        A form may be written over as one of another kind, or of another idea: the title follows.
        """
        title = told.title(paper.kind, paper.code)
        fresh = head is None or paper.digest not in self._forge.commit(head).message
        if fresh:
            message = told.commit_message(paper.kind, paper.code, paper.digest, paper.number)
            self._forge.write_branch(paper.branch, self._base, paper.files, message, exists=head is not None)
        if pull is None:
            pull = self._forge.open_pull(paper.branch, title, body)
        elif pull.title != title:
            self._forge.retitle(pull.number, title)
        moves = fresh or told.label("returned") not in pull.labels
        if moves:
            conversation.put_label(self._forge, pull.number, pull.labels, "waiting")
        return pull, moves

    def ask_back(self, issue: Issue, findings: Sequence[Finding], labels: Mapping[str, str]) -> Result:
        """Say what is to be mended; nothing is filed."""
        conversation.tell(self._forge, issue.number, told.FAULTS, told.faults(findings, labels))
        conversation.put_label(self._forge, issue.number, issue.labels, "mend")
        return "asked-back"

    def hand_over(self, issue: Issue, receipt: str, state: str, code: str) -> Result:
        """Answer, and leave the rest to a person."""
        conversation.tell(self._forge, issue.number, told.RECEIPT, told.receipt(receipt, code))
        conversation.put_label(self._forge, issue.number, issue.labels, state)
        return "told"
