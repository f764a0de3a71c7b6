"""What the desk says of ideas sent without an account, asked for all at once; and what the register says of one."""

from collections.abc import Mapping
from dataclasses import replace

from sangkien.domain import command, idea_code
from sangkien.domain.books import Books
from sangkien.domain.desk import IDEA_BRANCH, Pull
from sangkien.domain.following import Slip, State, Verdict, days_after
from sangkien.domain.paper import branch_of
from sangkien.domain.proposal import awaits_more
from sangkien.domain.publicness import Rulings, standing
from sangkien.domain.schema import SchemaSet
from sangkien.render import desk as told
from sangkien.workflow import reading
from sangkien.workflow.forge import Forge
from sangkien.workflow.ports import Files, Slips

_LABELS: tuple[State, ...] = ("withdrawn", "received", "returned", "mend", "waiting")


class Follower:
    """Keeps the slips in step with the desk."""

    def __init__(self, forge: Forge, slips: Slips) -> None:
        self._forge, self._slips = forge, slips

    def poll(self, day: str) -> int:
        """Look at every open pull request once; gives how many slips changed."""
        waiting = {branch_of(IDEA_BRANCH, slip.code): slip for slip in self._slips.undecided()}
        if not waiting:
            return 0
        seen = {pull.branch: pull for pull in self._forge.open_pulls() if pull.inside and pull.branch in waiting}
        changed = 0
        for branch, slip in waiting.items():
            pull = seen.get(branch) or self._forge.pull(slip.pull)
            moved = self._moved(slip, pull, day)
            if moved != slip:
                self._slips.note(moved)
                changed += 1
        return changed

    def _moved(self, slip: Slip, pull: Pull, day: str) -> Slip:
        shown = next((state for state in _LABELS if told.label(state) in pull.labels), slip.state)
        if not pull.is_open and shown != "withdrawn":
            shown = "concluded" if pull.merged else "closed"
        if shown == slip.state and (shown != "returned" or slip.head == pull.head):
            return slip
        reason = self._reason(pull) if shown == "returned" else ""
        return replace(slip, state=shown, reason=reason, head=pull.head, days=days_after(slip, shown, day))

    def _reason(self, pull: Pull) -> str:
        """Give the secretary's own words of the last order to return the idea that was carried out."""
        remarks = self._forge.remarks(pull.number)
        said = "\n".join(remark.body for remark in remarks if remark.by_bot)
        orders = [r for r in remarks if not r.by_bot and told.returned_marker(r.key) in said]
        found = command.read(orders[-1].body) if orders else None
        return found.reason[:4000] if found else ""


def verdict_of(files: Files, schemas: SchemaSet, books: Books, rulings: Rulings, code: str) -> Verdict:
    """Tell what the register says of an idea."""
    dossier = reading.read_dossier(files, idea_code.folder(code), schemas)
    if dossier is None:
        return Verdict()
    newest = max(dossier.conclusions, key=lambda c: (c["concluded_on"], c["number"]), default=None)
    shown = standing(dossier, books, rulings).recognitions
    told_of: Mapping[str, str] = (
        {"outcome": newest["outcome"], "day": newest["concluded_on"], "reasons": newest.get("reasons", "")}
        if newest
        else {}
    )
    return Verdict(
        **told_of,
        public=bool(shown),
        public_on=shown[0].on if shown else "",
        awaits_more=awaits_more(dossier),
        withdrawn=dossier.withdrawn is not None,
    )
