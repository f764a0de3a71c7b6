"""Ideas and people read in parcels: what did not change since it was read and judged is taken as it was then."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from sys import intern
from typing import Any

import orjson

from sangkien.domain import layout
from sangkien.domain.books import Dossier
from sangkien.domain.finding import Finding
from sangkien.domain.judge import Notes, notes_of
from sangkien.domain.notation import Document
from sangkien.domain.parcel import Entry
from sangkien.domain.rules import privacy, references
from sangkien.domain.rules.index import Index, Row
from sangkien.domain.schema import SchemaSet
from sangkien.workflow import reading
from sangkien.workflow.ports import Files, Identify, Parcels, Workers


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What was found on reading a parcel anew; what it holds is kept, and named by `digest`."""

    findings: tuple[Finding, ...]
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """All that a folder is judged by beside itself, and the ways to read and to keep it."""

    files: Files
    schemas: SchemaSet
    index: Index
    names: Callable[[], privacy.Names]  # asked for only when something is read
    parcels: Parcels
    identify: Identify
    context: str

    @classmethod
    def context_of(cls, identify: Identify) -> str:
        """Name the schemas and registers that everything is judged by."""
        return hashlib.sha256(f"{identify('schemas')} {identify(layout.REGISTER)}".encode()).hexdigest()


def read_registers(files: Files, schemas: SchemaSet, parcels: Parcels, identify: Identify) -> reading.Registers:
    """Read every register but the people, each folder of them from its parcel where it is as it was."""
    return reading.gathered(_sheets(files, schemas, parcels, identify))


def _sheets(files: Files, schemas: SchemaSet, parcels: Parcels, identify: Identify) -> Iterator[reading.Sheet]:
    context = identify("schemas")
    folders = [f"{layout.REGISTER}/{name}" for name in files.folders(layout.REGISTER)]
    for path in _own(files, layout.REGISTER):
        yield reading.read_register(files, schemas, path)
    for folder in folders:
        if folder == layout.PEOPLE:
            continue
        parcel, key = f"r-{folder.rpartition('/')[2]}", identify(folder)
        kept = parcels.open(parcel)
        if kept and (entry := kept.sound(context, folder, key)):
            for path, record, text in parcels.piece(parcel, entry.start, entry.length):
                yield reading.Sheet(place=layout.place_of(path), document=Document(file=path, record=record, text=text))
            continue
        sheets = [reading.read_register(files, schemas, path) for path in files.files(folder)]
        yield from sheets
        if key and not any(sheet.findings for sheet in sheets):
            documents = [sheet.document for sheet in sheets if sheet.document]
            told = [(document.file, document.record, document.text) for document in documents]
            parcels.write(parcel, context, key, [(Entry(folder, key, clean=True, row=""), told)])


def _own(files: Files, folder: str) -> Iterator[str]:
    """List the files of a folder that stand in none of its folders: they come before the others."""
    return takewhile(lambda path: "/" not in path.removeprefix(f"{folder}/"), files.files(folder))


def in_parcels(files: Files) -> dict[str, list[str]]:
    """Sort the folders of many ideas (`ideas/2026/7k`) into parcels, by year and first symbol."""
    found: dict[str, list[str]] = {}
    for year in files.folders(layout.IDEAS):
        for shard in files.folders(f"{layout.IDEAS}/{year}"):
            found.setdefault(f"{year}-{shard[0]}", []).append(f"{layout.IDEAS}/{year}/{shard}")
    return found


def parcel_of(folder: str) -> str:
    """Name the parcel of an idea's folder: `ideas/2026/7k/7k3qf2tz` → `2026-7`."""
    _, year, shard, _ = folder.split("/")
    return f"{year}-{shard[0]}"


def read_ideas(ground: Ground, workers: Workers) -> Iterator[tuple[str, Batch]]:
    """Read all ideas, each parcel that is not as it was by itself; gives them in the order of parcels."""
    parcels = in_parcels(ground.files)
    wholes = {name: _whole(ground.identify, shards) for name, shards in parcels.items()}
    held = {name: _as_it_was(ground, ground.context, name, whole) for name, whole in wholes.items()}
    stale = [name for name, digest in held.items() if not digest]
    if stale:  # once, before the work is divided
        ground.names()
        ground.identify.look_deeper()

    def read(name: str) -> Batch:
        return _read_anew(ground, name, wholes[name], parcels[name])

    anew = iter(workers.map(read, stale, heavy=True))
    for name, digest in held.items():
        yield name, Batch(findings=(), digest=digest) if digest else next(anew)


def _whole(identify: Identify, folders: Iterable[str]) -> str:
    """Name folders by all that stands in them; empty where one of them has no name."""
    keys = [(folder, identify(folder)) for folder in folders]
    return hashlib.sha256(orjson.dumps(keys)).hexdigest() if all(key for _, key in keys) else ""


def _as_it_was(ground: Ground, context: str, name: str, whole: str) -> str:
    """Give the digest of a parcel all of which still holds; empty for any other."""
    head = ground.parcels.head(name)
    return head.digest if head and head.holds(context, whole) else ""


def _read_anew(ground: Ground, name: str, whole: str, shards: Sequence[str]) -> Batch:
    kept = ground.parcels.open(name)
    findings: list[Finding] = []
    allowed, names = reading.allowed_in(ground.index.books), ground.names()
    folders = (f"{shard}/{folder}" for shard in shards for folder in ground.files.folders(shard))

    def pieces() -> Iterator[tuple[Entry, Any]]:
        for folder in folders:
            key = ground.identify(folder)
            same = kept.sound(ground.context, folder, key) if kept else None
            if same:
                yield same, ground.parcels.piece(name, same.start, same.length)
                continue
            read = reading.read_folder(ground.files, ground.schemas, ground.index, allowed, names, folder)
            findings.extend(read.findings)
            row = orjson.dumps((*read.row[:-1], dict(read.row.history))).decode()
            yield Entry(folder, key, not read.findings, row), _plain(read.dossier)

    parcel = ground.parcels.write(name, ground.context, whole, pieces())
    return Batch(findings=tuple(findings), digest=parcel.head.digest)


def read_people(ground: Ground, workers: Workers, *, in_short: bool) -> Iterator[reading.Person]:
    """Read all people's files, shelf by shelf; what did not change is taken from its parcel, in short if that will do.

    In short, a record is no more than who it is.
    """
    parcels: dict[str, list[str]] = {}
    for name in ground.files.folders(layout.PEOPLE):
        parcels.setdefault(f"p-{name[0]}", []).append(f"{layout.PEOPLE}/{name}")
    context, allowed = _beside_people(ground), reading.allowed_in(ground.index.books)
    for path in _own(ground.files, layout.PEOPLE):  # where nobody's record may stand
        yield reading.read_person(ground.files, ground.schemas, ground.index, allowed, path)
    wholes = {name: _whole(ground.identify, shelves) for name, shelves in parcels.items()}
    stale = [name for name, whole in wholes.items() if not _as_it_was(ground, context, name, whole)]

    def read(name: str) -> list[reading.Person]:
        return _people_anew(ground, context, name, wholes[name], parcels[name])

    anew = iter(workers.map(read, stale, heavy=True))
    for name in parcels:
        if name in stale:
            yield from next(anew)
        else:
            for record in _in_short(ground, name) if in_short else _people_in(ground, name):
                yield reading.Person(key=record["id"], record=record, findings=())


def _beside_people(ground: Ground) -> str:
    """Name all that people are judged by beside themselves, told by the schema of a person."""
    targets = {target.partition(".")[0] for _, target in references.ways(ground.schemas, "person")}
    books = [(kind, ground.index.books.of(kind)) for kind in sorted({"lists", *targets} - {"person", "idea"})]
    told = (ground.identify("schemas"), books, sorted(ground.index.broken))
    return hashlib.sha256(orjson.dumps(told)).hexdigest()


def _people_in(ground: Ground, name: str) -> Iterator[Any]:
    for entry in entries_of(ground.parcels, name):
        for record in ground.parcels.piece(name, entry.start, entry.length):
            for part in (record, *record["consents"]):
                _hold_once(part)
            yield record


def _in_short(ground: Ground, name: str) -> Iterator[Any]:
    return (record for entry in entries_of(ground.parcels, name) for record in orjson.loads(entry.row))


_SHORT = ("id", "kind", "name", "sample")


def _hold_once(record: dict[str, Any]) -> None:
    """Let the texts that many people's records have in common be one text in memory."""
    for key, value in record.items():
        if isinstance(value, str) and key not in ("id", "name"):
            record[key] = intern(value)


def _people_anew(ground: Ground, context: str, name: str, whole: str, shelves: Sequence[str]) -> list[reading.Person]:
    """Read a parcel's shelves; those that are as they were are not read again."""
    kept, allowed = ground.parcels.open(name), reading.allowed_in(ground.index.books)
    found: list[reading.Person] = []
    pieces: list[tuple[Entry, Any]] = []
    for shelf in shelves:
        key = ground.identify(shelf)
        same = kept.sound(context, shelf, key) if kept else None
        if same:
            records = ground.parcels.piece(name, same.start, same.length)
            found += [reading.Person(key=record["id"], record=record, findings=()) for record in records]
            pieces.append((same, records))
            continue
        read = [
            reading.read_person(ground.files, ground.schemas, ground.index, allowed, path)
            for path in ground.files.files(shelf)
        ]
        clean = not any(person.findings for person in read)
        records = [person.record for person in read if clean]
        short = [{field: record[field] for field in _SHORT if field in record} for record in records]
        pieces.append((Entry(shelf, key, clean, orjson.dumps(short).decode()), records))
        found += read
    if whole:
        ground.parcels.write(name, context, whole, pieces)
    return found


def notes_in(piece: Sequence[Any]) -> Notes | None:
    """Give what was kept of an idea's words."""
    return Notes(*piece[0]) if piece[0] else None


def entries_of(parcels: Parcels, name: str) -> Iterable[Entry]:
    """List what a parcel holds."""
    kept = parcels.open(name)
    return kept.entries.values() if kept else ()


def row_of(entry: Entry) -> Row:
    """Give what other records may ask about an idea."""
    return Row.of(orjson.loads(entry.row))


def _plain(dossier: Dossier) -> list[Any]:
    return [
        tuple(notes_of(dossier.idea)) if dossier.idea else None,
        dossier.idea,
        dossier.withdrawn,
        dossier.conclusions,
        dossier.corrections,
        dossier.applications,
        dossier.images,
    ]


def dossier_of(folder: str, piece: Sequence[Any]) -> Dossier:
    """Make a dossier of what was kept of it."""
    _, idea, withdrawn, conclusions, corrections, applications, images = piece
    return Dossier(
        folder=folder,
        idea=idea,
        withdrawn=withdrawn,
        conclusions=tuple(conclusions),
        corrections=tuple(corrections),
        applications=tuple(applications),
        images=tuple(images),
    )
