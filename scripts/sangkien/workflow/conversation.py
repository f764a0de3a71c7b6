"""One saying of each kind under an issue or pull request, and the labels that show a state."""

from sangkien.domain import notation
from sangkien.domain.desk import Matter, Remark
from sangkien.domain.proposal import PLAIN
from sangkien.render import desk as told
from sangkien.workflow.forge import Forge, State
from sangkien.workflow.tree import Tree

# A state takes the place of these.
_STATES = ("waiting", "mend", "received", "returned", "withdrawn", "concluded")


def tell(forge: Forge, number: int, marker: str, body: str, remarks: list[Remark] | None = None) -> list[Remark]:
    """Say something once: edit what was said under the same marker, else say it; gives what stood there before."""
    before = forge.remarks(number) if remarks is None else remarks
    own = _own(before, marker)
    if not own:
        forge.say(number, body)
        for twin in _own(forge.remarks(number), marker)[1:]:  # another run said it at the same moment
            forge.unsay(twin.key)
        return before
    if own[0].body.strip() != body.strip():
        forge.say_again(own[0].key, body)
    for twin in own[1:]:
        forge.unsay(twin.key)
    return before


def _own(remarks: list[Remark], marker: str) -> list[Remark]:
    return sorted((r for r in remarks if r.by_bot and r.body.startswith(marker)), key=lambda r: r.key)


def put_status(forge: Forge, matter: Matter, context: str, state: State, words: str) -> None:
    """Set a status on the head of a pull request, if it does not bear it already by our own word."""
    there = matter.statuses.get(context)
    if there is None or not there.by_us or (there.state, there.description) != (state, words):
        forge.status(matter.pull.head, context, state, words)


def put_label(forge: Forge, number: int, present: frozenset[str], state: str) -> None:
    """Show a state by its label and take the labels of other states off."""
    wanted = told.label(state)
    if wanted not in present:
        forge.label(number, [wanted])
    for other in _STATES:
        if state in _STATES and other != state and told.label(other) in present:
            forge.unlabel(number, told.label(other))


def file_at(forge: Forge, tree: str, path: str) -> bytes | None:
    """Read a plain file of a tree that may be a record; None when there is none."""
    entry = Tree(forge, tree).find(path)
    return forge.blob(entry.key) if entry and entry.mode == PLAIN and entry.size <= notation.MAX_BYTES else None
