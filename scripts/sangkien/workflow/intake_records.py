"""Forms that become records beside an idea or in a register, or add to records that stand there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sangkien.domain import idea_code, layout, life_forms, notation, office_forms
from sangkien.domain.desk import RECORD_BRANCH, Issue, Pull
from sangkien.domain.finding import Code, Finding, Location
from sangkien.domain.life_forms import Additions
from sangkien.domain.paper import Paper
from sangkien.domain.submission import Circumstances
from sangkien.workflow import beside
from sangkien.workflow.counter import Counter, Filled
from sangkien.workflow.filing import Filing, Result
from sangkien.workflow.forge import Forge
from sangkien.workflow.overlay import Overlay
from sangkien.workflow.ports import Files, Workers
from sangkien.workflow.validate import validate

_SIGNED = ("decision", "commendation")
# What becomes a record of its own in a register, whoever tells it.
_OF_REGISTER = {
    "problem": life_forms.problem,
    "club": life_forms.club,
    "outreach": life_forms.outreach,
    "model": life_forms.model,
}


@dataclass(frozen=True, slots=True)
class _Case:
    """A form, and where its records wait: a branch, the commit on it, the open pull request made from it."""

    issue: Issue
    filled: Filled
    here: Circumstances
    branch: str
    head: str | None
    pull: Pull | None


class Records:
    """Files what the forms of open issues amount to, but for an idea's own."""

    def __init__(
        self, forge: Forge, files: Files, workers: Workers, counter: Counter, filing: Filing, today: str
    ) -> None:
        self._forge, self._files, self._workers = forge, files, workers
        self._counter, self._filing, self._today = counter, filing, today

    def take(self, issue: Issue, filled: Filled, here: Circumstances) -> Result:
        """Take a form as far as it will go."""
        case = self._case(issue, filled, here)
        if case is None:
            return "nothing"
        if filled.form in _SIGNED:
            return self._signed(case)
        if filled.form in _OF_REGISTER:
            return self._of_register(case)
        return self._visit(case) if filled.form == "visit" else self._application(case)

    def correct(self, issue: Issue, filled: Filled, here: Circumstances, record: Mapping[str, Any]) -> Result:
        """File a correction beside its idea."""
        case = self._case(issue, filled, here)
        return self._beside(case, "correction", record, filled.submission.findings) if case else "nothing"

    def _case(self, issue: Issue, filled: Filled, here: Circumstances) -> _Case | None:
        """Find where a form's records wait; None when there is nothing more to be made of it."""
        branch = f"{RECORD_BRANCH}{issue.number}"
        if not issue.is_open:
            return None
        head, pulls = self._forge.branch(branch), self._forge.pulls_of(branch)  # a merged one's branch may be gone
        pull = next((p for p in pulls if p.is_open), None)
        # What an office signed is not put forward again once somebody closed it.
        is_over = bool(pulls) if filled.form in _SIGNED else any(p.merged for p in pulls)
        return None if pull is None and is_over else _Case(issue, filled, here, branch, head, pull)

    def _application(self, case: _Case) -> Result:
        told = life_forms.application(self._counter.desk, case.filled.submission.answers, case.here)
        faults = [*case.filled.submission.findings, *told.findings]
        faults += beside.unknown_place(self._files, told.record, "learned_from")
        return self._beside(case, "application", told.record, faults)

    def _beside(self, case: _Case, kind: str, record: Mapping[str, Any], faults: Sequence[Finding]) -> Result:
        """File a record that stands beside an idea already in the register, under the next free number."""
        code, number = record.get("code", ""), 0
        faults, files = [*faults], {}
        if not faults and not self._files.exists(layout.path_of("idea", code)):
            faults = [_unknown("code", code)]
        if not faults:
            folder = f"{idea_code.folder(code)}/{kind}s"
            number = beside.next_number(
                self._files.files(folder), beside.promised(self._forge, kind, code, case.branch)
            )
            files = {f"{folder}/{number}.yml": self._written(kind, {**record, "number": number})}
        return self._file(case, Paper(kind, code, case.branch, files, number), faults)

    def _visit(self, case: _Case) -> Result:
        """Add what became of a place to its application."""
        told = life_forms.visit(self._counter.desk, case.filled.submission.answers, case.here)
        faults = [*case.filled.submission.findings, *told.findings]
        faults += beside.unknown_place(self._files, told.record, "number")
        code = told.record.get("code", "")
        path = "" if faults else beside.path_of_place(code, told.record["number"])
        return self._amend(case, Paper("visit", code, case.branch, {}), path, told.adds, faults)

    def _of_register(self, case: _Case) -> Result:
        """File a new record of a register, or add to the club that is named."""
        kind = case.filled.form
        told = _OF_REGISTER[kind](self._counter.desk, case.filled.submission.answers, case.here, case.issue.number)
        faults = [*case.filled.submission.findings, *told.findings]
        if any(fault.code is Code.AT_THE_COUNTER for fault in faults):
            faults = [fault for fault in faults if fault.code is Code.AT_THE_COUNTER]
        if told.adds:
            paper = Paper("meeting", told.to, case.branch, {})
            return self._amend(case, paper, layout.path_of(kind, told.to), told.adds, faults)
        codes = told.record.get("codes", ())
        faults += [_unknown("codes", code) for code in codes if not self._files.exists(layout.path_of("idea", code))]
        return self._new(case, kind, told.record, faults)

    def _signed(self, case: _Case) -> Result:
        """File what an office signed, entered by who holds a secretary's or a chair's seat; others are told so."""
        if case.issue.author not in self._counter.officers(self._today):
            return self._filing.hand_over(case.issue, "office_only", "secretary", "")
        kind, desk, answers = case.filled.form, self._counter.desk, case.filled.submission.answers
        if kind == "decision":
            signed = office_forms.decision(desk, answers, case.here)
        else:
            signed = office_forms.commendation(desk, answers, case.here, case.issue.number)
        faults = [*case.filled.submission.findings, *signed.findings]
        return self._new(case, kind, signed.record, faults, signed.person)

    def _new(
        self,
        case: _Case,
        kind: str,
        record: Mapping[str, Any],
        faults: list[Finding],
        person: Mapping[str, Any] | None = None,
    ) -> Result:
        """File a new record of a register, with the person's it may need."""
        key = str(record.get("id", ""))
        files = {} if faults else {layout.path_of(kind, key): self._written(kind, record)}
        if files and person:
            files[layout.path_of("person", person["id"])] = self._written("person", person)
        if files and self._files.exists(layout.path_of(kind, key)):
            where = Location(path=("number",))
            faults = [Finding(code=Code.REPEATED_ENTRY, where=where, params={"value": key})]
        return self._file(case, Paper(kind, key, case.branch, files), faults, record.get("codes", ()))

    def _amend(self, case: _Case, paper: Paper, path: str, adds: Additions, faults: list[Finding]) -> Result:
        """Add to the record at a path as it stands now, so that two such forms never undo each other.

        When one is merged, the next run writes the other's branch anew on top of it.
        """
        standing: Mapping[str, Any] = {}
        if not faults:
            place = layout.place_of(path)
            kind, standing = place.kind if place else "", self._files.read(path).record
            amended = life_forms.amended(standing, adds)
            paper = Paper(paper.kind, paper.code, paper.branch, {path: self._written(kind, amended)})
            if amended == standing:
                day = next(entry["date"] for entries in adds.values() for entry in entries)
                faults = [Finding(code=Code.TOLD_ALREADY, where=Location(path=("date",)), params={"day": day})]
        return self._file(case, paper, faults, standing.get("codes", ()))

    def _file(self, case: _Case, paper: Paper, faults: Sequence[Finding], codes: Sequence[str] = ()) -> Result:
        """File a paper the gate lets pass, given the ideas it names; else say all that is to be mended."""
        # What an office signed is held against every idea.
        is_signed = case.filled.form in _SIGNED
        faults = faults or judged(self._files, self._workers, paper.texts, codes, against_all=is_signed)
        if faults:
            return self._filing.ask_back(case.issue, faults, case.filled.labels)
        return self._filing.file(case.issue, paper, case.head, case.pull)

    def _written(self, kind: str, record: Mapping[str, Any]) -> str:
        return notation.write(self._counter.schemas.ordered(kind, record))


def judged(
    files: Files, workers: Workers, texts: Mapping[str, str], codes: Sequence[str] = (), *, against_all: bool = False
) -> list[Finding]:
    """Let the gate judge records that stand nowhere yet (path → text), which name some ideas, or may name any."""
    overlay = Overlay(files, {path: text.encode("utf-8") for path, text in texts.items()})
    known = [] if against_all else [*texts, *map(idea_code.folder, codes)]
    return [fault for fault in validate(overlay, workers, known).errors if fault.where.file in texts]


def _unknown(key: str, code: str) -> Finding:
    return Finding(code=Code.CODE_UNKNOWN, where=Location(path=(key,)), params={"value": code})
