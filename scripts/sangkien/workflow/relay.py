"""A posted form → the records it amounts to, judged as the gate will judge them; nothing is stored or sent here."""

import zoneinfo
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sangkien.domain import idea_code, layout, lot, notation
from sangkien.domain.desk import IDEA_BRANCH
from sangkien.domain.finding import Code, Finding, Location, Path
from sangkien.domain.form import Template, read_template
from sangkien.domain.gazetteer import choose
from sangkien.domain.notation import Document
from sangkien.domain.paper import Paper, branch_of
from sangkien.domain.posting import Posting
from sangkien.domain.rules import privacy
from sangkien.domain.rules.index import Index
from sangkien.domain.submission import Choices, Circumstances, Desk, Draft, Sender
from sangkien.domain.text import canonical
from sangkien.render import forms
from sangkien.workflow import reading
from sangkien.workflow.overlay import Overlay
from sangkien.workflow.ports import Files

DOOR = "trang-gui"
_TEXTS = ("title", "before", "after", "how_to")
_MOST_DRAWS = 50  # of a code; the seventh of them is already a wonder


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What came of a form: the paper for the desk, or what is to be mended first."""

    paper: Paper | None
    findings: tuple[Finding, ...] = ()


class Admission:
    """Reads posted forms against the registers as they stood when it was made."""

    def __init__(self, files: Files, consent_form: str) -> None:
        self._files, self._consent_form = files, consent_form
        self.schemas = reading.load_schemas(files)
        registers = reading.read_registers(files, self.schemas)
        self.books = registers.books
        movement = self.books.movement
        self.zone = zoneinfo.ZoneInfo(movement["time_zone"] if movement else "UTC")
        self.maker = forms.Maker(self.schemas, self.books)
        self.template: Template = read_template(notation.write(self.maker.idea()))
        self.labels: Mapping[str, str] = {field.key: field.label for field in self.template.fields}
        self.choices = Choices(**self.maker.choices())
        self.desk = Desk(self.books, self.choices)
        self.index = Index(books=self.books, broken=registers.broken)
        self._allowed = reading.allowed_in(self.books)
        self._guardians = self.schemas.choices(self.schemas.at("person", ("guardian", "relation")))
        self._moments = self.schemas.choices(self.schemas.at("idea", ("images", 0, "shows")))

    def codes(self, day: str, seed: str, is_known: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
        """Draw codes no idea has yet, each with the lot its people are drawn from."""
        deny = self.books.lists["code_deny"] if self.books.lists else []
        for draw, code in zip(range(_MOST_DRAWS), lot.codes(int(day[:4]), seed), strict=False):
            free = next(self._files.files(idea_code.folder(code)), None) is None
            if free and not idea_code.denied(code, deny) and not is_known(code):
                yield code, f"{seed} {draw}"

    def take(self, posting: Posting, day: str, code: str, seed: str) -> Taken:
        """Make the records of a new idea."""
        findings = list(posting.findings)
        guardian = self._word("guardian_relation", posting.guardian, self._guardians, findings)
        if posting.photos and not posting.photo_consent:
            findings.append(self._fault(Code.FORM_UNTICKED, "photo_consent"))
        if posting.photos and posting.minor and not guardian:
            findings.append(self._fault(Code.NO_GUARDIAN, "photo_consent"))
        sender = Sender(
            guardian=guardian or "",
            photo=bool(posting.photos) and posting.photo_consent,
            contact=posting.contact,
            consent_form=self._consent_form,
        )
        here = Circumstances(day=day, door=DOOR, seed=seed, labels=self.labels, sender=sender)
        draft = self.desk.idea(posting.answers, here, code)
        if any(f.code is Code.AT_THE_COUNTER for f in draft.findings):
            return Taken(paper=None, findings=tuple(draft.findings))
        findings += draft.findings
        images = self._images(posting, findings)
        if findings:
            findings += self._in_texts(draft, {f.where.path[:1] for f in findings})
            return Taken(paper=None, findings=tuple(findings))
        if images:
            draft.idea["images"] = [image for image, _ in images]
        files: dict[str, str | bytes] = self._records(draft)
        folder = idea_code.folder(code)
        files |= {f"{folder}/images/{image['file']}": data for image, data in images}
        return self._judged(code, files, {person["id"]: "sample" in person for person in draft.people})

    def amend(self, posting: Posting, standing: Mapping[str, Any]) -> Taken:
        """Make an idea anew of what its sender says now; who sent it, when, and its pictures stay."""
        code, day = standing["code"], standing["submitted_on"]
        answers = dict(posting.answers)
        here = Circumstances(day=day, door=standing["source"]["door"], seed="", labels=self.labels)
        draft = self.desk.idea(answers, here, code)
        findings = [*posting.findings, *draft.findings]
        if canonical(str(answers.get("unit") or "")) == self._unit(standing):  # named as we named it
            findings = [f for f in findings if f.where.path != ("unit",)]
            draft.idea["unit"] = standing["unit"]
        if findings:
            findings += self._in_texts(draft, {f.where.path[:1] for f in findings})
            return Taken(paper=None, findings=tuple(findings))
        kept = {
            key: standing[key]
            for key in ("authors", "round", "images", "sample", "alias", "same_as", "source", "clearance")
            if key in standing
        }
        draft.idea.pop("sample", None)
        draft.idea |= kept
        people = {author["person"]: "sample" in standing for author in standing["authors"]}
        pictures = {f"{idea_code.folder(code)}/images/{image['file']}": b"" for image in standing.get("images", ())}
        taken = self._judged(code, {**self._records(draft), **pictures}, people)
        if taken.paper is None:
            return taken
        path = layout.path_of("idea", code)
        return replace(taken, paper=replace(taken.paper, files={path: taken.paper.files[path]}))

    def answers(self, standing: Mapping[str, Any]) -> dict[str, str]:
        """Give an idea as the form shows it, without any name, to be written anew."""
        cost = standing["cost"]
        words = {
            "kind": self.choices.kinds.get(standing["kind"], ""),
            "title": standing["title"],
            "content": self.choices.contents.get(standing["content"], ""),
            "field": self.choices.fields.get(standing["field"], ""),
            "unit": self._unit(standing),
            "cost": cost.get("note") or str(cost["amount"]),
            "applied": self.choices.applied[0 if standing["applied"] else 1],
            **{key: standing[key] for key in ("before", "after", "how_to", "summary")},
            **standing["statements"],
        }
        return {key: text for key, text in words.items() if key in self.labels}

    def key_of(self, finding: Finding) -> str:
        """Name the question a finding is about."""
        if "/people/" in finding.where.file:
            return "authors"
        path = finding.where.path
        if path[:1] == ("images",) and len(path) > 1 and isinstance(path[1], int):
            return f"photo-{path[1] + 1}"
        named = [str(step) for step in path if isinstance(step, str)]
        return next((step for step in reversed(named) if step in self.labels), named[0] if named else "")

    def _in_texts(self, draft: Draft, known: set[Path]) -> list[Finding]:
        """Find what is wrong with the texts of an idea that is no whole record yet, so that all is told at once."""
        said = {key: text for key in _TEXTS if (text := draft.idea.get(key))} | {"statements": draft.idea["statements"]}
        document = Document(file="", record=said)
        shape = (f for f in self.schemas.check("idea", document) if f.where.path[:1] and f.where.path[0] in said)
        found = [*shape, *privacy.exposed(document, self._allowed, None)]
        return [finding for finding in found if finding.where.path[:1] not in known]

    def _unit(self, standing: Mapping[str, Any]) -> str:
        unit = standing["unit"]
        return self.desk.gazetteer.title(unit) if unit in self.books.units else ""

    def _images(self, posting: Posting, findings: list[Finding]) -> list[tuple[dict[str, str], bytes]]:
        found = []
        for photo in posting.photos:
            name = f"photo-{photo.place}"
            shows = self._word(f"{name}-shows", photo.shows, self._moments, findings)
            if not photo.alt:
                findings.append(self._fault(Code.FORM_NO_ANSWER, f"{name}-alt"))
            image = {"file": f"anh-{photo.place}.webp", "alt": " ".join(photo.alt.split())}
            found.append((image | ({"shows": shows} if shows else {}), photo.data))
        return found

    def _word(self, key: str, word: str, names: Mapping[str, str], findings: list[Finding]) -> str | None:
        if not word:
            return None
        guess = choose(word, names)
        if guess.key is None:
            findings.append(self._fault(Code.CHOICE_UNKNOWN, key, choices="; ".join(names.values())))
        return guess.key

    def _fault(self, code: Code, key: str, **params: str) -> Finding:
        return Finding(code=code, where=Location(path=(key,)), params={"label": self.labels.get(key, key), **params})

    def _records(self, draft: Draft) -> dict[str, str | bytes]:
        records = [("idea", draft.idea["code"], draft.idea), *(("person", p["id"], p) for p in draft.people)]
        return {
            layout.path_of(kind, key): notation.write(self.schemas.ordered(kind, record))
            for kind, key, record in records
        }

    def _judged(self, code: str, files: Mapping[str, str | bytes], people: Mapping[str, bool]) -> Taken:
        """Let the gate's rules judge the records, as far as they need no other idea and no other person."""
        texts = {path: text.encode() if isinstance(text, str) else b"" for path, text in files.items()}
        overlay = Overlay(self._files, texts)
        index = replace(self.index, people=people)
        new = [path for path in files if path.startswith(layout.PEOPLE)]
        read = [reading.read_person(overlay, self.schemas, index, self._allowed, path) for path in new]
        names = privacy.Names(p.record["name"] for p in read if p.record and p.record["kind"] == "ca-nhan")
        folder = reading.read_folder(overlay, self.schemas, index, self._allowed, names, idea_code.folder(code))
        found = [*folder.findings, *(finding for person in read for finding in person.findings)]
        found += [self._fault(Code.REPEATED_ENTRY, "authors", value="…") for path in new if self._files.exists(path)]
        faults = tuple(f for f in found if f.severity == "error")
        paper = Paper("idea", code, branch_of(IDEA_BRANCH, code), files)
        return Taken(paper=None if faults else paper, findings=faults)
