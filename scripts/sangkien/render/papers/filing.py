"""What a proposer hands in on paper: the application for recognition and the description; empty forms of both."""

from collections.abc import Iterator, Sequence
from typing import Any

from sangkien.domain.naming import Credit
from sangkien.domain.paper_source import Source
from sangkien.domain.records import ApplicationRecord, IdeaRecord
from sangkien.render import vietnamese as vi
from sangkien.render.papers import idea_parts as parts
from sangkien.render.papers.frame import (
    DOTS,
    FEW_DOTS,
    LINE,
    Paper,
    Wish,
    by_hand,
    called,
    day_line,
    left_out,
    named,
    words,
)
from sangkien.render.papers.kinds import Kind

_ROWS = 3  # to be filled in by hand


def _application_form(source: Source, wish: Wish) -> Iterator[Paper]:
    """Apply for recognition, as annex I of circular 18/2013/TT-BKHCN lays it out.

    The template leaves out its column for the date of birth, which nobody here has to know.
    """
    for idea in _ideas(source, wish):
        applications = source.dossier(idea["code"]).applications if idea else ()
        said = idea["authors"] if idea else []
        credited = [parts.in_full(source.credit(author["person"])) for author in said]
        authors = [
            {
                "number": str(number),
                "name": by_hand(credit),
                "unit": _home(source, author["person"]) if credit.name else "",
                "share": str(author["share"]),
            }
            for number, (author, credit) in enumerate(zip(said, credited, strict=True), 1)
        ]
        users = [
            {"number": str(number), "place": parts.place(source, one), "since": vi.day(one["since"])}
            for number, one in enumerate(applications, 1)
        ]
        more = max(0, _ROWS - len(users))
        yield _handed_in(
            source,
            wish,
            idea,
            credited,
            authors=authors or parts.blank_rows(("number", "name", "unit", "share"), _ROWS),
            first_applied=_first_applied(idea, applications),
            told=[*parts.lines(idea["summary"]), *parts.steps(idea["how_to"])] if idea else [],
            benefit=_benefit(idea),
            elsewhere=[_elsewhere(source, one) for one in applications],
            users=[*users, *parts.blank_rows(("number", "place", "since"), more)],
        )


def _description(source: Source, wish: Wish) -> Iterator[Paper]:
    """Describe an idea: how it was before, how it is done, what it does by each criterion, what it costs."""
    said = words()["filing"]
    for idea in _ideas(source, wish):
        statements = idea["statements"] if idea else {}
        cleared = parts.clearance(idea) if idea else ""
        credited = [source.credit(author["person"]) for author in (idea["authors"] if idea else ())]
        images = [said["image"].format(alt=image["alt"]) for image in (idea.get("images", ()) if idea else ())]
        yield _handed_in(
            source,
            wish,
            idea,
            credited,
            authors="; ".join(map(named, credited)) or LINE,
            summary=parts.lines(idea["summary"]) if idea else [],
            before=parts.lines(idea["before"]) if idea else [],
            told=parts.steps(idea["how_to"]) if idea else [],
            benefit=_benefit(idea),
            criteria=[
                {
                    "label": criterion["label"],
                    "question": criterion.get("question", ""),
                    "lines": parts.lines(statements.get(criterion["id"], "")),
                }
                for criterion in parts.criteria(source, idea)
            ],
            attached=[*images, *([said["clearance"].format(document=cleared)] if cleared else [])],
        )


def _ideas(source: Source, wish: Wish) -> Iterator[IdeaRecord | None]:
    """Give the ideas asked for; without any, one that says nothing."""
    yield from map(source.idea, wish.keys)
    if not wish.keys:
        yield None


def _handed_in(source: Source, wish: Wish, idea: IdeaRecord | None, credited: Sequence[Credit], **values: Any) -> Paper:
    """Make a paper that its authors sign: it has no head of an office, and nobody's day."""
    movement = source.books.movement
    return Paper(
        kind=wish.kind,
        name="-".join(filter(None, (wish.kind, idea["code"].lower() if idea else ""))),
        layout=parts.layout(source),
        findings=left_out(credited),
        values={
            "organiser": movement["organiser"] if movement else DOTS,
            "code": idea["code"] if idea else FEW_DOTS,
            "title": idea["title"] if idea else LINE,
            "kind": vi.KINDS[idea["kind"]] if idea else words()["idea"]["any_kind"],
            "content": parts.content(source, idea) if idea else LINE,
            "field": parts.field(source, idea) if idea else LINE,
            "unit": vi.capital(called(source, idea["unit"])) if idea else LINE,
            "cost": (parts.cost(idea) if idea else "") or LINE,
            "place_day": f"{FEW_DOTS}, {day_line('', source.on)}",
            **values,
        },
    )


def _home(source: Source, person: str) -> str:
    """Give the unit somebody lives or works in."""
    record = source.person(person)
    return vi.capital(called(source, record["unit"])) if record else ""


def _first_applied(idea: IdeaRecord | None, applications: Sequence[ApplicationRecord]) -> str:
    """Give the first day on record.

    An idea in use when it was handed in was so since a day before that: what began later was not the first.
    """
    before = idea["submitted_on"] if idea and idea["applied"] else "9999"
    return day_line(min((one["since"] for one in applications if one["since"] <= before), default=""))


def _benefit(idea: IdeaRecord | None) -> list[str]:
    return [*parts.lines(idea["after"]), *filter(None, [parts.figures(idea)])] if idea else []


def _elsewhere(source: Source, application: ApplicationRecord) -> str:
    """Tell in a paragraph what came of it where it was taken up."""
    result, measured = " ".join(parts.lines(application["result"])), parts.measured(application)
    since = words()["filing"]["since"].format(day=vi.day(application["since"]))
    told = f"{parts.place(source, application)}, {since}: {result}"
    return f"{told} {measured}." if measured else told


KINDS = (
    Kind(name="don-de-nghi", english="application-form", of="[CODE…]", makes=_application_form),
    Kind(name="ban-mo-ta", english="description", of="[CODE…]", makes=_description),
)
