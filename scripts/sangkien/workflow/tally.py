"""Every idea before the council, counted anew: who is asked, what was answered, what came of it (design §5).

Wherever an earlier run was cut off, this one goes on: the forge is asked what is there, and each call is made only if
its effect is not. Until the ballots of a sealed round are opened, nothing said or logged here holds a mark.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from sangkien.domain.answers import answers
from sangkien.domain.command import Word
from sangkien.domain.desk import OPENING, SCORE
from sangkien.domain.errors import OutsideError
from sangkien.domain.finding import Finding
from sangkien.domain.hearing import Order
from sangkien.domain.idea_code import folder
from sangkien.render import council as said
from sangkien.render import desk as told
from sangkien.render.council import TALLY, Places, View
from sangkien.workflow import conversation
from sangkien.workflow.assign import Assigner
from sangkien.workflow.bench import Bench, Docket, commands, moment, order_of
from sangkien.workflow.board import Board
from sangkien.workflow.conclude import Concluder, Result, refuse
from sangkien.workflow.counter import Counter
from sangkien.workflow.forge import Forge
from sangkien.workflow.ports import Files, Keys
from sangkien.workflow.session import Session, Sessions

_PATIENCE = 3  # troubles in a row after which the forge itself must be in trouble
_COUNCIL: tuple[Word, ...] = ("open", "conclude", "recuse")


@dataclass(slots=True)
class Counted:
    """What came of each pull request, and what the forge refused."""

    results: dict[int, Result] = field(default_factory=dict)
    troubles: list[OutsideError] = field(default_factory=list)


class Teller:
    """Goes over everything before the councils; `gate` judges a pull request as it stands now."""

    def __init__(
        self,
        forge: Forge,
        files: Files,
        keys: Keys,
        gate: Callable[[int], Sequence[Finding]],
        places: Places,
        today: str,
    ) -> None:
        self._forge, self._keys, self._places, self._today = forge, keys, places, today
        self._files, self._counter = files, Counter(files)
        self._bench = Bench(forge, self._counter, keys)
        self._concluder = Concluder(forge, self._counter, gate)
        self._sessions = Sessions(forge, self._counter, places.home)
        self._board = Board(forge, self._counter, today, places.home)

    def sweep(self, woken_by: int | None = None) -> Counted:
        """Count everything anew; `woken_by` is the pull request somebody just wrote under, if any."""
        done = Counted()
        dockets = [*self._bench.dockets("OPEN"), *self._bench.dockets("MERGED")]
        board = self._board.issue()
        sittings = self._sessions.waiting(board, dockets)
        for session in sittings:
            self._put_on_record(session, dockets)
        assigner = Assigner(self._forge, self._today)
        still: list[tuple[Docket, View]] = []
        in_a_row = 0
        for docket in dockets:
            try:
                view = self._attend(docket, sittings, assigner, done)
                still += [(docket, view)] if view else []
                in_a_row = 0
            except OutsideError as error:
                done.troubles.append(error)
                for session in (s for s in sittings if self._is_on_table(docket, s)):
                    session.is_over = False  # what became of this idea is not known yet
                in_a_row += 1
                if in_a_row == _PATIENCE:
                    return done
        if woken_by is not None and woken_by not in {docket.number for docket in dockets}:
            self._answer_late(woken_by, board.number if board else None)
        board = self._board.write(board, still)
        if board:
            for session in (s for s in sittings if s.is_over):
                self._sessions.answer(board, session)
            self._board.remind(board, still, assigner)
        return done

    def _put_on_record(self, session: Session, dockets: Sequence[Docket]) -> None:
        """Write a session down before anything refers to it, if anything will."""
        table = [d for d in dockets if self._is_on_table(d, session)]
        able = [
            d for d in table if (order := session.order(d.case.code)) and not self._concluder.refusal(d.case, order)
        ]
        if able:
            self._sessions.record(session, sample=any(bool(d.case.idea.get("sample")) for d in able))

    def _is_on_table(self, docket: Docket, session: Session) -> bool:
        return docket.case.council["id"] == session.sitting.council and docket.case.code in session.sitting.rulings

    def _attend(self, docket: Docket, sittings: Sequence[Session], assigner: Assigner, done: Counted) -> View | None:
        """Do all that one pull request waits for; gives its view if it is still before the council."""
        docket = self._open(docket)
        view = assigner.view(docket, has_key=self._keys.can_open or not docket.case.sealed)
        view = replace(view, again=self._is_again(docket))
        self._answer(docket, view)
        on_table = [s for s in sittings if self._is_on_table(docket, s)]
        orders = [order for s in on_table if (order := s.order(docket.case.code))]
        result: Result = "nothing"
        order = self._concluder.order(docket, orders)
        if order:
            result = self._concluder.carry_out(docket, order)
        done.results[docket.number] = result
        self._tell_tables(docket, on_table, order, result)
        if result == "concluded" and order:
            counted = replace(view, tally=docket.case.tally(self._counter.day_of(order.at.isoformat()), order.at))
            outcome = order.ruling.outcome or counted.tally.count.result or ""
            self._say(docket, said.concluded(counted, outcome, order.key, self._places))
            self._concluder.finish(docket)
            return None
        if result != "blocked" and docket.matter.pull.is_open:
            conversation.put_status(self._forge, docket.matter, SCORE, "pending", said.status(view))
        self._say(docket, said.comment(view, self._places))
        return view

    def _tell_tables(self, docket: Docket, sittings: Sequence[Session], order: Order | None, result: Result) -> None:
        """Note for each sitting what came of this idea."""
        code = docket.case.code
        for session in sittings:
            own = session.order(code)
            why = self._concluder.refusal(docket.case, own) if own else None
            if order and order.session == session.id and result == "concluded":
                outcome = order.ruling.outcome
                line = said.sitting_line("done", code, number=docket.number, outcome=outcome)
            elif order and order.session == session.id and result == "blocked":
                session.is_over = False
                continue
            else:
                line = said.sitting_line("refused", code, why=why or ("concluded" if order else "not_valid"))
            session.results[code] = line

    def _open(self, docket: Docket) -> Docket:
        """Open the sealed ballots of a head where somebody entitled asked for it with enough of them in."""
        case = docket.case
        for order in docket.orders("open"):
            if docket.said(told.answer_marker(order.key)):
                continue  # refused, or carried out on a head that may have moved since
            why = case.refuse_opening(order, self._counter.day_of(order.at.isoformat()), has_key=self._keys.can_open)
            if why == "already_open" and case.opening and case.opening >= order.at:
                self._tell_opened(docket, order)  # by this very order, or one beside it
                continue
            if why:
                refuse(self._forge, docket.matter.remarks, docket.number, order, why)
                continue
            self._forge.status(case.head, OPENING, "success", said.status_word("opening"))
            self._forge.react(order.key, "+1")
            own = self._forge.own_statuses(case.head, OPENING)
            case = replace(case, opening=moment(own[0].created_at)) if own else case
            self._tell_opened(docket, order)
        return replace(docket, case=case)

    def _tell_opened(self, docket: Docket, order: Order) -> None:
        """Say that an order was carried out, so that no later head is opened on it."""
        marker = told.answer_marker(order.key)
        body = f"{marker}\n{said.order('opened')}\n"
        conversation.tell(self._forge, docket.number, marker, body, list(docket.matter.remarks))

    def _answer(self, docket: Docket, view: View) -> None:
        """Answer once whoever meant to vote and is not counted, and whoever gave an order in vain."""
        sitting = docket.case.sitting(self._today)
        has_key = self._keys.can_open
        for answer in answers(docket.case, view.tally, sitting, has_key=has_key):
            marker = said.answer_marker(answer)
            if answer.kind == "mended" and docket.said(marker) is None:
                continue
            body = said.answer(answer, docket.case, self._places)
            conversation.tell(self._forge, docket.number, marker, body, list(docket.matter.remarks))
        members = {holder.github_id for holder in sitting}
        for order in docket.orders("recuse"):
            if order.by not in members:
                refuse(self._forge, docket.matter.remarks, docket.number, order, "not_member")
            elif order.edited:
                refuse(self._forge, docket.matter.remarks, docket.number, order, "edited")
            elif docket.case.opening and order.at > docket.case.opening:
                refuse(self._forge, docket.matter.remarks, docket.number, order, "too_late")
            elif not order.ruling.reasons and not order.ruling.outcome:
                refuse(self._forge, docket.matter.remarks, docket.number, order, "recuse_reason")

    def _is_again(self, docket: Docket) -> bool:
        """Tell whether the council concluded on this idea before."""
        home, council = f"{folder(docket.case.code)}/conclusions", docket.case.council["id"]
        return any(path.startswith(f"{home}/{council}-") for path in self._files.files(home))

    def _say(self, docket: Docket, body: str) -> None:
        conversation.tell(self._forge, docket.number, TALLY, body, list(docket.matter.remarks))

    def _answer_late(self, number: int, board: int | None) -> None:
        """Answer orders under what is not before the council: concluded already, or not received yet."""
        issue = self._forge.issue(number)
        if number == board or not issue.is_pull:
            return
        remarks = self._forge.remarks(number)
        carried_out = max((said.carried_out(r.body) for r in remarks if r.by_bot), default=0)
        is_over = told.label("concluded") in issue.labels
        seated = self._counter.seated(self._today)
        for remark, given in commands(remarks):
            if given.word in _COUNCIL and remark.key > carried_out:
                why = "concluded" if is_over else "not_received"
                order = order_of(remark, given, number)
                refuse(self._forge, remarks, number, order, why if remark.author in seated else "not_member")
                remarks = self._forge.remarks(number)
