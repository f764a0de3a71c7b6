"""A form's issue → records on a branch, a pull request, and one word to whoever sent it.

Every run starts from what the forge says now, and each call is made only if its effect is not there yet. So a run may
be cut off anywhere, repeated, or meet another one: the end is the same.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sangkien.domain import idea_code, layout, lot, notation, proposal, withdrawal
from sangkien.domain.desk import IDEA_BRANCH, RECORD_BRANCH, Commit, Issue, Pull, issue_of
from sangkien.domain.finding import Code, Finding, Location
from sangkien.domain.paper import Paper
from sangkien.domain.submission import Circumstances
from sangkien.render import desk as told
from sangkien.workflow import conversation, reading
from sangkien.workflow.counter import Counter, Filled
from sangkien.workflow.filing import Filing, Result
from sangkien.workflow.forge import Forge
from sangkien.workflow.intake_records import Records, judged
from sangkien.workflow.ports import Files, Workers

_DOOR = "bieu-mau"
_MOST_BY_HAND = 30  # pull requests looked into for an idea to be withdrawn
_SETTLED = ("waiting", "received", "returned", "secretary", "privacy")


class Intake:
    """The counter where forms are taken; `base` is the commit of the registers they are read against."""

    def __init__(self, forge: Forge, files: Files, workers: Workers, base: Commit, today: str) -> None:
        self._forge, self._files, self._workers = forge, files, workers
        self._base, self._today = base, today
        self._counter = Counter(files)
        self._filing = Filing(forge, base)
        self._records = Records(forge, files, workers, self._counter, self._filing, today)

    def waiting(self, since: str) -> list[int]:
        """List the forms no run has finished, those touched since a moment, those closed since, and those that amend.

        A state's label is put last, so that a form that bears one was finished and only an edit can need us; but what
        adds to a record that stands has to follow every change of it.
        """
        settled = {told.label(state) for state in _SETTLED}
        still_open = list(self._forge.open_issues())
        waiting = [i.number for i in still_open if not i.labels & settled or i.updated_at >= since]
        known = {issue.number for issue in still_open}
        made_from = {issue_of(pull.branch): told.amends(pull.title) for pull in self._forge.open_pulls() if pull.inside}
        more = [number for number, amends in made_from.items() if number and (amends or number not in known)]
        return [*dict.fromkeys((*waiting, *more))]

    def take(self, number: int) -> Result:
        """Take one form as far as it will go."""
        issue = self._forge.issue(number)
        if issue.is_pull:
            return "nothing"
        if not issue.is_open and (done := self._closed(issue)):
            return done
        filled = self._counter.recognise(issue.body)
        if filled is None or self._is_taken_otherwise(issue, filled):
            return "nothing"
        steps = {"idea": self._idea, "follow": self._follow, "request": self._request}
        if step := steps.get(filled.form):
            return step(issue, filled)
        return self._records.take(issue, filled, self._circumstances(issue, filled))

    def _closed(self, issue: Issue) -> Result | None:
        """Take back what was made from a closed form, whatever is written in it by now; None when there is nothing."""
        if pull := self._open_pull(IDEA_BRANCH, issue):
            return self._withdraw_closed(issue, pull)
        if pull := self._open_pull(RECORD_BRANCH, issue):
            self._forge.close_pull(pull.number)
            return "nothing"
        return None

    def _is_taken_otherwise(self, issue: Issue, filled: Filled) -> bool:
        """Tell whether the form was taken before it was written over as one of another kind."""
        settled = {told.label(state) for state in _SETTLED}
        other = RECORD_BRANCH if filled.form == "idea" else IDEA_BRANCH
        return bool(issue.labels & settled) and self._open_pull(other, issue) is not None

    def _open_pull(self, prefix: str, issue: Issue) -> Pull | None:
        return next((p for p in self._forge.pulls_of(f"{prefix}{issue.number}") if p.is_open), None)

    def _idea(self, issue: Issue, filled: Filled) -> Result:
        branch = f"{IDEA_BRANCH}{issue.number}"
        head = self._forge.branch(branch)
        pulls = self._forge.pulls_of(branch) if head else []
        pull = next((p for p in pulls if p.is_open), None)
        if not issue.is_open:
            return "nothing"
        is_closed = pull is None and pulls and not pulls[0].merged  # by somebody who may open it again
        code = None if is_closed else self._free_code(issue, branch)
        if code is None:
            return "nothing"
        if pull and told.label("received") in pull.labels:
            return self._received_already(issue, pull, head or "", code, filled)
        here = self._circumstances(issue, filled)
        draft = self._counter.desk.idea(filled.submission.answers, here, code)
        findings = [*filled.submission.findings, *draft.findings]
        if any(f.code is Code.AT_THE_COUNTER for f in findings):
            findings = [f for f in findings if f.code is Code.AT_THE_COUNTER]
        files: dict[str, str] = {}
        if not findings:
            files = {layout.path_of("idea", code): self._written("idea", draft.idea)}
            files |= {layout.path_of("person", p["id"]): self._written("person", p) for p in draft.people}
            files = {path: text for path, text in files.items() if not self._stands(path, text)}
            if layout.path_of("idea", code) not in files:
                return "nothing"  # what the council asked to be added has not been written yet
            findings = judged(self._files, self._workers, files)
        if findings:
            return self._filing.ask_back(issue, findings, here.labels)
        return self._filing.file(issue, Paper("idea", code, branch, files), head, pull)

    def _stands(self, path: str, text: str) -> bool:
        """Tell whether a record is in the register already: the same, or a person's, whom no form may change."""
        if not self._files.exists(path):
            return False
        place = layout.place_of(path)
        return self._files.text(path) == text or (place is not None and place.kind == "person")

    def _follow(self, issue: Issue, filled: Filled) -> Result:
        """Lead somebody who wants to do likewise to the idea's page, and tell the secretary."""
        findings = list(filled.submission.findings)
        code = idea_code.read(str(filled.submission.answers.get("code") or "")[:300])
        if not issue.is_open:
            return "nothing"
        if code is None or not self._files.exists(layout.path_of("idea", code)):
            where = Location(path=("code",))
            findings.append(Finding(code=Code.CODE_UNKNOWN, where=where, params={"value": code or "…"}))
        if findings or code is None:
            return self._filing.ask_back(issue, findings, filled.labels)
        return self._filing.hand_over(issue, "follow", "secretary", code)

    def _request(self, issue: Issue, filled: Filled) -> Result:
        wish, answers = self._counter.wish(filled), filled.submission.answers
        findings = list(filled.submission.findings)
        code = idea_code.read(str(answers.get("code") or "")[:300])
        if not findings and (wish is None or code is None):
            where = Location(path=("code" if wish else "wish",))
            findings.append(Finding(code=Code.CODE_UNKNOWN, where=where, params={"value": "…"}))
        if findings or code is None:
            return self._filing.ask_back(issue, findings, filled.labels) if issue.is_open else "nothing"
        if wish == "erase":
            return self._filing.hand_over(issue, "privacy", "privacy", code)
        if wish == "withdraw":
            return self._withdrawal(issue, filled, code)
        text = answers.get("text")
        if not isinstance(text, str):
            where = Location(path=("text",))
            return self._filing.ask_back(issue, [Finding(code=Code.FORM_NO_ANSWER, where=where)], filled.labels)
        here = self._circumstances(issue, filled)
        record = {"version": 1, "code": code, "date": here.day, "by": "nguoi-de-xuat", "text": text}
        return self._records.correct(issue, filled, here, record)

    def _withdrawal(self, issue: Issue, filled: Filled, code: str) -> Result:
        """Withdraw an idea by form: at once for whoever sent it or a secretary, else after the secretary asked."""
        if not issue.is_open:
            return "nothing"
        waiting = list(self._forge.open_pulls())
        pull = next((p for p in waiting if p.inside and p.by_bot and told.code_in_title(p.title) == code), None)
        if pull:
            origin = issue_of(pull.branch)  # none where it came without an account: its sender has a PIN
            sent = self._forge.issue(origin) if origin else issue
            if issue.author not in {*([sent.author] if origin else []), *self._secretaries()}:
                return self._filing.hand_over(issue, "withdrawal_other", "secretary", code)
            pull = self._leave_stub(sent, pull, code)
            conversation.tell(self._forge, issue.number, told.RECEIPT, told.receipt("withdrawal", code))
            if origin and sent.is_open:
                self._forge.close_issue(origin)
            self._forge.close_issue(issue.number)
            self._merge_stub(pull, code)
            return "withdrawn"
        path = layout.path_of("idea", code)
        # Who rewrites by hand an idea that is in the register already is not who sent it.
        by_hand = None if self._files.exists(path) else self._sent_by_hand(waiting, path)
        if by_hand and issue.author not in {by_hand.author, *self._secretaries()}:
            return self._filing.hand_over(issue, "withdrawal_other", "secretary", code)
        if by_hand:
            data = conversation.file_at(self._forge, self._forge.commit(by_hand.head).tree, path)
            record = notation.parse(data or b"").record
        else:
            record = self._files.read(path).record if self._files.exists(path) else None
        if not self._counter.schemas.fits("idea", record):
            where = Location(path=("code",))
            unknown = Finding(code=Code.CODE_UNKNOWN, where=where, params={"value": code})
            return self._filing.ask_back(issue, [unknown], filled.labels)
        result = self._file_withdrawal(issue, code, record)
        if by_hand:
            self._forge.close_pull(by_hand.number)
        return result

    def _sent_by_hand(self, waiting: Sequence[Pull], path: str) -> Pull | None:
        """Find the pull request made by hand that proposes the idea at a path."""
        by_hand = [pull for pull in waiting if not pull.by_bot][:_MOST_BY_HAND]
        return next((p for p in by_hand if any(c.path == path for c in self._forge.changes(p.number))), None)

    def _file_withdrawal(self, issue: Issue, code: str, record: Any) -> Result:
        """File the stub of an idea no form of ours brought, for the secretary to merge."""
        stub = withdrawal.stub(record, self._counter.day_of(issue.created_at))
        files = {f"{idea_code.folder(code)}/withdrawn.yml": self._written("withdrawn", stub)}
        branch = f"{RECORD_BRANCH}{issue.number}"
        head = self._forge.branch(branch)
        own = next((p for p in self._forge.pulls_of(branch) if p.is_open), None) if head else None
        return self._filing.file(issue, Paper("withdrawal", code, branch, files), head, own, receipt="withdrawal_asked")

    def _withdraw_closed(self, issue: Issue, pull: Pull) -> Result:
        """Withdraw an idea whose issue its sender or a secretary closed while the pull request is open."""
        code = told.code_in_title(pull.title) or self._code_of(pull)
        if code is None:
            return "nothing"
        begun = told.label("withdrawn") in pull.labels
        if not begun and issue.closed_by not in {issue.author, *self._secretaries()}:
            conversation.tell(self._forge, issue.number, told.FAULTS, told.receipt("not_yours", code))
            return "told"
        pull = self._leave_stub(issue, pull, code)
        conversation.tell(self._forge, issue.number, told.RECEIPT, told.receipt("withdrawal", code))
        # Last, since nothing more is done for a pull request that is no longer open; not allowed yet: the next sweep.
        self._merge_stub(pull, code)
        return "withdrawn"

    def _code_of(self, pull: Pull) -> str | None:
        """Read an idea's code off the files of a pull request, whose title anybody here may have written anew."""
        places = [layout.place_of(change.path) for change in self._forge.changes(pull.number)]
        return next((idea_code.of_folder(p.folder) for p in places if p and p.kind in ("idea", "withdrawn")), None)

    def _merge_stub(self, pull: Pull, code: str) -> None:
        """Merge what withdraws an idea, if it is all there is: nothing else comes in without the council."""
        changed = [change.path for change in self._forge.changes(pull.number)]
        if changed == [f"{idea_code.folder(code)}/withdrawn.yml"]:
            self._forge.merge(pull, told.title("withdrawal", code), "")

    def _leave_stub(self, issue: Issue, pull: Pull, code: str) -> Pull:
        """Put the stub in the idea's place on its branch; gives the pull request as it is then."""
        folder = idea_code.folder(code)
        head = self._forge.commit(pull.head)
        stub_path = f"{folder}/withdrawn.yml"
        text = conversation.file_at(self._forge, head.tree, f"{folder}/idea.yml")
        if text is not None:
            record = notation.parse(text).record
            day = self._counter.day_of(issue.closed_at or issue.created_at)
            files = {stub_path: self._written("withdrawn", withdrawal.stub(record, day))}
            paper = Paper("withdrawal", code, pull.branch, files)
            message = told.commit_message("withdrawal", code, paper.digest)
            self._forge.write_branch(pull.branch, self._base, files, message, exists=True)
            pull = self._forge.pull(pull.number)
        conversation.put_label(self._forge, pull.number, pull.labels, "withdrawn")
        conversation.put_label(self._forge, issue.number, issue.labels, "withdrawn")
        return pull

    def _received_already(self, issue: Issue, pull: Pull, head: str, code: str, filled: Filled) -> Result:
        """Say that an idea at the council no longer follows its form, if the form says something else now."""
        draft = self._counter.desk.idea(filled.submission.answers, self._circumstances(issue, filled), code)
        text = conversation.file_at(self._forge, self._forge.commit(head).tree, layout.path_of("idea", code))
        if not draft.findings and text == self._written("idea", draft.idea).encode("utf-8"):
            return "nothing"
        conversation.tell(self._forge, issue.number, told.FAULTS, told.receipt("received_already", code, pull.number))
        return "told"

    def _free_code(self, issue: Issue, branch: str) -> str | None:
        """Draw the idea's code; None when it is in the register already, unless the council asked for more."""
        deny = self._counter.books.lists["code_deny"] if self._counter.books.lists else []
        year = int(self._counter.day_of(issue.created_at)[:4])
        for code in lot.codes(year, self._seed(issue)):
            if idea_code.denied(code, deny):
                continue
            folder = idea_code.folder(code)
            if next(self._files.files(folder), None) is None:
                return code
            if self._files.exists(f"{folder}/idea.yml") and any(p.merged for p in self._forge.pulls_of(branch)):
                dossier = reading.read_dossier(self._files, folder, self._counter.schemas)
                return code if dossier and proposal.awaits_more(dossier) else None
        return None

    def _seed(self, issue: Issue) -> str:
        return f"{issue.key} {issue.created_at}"

    def _circumstances(self, issue: Issue, filled: Filled) -> Circumstances:
        day = self._counter.day_of(issue.created_at)
        return Circumstances(day=day, door=_DOOR, seed=self._seed(issue), labels=filled.labels)

    def _secretaries(self) -> set[int]:
        return self._counter.secretaries(self._today)

    def _written(self, kind: str, record: Mapping[str, Any]) -> str:
        return notation.write(self._counter.schemas.ordered(kind, record))
