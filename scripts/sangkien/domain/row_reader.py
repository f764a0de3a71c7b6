"""Rows of a clerk's sheet turned into records; what is not certain is asked back, each at its own cell."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sangkien.domain import idea_code, layout, loose_cells, lot
from sangkien.domain.finding import Code, Finding, Location
from sangkien.domain.form import Answer
from sangkien.domain.grid import is_fault
from sangkien.domain.loose_cells import PeopleWords, SharesError
from sangkien.domain.sheet_table import Row
from sangkien.domain.submission import Circumstances, Desk, Draft
from sangkien.domain.text import canonical, discreet, fold

_BESIDE = {"clearance_number", "clearance_date", "clearance_issuer", "display"}  # no answers of a form
REQUIRED = ("kind", "title", "content", "field", "unit", "authors", "before", "after", "how_to", "cost")
_CLEARANCE = {"clearance_number": "number", "clearance_date": "date", "clearance_issuer": "issuer"}
PROSE = ("before", "after", "how_to")
# What is true of one text, however little is known of the rest of its row.
_OF_TEXTS = {
    Code.TOO_LONG, Code.TOO_SHORT, Code.PHONE, Code.EMAIL, Code.ID_NUMBER, Code.BIRTH_DATE, Code.PERSON_NAME,
    Code.SHARES,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CellWords:
    """Words that cells hold, folded but for those of people."""

    answers: Mapping[bool, Sequence[str]]
    displays: Mapping[str, Sequence[str]]
    guardians: Mapping[str, Sequence[str]]
    numbers: Sequence[str]
    people: PeopleWords
    blank: Mapping[str, str]
    consent_form: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Under what a sheet is entered: who types it in, on what day, into which round.

    `old` is a list of what was decided before there was a register: what it does not say is left unsaid.
    """

    file: str
    entered_by: str
    today: str
    labels: Mapping[str, str]
    round: str = ""
    old: bool = False
    received: str = ""  # the day of an old list's ideas that bear none
    fill: Mapping[str, str] = field(default_factory=dict)
    month_first: bool = False


@dataclass(slots=True)
class Entry:
    """One row read: the records it amounts to, and what is to be mended before they can be."""

    row: Row
    file: str
    idea: dict[str, Any] = field(default_factory=dict)
    people: list[dict[str, Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        return not any(finding.severity == "error" for finding in self.findings)

    def records(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Give the records with the paths they belong to."""
        yield layout.path_of("idea", self.idea["code"]), self.idea
        for person in self.people:
            yield layout.path_of("person", person["id"]), person

    def give_ids(self, code: str, seed: str) -> None:
        """Give the idea its code, and its people ids drawn from a seed."""
        self.idea["code"] = code
        for place, person in enumerate(self.people):
            person["id"] = lot.person(seed, place)
        for place, author in enumerate(self.idea.get("authors", ())):
            author["person"] = self.people[place]["id"]


class RowReader:
    """Reads the rows of one sheet."""

    def __init__(self, desk: Desk, words: CellWords, terms: Terms, sheet: str, known: Sequence[str]) -> None:
        """Take the keys the sheet has a column for as `known`: a missing column is told of once, not in every row."""
        self._desk, self._words, self._terms = desk, words, terms
        self._file = f"{terms.file}#{sheet}"
        self._known = {*known, *terms.fill}
        self._picked: dict[tuple[str, str], str | None] = {}

    def identity(self, row: Row) -> str:
        """Name an idea so that the same row is known again when the sheet comes back mended: never by its people."""
        unit = self._unit(row)
        key = self._desk.gazetteer.find(unit[:300], self._terms.today).key if unit else None
        return "\n".join((fold(self._text(row, "title")), key or fold(unit), self._terms.round))

    def entry(self, row: Row) -> Entry:
        """Read one row; its records are whole only when it is sound and has been given its ids."""
        entry = Entry(row=row, file=self._file)
        day = self._day(entry)
        here = Circumstances(
            day=day,
            door="giay" if self._text(row, "paper") else "bang-tinh",
            seed="",
            labels=self._terms.labels,
            cleared=any(self._text(row, key) for key in _CLEARANCE),
        )
        draft = self._desk.idea(self._answers(entry), here, "")
        self._finish(entry, draft)
        entry.idea, entry.people = draft.idea, draft.people
        if not any(f.code is Code.AT_THE_COUNTER for f in draft.findings):
            self._people(entry)
        missing = {str(f.where.path[0]) for f in entry.findings}
        missing |= {"authors"} if "shares" in missing else set()
        for finding in draft.findings:
            key = str(finding.where.path[0])
            # What a form may wait for, a sheet is told how to name.
            said = Code.NO_ROUND if finding.code is Code.NO_OPEN_ROUND else finding.code
            if key not in missing:
                entry.findings.append(self.at(row, key, replace(finding, code=said)))
        return entry

    def at(self, row: Row, key: str, finding: Finding) -> Finding:
        """Say a finding of the cell of a row that it is about."""
        number, column = row.spot(key)
        where = Location(file=self._file, line=number + 1, column=column + 1, path=(key,))
        return replace(finding, where=where, params={**finding.params, "label": self._label(key)})

    def of_records(self, entry: Entry, found: Sequence[Finding]) -> Iterator[Finding]:
        """Turn what the gate says of an entry's records into what is to be done in its row."""
        told = {str(f.where.path[0]) for f in entry.findings if f.where.path}
        is_whole = entry.is_sound
        for finding in found:
            key = self._key_of(finding)
            if is_whole or (finding.code in _OF_TEXTS and key in entry.row.cells and key not in told):
                yield self.at(entry.row, key, finding)

    def _key_of(self, finding: Finding) -> str:
        steps = [str(step) for step in finding.where.path if isinstance(step, str)]
        if finding.where.file.startswith("content/"):
            first = steps[0] if steps else ""
            return {"consents": "consent_on", "display": "display", "guardian": "guardian"}.get(first, "authors")
        if not steps:
            return "title"
        if steps[0] == "statements" and len(steps) > 1:
            return steps[1]
        if steps[0] == "clearance":
            return next((key for key, name in _CLEARANCE.items() if steps[-1] == name), "clearance_number")
        return {"source": "paper", "code": "title"}.get(steps[0], steps[0])

    def _label(self, key: str) -> str:
        return self._terms.labels.get(key, key)

    def _text(self, row: Row, key: str) -> str:
        return row.cells.get(key) or self._terms.fill.get(key, "")

    def _unit(self, row: Row) -> str:
        """Give the unit's name: the row's own, else the one in the line that heads the rows, where that names one."""
        if own := row.cells.get("unit"):
            return " ".join(own.split())
        if row.section and self._desk.gazetteer.find(_bare(row.section), self._terms.today).key:
            return _bare(row.section)
        return self._terms.fill.get("unit", "")

    def _say(self, entry: Entry, code: Code, key: str, **params: str) -> None:
        entry.findings.append(self.at(entry.row, key, Finding(code=code, params=params)))

    def _day(self, entry: Entry) -> str:
        text = self._text(entry.row, "submitted_on")
        old, received = self._terms.old, self._terms.received
        if not text:
            return received if old else self._terms.today
        found = loose_cells.day(text, month_first=self._terms.month_first)
        if found and found <= self._terms.today:
            return found
        part = loose_cells.part_of_day(text)
        if old and part and received.startswith(part):
            return received
        if part:
            self._say(entry, Code.DAY_PART, "submitted_on", value="/".join(reversed(part.split("-"))))
        else:
            self._say(entry, Code.DAY_FORM, "submitted_on")
        return self._terms.today

    def _answers(self, entry: Entry) -> dict[str, Answer]:
        """Write a row as a filled-in form; what is certain stands in the form's own words."""
        row, terms, blank = entry.row, self._terms, self._words.blank
        answers = {key: self._text(row, key) for key in (*self._known, *row.cells) if key not in _BESIDE}
        answers = {key: text for key, text in answers.items() if text} | {"unit": self._unit(row)}
        for key, text in row.cells.items():
            if is_fault(text):
                self._say(entry, Code.CELL_FAULT, key, value=text[:12])
        unsaid = (*PROSE, "cost") if terms.old else ()
        for key in REQUIRED:
            if not answers.get(key) and key in self._known and key not in unsaid:
                self._say(entry, Code.CELL_EMPTY, key)
        for key, names in self._choices().items():
            if text := answers.get(key, ""):
                answers[key] = self._chosen(entry, key, text, names)
        if text := answers.get("applied", ""):
            answers["applied"] = self._applied(entry, text)
        if terms.old:
            unknown = dict.fromkeys(PROSE, blank["prose"]) | {"summary": blank["summary"], "cost": "0"}
            answers = unknown | answers
        return {**answers, "authors": self._authors(entry)}

    def _choices(self) -> dict[str, Mapping[str, str]]:
        made, contents = self._desk.choices, self._desk.books.contents.items()
        in_order = sorted(contents, key=lambda item: (item[1]["order"], item[0]))
        return {"kind": made.kinds, "content": {key: c["name"] for key, c in in_order}, "field": made.fields}

    def _chosen(self, entry: Entry, key: str, text: str, names: Mapping[str, str]) -> str:
        """Give a choice in the form's words; an answer that holds several is asked back."""
        if (key, text) not in self._picked:  # a column says the same few things over and over
            self._picked[key, text] = loose_cells.pick(text, names, self._words.numbers)
        if found := self._picked[key, text]:
            return names[found]
        if len(held := loose_cells.several(text, names)) > 1:
            self._say(entry, Code.SEVERAL_CHOICES, key, choices="; ".join(names[one] for one in held))
        return text

    def _applied(self, entry: Entry, text: str) -> str:
        choices = self._desk.choices.applied
        by_name = loose_cells.pick(text, dict(zip(("yes", "no"), choices, strict=True)))
        said = by_name == "yes" if by_name else loose_cells.yes(text, self._words.answers)
        if said is None:
            self._say(entry, Code.CHOICE_UNKNOWN, "applied", choices="; ".join(choices))
        return choices[0 if said else 1]

    def _authors(self, entry: Entry) -> str:
        """Write the authors as a form holds them: one a line."""
        row = entry.row
        names = row.cells.get("authors", "")
        try:
            found = loose_cells.authors(names, row.cells.get("shares", ""), self._words.people)
        except SharesError:
            self._say(entry, Code.SHARES_COUNT, "shares")
            found = loose_cells.authors(names, "", self._words.people)
            found = [replace(author, share=None) for author in found]
        if self._terms.old and len(found) > 1 and all(author.share is None for author in found):
            self._say(entry, Code.SHARES_EVEN, "authors")
            each, rest = divmod(100, len(found))
            found = [replace(author, share=each + (place < rest)) for place, author in enumerate(found)]
        lines = []
        for author in found:
            share = "" if author.share is None else f" {author.share}%"
            lines.append(f"{'tap the: ' if author.collective else ''}{author.name}{share}")
        return "\n".join(lines)

    def _finish(self, entry: Entry, draft: Draft) -> None:
        """Put in what no form has: by whom it was typed in, where its paper lies, what lets it be published."""
        row, terms, idea = entry.row, self._terms, draft.idea
        if not idea:
            return
        idea["source"]["entered_by"] = terms.entered_by
        if paper := self._text(row, "paper"):
            idea["source"]["paper"] = " ".join(paper.split())
        if wanted := self._round(entry):
            idea["round"] = wanted
            draft.findings[:] = [f for f in draft.findings if f.code is not Code.NO_OPEN_ROUND]
            if self._desk.books.rounds[wanted].get("sample"):
                for record in (idea, *draft.people):
                    record["sample"] = True
        if terms.old and not self._text(row, "cost"):
            idea["cost"] = {"amount": 0, "note": self._words.blank["cost"]}
        self._clear(entry, idea)
        self._join(entry, idea)

    def _clear(self, entry: Entry, idea: dict[str, Any]) -> None:
        cells = {name: canonical(self._text(entry.row, key)) for key, name in _CLEARANCE.items()}
        if not any(cells.values()):
            return
        day = loose_cells.day(cells["date"])
        if day is None or not all(cells.values()):
            self._say(entry, Code.CLEARANCE_PART, "clearance_number")
        else:
            idea["clearance"] = cells | {"date": day}

    def _join(self, entry: Entry, idea: dict[str, Any]) -> None:
        """Read the codes of what the proposer says to be the same idea."""
        text = self._text(entry.row, "same_as")
        codes = [idea_code.read(part[:300]) for part in re.split(r"[,;\n]", text) if part.strip()]
        if None in codes:
            self._say(entry, Code.CODE_UNKNOWN, "same_as", value=discreet(text[:40]))
        elif codes:
            idea["same_as"] = codes

    def _round(self, entry: Entry) -> str:
        text = entry.row.cells.get("round") or self._terms.round
        if not text:
            return ""
        rounds = self._desk.books.rounds
        found = loose_cells.pick(text, {key: record["name"] for key, record in rounds.items()})
        if text not in rounds and not found:
            self._say(entry, Code.CHOICE_UNKNOWN, "round", choices="; ".join(sorted(rounds)))
        return text if text in rounds else found or ""

    def _people(self, entry: Entry) -> None:
        """Let names be shown as far as a signed paper says so, each author's for themselves."""
        row, people = entry.row, entry.people
        if not people:
            return
        wishes, days = self._spread(row, "display", len(people)), self._spread(row, "consent_on", len(people))
        strata, jobs = self._spread(row, "stratum", len(people)), self._spread(row, "occupation", len(people))
        minors = self._spread(row, "minor", len(people))
        kept = " ".join((self._text(row, "kept_at") or self._text(row, "paper")).split())
        for place, person in enumerate(people):
            if strata[place]:
                self._stratum(entry, person, strata[place])
            if jobs[place]:
                person["occupation"] = " ".join(jobs[place].split())
            if minors[place] and loose_cells.yes(minors[place], self._words.answers):
                person["minor"] = True
            wish = _named(wishes[place], self._words.displays) if wishes[place] else "hidden"
            if wish is None:
                self._say(
                    entry, Code.CHOICE_UNKNOWN, "display", choices="; ".join(self._desk.choices.displays.values())
                )
            if wish in ("full", "initials"):
                self._show(entry, person, wish, days[place], kept)

    def _show(self, entry: Entry, person: dict[str, Any], wish: str, day_text: str, kept: str) -> None:
        day = loose_cells.day(day_text, month_first=self._terms.month_first) if day_text else None
        if day is None or day > self._terms.today or not kept:
            self._say(entry, Code.CONSENT_PART, "consent_on" if kept else "kept_at")
            return
        if person.get("minor"):
            relation = _named(self._text(entry.row, "guardian"), self._words.guardians)
            signed = loose_cells.day(self._text(entry.row, "guardian_on"))
            if relation is None or signed is None or signed > self._terms.today:
                self._say(entry, Code.GUARDIAN_PART, "guardian")
                return
            person["guardian"] = {"relation": relation, "date": signed, "how": "giay"}
        consent = {"form": self._words.consent_form, "scope": [wish], "date": day, "how": "giay", "kept_at": kept[:250]}
        person |= {"display": wish, "consents": [consent]}

    def _stratum(self, entry: Entry, person: dict[str, Any], text: str) -> None:
        lists: Any = self._desk.books.lists or {}
        names = {one["id"]: one["name"] for one in lists.get("strata", ())}
        found = loose_cells.pick(text, names)
        if found:
            person["stratum"] = found
        else:
            self._say(entry, Code.CHOICE_UNKNOWN, "stratum", choices="; ".join(names.values()))

    def _spread(self, row: Row, key: str, count: int) -> list[str]:
        """Give each author what is said of them: line by line, or of the first alone, as a form asks."""
        text = self._text(row, key)
        lines = text.split("\n") if "\n" in text else [text]
        return [*lines, *[""] * count][:count]


def _named(text: str, words: Mapping[str, Sequence[str]]) -> str | None:
    flat = fold(text).strip(" .")
    exact = [key for key, said in words.items() if flat in said]
    if exact:
        return exact[0]
    begun = [key for key, said in words.items() if any(flat.startswith(f"{one} ") for one in said)]
    return begun[0] if len(set(begun)) == 1 else None


def _bare(section: str) -> str:
    """Take numbering and colons off a line that heads rows: `II. XÃ SUỐI MẪU:`."""
    head, dot, rest = section.partition(".")
    numbered = dot and (head.strip().isdecimal() or set(head.strip().lower()) <= set("ivxlcabd")) and len(head) < 6
    return (rest if numbered else section).strip(" .:-")
