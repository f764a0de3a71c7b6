"""What a pull request is about, judged by the paths it touches, and which of them it may touch (design §5)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sangkien.domain import idea_code, layout
from sangkien.domain.books import Dossier
from sangkien.domain.desk import Change, Pull
from sangkien.domain.finding import Code, Finding, Location
from sangkien.domain.layout import Place

Kind = Literal["idea", "record", "register", "import", "code"]

IMPORT_BRANCH = "import/"
# A forge lists 3000 files at most, so that a list as long as that may lack some.
_MOST_FILES: Mapping[Kind, int] = {"idea": 40, "record": 40, "register": 1000, "import": 2999, "code": 2999}
_MOST_FROM_OUTSIDE = 100  # records, each of which costs a call
PLAIN = "100644"
MOST_IMAGE_BYTES = 5 * 1024 * 1024
_BY_PROGRAM = ("conclusion", "withdrawn")
# What anybody may add and nobody outside may change: the program adds to such a record by a form, on a branch of ours.
_ADDED = ("application", "club", "model", "outreach", "problem")
_BESIDE = ("application", "correction", "withdrawn", "conclusion")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A pull request's kind, and its changes with the place each path has."""

    kind: Kind
    changes: tuple[Change, ...]
    places: Mapping[str, Place | None]

    @property
    def folders(self) -> list[str]:
        """The idea folders touched."""
        return sorted({place.folder for place in self.places.values() if place and place.folder})

    @property
    def idea_file(self) -> str | None:
        """The one idea proposed, by its path."""
        found = [path for path, place in self.places.items() if place and place.kind == "idea"]
        return found[0] if self.kind == "idea" and len(found) == 1 else None


def read(pull: Pull, changes: Sequence[Change]) -> Proposal:
    """Tell what a pull request is about."""
    paths = [path for change in changes for path in (change.path, change.before) if path]
    places = {path: layout.place_of(path) for path in paths}
    kinds = {place.kind for place in places.values() if place}
    if not any(layout.is_record_area(path) for path in paths):
        kind: Kind = "code"
    elif pull.inside and pull.branch.startswith(IMPORT_BRANCH):
        kind = "import"
    elif kinds & {"idea", "image"}:
        kind = "idea"
    elif kinds & set(_BESIDE) or any(path.startswith(f"{layout.IDEAS}/") for path in paths):
        kind = "record"
    else:
        kind = "register"
    return Proposal(kind=kind, changes=tuple(changes), places=places)


def most_files(kind: Kind, pull: Pull) -> int:
    """Give the number of files a pull request of a kind may change; anybody may send one from a fork."""
    most = _MOST_FILES[kind]
    return most if pull.inside or kind == "code" else min(most, _MOST_FROM_OUTSIDE)


def faults(
    proposal: Proposal, pull: Pull, known_people: Iterable[str], standing: Mapping[str, Dossier]
) -> list[Finding]:
    """List what a pull request may not do by its paths alone.

    `known_people` are ids in the register already, `standing` the idea folders already there.
    """
    most = most_files(proposal.kind, pull)
    if len(proposal.changes) > most:
        return [Finding(code=Code.TOO_MANY_FILES, params={"count": str(len(proposal.changes)), "limit": str(most)})]
    if proposal.kind == "code":
        return []
    found: list[Finding] = []
    if proposal.kind in ("idea", "record") and len(proposal.folders) > 1:
        codes = ", ".join(idea_code.of_folder(folder) for folder in proposal.folders[:10])
        found.append(Finding(code=Code.SEVERAL_IDEAS, params={"folders": codes}))
    known = set(known_people)
    for change in proposal.changes:
        for path in filter(None, (change.path, change.before)):
            found += _path(proposal, pull, change, path, known)
    for folder in proposal.folders:
        if proposal.kind == "idea" and folder in standing and not awaits_more(standing[folder]):
            where = Location(file=f"{folder}/idea.yml", line=1, column=1)
            found.append(Finding(code=Code.IDEA_CLOSED, where=where, params={"value": idea_code.of_folder(folder)}))
    return found


def _path(proposal: Proposal, pull: Pull, change: Change, path: str, known: set[str]) -> list[Finding]:
    """Judge one path; of several reasons against it the first is told."""
    place = proposal.places[path]
    kind = place.kind if place else ""  # a misplaced file is the gate's affair
    outside = not layout.is_record_area(path)
    alone = proposal.kind in ("idea", "record")
    by_us = pull.by_bot and pull.inside
    gone = change.status == "removed" or path == change.before
    elsewhere = bool(place) and alone and not (place and place.folder)
    # What it says can be written again from the decision, which the gate does (not_by_decision).
    from_list = proposal.kind == "import" and kind == "conclusion" and change.status == "added"
    new_person = kind == "person" and proposal.kind == "idea"
    key = place.key if place else ""
    reasons = (
        (outside and alone, Code.PATH_NOT_ALLOWED, {"path": path}),
        (outside, Code.MIXED_CHANGE, {"path": path}),
        (gone and bool(place) and kind != "image" and not by_us, Code.RECORD_REMOVED, {"path": path}),
        (kind in _ADDED and change.status != "added" and not pull.inside, Code.NOT_YOURS_TO_CHANGE, {"path": path}),
        (kind in _BY_PROGRAM and not by_us and not from_list, Code.PROGRAM_WRITES, {"path": path}),
        (elsewhere and not new_person, Code.PATH_NOT_ALLOWED, {"path": path}),
        (new_person and (key in known or change.status != "added"), Code.PERSON_NOT_NEW, {"value": key}),
    )
    where = Location(file=path, line=1, column=1)
    return [Finding(code=code, where=where, params=params) for holds, code, params in reasons if holds][:1]


def not_by_decision(proposal: Proposal, records: Mapping[str, Any], pull: Pull) -> list[Finding]:
    """List conclusions of an import that claim a count: those the program alone writes, at the desk."""
    return [
        Finding(code=Code.PROGRAM_WRITES, where=Location(file=path, line=1, column=1), params={"path": path})
        for path, record in records.items()
        if proposal.kind == "import" and not pull.by_bot and not (isinstance(record, dict) and "by_decision" in record)
    ]


def awaits_more(dossier: Dossier) -> bool:
    """Tell whether the council asked for more, so that the idea may be written anew."""
    newest = [dossier.newest(council) for council in dossier.councils]
    return bool(newest) and dossier.withdrawn is None and all(c and c["outcome"] == "bo-sung" for c in newest)


def strangers(proposal: Proposal, authors: Iterable[str]) -> list[Finding]:
    """List people's records of an idea's pull request that belong to none of its authors."""
    wanted = set(authors)
    return [
        Finding(code=Code.PERSON_NOT_AUTHOR, where=Location(file=path, line=1, column=1), params={"value": place.key})
        for path, place in proposal.places.items()
        if proposal.kind == "idea" and place and place.kind == "person" and place.key not in wanted
    ]
