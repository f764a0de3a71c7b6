"""The repository as the site and reports read it: what has errors is left out, and what cannot stand without it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from hashlib import blake2b
from itertools import chain
from typing import Any

import orjson

from sangkien.domain import idea_code, layout, views
from sangkien.domain.books import Books, Dossier
from sangkien.domain.finding import Finding, best_first
from sangkien.domain.judge import Judge, Look
from sangkien.domain.parcel import Entry
from sangkien.domain.register import Register, assemble
from sangkien.domain.rules import references
from sangkien.domain.rules.index import Index
from sangkien.domain.schema import SchemaSet
from sangkien.workflow import parcels
from sangkien.workflow.identity import Identity
from sangkien.workflow.ports import Bundles, Files, Parcels, Trees, Workers
from sangkien.workflow.reader import Reader

_CODE = re.compile(rf"\b[0-9]{{4}}-[{idea_code.ALPHABET}]{{4}}-[{idea_code.ALPHABET}]{{4}}\b")
_HONOURING = re.compile(r"^kind: (cong-nhan|khen-thuong)\s*$", re.MULTILINE)
_AMENDS = re.compile(r"^amends: ([a-z0-9-]+)\s*$", re.MULTILINE)


class Survey:
    """What may be shown: the registers and the ideas less the files withheld for their findings.

    With `faulty`, only what has no shape is left out: for those who count, and show nothing of what makes no sense.
    """

    def __init__(
        self, files: Files, trees: Trees, kept: Parcels, bundles: Bundles, workers: Workers, *, faulty: bool = False
    ) -> None:
        reader = Reader(files, workers, (kept, Identity(files, trees)))
        assert reader.ground is not None  # noqa: S101  # it was given parcels
        self._kept, self._bundles, self._workers = kept, bundles, workers
        self._parcels: dict[str, str] = {}  # name → digest
        findings = [*reader.stray(), *reader.findings]
        for name, batch in parcels.read_ideas(reader.ground, workers):
            findings += batch.findings
            self._parcels[name] = batch.digest
        findings = self._judged(reader, reader.ground.context, findings)
        self.findings = tuple(best_first(findings))
        errors = {f.where.file for f in findings if f.severity == "error" and not (faulty and f.code.is_of_sense)}
        self.books, self._bad = _sound_books(reader, errors)
        self._fallen = {folder for folder, own in self._bad_by_folder.items() if _takes_all(own)}
        if any(path.startswith(layout.REGISTER) for path in self._bad):
            index = replace(reader.index, books=self.books, broken=frozenset())
            self._fallen |= self._leaning(reader.schemas, index)
        self._fallen |= _held_back(files, self._bad, self.books)

    def _judged(self, reader: Reader, context: str, findings: list[Finding]) -> list[Finding]:
        """Judge what needs all ideas, unless the very same was found to be sound before."""
        key = "" if findings else _digest(self._parcels, reader.pages())
        if key and key == self._bundles.open("sound", context).state:
            return []
        rows = [parcels.row_of(entry) for name in self._parcels for entry in parcels.entries_of(self._kept, name)]
        found = [*findings, *reader.finish(rows)]
        if not found:
            self._bundles.write("sound", context, [], key)
        return found

    @cached_property
    def _bad_by_folder(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = {}
        for file in self._bad:
            found.setdefault("/".join(file.split("/")[:4]), set()).add(file)
        return found

    @property
    def withheld(self) -> tuple[str, ...]:
        """The files that are not shown."""
        return tuple(sorted({*self._bad, *(f"{folder}/idea.yml" for folder in self._fallen)}))

    def register(self, *, without_samples: bool) -> Register:
        """Make the public register."""
        judge = Judge(self.books, without_samples=without_samples)
        context = _digest([self.books.of(kind) for kind in _JUDGED_BY], without_samples, sorted(self._bad))
        state = blake2b(orjson.dumps((judge.books, without_samples)), digest_size=16)

        def looks() -> Iterator[Look]:
            for data in self._workers.map(
                lambda name: self._looked(name, judge, context), [*self._parcels], heavy=True
            ):
                state.update(data)
                yield from map(Look.of, orjson.loads(data))

        register = assemble(judge, looks(), Archive(self, judge))
        return replace(register, state=state.hexdigest())

    def _looked(self, name: str, judge: Judge, context: str) -> bytes:
        """Look at the ideas of a parcel, or take what was seen before where nothing of them changed."""
        fallen = sorted(folder for folder in self._fallen if parcels.parcel_of(folder) == name)
        bundle, key = f"looks-{name}", _digest(self._parcels[name], fallen)
        kept = self._bundles.open(bundle, context)
        if kept.state == key:
            return kept.read(*kept.pieces[""][2:])
        data = orjson.dumps([look.plain() for look in self._looks(name, judge)])
        self._bundles.write(bundle, context, [("", "", None, data)], key)
        return data

    def _looks(self, name: str, judge: Judge) -> Iterator[Look]:
        for entry in self._standing(name):
            piece = self._kept.piece(name, entry.start, entry.length)
            if look := judge.look(self._dossier(entry.name, piece), parcels.notes_in(piece)):
                at = (entry.start, entry.length)
                yield look._replace(brief=look.brief._replace(key=entry.key, at=at)) if look.brief else look

    def dossiers(self) -> Iterator[Dossier]:
        """Give the dossier of every idea that is not withheld."""
        return (
            self.dossier(entry.name, (entry.start, entry.length)) for n in self._parcels for entry in self._standing(n)
        )

    def _standing(self, name: str) -> Iterator[Entry]:
        return (entry for entry in parcels.entries_of(self._kept, name) if entry.name not in self._fallen)

    def dossier(self, folder: str, at: tuple[int, int]) -> Dossier:
        """Give the dossier of an idea's folder, kept at a place of its parcel."""
        return self._dossier(folder, self._kept.piece(parcels.parcel_of(folder), *at))

    def _dossier(self, folder: str, piece: Any) -> Dossier:
        dossier = parcels.dossier_of(folder, piece)
        own = self._bad_by_folder.get(folder)
        return _without(dossier, own) if own else dossier

    def _leaning(self, schemas: SchemaSet, index: Index) -> set[str]:
        """Find the ideas that name a record that is withheld."""

        def of(name: str) -> list[str]:
            return [
                entry.name
                for entry in self._standing(name)
                if (idea := self.dossier(entry.name, (entry.start, entry.length)).idea)
                and _leans_on_nothing("idea", idea, schemas, index)
            ]

        return set(chain.from_iterable(self._workers.map(of, [*self._parcels], heavy=True)))


class Archive:
    """The wholes of honoured ideas, read from their parcels; those asked for last stay at hand."""

    def __init__(self, survey: Survey, judge: Judge) -> None:
        self._survey, self._judge = survey, judge
        self._at_hand: dict[str, views.Whole] = {}

    def whole(self, brief: views.Brief) -> views.Whole:
        """Give all that the public may see of an idea."""
        found = self._at_hand.get(brief.code)
        if found is None:
            if len(self._at_hand) >= _AT_HAND:
                self._at_hand.clear()
            folder = idea_code.folder(brief.code)
            dossier = self._survey.dossier(folder, brief.at)
            found = self._at_hand[brief.code] = self._judge.whole(dossier)
        return found


_AT_HAND = 256
# What the judge asks beside an idea's own folder.
_JUDGED_BY = ("movement", "round", "council", "unit", "decision", "nomination")


def _digest(*told: Any) -> str:
    return blake2b(orjson.dumps(told), digest_size=16).hexdigest()


def _sound_books(reader: Reader, bad: set[str]) -> tuple[Books, set[str]]:
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
            if document.file not in bad and _leans_on_nothing(place.kind, document.record, reader.schemas, index)
        }
        if not fallen:
            return kept, bad
        bad |= fallen


def _shelves(books: Books) -> Iterable[tuple[str, Iterable[str]]]:
    return ((kind, list(books.of(kind))) for kind in (*layout.FOLDERS, *layout.SINGLE, "person"))


def _leans_on_nothing(kind: str, record: Any, schemas: SchemaSet, index: Index) -> bool:
    """Tell whether a record names a register's record that is not (or no longer) there."""
    for way, target in references.ways(schemas, kind):
        if target in ("person", "idea"):
            continue
        for _, key in references.follow(record, way):
            if index.sample_of(target, key) is None:
                return True
    return False


def _takes_all(own: set[str]) -> bool:
    """Tell whether a bad file takes the whole idea along: the idea itself, or a conclusion."""
    return any(file.endswith("/idea.yml") or "/conclusions/" in file for file in own)


def _without(dossier: Dossier, bad: set[str]) -> Dossier:
    """Leave out bad applications and corrections."""
    return replace(
        dossier,
        applications=tuple(
            a for a in dossier.applications if f"{dossier.folder}/applications/{a['number']}.yml" not in bad
        ),
        corrections=tuple(
            c for c in dossier.corrections if f"{dossier.folder}/corrections/{c['number']}.yml" not in bad
        ),
    )


def _held_back(files: Files, withheld: Iterable[str], books: Books) -> set[str]:
    """Give the folders of ideas that a record we could not use may take back.

    A withdrawal, a revocation or a correction with a slip in it must not bring back what it was meant to take away.
    """
    held: set[str] = set()
    for path in withheld:
        place = layout.place_of(path)
        if place and place.kind == "withdrawn":
            held.add(place.folder)
        elif place and place.kind == "decision" and files.exists(path):
            text = files.text(path)
            if _HONOURING.search(text):
                continue
            codes = set(_CODE.findall(text))
            for other in _AMENDS.findall(text) if not codes else ():
                codes.update(books.decisions[other].get("codes", ()) if other in books.decisions else ())
            held |= {idea_code.folder(code) for code in codes}
    return held
