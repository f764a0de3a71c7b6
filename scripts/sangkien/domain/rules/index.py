"""The little that must be known of all other records to judge one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from sangkien.domain import idea_code
from sangkien.domain.books import Books, Dossier
from sangkien.domain.reporting import Calendar


class Row(NamedTuple):
    """What other records may ask about an idea, light enough to keep for a hundred thousand of them.

    `history` gives outcome and day of each conclusion for each council, `concluded` the newest of them.
    """

    code: str
    file: str
    alias: tuple[str, ...] = ()
    sample: bool = False
    unreadable: bool = False
    submitted_on: str = ""
    round: str = ""
    same_as: tuple[str, ...] = ()
    builds_on: tuple[str, ...] = ()
    history: Mapping[str, tuple[tuple[str, str], ...]] = {}  # a read-only one cannot travel between processes

    @classmethod
    def of(cls, values: Sequence[Any]) -> "Row":
        """Make a row of values that lost their types on the way, as JSON has it."""
        code, file, alias, sample, unreadable, submitted_on, round_, same_as, builds_on, history = values
        told = {council: tuple((outcome, day) for outcome, day in seen) for council, seen in history.items()}
        named = tuple(same_as), tuple(builds_on)
        return cls(code, file, tuple(alias), sample, unreadable, submitted_on, round_, *named, told)

    @property
    def concluded(self) -> dict[str, tuple[str, str]]:
        return {council: conclusions[-1] for council, conclusions in self.history.items()}

    @property
    def recognised(self) -> bool:
        return any(outcome == "cong-nhan" for outcome, _ in self.concluded.values())


def row_of(dossier: Dossier) -> Row:
    """Draw the row of a dossier; a folder whose idea cannot be read is known by its path alone."""
    record = dossier.idea or dossier.withdrawn
    if record is None:
        return Row(code=idea_code.of_folder(dossier.folder), file=f"{dossier.folder}/idea.yml", unreadable=True)
    name = "idea" if dossier.idea else "withdrawn"
    history: dict[str, tuple[tuple[str, str], ...]] = {}
    for conclusion in sorted(dossier.conclusions, key=lambda c: c["number"]):
        one = (conclusion["outcome"], conclusion["concluded_on"])
        history[conclusion["council"]] = (*history.get(conclusion["council"], ()), one)
    idea = dossier.idea
    return Row(
        code=record["code"],
        file=f"{dossier.folder}/{name}.yml",
        alias=tuple(idea.get("alias", ())) if idea else (),
        sample=bool(record.get("sample")),
        submitted_on=idea["submitted_on"] if idea else "",
        round=idea["round"] if idea else "",
        same_as=tuple(idea.get("same_as", ())) if idea else (),
        builds_on=tuple(idea.get("builds_on", ())) if idea else (),
        history=history,
    )


@dataclass(frozen=True, kw_only=True)
class Index:
    """The registers, the people's ids (true = sample) and, once all ideas were read, their rows.

    `broken` names records that exist but lack their shape: nothing is reported twice because of them.
    """

    books: Books
    broken: frozenset[tuple[str, str]] = frozenset()
    people: Mapping[str, bool] = field(default_factory=dict)
    ideas: Mapping[str, Row] | None = None

    def sample_of(self, target: str, key: str) -> bool | None:
        """Tell whether a record exists and is a sample: None = it does not exist."""
        if (target, key) in self.broken or (target.partition(".")[0], "lists") in self.broken:
            return False
        if target == "person":
            return self.people.get(key)
        if target == "idea":
            row = (self.ideas or {}).get(key)
            return row.sample if row else None
        if target.startswith("lists."):
            return False if key in self.listed(target.removeprefix("lists.")) else None
        if target == "member_org.movements":
            return self.movements.get(key)
        record = self.books.of(target).get(key)
        return bool(record.get("sample")) if record is not None else None

    @cached_property
    def recognised_by(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """The decisions that recognise an idea, by council and code, in the order of their ids."""
        found: dict[tuple[str, str], list[str]] = {}
        for key, decision in sorted(self.books.decisions.items()):
            for code in dict.fromkeys(decision.get("codes", ())) if decision["kind"] == "cong-nhan" else ():
                found.setdefault((decision.get("council", ""), code), []).append(key)
        return {pair: tuple(keys) for pair, keys in found.items()}

    @cached_property
    def reports(self) -> Calendar:
        """The reports units owe and sent."""
        return Calendar(self.books)

    @cached_property
    def movements(self) -> Mapping[str, bool]:
        """The movements of member organisations by id (true = of a sample)."""
        return {
            movement["id"]: bool(org.get("sample"))
            for org in self.books.member_orgs.values()
            for movement in org.get("movements", ())
        }

    def listed(self, name: str) -> set[str]:
        """Give the ids of one of the short lists."""
        lists: Mapping[str, Any] = self.books.lists or {}
        return {entry["id"] for entry in lists.get(name, ())}
