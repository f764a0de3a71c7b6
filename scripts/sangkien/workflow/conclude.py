"""An idea's reviews and the chair's word → the council's conclusion, written once beside the idea.

Offline from files, and at the desk: status, merge, conclusion on the default branch, word to whoever sent the idea, and
last the label that says all is done. Each is done only if its effect is not there, so a run may be cut off anywhere.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sangkien.domain import conclusion, notation
from sangkien.domain.desk import SCORE, Commit, Remark, issue_of
from sangkien.domain.digest import record_digest
from sangkien.domain.errors import OutsideError, UsageError
from sangkien.domain.finding import Finding
from sangkien.domain.hearing import Case, Order
from sangkien.domain.idea_code import folder
from sangkien.render import council as said
from sangkien.render import desk as told
from sangkien.render.counting import value_name
from sangkien.workflow import conversation, reading
from sangkien.workflow.ballot import tally
from sangkien.workflow.bench import Docket
from sangkien.workflow.counter import Counter
from sangkien.workflow.forge import Forge
from sangkien.workflow.ports import Files, History
from sangkien.workflow.tree import Tree

Result = Literal["nothing", "refused", "blocked", "concluded"]

_TRIES = 4  # to put a conclusion on a branch that others move as well


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What the chair says: an outcome other than the result, reasons, the session it was said in."""

    outcome: str | None = None
    reasons: str = ""
    session: str | None = None


def conclude(
    files: Files,
    history: History,
    folder: str,
    reviews: Any,
    digests: Mapping[str, str] | None,
    word: Word,
    on: str,
) -> str:
    """Count, conclude and write; returns the path of the new record.

    Looks up round, rubric and council in the repository. Raises UsageError when the word cannot stand.
    """
    schemas = reading.load_schemas(files)
    registers = reading.read_registers(files, schemas)
    path = f"{folder}/idea.yml"
    document = files.read(path)
    if not isinstance(document.record, dict) or schemas.check("idea", document):
        raise UsageError("bad-idea", fault=path)
    idea = document.record
    round_ = registers.books.rounds.get(idea["round"])
    if round_ is None:
        raise UsageError("no-round", value=idea["round"])
    council = registers.books.councils.get(round_["council"])
    rubric = registers.books.rubrics.get(round_["rubric"])
    if council is None or rubric is None:
        raise UsageError("no-round", value=idea["round"])
    number = 1
    while files.exists(target := f"{folder}/conclusions/{council['id']}-{number}.yml"):
        number += 1
    setting = conclusion.Setting(
        council=council["id"],
        number=number,
        round=idea["round"],
        session=word.session,
        on=on,
        idea_blob=history.blob_id(files.text(path)),
    )
    counted = tally(rubric, council, idea, reviews, digests, on)
    try:
        record = conclusion.conclude(counted, rubric, idea["code"], setting, word.outcome, word.reasons)
    except conclusion.OutcomeError as error:
        raise UsageError(error.key) from error
    if idea.get("sample"):
        record = _as_sample(record)
    text = notation.write(schemas.ordered("conclusion", record))
    # What is written once and never mended must be sound before it is written.
    written = notation.parse(text.encode(), target)
    if written.findings or schemas.check("conclusion", written):
        raise UsageError("bad-word")
    files.write(target, text)
    return target


def _as_sample(record: dict[str, Any]) -> dict[str, Any]:
    """Mark the conclusion on a sample as one."""
    marked = {key: value for key, value in record.items() if key != "digest"} | {"sample": True}
    return marked | {"digest": record_digest(marked)}


class Concluder:
    """Carries out what a chair ruled; the first order that may be carried out is the one that is, for good."""

    def __init__(self, forge: Forge, counter: Counter, gate: Callable[[int], Sequence[Finding]]) -> None:
        self._forge, self._counter, self._gate = forge, counter, gate
        self._is_personal: Callable[[str], bool] = lambda text: any(counter.personal(text))

    def order(self, docket: Docket, from_sittings: Sequence[Order]) -> Order | None:
        """Find the order to be carried out, and say once of each earlier one why it is not."""
        orders = sorted([*docket.orders("conclude"), *from_sittings], key=lambda o: (o.at, o.key))
        for order in orders:
            why = self.refusal(docket.case, order)
            if why is None and not self._was_refused(docket, order):
                return order
            if why and order.session is None:
                refuse(self._forge, docket.matter.remarks, docket.number, order, why)
        return None

    def refusal(self, case: Case, order: Order) -> str | None:
        """Tell why an order cannot be carried out."""
        return case.refuse(order, self._day(order), self._is_personal)

    def _was_refused(self, docket: Docket, order: Order) -> bool:
        return docket.said(told.answer_marker(order.key)) is not None

    def _day(self, order: Order) -> str:
        return self._counter.day_of(order.at.isoformat())

    def carry_out(self, docket: Docket, order: Order) -> Result:
        """Conclude: from wherever an earlier run left off."""
        pull, case = docket.matter.pull, docket.case
        counted = case.tally(self._day(order), order.at)
        outcome = order.ruling.outcome or counted.count.result or ""
        if pull.is_open:
            if any(finding.severity == "error" for finding in self._gate(pull.number)):
                refuse(self._forge, docket.matter.remarks, docket.number, order, "not_valid")
                return "refused"
            if not self._fits(docket, order):
                refuse(self._forge, docket.matter.remarks, docket.number, order, "bad_word")
                return "refused"
            words = said.status_word("concluded", outcome=value_name(outcome))
            conversation.put_status(self._forge, docket.matter, SCORE, "success", words)
            kind = "merge" if docket.path in {change.path for change in docket.matter.changes} else "nomination"
            if not self._forge.merge(pull, said.commit(kind, code=case.code, number=pull.number), ""):
                self._say_blocked(docket)
                return "blocked"
        record = self._record_on_main(docket, order)
        self._tell(docket, order, str(record["outcome"]), str(record.get("reasons", "")))
        return "concluded"

    def _fits(self, docket: Docket, order: Order) -> bool:
        """Tell whether the conclusion can be written as a sound record: it is written once and never mended."""
        text = self._write(docket, order, 1, "0" * 40)
        written = notation.parse(text.encode(), "")
        return not written.findings and self._counter.schemas.fits("conclusion", written.record)

    def _write(self, docket: Docket, order: Order, number: int, blob: str) -> str:
        case, day = docket.case, self._day(order)
        setting = conclusion.Setting(
            council=case.council["id"],
            number=number,
            round=case.round["id"],
            session=order.session,
            on=day,
            idea_blob=blob,
            pull=docket.number,
        )
        counted = case.tally(day, order.at)
        record = conclusion.conclude(
            counted, case.rubric, case.code, setting, order.ruling.outcome or None, order.ruling.reasons
        )
        if case.idea.get("sample"):
            record = _as_sample(record)
        return notation.write(self._counter.schemas.ordered("conclusion", record))

    def _standing(self, docket: Docket, main: Commit) -> tuple[int, Mapping[str, Any] | None]:
        """Give the number of the council's last conclusion on the idea, and the record made of this pull request.

        Always asked anew: what a checkout shows may be older than what another run wrote.
        """
        home = f"{folder(docket.case.code)}/conclusions"
        tree = Tree(self._forge, main.tree)
        prefix = f"{docket.case.council['id']}-"
        last, own = 0, None
        for entry in tree.listed(home):
            number = entry.path.removeprefix(prefix).removesuffix(".yml")
            if not entry.path.startswith(prefix) or not number.isdecimal():
                continue
            last = max(last, int(number))
            record = notation.parse(self._forge.blob(entry.key)).record
            if isinstance(record, dict) and record.get("pull") == docket.number:
                own = record
        return last, own

    def _main(self) -> Commit:
        base = self._forge.default_branch()
        key = self._forge.branch(base)
        if key is None:
            raise OutsideError("GitHub", f"no branch {base}")
        return self._forge.commit(key)

    def _record_on_main(self, docket: Docket, order: Order) -> Mapping[str, Any]:
        """Put the conclusion beside the idea; of two runs at once one writes, the other finds it written."""
        for _ in range(_TRIES):
            main = self._main()
            last, own = self._standing(docket, main)
            if own is not None:
                return own
            entry = Tree(self._forge, self._forge.commit(docket.case.head).tree).find(docket.path)
            number = last + 1
            text = self._write(docket, order, number, entry.key if entry else "")
            council = docket.case.council["id"]
            path = f"{folder(docket.case.code)}/conclusions/{council}-{number}.yml"
            message = said.commit("conclusion", code=docket.case.code, council=council, number=number)
            if self._forge.add(self._forge.default_branch(), main.key, {path: text}, message):
                record: Mapping[str, Any] = notation.parse(text.encode(), path).record
                return record
        raise OutsideError("GitHub", "the branch moves faster than we write")

    def _tell(self, docket: Docket, order: Order, outcome: str, reasons: str) -> None:
        pull = docket.matter.pull
        origin = issue_of(pull.branch) if pull.inside else None
        marker = said.outcome_marker(pull.number)
        body = f"{marker}\n{said.told(docket.case.code, outcome, reasons, by_form=bool(origin))}\n"
        conversation.tell(self._forge, origin or pull.number, marker, body)
        if order.session is None:
            self._forge.react(order.key, "+1")
        if origin:
            self._return(origin, outcome)

    def finish(self, docket: Docket) -> None:
        """Show that all is done: the label without which the next run takes up what is left."""
        conversation.put_label(self._forge, docket.number, docket.matter.pull.labels, "concluded")

    def _return(self, origin: int, outcome: str) -> None:
        """Show the state on the form; the council asked for more: open it again, so that its sender can answer."""
        issue = self._forge.issue(origin)
        state = "mend" if outcome == "bo-sung" else "concluded"
        conversation.put_label(self._forge, origin, issue.labels, state)
        if outcome == "bo-sung" and not issue.is_open:
            self._forge.reopen_issue(origin)

    def _say_blocked(self, docket: Docket) -> None:
        body = f"{said.BLOCKED}\n{said.words()['comment']['blocked']}\n"
        conversation.tell(self._forge, docket.number, said.BLOCKED, body, list(docket.matter.remarks))


def refuse(forge: Forge, remarks: Sequence[Remark], place: int, order: Order, why: str) -> None:
    """Say once why an order is not carried out; to an account that may give none, once for all its orders."""
    is_stranger = why in ("not_chair", "not_opener", "not_member")
    marker = told.stranger_marker(order.by) if is_stranger else told.answer_marker(order.key)
    if any(r.by_bot and r.body.startswith(marker) for r in remarks):
        return
    forge.react(order.key, "confused")
    conversation.tell(forge, place, marker, f"{marker}\n{said.order(why)}\n", list(remarks))
