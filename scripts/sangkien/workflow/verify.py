"""Every conclusion counted again and held against all other records; decisions and references checked; offline."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sangkien.domain import audit, idea_code, layout, published
from sangkien.domain.books import Books, Dossier
from sangkien.domain.conclusion import recount
from sangkien.domain.digest import scored_digest
from sangkien.domain.errors import UsageError
from sangkien.domain.finding import Code, Finding, best_first
from sangkien.domain.notation import Document, parse
from sangkien.domain.publicness import Rulings
from sangkien.domain.rules import ideas, references
from sangkien.domain.rules.index import Index
from sangkien.domain.schema import SchemaSet
from sangkien.workflow import reading
from sangkien.workflow.ports import Files, History, Workers
from sangkien.workflow.validate import Report, validate

# Of all that the gate finds, what a recount must not pass over.
_GROUNDS = {
    Code.MISPLACED_FILE,
    Code.NO_SUCH_RECORD,
    Code.PATH_MISMATCH,
    Code.REPEATED_CODE,
    Code.FROZEN,
    Code.NOT_RECOGNISED,
    Code.NOT_IN_DECISION,
    Code.DIGEST,
}


def verify(
    files: Files,
    history: History,
    workers: Workers,
    folders: Sequence[str] = (),
    earlier: Iterable[Any] = (),
) -> Report:
    """Recount the conclusions of the named folders, or of all ideas.

    `earlier` is a register published before, and its parts: what they told must still stand. Raises UsageError when
    one of them is none.
    """
    try:
        told = [entry for register in earlier for entry in published.read(register)]
    except ValueError as error:
        raise UsageError("bad-register") from error
    auditor = Auditor(files, history)
    findings: list[Finding] = [f for f in validate(files, workers, folders).findings if f.code in _GROUNDS]
    checked = 0
    for folder in folders or files.idea_folders():
        documents = auditor.conclusions(folder)
        checked += len(documents)
        findings += auditor.folder(folder, documents)
    findings += _against(told, auditor, folders)
    return Report(findings=tuple(best_first(findings)), checked=checked)


class Auditor:
    """The registers, read once, and what they say of each folder's conclusions."""

    def __init__(self, files: Files, history: History) -> None:
        self._files, self._history = files, history
        self.schemas: SchemaSet = reading.load_schemas(files)
        registers = reading.read_registers(files, self.schemas)
        self.books: Books = registers.books
        self._index = Index(books=registers.books, broken=registers.broken)

    def conclusions(self, folder: str) -> list[Document]:
        """Read a folder's conclusions, older before newer."""
        paths = [p for p in self._files.files(f"{folder}/conclusions") if layout.place_of(p)]
        documents = [self._files.read(path) for path in paths]
        return sorted(documents, key=lambda doc: int(doc.file.rpartition("-")[2].removesuffix(".yml")))

    def dossier(self, code: str) -> Dossier | None:
        """Read what stands under a code, or under the newer code of an idea that once had it; None for nothing."""
        own = reading.read_dossier(self._files, idea_code.folder(code), self.schemas)
        if own is not None:
            return own
        for folder in self._files.idea_folders():
            idea, _ = self._now(folder)
            if idea and code in idea.get("alias", ()):
                return reading.read_dossier(self._files, folder, self.schemas)
        return None

    def folder(self, folder: str, documents: Sequence[Document]) -> Iterator[Finding]:
        """Judge the conclusions of one folder; what cannot be read must not pass as counted."""
        sound = []
        for document in documents:
            faults = list(document.findings)
            if isinstance(document.record, dict):
                faults += self.schemas.check("conclusion", document)
            yield from faults
            sound += [] if faults else [document]
        yield from audit.gaps(sound)
        if not sound:
            return
        idea, withdrawn = self._now(folder)
        for document in sound:
            yield from self._conclusion(folder, document, sound, idea, withdrawn)

    def _now(self, folder: str) -> tuple[Any, Any]:
        """Read the idea and the stub of its withdrawal as they stand; None for what is not there or is no record."""
        records = []
        for name in ("idea", "withdrawn"):
            path = f"{folder}/{name}.yml"
            record = self._files.read(path).record if self._files.exists(path) else None
            records.append(record if isinstance(record, dict) else None)
        return records[0], records[1]

    def _conclusion(
        self, folder: str, document: Document, documents: Sequence[Document], idea: Any, withdrawn: Any
    ) -> Iterator[Finding]:
        record = document.record
        place = layout.place_of(document.file)
        assert place is not None  # noqa: S101  # conclusions() chose the paths
        looks = [other.record for other in documents if other.record["council"] == record["council"]]
        newest = max(look["number"] for look in looks) == record["number"]
        if "by_decision" in record:  # nothing was counted: it follows from the decision, or it does not stand
            yield from references.unresolved(self.schemas, "conclusion", document, self._index)
            yield from ideas.check(Dossier(folder=folder, idea=idea), {place: document}, self._index)
            return
        scored = self._as_scored(folder, record, idea if newest else None)
        own: Any = {"code": idea_code.of_folder(folder), "submitted_on": (scored or idea or {}).get("submitted_on")}
        dossier = Dossier(folder=folder, idea=own)  # all that these rules ask of it
        yield from references.unresolved(self.schemas, "conclusion", document, self._index)
        yield from ideas.check(dossier, {place: document}, self._index)
        yield from recount(document, self.books.rubrics.get(record["rubric"]))
        yield from self._same_idea(document, scored, idea, is_open=bool(withdrawn) or not newest)
        ground = audit.Ground(
            books=self.books,
            idea=scored or (idea if newest and "idea_blob" not in record else None),
            looks=looks,
            is_sample="sample" in idea if idea else None,
            withdrawn=withdrawn is not None,
        )
        yield from audit.contradictions(document, ground)

    def _as_scored(self, folder: str, record: Any, idea: Any) -> Any:
        """Give the idea as it stood when it was scored: `idea` where it is still that one, or what git remembers."""
        wanted = record.get("idea_blob")
        if wanted is None:
            return None
        if idea is not None and self._history.blob_id(self._files.text(f"{folder}/idea.yml")) == wanted:
            return idea
        blob = self._history.blob(wanted)
        remembered = parse(blob).record if blob is not None else None
        # A blob of anything else proves nothing, and must not pass for one that is not there.
        return remembered if isinstance(remembered, dict) or blob is None else {}

    @staticmethod
    def _same_idea(document: Document, scored: Any, idea: Any, *, is_open: bool) -> Iterator[Finding]:
        """Compare what was scored with the digest and, for the newest look, with the idea as it stands.

        `is_open` says that the idea may have changed since.
        """
        record = document.record
        changed = document.finding(Code.IDEA_CHANGED, ("scored_digest",), idea=record["code"])
        if scored is None:
            yield document.finding(Code.NO_IDEA_BLOB, ("idea_blob",))
        elif _digest(scored) != record["scored_digest"]:
            yield changed
        # A proposer may answer “bổ sung” before the council looks again.
        if not is_open and record["outcome"] != "bo-sung" and _digest(idea) != record["scored_digest"]:
            yield changed


def _digest(idea: Any) -> str | None:
    """Digest what is scored of an idea; None where that cannot be done."""
    try:
        return scored_digest(idea)
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def _against(told: Sequence[published.Entry], auditor: Auditor, folders: Sequence[str]) -> Iterator[Finding]:
    """Find what was published and is no longer so, of the named folders or of all."""
    rulings = Rulings(auditor.books.decisions.values())
    for entry in told:
        if not folders or idea_code.folder(entry.code) in folders:
            yield from published.changes(entry, auditor.dossier(entry.code), auditor.books, rulings)
