"""The outbox → branches, pull requests and issues at the desk; every call is made only if its effect is missing.

So an errand may be cut off anywhere and begun again, also after it was all done: the desk ends up with one of it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from sangkien.domain import idea_code, layout, notation, withdrawal
from sangkien.domain.desk import Commit, Pull
from sangkien.domain.errors import OutsideError
from sangkien.domain.following import Slip, State, days_after
from sangkien.domain.pace import Stride
from sangkien.domain.paper import Content, Errand, Paper
from sangkien.domain.rules.ideas import ON_BEHALF
from sangkien.domain.schema import SchemaSet
from sangkien.render import desk as told
from sangkien.workflow import beside, conversation
from sangkien.workflow.filing import Filing
from sangkien.workflow.forge import Forge
from sangkien.workflow.ports import Outbox, Slips

Outcome = Literal["idle", "done", "later", "failed", "unreachable"]
Note = Callable[[Outcome, str], None]  # tells the log what became of an errand, and why it failed

_SOON = 120.0  # seconds until something is looked at again that the desk has yet to judge


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What came of one errand at the desk; not yet `settled`: it is to be taken up again."""

    state: State | None = None
    pull: int = 0
    settled: bool = True


class Courier:
    """Carries out errands one by one, as the only writer of their branches."""

    def __init__(self, forge: Forge, schemas: SchemaSet) -> None:
        self._forge, self._schemas = forge, schemas
        self._base: Commit | None = None

    def bring(self, errand: Errand) -> Brought:
        """Carry out one errand."""
        if errand.act in ("erase", "ask"):
            return self._hand_over(errand)
        pulls = [pull for pull in self._forge.pulls_of(errand.paper.branch) if pull.inside]
        pull = next((p for p in pulls if p.is_open), None)
        if errand.act == "withdraw":
            return self._withdraw(errand, pull, pulls)
        if errand.act == "amend":
            return self._amend(errand.paper, pull, pulls)
        if errand.act == "append":
            return self._append(errand.paper, pulls)
        if pulls and (pull is None or errand.act == "resume" or told.label("received") in pull.labels):
            # It came long ago; what became of it since is not ours to undo, and is seen when its state is asked for.
            return Brought(state="waiting", pull=pulls[0].number)
        return self._propose(errand.paper, pull)

    def forget_base(self) -> None:
        """Look up anew what branches are made from."""
        self._base = None

    def _propose(self, paper: Paper, pull: Pull | None) -> Brought:
        filing = Filing(self._forge, self._main())
        head = self._forge.branch(paper.branch)
        made, _ = filing.propose(paper, head, pull, told.carried_body(_brought_as(paper)))
        return Brought(state="waiting", pull=made.number)

    def _amend(self, paper: Paper, pull: Pull | None, pulls: list[Pull]) -> Brought:
        """Put an idea's new words on its branch; where it was merged already, on a new one under the same name."""
        if pull is None:
            return self._propose(paper, None) if pulls and pulls[0].merged else Brought()
        if told.label("received") in pull.labels:
            return Brought(pull=pull.number)  # too late: the council is at it, and its sender is told so
        if paper.digest not in self._forge.commit(pull.head).message:
            message = told.commit_message(paper.kind, paper.code, paper.digest)
            if self._forge.add(paper.branch, pull.head, paper.files, message) is None:
                return Brought(settled=False)
        conversation.put_label(self._forge, pull.number, pull.labels, "waiting")
        return Brought(state="waiting", pull=pull.number)

    def _withdraw(self, errand: Errand, pull: Pull | None, pulls: list[Pull]) -> Brought:
        """Merge a stub in the idea's place; what the council has already is the secretary's to take back."""
        paper = errand.paper
        is_ours = pull is not None and told.label("withdrawn") in pull.labels
        if pull is None and pulls:
            return Brought(state="withdrawn" if told.label("withdrawn") in pulls[0].labels else None)
        if pull is not None and told.label("received") in pull.labels and not is_ours:
            self._ask("withdrawal", "secretary", paper.code)
            return Brought(state="received")
        stub = paper.files or self._stub(paper, pull, errand.put_on)
        if stub:
            paper = replace(paper, files=stub)
            head = self._forge.branch(paper.branch)
            if head is None or paper.digest not in self._forge.commit(head).message:
                message = told.commit_message("withdrawal", paper.code, paper.digest)
                self._forge.write_branch(paper.branch, self._main(), stub, message, exists=head is not None)
            if pull is None:
                title = told.title("withdrawal", paper.code)
                pull = self._forge.open_pull(paper.branch, title, told.carried_body("withdrawal"))
            pull = self._forge.pull(pull.number)
        if pull is None:
            return Brought()
        conversation.put_label(self._forge, pull.number, pull.labels, "withdrawn")
        changed = [change.path for change in self._forge.changes(pull.number)]
        alone = changed == [f"{idea_code.folder(paper.code)}/withdrawn.yml"]
        merged = alone and self._forge.merge(pull, told.title("withdrawal", paper.code), "")
        return Brought(state="withdrawn", pull=pull.number, settled=merged)

    def _stub(self, paper: Paper, pull: Pull | None, day: str) -> dict[str, Content]:
        """Make the stub of what stands on the branch; nothing where the idea gave way to it already."""
        tree = self._forge.commit(pull.head).tree if pull else ""
        data = conversation.file_at(self._forge, tree, layout.path_of("idea", paper.code)) if pull else None
        record = notation.parse(data or b"").record
        return stub_files(self._schemas, record, day) if isinstance(record, dict) else {}

    def _append(self, paper: Paper, pulls: list[Pull]) -> Brought:
        """File a record that stands beside an idea, whose own state it does not change."""
        if not pulls:
            self._propose(beside.numbered(self._forge, self._schemas, self._newest, paper), None)
        elif pulls[0].is_open and not pulls[0].labels:  # cut off just before the last call
            conversation.put_label(self._forge, pulls[0].number, pulls[0].labels, "waiting")
        return Brought()

    def _hand_over(self, errand: Errand) -> Brought:
        """Leave something to a person at the desk; an issue that is written already is opened unless it is open."""
        paper = errand.paper
        if errand.act == "erase":
            self._ask("erasure", "privacy", paper.code)
            return Brought()
        (body,) = paper.texts.values()
        label, marker = told.label("secretary"), body.partition("\n")[0]
        if not any(issue.body.startswith(marker) for issue in self._forge.issues_labelled(label)):
            self._forge.open_issue(told.title(paper.kind, paper.code), body, [label])
        return Brought()

    def _ask(self, kind: str, state: str, code: str) -> None:
        """Open an issue for a person at the desk, unless one is open."""
        label, title = told.label(state), told.title(kind, code)
        if not any(issue.title == title for issue in self._forge.issues_labelled(label)):
            self._forge.open_issue(title, told.carried_body(kind), [label])

    def _newest(self) -> Commit:
        self.forget_base()
        return self._main()

    def _main(self) -> Commit:
        if self._base is None:
            key = self._forge.branch(self._forge.default_branch())
            if key is None:
                raise OutsideError("GitHub", "no default branch")
            self._base = self._forge.commit(key)
        return self._base


def _brought_as(paper: Paper) -> str:
    """Tell what a pull request is said to hold: an idea typed in for somebody is told apart from one sent by itself."""
    record = notation.parse(str(paper.files.get(layout.path_of("idea", paper.code), "")).encode()).record
    source = record.get("source") if isinstance(record, dict) and paper.kind == "idea" else None
    return "on_behalf" if source and source.get("door") in ON_BEHALF else paper.kind


def stub_files(schemas: SchemaSet, idea: dict[str, object], day: str) -> dict[str, Content]:
    """Write the stub an idea leaves that was withdrawn on a day."""
    record = schemas.ordered("withdrawn", withdrawal.stub(idea, day))
    return {f"{idea_code.folder(str(idea['code']))}/withdrawn.yml": notation.write(record)}


@dataclass(slots=True)
class Round:
    """Everything one step of delivering needs."""

    outbox: Outbox
    slips: Slips
    courier: Courier
    stride: Stride
    note: Note

    def step(self, now: float, day: str) -> Outcome:
        """Carry out the oldest errand that is due, if the desk may be written to now."""
        errand = self.outbox.due() if self.stride.wait(now) == 0 else None
        if errand is None:
            return "idle"
        self.stride.step(now)
        outcome, why = self._try(errand, day)
        self.note(outcome, why)
        return outcome

    def _try(self, errand: Errand, day: str) -> tuple[Outcome, str]:
        try:
            brought = self.courier.bring(errand)
        except OutsideError as error:
            self.courier.forget_base()
            if error.lasting:
                self.outbox.failed(errand, error.text)
                return "failed", error.text
            self.outbox.unreachable()
            return "unreachable", error.text
        except Exception as error:  # noqa: BLE001  # one paper that cannot be carried must not stop the others
            self.outbox.failed(errand, type(error).__name__)
            return "failed", type(error).__name__
        slip = self.slips.slip(errand.paper.code)
        if slip and brought.state:
            self.slips.note(_moved(slip, brought.state, brought.pull, day))
        if not brought.settled:
            self.outbox.later(errand, _SOON)
            return "later", ""
        self.outbox.done(errand)
        return "done", ""


def _moved(slip: Slip, state: State, pull: int, day: str) -> Slip:
    return replace(slip, state=state, pull=pull or slip.pull, reason="", days=days_after(slip, state, day))
