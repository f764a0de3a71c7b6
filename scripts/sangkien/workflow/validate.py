"""Chosen or all files → findings; the same reading gives the site what may be shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sangkien.domain import idea_code, layout
from sangkien.domain.books import Books, Dossier
from sangkien.domain.finding import Finding, best_first
from sangkien.domain.notation import Document
from sangkien.domain.rules import ideas, nominations, privacy, references
from sangkien.domain.rules.index import Index, Row
from sangkien.domain.schema import SchemaSet
from sangkien.workflow import reading
from sangkien.workflow.ports import Files, Workers


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All findings, best first, and the number of records looked at."""

    findings: tuple[Finding, ...]
    checked: int

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == "error"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What may be shown: the registers and dossiers less the files withheld for their findings."""

    books: Books
    dossiers: tuple[Dossier, ...]
    findings: tuple[Finding, ...]
    withheld: tuple[str, ...]


def validate(files: Files, workers: Workers, paths: Sequence[str] = ()) -> Report:
    """Check the whole repository, or judge only the files and folders named.

    Rules that look across ideas hold for the named ones as far as those are concerned.
    """
    reader = _Reader(files, workers)
    wanted = _folders_of(paths) if paths else None
    rows: list[Row] = []
    findings: list[Finding] = []
    checked = 0
    for folder in reader.folders(wanted):
        checked += folder.checked
        findings += folder.findings
        rows.append(folder.row)
    if wanted is not None:
        rows += reader.others_of(rows)
    findings += reader.finish(rows)
    checked += reader.checked
    if paths:
        findings = [f for f in findings if _is_under(f.where.file, paths)]
    return Report(findings=tuple(best_first(findings)), checked=checked)


def survey(files: Files, workers: Workers) -> Survey:
    """Read everything and leave out what has errors, and what cannot stand without it."""
    reader = _Reader(files, workers, keep_people=True)
    folders = list(reader.folders(None))
    rows = [folder.row for folder in folders]
    findings = [finding for folder in folders for finding in folder.findings] + reader.finish(rows)
    bad = {finding.where.file for finding in findings if finding.severity == "error"}
    books, bad = _sound_books(reader, bad)
    dossiers = []
    index = replace(reader.index, books=books, broken=frozenset())
    for folder in folders:
        dossier = _sound_dossier(folder.dossier, bad)
        if dossier is None or not _stands(dossier, reader.schemas, index):
            bad.add(f"{folder.dossier.folder}/idea.yml")
            continue
        dossiers.append(dossier)
    return Survey(
        books=books,
        dossiers=tuple(dossiers),
        findings=tuple(best_first(findings)),
        withheld=tuple(sorted(bad)),
    )


class _Reader:
    """Read registers, people, then ideas; each part is judged against what was read before it."""

    def __init__(self, files: Files, workers: Workers, *, keep_people: bool = False) -> None:
        self.files, self.workers = files, workers
        self.schemas = reading.load_schemas(files)
        self.registers, people_paths = reading.read_registers(files, self.schemas)
        self.index = Index(books=self.registers.books, broken=self.registers.broken)
        self.findings = list(self.registers.findings)
        self.checked = self.registers.checked + len(people_paths)
        people: dict[str, bool] = {}
        self.people_records = {}
        names = []
        for person in reading.read_people(files, self.schemas, self.index, people_paths, workers):
            self.findings += person.findings
            people[person.key] = bool(person.record and person.record.get("sample"))
            if person.record and person.record["kind"] == "ca-nhan":
                names.append(person.record["name"])
            if person.record and keep_people:
                self.people_records[person.key] = person.record
        self.index = replace(self.index, people=people)
        self.names = privacy.Names(names)

    def folders(self, wanted: set[str] | None) -> Iterable[reading.Folder]:
        """Read the ideas' folders, all or the wanted ones."""
        self.findings += map(reading.misplaced, filter(layout.is_record_area, self.files.stray_files()))
        folders = [f for f in self.files.idea_folders() if wanted is None or f in wanted]
        return reading.read_folders(self.files, self.schemas, self.index, self.names, folders, self.workers)

    def others_of(self, rows: list[Row]) -> list[Row]:
        """Read the ideas that others say to be the same as."""
        known = {row.file.rpartition("/")[0] for row in rows}
        named = sorted({idea_code.folder(code) for row in rows for code in row.same_as} - known)
        there = [folder for folder in named if next(self.files.files(folder), None)]
        read = reading.read_folders(self.files, self.schemas, self.index, self.names, there, self.workers)
        return [folder.row for folder in read]

    def finish(self, rows: list[Row]) -> list[Finding]:
        """Judge what needs all ideas: codes given twice, registers that name ideas, written pages."""
        by_code = {row.code: row for row in rows}
        self.index = replace(self.index, ideas=by_code)
        return [
            *self.findings,
            *ideas.repeated_codes(rows),
            *nominations.of_ideas(rows, self.index),
            *reading.judge_registers(self.registers, self.schemas, self.index, self.names),
            *reading.read_pages(self.files, self.index, self.names),
        ]


def _folders_of(paths: Sequence[str]) -> set[str]:
    return {"/".join(path.split("/")[:4]) for path in paths if path.startswith(f"{layout.IDEAS}/")}


def _is_under(file: str, paths: Sequence[str]) -> bool:
    return any(file == path or file.startswith(path.rstrip("/") + "/") for path in paths)


def _sound_books(reader: _Reader, bad: set[str]) -> tuple[Books, set[str]]:
    """Take out bad records until every one left resolves; people are shown as hidden where missing."""
    bad = set(bad)
    people = ((("person", key, record)) for key, record in reader.people_records.items())
    shelved = [(place.kind, place.key, doc.record) for place, doc in reader.registers.documents.items()]
    everything = Books.gather([*shelved, *people])
    while True:
        kept = everything.without(
            (kind, key) for kind, book in _shelves(everything) for key in book if layout.path_of(kind, key) in bad
        )
        index = replace(reader.index, books=kept, broken=frozenset())
        fallen = {
            document.file
            for place, document in reader.registers.documents.items()
            if document.file not in bad and _leans_on_nothing(place.kind, document, reader.schemas, index)
        }
        if not fallen:
            return kept, bad
        bad |= fallen


def _shelves(books: Books) -> Iterable[tuple[str, Iterable[str]]]:
    return ((kind, list(books.of(kind))) for kind in (*layout.FOLDERS, *layout.SINGLE, "person"))


def _leans_on_nothing(kind: str, document: Document, schemas: SchemaSet, index: Index) -> bool:
    """Tell whether a record names a register's record that is not (or no longer) there."""
    for way, target in references.ways(schemas, kind):
        if target in ("person", "idea"):
            continue
        for _, key in references.follow(document.record, way):
            if index.sample_of(target, key) is None:
                return True
    return False


def _sound_dossier(dossier: Dossier, bad: set[str]) -> Dossier | None:
    """Drop bad applications and corrections; a bad idea or conclusion takes the whole dossier along."""
    own = {file for file in bad if file.startswith(f"{dossier.folder}/")}
    if any(file.endswith("/idea.yml") or "/conclusions/" in file for file in own):
        return None
    return replace(
        dossier,
        applications=tuple(
            a for a in dossier.applications if f"{dossier.folder}/applications/{a['number']}.yml" not in own
        ),
        corrections=tuple(
            c for c in dossier.corrections if f"{dossier.folder}/corrections/{c['number']}.yml" not in own
        ),
    )


def _stands(dossier: Dossier, schemas: SchemaSet, index: Index) -> bool:
    if dossier.idea is None:
        return True
    return not _leans_on_nothing("idea", Document(file="", record=dossier.idea), schemas, index)
