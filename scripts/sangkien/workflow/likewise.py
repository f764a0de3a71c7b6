"""A posted form about an idea that stands → the paper it amounts to: somebody did likewise, or wants to."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Literal

from sangkien.domain import idea_code, layout, life_forms, notation
from sangkien.domain.desk import RECORD_BRANCH
from sangkien.domain.finding import Code, Finding, Location
from sangkien.domain.form import Template, read_template
from sangkien.domain.notation import Document
from sangkien.domain.paper import Paper, branch_of
from sangkien.domain.posting import Posting
from sangkien.domain.rules import privacy
from sangkien.domain.submission import Circumstances, Reader
from sangkien.render import desk as told
from sangkien.workflow import beside, reading
from sangkien.workflow.overlay import Overlay
from sangkien.workflow.ports import Files
from sangkien.workflow.relay import DOOR, Admission, Taken

Form = Literal["application", "follow"]
ISSUE = "issue.md"  # the one file of a paper that becomes an issue
_TEXTS = ("place", "applied_by", "changes", "result", "measures")
_MARK = 16  # hex digits of a mark that tell papers about one idea apart


class Likewise:
    """Reads the two forms against the registers as they stood when it was made; only public ideas are known here."""

    def __init__(self, files: Files, admission: Admission, is_public: Callable[[str], bool]) -> None:
        self._files, self._admission, self._is_public = files, admission, is_public
        maker = admission.maker
        forms = {"application": maker.application(), "follow": maker.follow()}
        self.templates: Mapping[str, Template] = {
            name: read_template(notation.write(form)) for name, form in forms.items()
        }
        self.labels: Mapping[str, Mapping[str, str]] = {
            name: {field.key: field.label for field in template.fields} for name, template in self.templates.items()
        }
        self._allowed = reading.allowed_in(admission.books)

    def take(self, form: Form, posting: Posting, day: str, mark: str) -> Taken:
        """Make the paper of a form; the mark tells it from every other."""
        here = Circumstances(day=day, door=DOOR, seed="", labels=self.labels[form])
        return (self._application if form == "application" else self._wish)(posting, here, mark[:_MARK])

    def title(self, code: str) -> str:
        """Give a public idea's title; empty for any other code."""
        if not self._is_public(code):
            return ""
        return str(self._files.read(layout.path_of("idea", code)).record["title"])

    def _application(self, posting: Posting, here: Circumstances, mark: str) -> Taken:
        told_of = life_forms.application(self._admission.desk, posting.answers, here)
        record = told_of.record
        findings = [*posting.findings, *told_of.findings, *self._unknown(record.get("code")), *self._in_texts(record)]
        findings += [] if findings else beside.unknown_place(self._files, record, "learned_from")
        if findings:
            return Taken(paper=None, findings=tuple(findings))
        code, schemas = record["code"], self._admission.schemas
        folder = f"{idea_code.folder(code)}/applications"
        number = beside.next_number(self._files.files(folder), ())
        path = f"{folder}/{number}.yml"
        text = notation.write(schemas.ordered("application", {**record, "number": number}))
        faults = tuple(self._judged(code, path, text))
        branch = f"{branch_of(RECORD_BRANCH, code)}-{mark}"
        paper = Paper("application", code, branch, {path: text}, number)
        return Taken(paper=None if faults else paper, findings=faults)

    def _wish(self, posting: Posting, here: Circumstances, mark: str) -> Taken:
        findings = list(posting.findings)
        reader = Reader(self._admission.desk, posting.answers, here, findings)
        code, unit, question = reader.code("code"), reader.unit("unit"), reader.text("question")
        findings += [*self._unknown(code), *self._in_texts({"question": question})]
        if findings or code is None or unit is None:
            return Taken(paper=None, findings=tuple(findings))
        name = self._admission.desk.gazetteer.title(unit)
        body = told.wish_body(mark, code, unit, name, question, posting.contact)
        return Taken(paper=Paper("follow", code, "", {ISSUE: body}))

    def _unknown(self, code: str | None) -> Iterator[Finding]:
        """Say of a code that nobody outside may know it, in the same words as of one that no idea has."""
        if code is not None and not self._is_public(code):
            yield Finding(code=Code.CODE_UNKNOWN, where=Location(path=("code",)), params={"value": code})

    def _in_texts(self, record: Mapping[str, Any]) -> Iterator[Finding]:
        said = {key: record[key] for key in (*_TEXTS, "question") if record.get(key)}
        document = Document(file="", record=said)
        shaped = {key: text for key, text in said.items() if key in _TEXTS}
        shape = self._admission.schemas.check("application", replace(document, record=shaped))
        yield from (f for f in shape if f.where.path[:1] and f.where.path[0] in shaped)
        yield from privacy.exposed(document, self._allowed, None)

    def _judged(self, code: str, path: str, text: str) -> Iterator[Finding]:
        """Let the gate's rules judge a record beside its idea, as far as they need no person."""
        admission = self._admission
        overlay = Overlay(self._files, {path: text.encode()})
        nobody = privacy.Names(())
        folder = idea_code.folder(code)
        read = reading.read_folder(overlay, admission.schemas, admission.index, self._allowed, nobody, folder)
        return (f for f in read.findings if f.where.file == path and f.severity == "error")
