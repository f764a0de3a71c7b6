"""A filled-in form turned into records; what cannot be read with certainty is asked back.

The keys of the answers are those of `render/forms.py`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sangkien.domain import idea_code, loose, loose_measures, lot
from sangkien.domain.books import Books
from sangkien.domain.finding import Code, Finding, Location
from sangkien.domain.form import Answer, Box
from sangkien.domain.gazetteer import Gazetteer, choose
from sangkien.domain.text import canonical, discreet
from sangkien.domain.unit_history import UnitHistory

Answers = Mapping[str, Answer]
Names = Mapping[str, str]  # id → the name a form shows

_PROSE = ("before", "after", "how_to")
_MOST_AUTHORS = 30
_MOST_LINES = 20  # named in one finding
_SUMMARY = 600
_BULLET = re.compile(r"^(?:[-*•+]|\d{1,3}[.)])\s+")
_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The names a form shows for the choices it offers: id → name."""

    kinds: Names
    displays: Names
    contents: Names
    fields: Names
    applied: tuple[str, str]  # the words for yes and for no
    boxes: tuple[str, str]  # the words of the two boxes: consent, a minor among the authors
    consent_form: str
    decision_kinds: Names
    councils: Names
    awards: Names
    stills: Names  # whether a place still does it
    outreach_forms: Names
    audiences: Names


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """What only a page of our own asks of who fills in the form, beside the form's questions.

    `guardian` is who agreed for a minor, by the schema's id; `consent_form` the version of the words agreed to, if
    they are not those of the issue form.
    """

    guardian: str = ""
    photo: bool = False
    contact: str = ""
    consent_form: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """When, by which door and under which lot a form came in; `labels` name its questions.

    `cleared` tells that a paper lets what is held back otherwise be entered.
    """

    day: str
    door: str
    seed: str
    labels: Mapping[str, str]
    sender: Sender = field(default_factory=Sender)
    cleared: bool = False


@dataclass(slots=True)
class Draft:
    """The records a form amounts to, and what is to be mended before they can be."""

    idea: dict[str, Any] = field(default_factory=dict)
    people: list[dict[str, Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


class Desk:
    """What reading a submission needs of the registers."""

    def __init__(self, books: Books, choices: Choices) -> None:
        self.books, self.choices = books, choices
        self.gazetteer = Gazetteer(books)

    def idea(self, answers: Answers, here: Circumstances, code: str) -> Draft:
        """Read an idea's form; the records are whole only when there is no finding."""
        draft = Draft()
        reader = Reader(self, answers, here, draft.findings)
        content = reader.content("content")
        if any(fault.code is Code.AT_THE_COUNTER for fault in draft.findings):
            return draft
        kind = reader.chosen("kind", self.choices.kinds)
        unit = reader.unit("unit")
        cost = reader.amount("cost")
        texts = {key: reader.text(key) for key in ("title", *_PROSE)}
        texts["title"] = " ".join(texts["title"].split())
        draft.idea = {
            "version": 1,
            "code": code,
            "kind": kind,
            "title": texts["title"],
            "content": content,
            "field": reader.chosen("field", self.choices.fields),
            "unit": unit,
            "round": self._round(unit, content, here.day) if unit else None,
            "submitted_on": here.day,
            "authors": [],
            "summary": reader.text("summary") or _opening(texts["after"]),
            **{key: texts[key] for key in _PROSE},
            "statements": {key: text for key in self._criteria() if (text := reader.text(key))},
            "cost": {"amount": cost.dong} | ({"note": cost.note[:300]} if cost.note else {}) if cost else {},
            "applied": self._applied(answers, kind),
            "source": {"door": here.door},
        }
        round_ = self.books.rounds.get(draft.idea["round"] or "")
        if round_ and round_.get("sample"):  # what is sent to a sample round is a sample
            draft.idea["sample"] = True
        if unit and not round_:
            draft.findings.append(reader.fault(Code.NO_OPEN_ROUND, "unit", day=here.day))
        self._authors(reader, draft, unit)
        return draft

    def _criteria(self) -> list[str]:
        """Name every criterion any rubric ever had; the gate says which belong to the round."""
        found = {c["id"]: None for rubric in self.books.rubrics.values() for c in rubric["criteria"]}
        return list(found)

    def _applied(self, answers: Answers, kind: str | None) -> bool:
        answer = answers.get("applied")
        if isinstance(answer, str):
            return canonical(answer) == self.choices.applied[0]
        return kind == "sang-kien"

    def _round(self, unit: str, content: str | None, day: str) -> str | None:
        """Find the open round of a unit: its own or of the nearest unit above it; a lone open round takes all."""
        open_now = {
            key: record
            for key, record in sorted(self.books.rounds.items())
            if record["opens_on"] <= day <= record["closes_on"]
            and (content is None or content in record.get("contents", [content]))
        }
        for place in (unit, *UnitHistory(self.books.units).above(unit, day)):
            own = [key for key, record in open_now.items() if record["unit"] == place]
            if own:
                return max(own, key=lambda key: (open_now[key]["opens_on"], key))
        return next(iter(open_now)) if len(open_now) == 1 else None

    def _authors(self, reader: "Reader", draft: Draft, unit: str | None) -> None:
        lines = loose.authors(reader.text("authors"))
        if len(lines) > _MOST_AUTHORS:
            draft.findings.append(reader.fault(Code.AUTHORS_MANY, "authors", limit=str(_MOST_AUTHORS)))
            return
        alone = len(lines) == 1
        for place, line in enumerate(lines):
            if line is None or (line.share is None and not alone):
                draft.findings.append(reader.fault(Code.AUTHOR_LINE, "authors", line=str(place + 1)))
                continue
            record = self._person(reader, line, place, unit)
            if "sample" in draft.idea:
                record["sample"] = True
            draft.people.append(record)
            draft.idea["authors"].append({"person": record["id"], "share": 100 if line.share is None else line.share})

    def _person(self, reader: "Reader", line: loose.AuthorLine, place: int, unit: str | None) -> dict[str, Any]:
        """Make an author's record: shown as far as the one who filled in the form agreed, for themselves alone."""
        agrees, minor = (reader.ticked("agreement", box) for box in self.choices.boxes)
        day, sender = reader.here.day, reader.here.sender
        how = "trang-gui" if reader.here.door == "trang-gui" else "bieu-mau"
        wish = reader.chosen("display", self.choices.displays) if reader.answers.get("display") else None
        first = place == 0
        guarded = first and minor and not line.collective and bool(sender.guardian)
        shown = agrees and first and wish in ("full", "initials") and (guarded or not minor)
        scope = [*([wish] if shown else []), *(["photo"] if first and sender.photo else [])]
        form = sender.consent_form or self.choices.consent_form
        return {
            "version": 1,
            "id": lot.person(reader.here.seed, place),
            "kind": "tap-the" if line.collective else "ca-nhan",
            "name": canonical(line.name),
            "unit": unit,
            **({"minor": True} if minor and not line.collective else {}),
            "display": wish if shown else "hidden",
            "consents": [{"form": form, "scope": scope, "date": day, "how": how}] if scope else [],
            **({"guardian": {"relation": sender.guardian, "date": day, "how": how}} if guarded else {}),
            **({"contact": sender.contact} if first and sender.contact else {}),
        }


@dataclass(frozen=True, slots=True)
class Reader:
    """The answers of one form, read one by one; what is amiss goes to the findings."""

    desk: Desk
    answers: Answers
    here: Circumstances
    findings: list[Finding]

    def fault(self, code: Code, key: str, **params: str) -> Finding:
        label = self.here.labels.get(key, key)
        return Finding(code=code, where=Location(path=(key,)), params={"label": label, **params})

    def text(self, key: str) -> str:
        answer = self.answers.get(key)
        return canonical(answer) if isinstance(answer, str) else ""

    def chosen(self, key: str, names: Names) -> str | None:
        if not (text := self.text(key)):
            return None  # the form's own reading has said so already
        guess = choose(text, names)
        if guess.key is None:
            choices = "; ".join(names[k] for k in dict.fromkeys((*guess.likely, *names)))
            self.findings.append(self.fault(Code.CHOICE_UNKNOWN, key, choices=choices))
        return guess.key

    def content(self, key: str) -> str | None:
        """Read the movement's content; of one that is taken at the counter alone nothing else is said."""
        books = self.desk.books
        chosen = self.chosen(key, {content: record["name"] for content, record in books.contents.items()})
        movement = books.movement
        if movement and chosen in movement.get("clearance_contents", ()) and not self.here.cleared:
            place = movement.get("intake", "").removesuffix(".")
            self.findings[:] = [self.fault(Code.AT_THE_COUNTER, key, place=place)]
        return chosen

    def unit(self, key: str, day: str | None = None) -> str | None:
        if not (text := self.text(key)):
            return None
        gazetteer = self.desk.gazetteer
        guess = gazetteer.find(text[:300], day or self.here.day)
        if guess.key is None:
            code = Code.UNIT_SEVERAL if guess.named else Code.UNIT_UNKNOWN
            choices = "; ".join(gazetteer.title(k) for k in guess.likely)
            self.findings.append(
                self.fault(code, key, value=discreet(text), **({"choices": choices} if choices else {}))
            )
        return guess.key

    def amount(self, key: str) -> loose.Amount | None:
        if not (text := self.text(key)):
            return None
        found = loose.amount(text)
        if found is None:
            self.findings.append(self.fault(Code.AMOUNT_FORM, key))
        return found

    def day(self, key: str) -> str | None:
        if not (text := self.text(key)):
            return None
        found = loose.day(text)
        if found is None or found > self.here.day:
            self.findings.append(self.fault(Code.DAY_FORM, key))
            return None
        return found

    def day_ahead(self, key: str) -> str | None:
        """Read a day that has not passed when the form is sent."""
        if not (text := self.text(key)):
            return None
        found = loose.day(text)
        if found is None or found < self.here.day:
            self.findings.append(self.fault(Code.DAY_AHEAD, key))
            return None
        return found

    def count(self, key: str) -> int | None:
        if not (text := self.text(key)):
            return None
        found = loose.count(text)
        if found is None:
            self.findings.append(self.fault(Code.COUNT_FORM, key))
        return found

    def measures(self, key: str) -> list[dict[str, str]]:
        """Read figures with their units, one a line."""
        read = loose_measures.measures(self.text(key))
        unread = [str(number) for number, measure in enumerate(read, 1) if measure is None]
        if unread:
            self.findings.append(self.fault(Code.MEASURE_LINE, key, lines=", ".join(unread[:_MOST_LINES])))
        return [measure for measure in read if measure]

    def lines(self, key: str) -> list[str]:
        written = (_BULLET.sub("", " ".join(line.split())) for line in self.text(key).split("\n"))
        return [line for line in written if line]

    def line(self, key: str) -> str | None:
        return " ".join(self.text(key).split()) or None

    def codes(self, key: str) -> list[str]:
        found = []
        for line in self.lines(key):
            code = idea_code.read(line[:300])
            if code is None:
                self.findings.append(self.fault(Code.CODE_UNKNOWN, key, value=discreet(line[:40])))
            else:
                found.append(code)
        return found

    def code(self, key: str) -> str | None:
        if not (text := self.text(key)):
            return None
        found = idea_code.read(text[:300])
        if found is None:
            self.findings.append(self.fault(Code.CODE_UNKNOWN, key, value="…"))
        return found

    def ticked(self, key: str, label: str) -> bool:
        boxes = self.answers.get(key) or []
        return any(isinstance(box, Box) and box.checked and box.label == label for box in boxes)

    def all_ticked(self, key: str, names: Names) -> list[str]:
        return [choice for choice, label in names.items() if self.ticked(key, label)]

    def needed(self, *keys: str) -> None:
        """Ask for what this form cannot do without, though GitHub let it pass."""
        missing = [key for key in keys if not self.answers.get(key)]
        self.findings.extend(self.fault(Code.FORM_NO_ANSWER, key) for key in missing)


def _opening(text: str) -> str:
    """Take the first sentences of a text, as many as a summary may hold."""
    taken = ""
    for match in _SENTENCE.finditer(text):
        if len(taken) + len(match[0].rstrip()) > _SUMMARY // 2 and len(taken.strip()) >= 20:
            break
        taken += match[0].replace("\n", " ")
    return " ".join(taken.split())[:_SUMMARY]
