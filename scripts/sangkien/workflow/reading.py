"""One way of reading the repository, shared by the gate and by the site."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sangkien.domain import layout
from sangkien.domain.books import Books, Dossier
from sangkien.domain.finding import Code, Finding, Location
from sangkien.domain.layout import Place
from sangkien.domain.notation import Document
from sangkien.domain.records import PersonRecord
from sangkien.domain.rules import ideas, people, privacy, references, registers
from sangkien.domain.rules.index import Index, Row, row_of
from sangkien.domain.schema import SchemaSet
from sangkien.workflow.ports import Files


def load_schemas(files: Files) -> SchemaSet:
    """Read the project's schemas."""
    paths = [path for path in files.files("schemas") if path.endswith(".schema.json")]
    return SchemaSet({path.rpartition("/")[2]: files.text(path) for path in paths})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One file of the registers as read; without a place it is no record."""

    place: Place | None = None
    document: Document | None = None
    findings: tuple[Finding, ...] = ()
    broken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Registers:
    """The registers less the people, with the documents they came from."""

    books: Books
    documents: Mapping[Place, Document]
    findings: tuple[Finding, ...]
    broken: frozenset[tuple[str, str]]
    checked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person's file as read; the record is None when it lacks its shape."""

    key: str
    record: Any
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """One idea's folder as read: only records that have their shape are in the dossier."""

    dossier: Dossier
    row: Row
    findings: tuple[Finding, ...]
    checked: int


def misplaced(path: str) -> Finding:
    """Say that no record may stand at a path."""
    return Finding(code=Code.MISPLACED_FILE, where=Location(file=path, line=1, column=1), params={"path": path})


def read_registers(files: Files, schemas: SchemaSet) -> Registers:
    """Read every register but the people."""
    return gathered(read_register(files, schemas, path) for path in files.files(layout.REGISTER, but=layout.PEOPLE))


def read_register(files: Files, schemas: SchemaSet, path: str) -> Sheet:
    """Read one file of the registers."""
    place = layout.place_of(path)
    if place is None:
        return Sheet(findings=(misplaced(path),) if layout.is_record_area(path) else ())
    document = files.read(path)
    faults = tuple(_shape(schemas, place, document))
    return Sheet(place=place, document=document, findings=faults, broken=_is_broken(document, faults))


def gathered(sheets: Iterable[Sheet]) -> Registers:
    """Put the files of the registers together."""
    findings: list[Finding] = []
    documents: dict[Place, Document] = {}
    broken: set[tuple[str, str]] = set()
    checked = 0
    for sheet in sheets:
        findings += sheet.findings
        if sheet.place is None or sheet.document is None:
            continue
        checked += 1
        if sheet.broken:
            broken.add((sheet.place.kind, sheet.place.key))
        else:
            documents[sheet.place] = sheet.document
    books = Books.gather((place.kind, place.key, document.record) for place, document in documents.items())
    return Registers(
        books=books,
        documents=documents,
        findings=tuple(findings),
        broken=frozenset(broken),
        checked=checked,
    )


def read_person(files: Files, schemas: SchemaSet, index: Index, allowed: privacy.Allowed, path: str) -> Person:
    """Read and judge one person's file; what stands at the path of none is no person."""
    place = layout.place_of(path)
    if place is None:
        return Person(key="", record=None, findings=(misplaced(path),))
    document = files.read(path)
    findings = _shape(schemas, place, document)
    if _is_broken(document, findings):
        return Person(key=place.key, record=None, findings=tuple(findings))
    findings += people.check(document.record, document)
    findings += references.unresolved(schemas, "person", document, index)
    findings += privacy.exposed(document, allowed, None)
    return Person(key=place.key, record=document.record, findings=tuple(findings))


def read_somebody(files: Files, schemas: SchemaSet, path: str) -> PersonRecord | None:
    """Read a person's record; None where none stands that has its shape."""
    place = layout.place_of(path)
    if place is None or not files.exists(path):
        return None
    document = files.read(path)
    return None if _is_broken(document, _shape(schemas, place, document)) else cast("PersonRecord", document.record)


def read_folder(
    files: Files, schemas: SchemaSet, index: Index, allowed: privacy.Allowed, names: privacy.Names, folder: str
) -> Folder:
    """Read and judge one idea's folder."""
    findings: list[Finding] = []
    documents: dict[Place, Document] = {}
    broken, checked, images = False, 0, []
    for path in files.files(folder):
        place = layout.place_of(path)
        if place is None:
            findings.append(misplaced(path))
            continue
        if place.kind == "image":
            images.append(place.key)
            continue
        checked += 1
        document = files.read(path)
        faults = _shape(schemas, place, document)
        findings += faults
        if _is_broken(document, faults):
            broken = True
        else:
            documents[place] = document
    dossier = _dossier(folder, documents, images)
    if not broken and dossier.idea is None and dossier.withdrawn is None:
        findings.append(Finding(code=Code.NO_IDEA, where=Location(file=folder, line=1, column=1)))
    findings += ideas.check(dossier, documents, index)
    for place, document in documents.items():
        findings += references.unresolved(schemas, place.kind, document, index)
        findings += privacy.exposed(document, allowed, names)
    return Folder(dossier=dossier, row=row_of(dossier), findings=tuple(findings), checked=checked)


def read_dossier(files: Files, folder: str, schemas: SchemaSet) -> Dossier | None:
    """Read what stands in an idea's folder, as far as it has its shape; None when nothing does."""
    documents: dict[Place, Document] = {}
    for path in files.files(folder):
        place = layout.place_of(path)
        if place and place.kind != "image":
            document = files.read(path)
            if not _is_broken(document, _shape(schemas, place, document)):
                documents[place] = document
    return _dossier(folder, documents, []) if documents else None


def judge_registers(
    read: Registers, schemas: SchemaSet, index: Index, names: privacy.Names, is_asked: Callable[[str], bool]
) -> list[Finding]:
    """Apply rules, references and privacy to the registers, once people and ideas are known."""
    allowed = allowed_in(index.books)
    findings: list[Finding] = []
    for place, document in read.documents.items():
        if not is_asked(document.file):
            continue
        findings += registers.check(place.kind, document, index)
        findings += references.unresolved(schemas, place.kind, document, index)
        if place.kind != "lists":  # the allow-list itself holds office contacts
            findings += privacy.exposed(document, allowed, names)
    return findings


def read_pages(files: Files, index: Index, names: privacy.Names, is_asked: Callable[[str], bool]) -> list[Finding]:
    """Look for personal data in the written pages."""
    allowed = allowed_in(index.books)
    findings = []
    for path in files.files("content", but=layout.REGISTER):
        if not path.endswith(".md") or not is_asked(path):
            continue
        text = files.text(path)
        for code, offset, shown in privacy.in_text(text, allowed, names):
            where = Location(file=path, line=text.count("\n", 0, offset) + 1, column=1)
            findings.append(Finding(code=code, where=where, params={"shown": shown}))
    return findings


def _shape(schemas: SchemaSet, place: Place, document: Document) -> list[Finding]:
    findings = [*document.findings, *schemas.check(place.kind, document)]
    record = document.record
    if not findings and not place.folder and place.kind not in layout.SINGLE and record.get("id") != place.key:
        findings.append(document.finding(Code.PATH_MISMATCH, ("id",), value=str(record.get("id")), place=place.key))
    return findings


def _is_broken(document: Document, faults: Sequence[Finding]) -> bool:
    """Tell whether a document cannot be judged further: text that is merely not NFC can."""
    return not isinstance(document.record, dict) or any(fault.code is not Code.NOT_NFC for fault in faults)


def _dossier(folder: str, documents: Mapping[Place, Document], images: list[str]) -> Dossier:
    of_kind: dict[str, list[Any]] = {}
    for place, document in documents.items():
        of_kind.setdefault(place.kind, []).append(document.record)
    numbered = {
        kind: tuple(sorted(of_kind.get(kind, ()), key=lambda record: record["number"]))
        for kind in ("conclusion", "correction", "application")
    }
    return Dossier(
        folder=folder,
        idea=next(iter(of_kind.get("idea", ())), None),
        withdrawn=next(iter(of_kind.get("withdrawn", ())), None),
        conclusions=numbered["conclusion"],
        corrections=numbered["correction"],
        applications=numbered["application"],
        images=tuple(images),
    )


def allowed_in(books: Books) -> privacy.Allowed:
    """Give the contacts of offices, which may stand in public."""
    contacts = books.lists["office_contacts"] if books.lists else []
    return privacy.Allowed.of(contact["value"] for contact in contacts)
