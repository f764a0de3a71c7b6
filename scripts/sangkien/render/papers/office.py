"""Papers of an office's own year: the plan of a movement, the minutes of an inspection."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sangkien.domain import in_force
from sangkien.domain.errors import UsageError
from sangkien.domain.paper_source import Source
from sangkien.domain.period import Period
from sangkien.domain.records import (
    CalendarItem,
    InspectionItem,
    InspectionRecord,
    LocalContent,
    PlanRecord,
    Task,
)
from sangkien.domain.unit_history import UnitHistory
from sangkien.render import vietnamese as vi
from sangkien.render.papers.bases import preamble
from sangkien.render.papers.frame import FEW_DOTS, Paper, Wish, called, day_line, frame, words
from sangkien.render.papers.kinds import Kind
from sangkien.render.reporting import period_name

PLAN, INSPECTION = "ke-hoach", "bien-ban-kiem-tra"
_EMPTY_ROWS = 3  # of a table that is filled by hand
_WHOLE_MOVEMENT = "phong-trao"


def _plans(source: Source, wish: Wish) -> Iterator[Paper]:
    """Write plans as they are on record; how far their tasks have come is no part of what was signed."""
    for key in wish.wanted():
        plan = source.books.plans.get(key)
        if plan is None:
            raise UsageError("no-such-plan", plan=key)
        yield _plan(source, wish.kind, plan)


def _plan(source: Source, kind: str, plan: PlanRecord) -> Paper:
    day = plan.get("issued_on", "")
    made = frame(source, kind, plan["unit"], day=day, number=plan.get("number", ""))
    return Paper(
        kind=kind,
        name=f"{kind}-{plan['id'].removeprefix(f'{kind}-')}",
        layout=made.layout,
        findings=(*made.findings, *in_force.doubts(plan["legal_bases"], source.books, day or source.on)),
        values={
            **made.values,
            "title": _about(plan["title"]),
            "bases": preamble(plan["legal_bases"], source.books),
            "contents": [*_contents(source, plan)],
            "tasks": [_task(source, place, task) for place, task in enumerate(plan["tasks"], 1)],
            "calendar": [_mark(source, place, mark) for place, mark in enumerate(plan.get("calendar", ()), 1)],
        },
    )


def _about(title: str) -> str:
    """Take from a plan's title the word its paper bears above it."""
    return vi.capital(re.sub(rf"^{words()['plan']['title']}\s+", "", title, flags=re.IGNORECASE))


def _contents(source: Source, plan: PlanRecord) -> Iterator[dict[str, Any]]:
    """Give each content with what the unit made of it; a plan of the whole movement leaves room for the rest."""
    own: Mapping[str, LocalContent] = {local["content"]: local for local in plan.get("local_contents", ())}
    year = Period(plan["year"], plan["year"])
    is_whole = plan.get("purpose", _WHOLE_MOVEMENT) == _WHOLE_MOVEMENT
    for content in sorted(source.books.contents.values(), key=lambda content: content["order"]):
        in_year = content["valid_from"] <= year.end and content.get("valid_to", "9999") >= year.start
        local = own.get(content["id"])
        if local or (is_whole and in_year):
            yield {
                "name": content["name"],
                "items": [*local["items"]] if local else [],
                "movements": vi.listed(_movements(source, local)) if local else "",
            }


def _movements(source: Source, local: LocalContent) -> list[str]:
    wanted = local.get("movements", ())
    orgs = source.books.member_orgs.values()
    return [f"“{one['name']}”" for org in orgs for one in org.get("movements", ()) if one["id"] in wanted]


def _task(source: Source, place: int, task: Task) -> dict[str, str]:
    said = words()["plan"]
    where = said["at"].format(unit=called(source, task["unit"])) if "unit" in task else ""
    which = said["idea"].format(code=task["code"]) if "code" in task else ""
    aside = ", ".join(filter(None, (where, which)))
    return {
        "place": str(place),
        "what": task["what"] + (f" ({aside})" if aside else ""),
        "owner": task["owner"],
        "partners": ", ".join(_orgs(source, task.get("partners", ()))),
        "due": vi.day(task["due"]) if "due" in task else "",
    }


def _mark(source: Source, place: int, mark: CalendarItem) -> dict[str, str]:
    levels = {level["id"]: level["name"] for level in (source.books.lists or {"levels": []})["levels"]}
    period = Period.read(mark.get("period", ""))
    return {
        "place": str(place),
        "what": mark["what"],
        "period": vi.capital(period_name(period)) if period else "",
        "sender": vi.capital(levels.get(mark["from_level"], "")),
        "receiver": vi.capital(levels.get(mark.get("to_level", ""), "")),
        "due": vi.day(mark["due"]),
    }


def _inspections(source: Source, wish: Wish) -> Iterator[Paper]:
    """Write the minutes of inspections on record; for a unit, minutes to be filled in there by hand."""
    for key in wish.wanted():
        if (inspection := source.books.inspections.get(key)) is not None:
            yield _minutes(source, wish.kind, inspection)
        elif key in source.books.units:
            yield _empty_minutes(source, wish.kind, key)
        else:
            raise UsageError("no-such", value=key)


def _minutes(source: Source, kind: str, inspection: InspectionRecord) -> Paper:
    document = inspection.get("document")
    made = frame(
        source,
        kind,
        inspection["by_unit"],
        day=document.get("date", inspection["date"]) if document else inspection["date"],
        number=document["number"] if document else "",
    )
    items = {item["id"]: item["name"] for item in _looked_at(source)}
    findings = inspection.get("findings", ())
    return Paper(
        kind=kind,
        name=f"{kind}-{inspection['id']}",
        layout=made.layout,
        findings=made.findings,
        values={
            **made.values,
            "day": day_line(inspection["date"]),
            "inspector": called(source, inspection["by_unit"]),
            "partners": ", ".join(_orgs(source, inspection.get("partners", ()))),
            "inspected": called(source, inspection["unit"]),
            "plan": _plan_line(source.books.plans.get(inspection.get("plan", ""))),
            "items": [
                _item(place, items.get(one["item"], one["item"]), one["result"], one.get("note", ""))
                for place, one in enumerate(inspection["checklist"], 1)
            ],
            "findings": [
                {
                    "place": str(place),
                    "what": one["what"],
                    "action": one.get("action", ""),
                    "due": vi.day(one["due"]) if "due" in one else "",
                }
                for place, one in enumerate(findings, 1)
            ]
            or _empty_rows(),
            "conclusion": [line for line in inspection.get("conclusion", "").split("\n") if line.strip()],
        },
    )


def _empty_minutes(source: Source, kind: str, unit: str) -> Paper:
    """Make minutes that say what is looked at and where; who inspects is the unit right above, if there is one."""
    above = UnitHistory(source.books.units).above(unit, source.on)
    made = frame(source, kind, above[0] if above else unit)
    return Paper(
        kind=kind,
        name=f"{kind}-{unit}",
        layout=made.layout,
        findings=made.findings,
        values={
            **made.values,
            "day": day_line("", source.on),
            "inspector": called(source, above[0]) if above else "",
            "partners": "",
            "inspected": called(source, unit),
            "plan": _plan_line(None),
            "items": [_item(place, item["name"], "", "") for place, item in enumerate(_looked_at(source), 1)],
            "findings": _empty_rows(),
            "conclusion": [],
        },
    )


def _looked_at(source: Source) -> Sequence[InspectionItem]:
    return source.books.lists.get("inspection_items", ()) if source.books.lists else ()


def _item(place: int, name: str, result: str, note: str) -> dict[str, str]:
    """Give what was looked at, with a cross under what was found."""
    return {
        "place": str(place),
        "name": name,
        "yes": "x" if result == "dat" else "",
        "no": "x" if result == "chua-dat" else "",
        "unclear": "x" if result == "chua-ro" else "",
        "none": "x" if result == "khong-ap-dung" else "",
        "note": note,
    }


def _empty_rows() -> list[dict[str, str]]:
    return [{"place": str(place), "what": "", "action": "", "due": ""} for place in range(1, _EMPTY_ROWS + 1)]


def _plan_line(plan: PlanRecord | None) -> str:
    number = plan.get("number") if plan else None
    day = plan.get("issued_on", "") if plan else ""
    return str(words()["inspection"]["plan"]).format(number=number or FEW_DOTS, day=day_line(day))


def _orgs(source: Source, keys: Iterable[str]) -> list[str]:
    orgs = source.books.member_orgs
    return [orgs[key].get("short_name", orgs[key]["name"]) if key in orgs else key for key in keys]


KINDS = (
    Kind(name=INSPECTION, english="inspection-minutes", of="INSPECTION… | UNIT…", makes=_inspections),
    Kind(name=PLAN, english="plan", of="PLAN…", makes=_plans),
)
