"""The parts of an idea as papers retell them; what its record does not say is an empty part, left to be written in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sangkien.domain.letterhead import letterhead
from sangkien.domain.naming import Credit
from sangkien.domain.paper_source import Source
from sangkien.domain.records import ApplicationRecord, IdeaRecord
from sangkien.render import importing
from sangkien.render import vietnamese as vi
from sangkien.render.papers.frame import called, words
from sangkien.render.prose import how_to


def office(source: Source, idea: IdeaRecord | None = None) -> str:
    """Give the unit whose office the register serves."""
    return source.books.movement["unit"] if source.books.movement else idea["unit"] if idea else ""


def layout(source: Source) -> str:
    """Give the layout of papers that people, not the office, hand in."""
    record = letterhead(source.books, office(source), source.on)
    return record.get("layout", "") if record else ""


def in_full(credit: Credit) -> Credit:
    """Name somebody on a form they sign: in full, or not at all; initials would take the place of their name."""
    return credit if credit.shown == "full" else replace(credit, name="")


def lines(text: str) -> list[str]:
    """Take a text apart; what stands in a record for what an old list did not say is nothing."""
    is_silent = text in importing.words()["blank"].values()
    return [] if is_silent else [line.strip() for line in text.split("\n") if line.strip()]


def steps(text: str) -> list[str]:
    """Take a way of doing apart: its steps, numbered, then what to beware of."""
    told = how_to("\n".join(lines(text)))
    cautions = [words()["idea"]["caution"].format(text=text) for text in told.cautions]
    return [*(f"{n}. {step}" for n, step in enumerate(told.steps, 1)), *cautions]


def figures(idea: IdeaRecord) -> str:
    """Tell the idea's two figures in a line."""
    if (said := idea.get("figures")) is None:
        return ""
    told = f"{vi.capital(said['label'])}: {vi.decimal(said['before'])} → {vi.decimal(said['after'])} {said['unit']}"
    change = vi.change(said["before"], said["after"])
    return f"{told} ({change})" if change else told


def cost(idea: IdeaRecord) -> str:
    """Tell what it costs another place to do likewise."""
    note = idea["cost"].get("note", "")
    if note == importing.words()["blank"]["cost"]:
        return ""
    amount = vi.money(idea["cost"]["amount"])
    return f"{amount} ({note.rstrip('.')})" if note else amount


def clearance(idea: IdeaRecord) -> str:
    """Tell the document that lets the idea be published."""
    if (said := idea.get("clearance")) is None:
        return ""
    day = vi.day(said["date"])
    return str(words()["idea"]["clearance"]).format(number=said["number"], day=day, issuer=said["issuer"])


def content(source: Source, idea: IdeaRecord) -> str:
    """Name what of the movement the idea belongs to."""
    found = source.books.contents.get(idea["content"])
    return found["name"] if found else idea["content"]


def field(source: Source, idea: IdeaRecord) -> str:
    """Name the idea's field."""
    found = source.books.fields.get(idea["field"])
    return found["name"] if found else idea["field"]


def criteria(source: Source, idea: IdeaRecord | None) -> Sequence[Mapping[str, Any]]:
    """Give the criteria an idea is judged by; without one, those of the round that is open, else the newest ones."""
    books, on = source.books, source.on
    if idea:
        round_ = books.rounds.get(idea["round"])
    else:
        own = [one for one in books.rounds.values() if one["unit"] == office(source)]
        open_ = [one for one in own if one["opens_on"] <= on <= one["closes_on"]]
        round_ = max(open_, key=lambda one: (one["opens_on"], one["id"]), default=None)
    rubric = books.rubrics.get(round_["rubric"]) if round_ else None
    if rubric is None and idea is None:
        begun = [one for one in books.rubrics.values() if one.get("valid_from", "") <= on]
        rubric = max(begun, key=lambda one: (one.get("valid_from", ""), one["id"]), default=None)
    return rubric["criteria"] if rubric else ()


def measures(application: ApplicationRecord) -> list[dict[str, str]]:
    """Tell what was measured where an idea was taken up; an unknown figure is left to be written in."""
    return [
        {
            "label": vi.capital(one["label"]),
            "unit": one["unit"],
            "before": vi.decimal(one["before"]) if "before" in one else "",
            "after": vi.decimal(one["after"]),
        }
        for one in application.get("measures", ())
    ]


def measured(application: ApplicationRecord) -> str:
    """Tell the same in a line."""
    told = [
        f"{one['label']}: {' → '.join(vi.decimal(one[key]) for key in ('before', 'after') if key in one)} {one['unit']}"
        for one in application.get("measures", ())
    ]
    return vi.capital("; ".join(told))


def place(source: Source, application: ApplicationRecord) -> str:
    """Say who took an idea up and where, as far as it is told."""
    where = ", ".join(filter(None, (application.get("place", ""), called(source, application["unit"]))))
    return vi.capital(f"{application['applied_by']} ({where})" if "applied_by" in application else where)


def blank_rows(keys: Iterable[str], count: int) -> list[dict[str, Any]]:
    """Give rows to be filled in by hand."""
    return [dict.fromkeys(keys, "") for _ in range(count)]
