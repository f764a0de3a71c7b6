"""The rules of one idea's folder: the idea itself and all that was recorded about it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sangkien.domain import by_decision, digest, idea_code
from sangkien.domain.books import Dossier
from sangkien.domain.finding import Code, Finding
from sangkien.domain.layout import Place
from sangkien.domain.notation import Document
from sangkien.domain.rules import spreading
from sangkien.domain.rules.dates import not_before, unit_on
from sangkien.domain.rules.index import Index, Row

Documents = Mapping[Place, Document]
ON_BEHALF = ("giay", "bang-tinh")
_FREEZING = ("cong-nhan", "khong-cong-nhan")
# Who fills in a form, or has it typed in, tells the story in few words; the council asks for more where it must.
_IN_FEW_WORDS = ("bieu-mau", "trang-gui", *ON_BEHALF)


def check(dossier: Dossier, documents: Documents, index: Index) -> Iterator[Finding]:
    """Apply every rule to one folder whose records have their shape."""
    own = dossier.idea or dossier.withdrawn
    for place, document in documents.items():
        record = document.record
        if own and record["code"] != own["code"]:
            yield document.finding(Code.PATH_MISMATCH, ("code",), value=record["code"], place=dossier.folder)
        if place.kind == "idea":
            yield from _idea(record, document, dossier, index)
        elif place.kind == "withdrawn":
            yield from _identity(record["code"], document, dossier, index)
        else:
            yield from _of_an_idea(place, record, document, dossier, index)


def _identity(code: str, document: Document, dossier: Dossier, index: Index) -> Iterator[Finding]:
    if not idea_code.is_sound(code):
        yield document.finding(Code.CHECK_SYMBOL, ("code",), value=code)
    if idea_code.folder(code) != dossier.folder:
        yield document.finding(Code.PATH_MISMATCH, ("code",), value=code, place=dossier.folder)
    deny = index.books.lists["code_deny"] if index.books.lists else []
    if run := idea_code.denied(code, deny):
        yield document.finding(Code.RUDE_CODE, ("code",), value=code, run=run)


def _idea(idea: Any, document: Document, dossier: Dossier, index: Index) -> Iterator[Finding]:
    yield from _identity(idea["code"], document, dossier, index)
    if idea["code"][:4] != idea["submitted_on"][:4]:
        yield document.finding(Code.CODE_YEAR, ("code",), value=idea["code"], day=idea["submitted_on"])
    for place, alias in enumerate(idea.get("alias", ())):
        if not idea_code.is_sound(alias):
            yield document.finding(Code.CHECK_SYMBOL, ("alias", place), value=alias)
    yield from unit_on(document, ("unit",), idea["submitted_on"], index)
    yield from _typist(idea, document, index)
    yield from _round(idea, document, index)
    yield from _authors(idea["authors"], document)
    if idea["kind"] == "sang-kien" and not idea["applied"] and not dossier.applications:
        yield document.finding(Code.NOT_APPLIED, ("kind",))
    movement = index.books.movement
    needing = movement.get("clearance_contents", []) if movement else []
    if idea["content"] in needing and "clearance" not in idea:
        yield document.finding(Code.NO_CLEARANCE, ("content",), content=idea["content"])
    if idea["source"]["door"] in ON_BEHALF and "entered_by" not in idea["source"]:
        yield document.finding(Code.MISSING_FIELD, ("source",), field="entered_by", label="entered_by")
    yield from _images(idea.get("images", ()), document, dossier.images)
    yield from _frozen(idea, document, dossier)


def _typist(idea: Any, document: Document, index: Index) -> Iterator[Finding]:
    """Find a unit that had ended before the idea it typed in; old papers may be typed in by a younger one."""
    unit = index.books.units.get(idea["source"].get("entered_by", ""))
    day = max(idea["submitted_on"], unit["valid_from"]) if unit else idea["submitted_on"]
    yield from unit_on(document, ("source", "entered_by"), day, index)


def _round(idea: Any, document: Document, index: Index) -> Iterator[Finding]:
    round_ = index.books.rounds.get(idea["round"])
    if round_ is None:
        return
    opens, closes = round_["opens_on"], round_["closes_on"]
    if not opens <= idea["submitted_on"] <= closes:
        yield document.finding(Code.ROUND_CLOSED, ("submitted_on",), round=idea["round"], opens=opens, closes=closes)
    if idea["content"] not in round_.get("contents", [idea["content"]]):
        yield document.finding(Code.ROUND_CONTENT, ("content",), round=idea["round"], content=idea["content"])
    rubric = index.books.rubrics.get(round_["rubric"])
    if rubric is None:
        return
    criteria = {criterion["id"]: criterion["label"] for criterion in rubric["criteria"]}
    missing = [criterion for criterion in criteria if criterion not in idea["statements"]]
    if missing and idea["source"]["door"] in _IN_FEW_WORDS:
        named = ", ".join(criteria[criterion] for criterion in missing)
        yield document.finding(Code.NO_STATEMENT, ("statements",), criteria=named)
    else:
        for criterion in missing:
            yield document.finding(Code.STATEMENTS, ("statements",), criterion=criterion, rubric=rubric["id"])
    for criterion in idea["statements"]:
        if criterion not in criteria:
            yield document.finding(Code.STATEMENTS, ("statements", criterion), criterion=criterion, rubric=rubric["id"])


def _authors(authors: Any, document: Document) -> Iterator[Finding]:
    total = sum(author["share"] for author in authors)
    if total != 100:
        yield document.finding(Code.SHARES, ("authors",), total=str(total))
    people = [author["person"] for author in authors]
    for place, person in enumerate(people):
        if person in people[:place]:
            yield document.finding(Code.REPEATED_ENTRY, ("authors", place, "person"), value=person)


def _images(images: Any, document: Document, files: tuple[str, ...]) -> Iterator[Finding]:
    for place, image in enumerate(images):
        if image["file"] not in files:
            yield document.finding(Code.IMAGE, ("images", place, "file"), value=image["file"])


def _frozen(idea: Any, document: Document, dossier: Dossier) -> Iterator[Finding]:
    """Once a newest conclusion recognised or refused it, what was scored stays as it was scored."""
    for council in dossier.councils:
        newest = dossier.newest(council)
        if newest and newest["outcome"] in _FREEZING and newest["scored_digest"] != digest.scored_digest(idea):
            yield document.finding(Code.FROZEN, ("title",), council=council, day=newest["concluded_on"])


def _of_an_idea(place: Place, record: Any, document: Document, dossier: Dossier, index: Index) -> Iterator[Finding]:
    submitted = dossier.idea["submitted_on"] if dossier.idea else None
    if place.kind == "conclusion":
        key = f"{record['council']}-{record['number']}"
        if key != place.key:
            yield document.finding(Code.PATH_MISMATCH, ("number",), value=key, place=place.key)
        if digest.record_digest(record) != record["digest"]:
            yield document.finding(Code.DIGEST, ("digest",))
        yield from not_before(document, ("concluded_on",), submitted)
        if "by_decision" in record:
            yield from by_decision.check(document, dossier.idea, index.books)
        return
    if str(record["number"]) != place.key:
        yield document.finding(Code.PATH_MISMATCH, ("number",), value=str(record["number"]), place=place.key)
    if place.kind == "correction":
        yield from not_before(document, ("date",), submitted)
    else:
        places = {application["number"]: application for application in dossier.applications}
        yield from spreading.application(record, document, places, index)


def repeated_codes(rows: Iterable[Row]) -> Iterator[Finding]:
    """Find a code or old code that stands for two ideas."""
    first: dict[str, str] = {}
    for row in rows:
        for code in (row.code, *row.alias):
            if first.setdefault(code, row.file) != row.file:
                document = Document(file=row.file)
                yield document.finding(Code.REPEATED_CODE, ("code",), value=code, other=first[code])
