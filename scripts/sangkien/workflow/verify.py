"""Every conclusion counted again from its stored marks; decisions and references checked; offline."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sangkien.domain import layout
from sangkien.domain.conclusion import recount
from sangkien.domain.digest import scored_digest
from sangkien.domain.errors import UsageError
from sangkien.domain.finding import Code, Finding, Location, best_first
from sangkien.domain.notation import Document, parse
from sangkien.domain.schema import SchemaSet
from sangkien.workflow import reading
from sangkien.workflow.ports import Files, History, Workers
from sangkien.workflow.validate import Report, validate

# Of all that the gate finds, what a recount must not pass over.
_GROUNDS = {
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
    earlier: Any = None,
) -> Report:
    """Recount the conclusions of the named folders, or of all ideas.

    `earlier` is a register published before: what it told must still stand. Raises UsageError when it is none.
    """
    schemas = reading.load_schemas(files)
    registers, _ = reading.read_registers(files, schemas)
    findings: list[Finding] = [f for f in validate(files, workers, folders).findings if f.code in _GROUNDS]
    checked = 0
    digests: dict[str, set[str]] = {}
    for folder in folders or files.idea_folders():
        documents = _conclusions(files, folder)
        faults = {document.file: _faults(schemas, document) for document in documents}
        newest = {document.record["council"]: document for document in documents if not faults[document.file]}
        for document in documents:
            checked += 1
            if faults[document.file]:
                findings += faults[document.file]
                continue
            record = document.record
            rubric = registers.books.rubrics.get(record["rubric"])
            findings += recount(document, rubric)
            is_newest = newest[record["council"]] is document
            findings += _same_idea(files, history, folder, document, is_newest=is_newest)
            digests.setdefault(record["code"], set()).add(record["digest"])
    findings += _against(earlier, digests) if earlier is not None else []
    return Report(findings=tuple(best_first(findings)), checked=checked)


def _conclusions(files: Files, folder: str) -> list[Document]:
    """Read a folder's conclusions, older before newer."""
    paths = [p for p in files.files(f"{folder}/conclusions") if layout.place_of(p)]
    documents = [files.read(path) for path in paths]
    return sorted(documents, key=lambda doc: int(doc.file.rpartition("-")[2].removesuffix(".yml")))


def _faults(schemas: SchemaSet, document: Document) -> list[Finding]:
    """Say why a conclusion cannot be counted again; what cannot be read must not pass as counted."""
    return schemas.check("conclusion", document) if isinstance(document.record, dict) else list(document.findings)


def _same_idea(
    files: Files, history: History, folder: str, document: Document, *, is_newest: bool
) -> Iterable[Finding]:
    """Compare what was scored with the idea as it stands, or for an older conclusion as it then stood."""
    record = document.record
    if is_newest:
        if files.exists(f"{folder}/withdrawn.yml"):
            return []
        idea = files.read(f"{folder}/idea.yml").record
    else:
        blob = history.blob(record["idea_blob"]) if "idea_blob" in record else None
        if blob is None:
            return [document.finding(Code.NO_IDEA_BLOB, ("idea_blob",))]
        idea = parse(blob).record
    if isinstance(idea, dict) and scored_digest(idea) == record["scored_digest"]:
        return []
    # A proposer may answer “bổ sung” before the council looks again.
    if is_newest and isinstance(idea, dict) and record["outcome"] == "bo-sung":
        return []
    return [document.finding(Code.IDEA_CHANGED, ("scored_digest",), idea=record["code"])]


def _against(earlier: Any, digests: Mapping[str, set[str]]) -> list[Finding]:
    """Find conclusions that were published and are no longer the same."""
    try:
        told = [
            (str(idea["code"]), str(conclusion["council"]), str(conclusion["digest"]))
            for idea in earlier["ideas"]
            for conclusion in idea.get("conclusions", ())
        ]
    except (AttributeError, KeyError, TypeError) as error:
        raise UsageError("bad-register") from error
    return [
        Finding(
            code=Code.REGISTER_DIFFERS,
            where=Location(file=code, path=("conclusions", council)),
            params={"idea": code},
        )
        for code, council, digest in told
        if digest not in digests.get(code, set())
    ]
