"""An idea recognised here → before a higher level: a record, a letter to another desk, a dossier; and its answer."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sangkien.domain import address, idea_code, layout, nomination, nomination_block, notation
from sangkien.domain.books import Books, Dossier
from sangkien.domain.desk import Issue
from sangkien.domain.errors import UsageError
from sangkien.domain.finding import Finding
from sangkien.domain.nomination import ANSWERED, APPEAL, Ladder
from sangkien.domain.publicness import Rulings, standing
from sangkien.domain.records import ConclusionRecord
from sangkien.domain.rules.dates import in_force
from sangkien.domain.rules.index import row_of
from sangkien.domain.unit_history import UnitHistory
from sangkien.render import nomination as told
from sangkien.workflow import reading
from sangkien.workflow.overlay import Overlay
from sangkien.workflow.ports import Files, Workers
from sangkien.workflow.validate import validate

History = Mapping[str, Sequence[tuple[str, str]]]  # outcome and day of each conclusion for each council

_PURPOSE = "cap-tren"
_SUMS = "SHA256SUMS"
_NAMES = "ten-tac-gia.txt"


class Letterbox(Protocol):
    """Another desk, where letters are left as issues."""

    def own_issues(self) -> Iterator[Issue]: ...
    def open_issue(self, title: str, body: str, labels: Sequence[str]) -> Issue: ...
    def rewrite_issue(self, number: int, body: str) -> None: ...
    def close_issue(self, number: int) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which idea, or which person, goes where; a round names the council of this repository that is to score it."""

    day: str
    code: str = ""
    person: str = ""
    to_unit: str = ""
    from_unit: str = ""
    round: str = ""
    title: str = ""
    reason: str = ""
    appeal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A nomination's file, and what keeps it from being written."""

    path: str
    record: Mapping[str, Any]
    findings: tuple[Finding, ...] = ()


class Nominator:
    """Writes nominations of this repository's ideas and people."""

    def __init__(self, files: Files, workers: Workers) -> None:
        self._files, self._workers = files, workers
        self._schemas = reading.load_schemas(files)
        self._books: Books = reading.read_registers(files, self._schemas).books

    def draft(self, wish: Wish) -> Written:
        """Write the record, unless the gate would not take it; one still open for the same wish is given again."""
        dossier = self.dossier(wish.code) if not wish.person else None
        round_ = self._books.rounds.get(wish.round)
        if wish.round and round_ is None:
            raise UsageError("no-round", value=wish.round)
        council = self._books.councils.get(round_["council"]) if round_ else None
        to_unit = wish.to_unit or (council.get("unit", "") if council else "")
        if not to_unit or (wish.appeal and council is None):
            raise UsageError("nominate-where")
        subject = dossier.idea if dossier else self._person(wish.person)
        if not isinstance(subject, dict):
            raise UsageError("no-person", value=wish.person[:20])
        record: dict[str, Any] = {
            "version": 1,
            "sample": True if "sample" in subject else None,
            "purpose": APPEAL if wish.appeal else _PURPOSE,
            "council": council["id"] if council else None,
            "round": wish.round or None,
            "reason": wish.reason or None,
            "title": wish.title or None,
            "code": wish.code or None,
            "person": wish.person or None,
            "from_unit": to_unit if wish.appeal else wish.from_unit or self._proposer(dossier, wish.day),
            "to_unit": to_unit,
            "sent_on": wish.day,
            "status": "da-gui",
        }
        record = {key: value for key, value in record.items() if value is not None}
        if earlier := self._open_one(record, row_of(dossier).history if dossier else {}):
            return Written(path=layout.path_of("nomination", earlier["id"]), record=earlier)
        return self._write({**record, "id": nomination.next_id(wish.code or wish.person, self._books.nominations)})

    def answer(self, key: str, status: str, day: str, text: str) -> Written:
        """Write down what the higher level answered."""
        record = self._books.nominations.get(key)
        if record is None:
            raise UsageError("nominate-no-record", value=key)
        return self._write({**record, "status": status, "answered_on": day} | ({"answer": text} if text else {}))

    def dossier(self, code: str) -> Dossier:
        """Read an idea's folder; raises UsageError where there is no such idea."""
        found = reading.read_dossier(self._files, idea_code.folder(code), self._schemas)
        if found is None or found.idea is None:
            raise UsageError("nominate-no-idea", value=code)
        return found

    def send(self, record: Mapping[str, Any], letters: Letterbox, repository: str) -> int:
        """Leave the letter at the other desk once, whatever became of an earlier run; gives its number there."""
        values = self._block(record, repository)
        marker, body = told.marker(record["id"]), told.letter(record, values)
        own = _marked(letters, marker)
        if not own:
            letters.open_issue(told.letter_title(values[nomination_block.CODE]), body, [])
            own = _marked(letters, marker)
        elif own[0].is_open and own[0].body.strip() != body.strip():
            letters.rewrite_issue(own[0].number, body)
        for twin in own[1:]:  # another run left it at the same moment
            if twin.is_open:
                letters.close_issue(twin.number)
        return own[0].number

    def _block(self, record: Mapping[str, Any], repository: str) -> dict[str, str]:
        dossier, books = self.dossier(record["code"]), self._books
        stand = standing(dossier, books, Rulings(books.decisions.values()))
        conclusion = self._recognising(dossier)
        decision = next((r.decision for r in stand.recognitions if r.council == conclusion["council"]), None)
        movement = books.movement
        site = movement.get("site_url", "") if movement else ""
        return nomination_block.of(
            record,
            conclusion,
            quyet_dinh=decision["id"] if decision else "",
            # Who works behind closed doors does not say where the doors are.
            kho=repository if movement and movement["topology"] == "open" else "",
            trang=f"{site}{address.idea(record['code'])}" if site and stand.recognitions else "",
        )

    def export(self, code: str, out: Files, *, with_names: bool) -> list[str]:
        """Put all a level without this kit needs into an empty folder; names only when asked for.

        Raises UsageError where other files stand there already.
        """
        dossier, books = self.dossier(code), self._books
        conclusions = [c for council in dossier.councils if (c := dossier.newest(council)) and _stands(c)]
        if not conclusions or dossier.idea is None:
            raise UsageError("nominate-not-recognised", value=code)
        decisions = Rulings(books.decisions.values()).of("cong-nhan", code)
        kept = {"idea.yml": layout.path_of("idea", code)}
        for c in conclusions:
            name = f"conclusions/{c['council']}-{c['number']}.yml"
            kept[name] = f"{dossier.folder}/{name}"
            if "rubric" in c:
                kept[f"rubrics/{c['rubric']}.yml"] = layout.path_of("rubric", c["rubric"])
        kept |= {f"decisions/{d['id']}.yml": layout.path_of("decision", d["id"]) for d in decisions}
        written = {name: self._files.text(path) for name, path in kept.items() if self._files.exists(path)}
        written["doc-truoc.txt"] = told.dossier(dossier.idea, conclusions, decisions, books)
        if with_names:
            people = {a["person"]: self._person(a["person"]) for a in dossier.idea["authors"]}
            written[_NAMES] = told.names(dossier.idea, people)
        sums = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in sorted(written.items())}
        written[_SUMS] = "".join(f"{digest}  {name}\n" for name, digest in sums.items())
        if others := sorted(set(out.files("")) - set(written)):
            raise UsageError("nominate-not-empty", path=others[0])
        for name, text in written.items():
            out.write(name, text)
        return sorted(written)

    def _person(self, key: str) -> Any:
        path = layout.path_of("person", key)
        return self._files.read(path).record if layout.place_of(path) and self._files.exists(path) else None

    def _recognising(self, dossier: Dossier) -> ConclusionRecord:
        """Give the conclusion a letter tells of: the newest of those that recognise."""
        found = [c for council in dossier.councils if (c := dossier.newest(council)) and _stands(c)]
        if not found:
            raise UsageError("nominate-not-recognised", value=idea_code.of_folder(dossier.folder))
        return max(found, key=lambda c: (c["concluded_on"], c["council"]))

    def _proposer(self, dossier: Dossier | None, day: str) -> str:
        """Find the unit that nominates: the one whose council recognised it, or what that has become."""
        if dossier is None:
            raise UsageError("nominate-from", units="…")
        history = UnitHistory(self._books.units)
        honours = Ladder(self._books).honours(row_of(dossier).code, row_of(dossier).concluded)
        heirs = {heir for honour in honours if honour.unit in history.units for heir in history.now(honour.unit)}
        living = sorted(heir for heir in heirs if in_force(history.units[heir], day))
        if len(living) != 1:
            raise UsageError("nominate-from", units=", ".join(living) or "…")
        return living[0]

    def _open_one(self, wanted: Mapping[str, Any], heard: History) -> Mapping[str, Any] | None:
        """Find a record of the same wish that nobody answered yet."""
        same = ("code", "person", "to_unit", "from_unit", "council", "round", "title")
        for _, record in sorted(self._books.nominations.items()):
            if record["status"] in ANSWERED or record.get("purpose", _PURPOSE) != wanted["purpose"]:
                continue
            history = heard.get(record.get("council", ""), ())
            if nomination.is_heard(record, self._books.nominations.values(), history):
                continue
            if all(record.get(key) == wanted.get(key) for key in same):
                return record
        return None

    def _write(self, record: Mapping[str, Any]) -> Written:
        path = layout.path_of("nomination", record["id"])
        text = notation.write(self._schemas.ordered("nomination", record))
        judged = validate(Overlay(self._files, {path: text.encode()}), self._workers)
        findings = tuple(f for f in judged.errors if f.where.file == path)
        if not findings:
            self._files.write(path, text)
        return Written(path=path, record=record, findings=findings)


def check(body: str, files: Files | None, register: Iterable[Any] | None) -> list[Finding]:
    """Compare a letter's digests with a dossier's files, or with a published register and its parts."""
    reading_ = nomination_block.read(body)
    values = reading_.values
    if values is None:
        return list(reading_.findings)
    if files is None:
        return list(nomination_block.against_register(values, register)) if register is not None else []
    conclusion = f"conclusions/{values[nomination_block.COUNCIL]}-{values[nomination_block.NUMBER]}.yml"
    records = [files.read(path).record if files.exists(path) else None for path in ("idea.yml", conclusion)]
    return list(nomination_block.against_records(values, *(r if isinstance(r, dict) else None for r in records)))


def _stands(conclusion: ConclusionRecord) -> bool:
    return conclusion["outcome"] == nomination.RECOGNISED


def _marked(letters: Letterbox, marker: str) -> list[Issue]:
    own = [issue for issue in letters.own_issues() if issue.body.startswith(marker)]
    return sorted(own, key=lambda issue: issue.number)
