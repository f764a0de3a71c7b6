"""A talk → an idea's files with a fresh code; nothing is written that the gate would not take."""

import datetime
import zoneinfo
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sangkien.domain import idea_code, layout, notation
from sangkien.domain.books import Books
from sangkien.domain.errors import UsageError
from sangkien.domain.next_plan import carried_over
from sangkien.domain.notation import Document
from sangkien.domain.rules import privacy
from sangkien.domain.rules.dates import in_force
from sangkien.domain.schema import SchemaSet
from sangkien.domain.text import canonical, sort_key
from sangkien.render.interview import Interview
from sangkien.render.messages import message, say
from sangkien.workflow import reading
from sangkien.workflow.ports import Files

Choose = Callable[[Sequence[str]], str]

_RANDOM_SYMBOLS = 7
_PERSON_SYMBOLS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What an interview needs of the repository."""

    schemas: SchemaSet
    books: Books
    zone: zoneinfo.ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The new idea's file and code."""

    path: str
    code: str


def open_desk(files: Files) -> Desk:
    """Read schemas and registers; the movement's time zone says what day it is."""
    schemas = reading.load_schemas(files)
    registers = reading.read_registers(files, schemas)
    return Desk(schemas=schemas, books=registers.books, zone=zone_of(registers.books))


def zone_of(books: Books) -> zoneinfo.ZoneInfo:
    """Give the movement's time zone."""
    return zoneinfo.ZoneInfo(books.movement["time_zone"] if books.movement else "UTC")


def new_idea(files: Files, desk: Desk, talk: Interview, *, on: datetime.date, choose: Choose) -> Written | None:
    """Ask for an idea and write it with its author's record; None when it cannot be taken here today."""
    day, books = on.isoformat(), desk.books
    rounds = {k: r["name"] for k, r in books.rounds.items() if r["opens_on"] <= day <= r["closes_on"]}
    if not rounds:
        talk.tell(say("new-no-round", day=day))
        return None
    talk.tell(say("new-intro"))
    kind = talk.choice(say("new-kind"), desk.schemas.choices(desk.schemas.at("idea", ("kind",))))
    content = talk.choice(_label(desk, "content"), _in_order(books.contents))
    if books.movement and content in books.movement.get("clearance_contents", []):
        talk.tell(say("new-counter"))
        return None
    unit = talk.choice(_label(desk, "unit"), _units(books, day))
    round_ = talk.choice(_label(desk, "round"), rounds)
    field = talk.choice(_label(desk, "field"), _in_order(books.fields))
    texts = {key: _text(desk, talk, key) for key in ("title", "summary", "before", "after")}
    steps = talk.lines(_question(desk, "how_to"), lambda n: say("new-step", number=n), _fits(desk, "how_to"))
    rubric = books.rubrics.get(books.rounds[round_]["rubric"])
    statements = {
        criterion["id"]: _text(desk, talk, "after", say("new-statement", criterion=criterion["label"]))
        for criterion in (rubric["criteria"] if rubric else [])
    }
    cost = int(talk.text(say("new-cost"), lambda a: None if a.isdecimal() and len(a) < 13 else say("answer-again")))
    applied = kind == "sang-kien" or talk.choice(say("new-applied"), _yes_no()) == "true"
    person = _author(files, desk, talk, unit, choose)
    code = _fresh_code(files, books, on.year, choose)
    idea = {
        "version": 1,
        "code": code,
        "kind": kind,
        "content": content,
        "field": field,
        "unit": unit,
        "round": round_,
        "submitted_on": day,
        "authors": [{"person": person["id"], "share": 100}],
        **texts,
        "how_to": canonical(steps),
        "statements": statements,
        "cost": {"amount": cost},
        "applied": applied,
        "source": {"door": "yeu-cau-keo"},
    }
    _write(files, desk, "person", layout.path_of("person", person["id"]), person)
    path = layout.path_of("idea", code)
    _write(files, desk, "idea", path, idea)
    return Written(path=path, code=code)


def new_plan(files: Files, desk: Desk, source: str, year: int) -> str:
    """Write the plan of a year after another's and give its path; raises UsageError where it cannot be."""
    if source not in desk.books.plans:
        raise UsageError("no-such-plan", plan=source)
    record = carried_over(desk.books.plans[source], year, desk.books)
    path = layout.path_of("plan", record["id"])
    if files.exists(path):
        raise UsageError("plan-is-there", path=path)
    _write(files, desk, "plan", path, record)
    return path


def _author(files: Files, desk: Desk, talk: Interview, unit: str, choose: Choose) -> dict[str, Any]:
    """Ask who the author is; a name is shown nowhere until a consent is entered."""
    kind = talk.choice(say("new-author-kind"), desk.schemas.choices(desk.schemas.at("person", ("kind",))))
    name = talk.text(say("new-author-name"), lambda answer: _complaint(desk, "person", "name", answer))
    while True:
        key = "p-" + "".join(choose(idea_code.ALPHABET.lower()) for _ in range(_PERSON_SYMBOLS))
        if not files.exists(layout.path_of("person", key)):
            break
    return {
        "version": 1,
        "id": key,
        "kind": kind,
        "name": canonical(name),
        "unit": unit,
        "display": "hidden",
        "consents": [],
    }


def _fresh_code(files: Files, books: Books, year: int, choose: Choose) -> str:
    """Draw codes until one is free of denied letter runs and not yet used."""
    deny = books.lists["code_deny"] if books.lists else []
    while True:
        code = idea_code.make(year, "".join(choose(idea_code.ALPHABET) for _ in range(_RANDOM_SYMBOLS)))
        folder = idea_code.folder(code)
        if not idea_code.denied(code, deny) and next(files.files(folder), None) is None:
            return code


def _text(desk: Desk, talk: Interview, key: str, question: str = "") -> str:
    return canonical(talk.text(question or _question(desk, key), _fits(desk, key)))


def _question(desk: Desk, key: str) -> str:
    return f"{_label(desk, key)} ({desk.schemas.at('idea', (key,)).get('description', '')})"


def _fits(desk: Desk, key: str) -> Callable[[str], str | None]:
    return lambda answer: _complaint(desk, "idea", key, answer)


def _complaint(desk: Desk, kind: str, key: str, answer: str) -> str | None:
    """Say what is wrong with an answer: its shape, or personal data in it; None when it fits."""
    document = Document(file="", record={key: canonical(answer)})
    found = [f for f in desk.schemas.check(kind, document) if f.where.path[:1] == (key,)]
    found += privacy.exposed(document, privacy.Allowed.of(()), None)
    return message(found[0]).sentence if found else None


def _write(files: Files, desk: Desk, kind: str, path: str, record: dict[str, Any]) -> None:
    files.write(path, notation.write(desk.schemas.ordered(kind, record)))


def _label(desk: Desk, key: str) -> str:
    return desk.schemas.label("idea", (key,))


def _in_order(book: Mapping[str, Any]) -> dict[str, str]:
    return {key: r["name"] for key, r in sorted(book.items(), key=lambda item: item[1]["order"])}


def _units(books: Books, day: str) -> dict[str, str]:
    """Name the units in force on a day with their level, in Vietnamese order."""
    levels = {level["id"]: level["name"] for level in books.lists["levels"]} if books.lists else {}
    names = {
        key: f"{levels.get(unit['level'], '')} {unit['name']}".strip()
        for key, unit in books.units.items()
        if in_force(unit, day)
    }
    return dict(sorted(names.items(), key=lambda item: sort_key(item[1])))


def _yes_no() -> dict[str, str]:
    return {"true": say("yes"), "false": say("not-yet")}
