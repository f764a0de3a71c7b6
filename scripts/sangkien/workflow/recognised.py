"""A list of what was recognised on paper → one pull request: the decision, its ideas, a conclusion for each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sangkien.domain import by_decision, idea_code, layout, notation
from sangkien.domain.errors import UsageError
from sangkien.domain.finding import Code, Finding, Location
from sangkien.domain.paper import Paper
from sangkien.domain.proposal import IMPORT_BRANCH
from sangkien.domain.row_reader import Terms
from sangkien.workflow.import_ import Importer, Reading
from sangkien.workflow.overlay import Drafts
from sangkien.workflow.ports import Files, Workers
from sangkien.workflow.validate import validate

_MOST_FILES = 2_900  # of one pull request: a forge lists no more


@dataclass(frozen=True, slots=True, kw_only=True)
class OldList:
    """A signed decision as the secretary wrote it down, and the round of that time it belongs to."""

    decision: Mapping[str, Any]
    file: str
    round: Mapping[str, Any]

    def terms(self, terms: Terms) -> Terms:
        """Read the list on the terms of its time: what it does not say stays unsaid."""
        received = min(self.round["closes_on"], str(self.decision["date"]))
        return replace(terms, old=True, received=received, round=self.round["id"])


def open_list(data: bytes, file: str, rounds: Mapping[str, Any], named: str) -> OldList:
    """Read the decision's record, and find its round; raises UsageError."""
    record = notation.parse(data, file).record
    if not isinstance(record, dict) or not {"id", "date", "council"} <= record.keys():
        raise UsageError("import-decision", path=file)
    if named not in rounds:
        raise UsageError("import-round")
    return OldList(decision=record, file=file, round=rounds[named])


def faults(importer: Importer, files: Files, workers: Workers, reading: Reading, old: OldList) -> Iterator[Finding]:
    """Judge the decision beside its ideas, as all would stand in the repository."""
    where = Location(file=old.file)
    if "before_register" not in old.round:
        yield Finding(code=Code.OLD_ROUND, where=where, params={"value": old.round["id"]})
        return
    records = _records(reading, old)
    if len(records) > _MOST_FILES:
        params = {"count": str(len(records)), "limit": str(_MOST_FILES)}
        yield Finding(code=Code.TOO_MANY_FILES, where=where, params=params)
    ideas = {layout.path_of("idea", entry.idea["code"]): entry for entry in reading.entries}
    for finding in validate(Drafts(files, records), workers, [*records]).errors:
        place = layout.place_of(finding.where.file)
        if place and place.kind == "decision":
            yield replace(finding, where=Location(file=old.file, path=finding.where.path))
        elif place and place.kind == "conclusion":
            entry = ideas[f"{place.folder}/idea.yml"]
            yield importer.at(entry, finding)


def paper(importer: Importer, reading: Reading, old: OldList) -> Paper:
    """Write all records of the list for one branch."""
    files = {path: importer.written(path, record) for path, record in _records(reading, old).items()}
    key = str(old.decision["id"])
    return Paper("import", key, f"{IMPORT_BRANCH}{key}", files)


def _records(reading: Reading, old: OldList) -> dict[str, Mapping[str, Any]]:
    codes = [code for code, _ in sorted(_rows(reading), key=lambda pair: pair[1])]
    decision = {**old.decision, "codes": codes}
    found: dict[str, Mapping[str, Any]] = {layout.path_of("decision", str(decision["id"])): decision}
    for entry in reading.entries:
        found |= dict(entry.records())
        concluded = by_decision.conclusion(entry.idea, decision)
        found[f"{idea_code.folder(entry.idea['code'])}/conclusions/{concluded['council']}-1.yml"] = concluded
    return found


def _rows(reading: Reading) -> Sequence[tuple[str, int]]:
    """Give every code of the list with its row, those in the register already too: the annex names them all."""
    return [*((entry.idea["code"], entry.row.number) for entry in reading.entries), *reading.known.items()]
