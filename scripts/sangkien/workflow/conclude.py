"""An idea's reviews and the chair's word → the council's conclusion, written once beside the idea."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sangkien.domain import conclusion, notation
from sangkien.domain.digest import record_digest
from sangkien.domain.errors import UsageError
from sangkien.workflow import reading
from sangkien.workflow.ports import Files, History
from sangkien.workflow.tally import tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What the chair says: an outcome other than the result, reasons, the session it was said in."""

    outcome: str | None = None
    reasons: str = ""
    session: str | None = None


def conclude(
    files: Files,
    history: History,
    folder: str,
    reviews: Any,
    digests: Mapping[str, str] | None,
    word: Word,
    on: str,
) -> str:
    """Count, conclude and write; returns the path of the new record.

    Looks up round, rubric and council in the repository. Raises UsageError when the word cannot stand.
    """
    schemas = reading.load_schemas(files)
    registers, _ = reading.read_registers(files, schemas)
    path = f"{folder}/idea.yml"
    document = files.read(path)
    if not isinstance(document.record, dict) or schemas.check("idea", document):
        raise UsageError("bad-idea", fault=path)
    idea = document.record
    round_ = registers.books.rounds.get(idea["round"])
    if round_ is None:
        raise UsageError("no-round", value=idea["round"])
    council = registers.books.councils.get(round_["council"])
    rubric = registers.books.rubrics.get(round_["rubric"])
    if council is None or rubric is None:
        raise UsageError("no-round", value=idea["round"])
    number = 1
    while files.exists(target := f"{folder}/conclusions/{council['id']}-{number}.yml"):
        number += 1
    setting = conclusion.Setting(
        council=council["id"],
        number=number,
        round=idea["round"],
        session=word.session,
        on=on,
        idea_blob=history.blob_id(files.text(path)),
    )
    counted = tally(rubric, council, idea, reviews, digests, on)
    try:
        record = conclusion.conclude(counted, rubric, idea["code"], setting, word.outcome, word.reasons)
    except conclusion.OutcomeError as error:
        raise UsageError(error.key) from error
    if idea.get("sample"):
        record = _as_sample(record)
    text = notation.write(schemas.ordered("conclusion", record))
    # What is written once and never mended must be sound before it is written.
    written = notation.parse(text.encode(), target)
    if written.findings or schemas.check("conclusion", written):
        raise UsageError("bad-word")
    files.write(target, text)
    return target


def _as_sample(record: dict[str, Any]) -> dict[str, Any]:
    """Mark the conclusion on a sample as one."""
    marked = {key: value for key, value in record.items() if key != "digest"} | {"sample": True}
    return marked | {"digest": record_digest(marked)}
