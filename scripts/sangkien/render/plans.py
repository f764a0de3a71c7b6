"""Pages of plans: what each place set itself to do in a year, how far it came, and where ideas were to spread."""

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from sangkien.domain import address, views
from sangkien.domain import records as r
from sangkien.domain.calendar import newest_day
from sangkien.domain.movement_life import Plan
from sangkien.render import vietnamese as vi
from sangkien.render.listing import Entry, index
from sangkien.render.member_orgs import movement_names, names
from sangkien.render.page import Page, write
from sangkien.render.wording import Wording

_SPREADS = "Kế hoạch phổ biến, nhân rộng"


def pages(wording: Wording) -> Iterator[Page]:
    """Write the index of plans by year, and the page of each."""
    plans = wording.register.life.plans
    if not plans:
        return
    years: dict[int, list[Entry]] = {}
    for key, plan in plans.items():
        about = [vi.capital(wording.unit(plan.record["unit"])), _SPREADS if plan.spreads else "", _done(plan)]
        years.setdefault(plan.record["year"], []).append(
            Entry(
                href=f"{address.PLANS}{key}/",
                title=plan.record["title"],
                note=" · ".join(filter(None, about)),
                sample="sample" in plan.record,
            )
        )
    yield from index(
        address.PLANS,
        "Kế hoạch",
        "Mỗi năm mỗi nơi tự chọn việc hợp với mình; việc gì đã xong cũng ghi lại ở đây.",
        [(f"Năm {year}", entries) for year, entries in years.items()],
        "",
        above=(address.MOVEMENT, "Phong trào"),
    )
    newest = newest_day(wording.register)
    for plan in plans.values():
        yield _page(plan, newest, wording)


def on_unit(unit: views.Unit, wording: Wording) -> Markup:
    """Write the part of a unit's page that lists its plans; empty where there is none."""
    plans = wording.register.life.plans_of.get(unit.record["id"], ())
    told = [
        {
            "id": plan.record["id"],
            "title": plan.record["title"],
            "year": plan.record["year"],
            "purpose": _SPREADS if plan.spreads else "",
            "contents": [(content["name"], "; ".join(items)) for content, items, _ in _contents(plan.record, wording)],
            "spread": _spread_in_short(plan, wording),
        }
        for plan in plans
    ]
    return Markup(write("unit_plans.html.j2", plans=told)) if told else Markup("")  # noqa: S704  # autoescaped


def _page(plan: Plan, newest: str, wording: Wording) -> Page:
    record = plan.record
    return Page(
        address=f"{address.PLANS}{record['id']}/",
        section=address.MOVEMENT,
        title=record["title"],
        description=f"{record['title']}: việc phải làm, ai lo, hạn nào, đến đâu.",
        body=write(
            "plan.html.j2",
            record=record,
            kicker=_SPREADS if plan.spreads else "Kế hoạch năm",
            unit=wording.unit_link(record["unit"]),
            done=_done(plan),
            contents=[
                {
                    "href": f"{address.CONTENTS}{content['id']}/",
                    "name": content["name"],
                    "lines": items,
                    "movements": movement_names(movements, wording),
                }
                for content, items, movements in _contents(record, wording)
            ],
            tasks=[_task(task, plan, wording) for task in record["tasks"]],
            spread=[
                (idea.title, idea.address, Markup(", ").join(_places(idea, wording))) for idea in plan.ideas.values()
            ]
            if plan.spreads
            else [],
            calendar=[
                (item["what"], _from_to(item, wording), item["due"])
                for item in sorted(record.get("calendar", ()), key=lambda item: item["due"])
            ],
            bases=[(wording.basis(basis), _ended(basis, newest, wording)) for basis in plan.bases],
        ),
    )


def _contents(record: r.PlanRecord, wording: Wording) -> Iterator[tuple[r.ContentRecord, list[str], list[str]]]:
    """Give each content of the movement that the plan made its own, with what it set down and answers."""
    shelves = wording.register.contents
    for local in record.get("local_contents", ()):
        if local["content"] in shelves:
            yield shelves[local["content"]].record, local["items"], local.get("movements", [])


def _task(task: r.Task, plan: Plan, wording: Wording) -> dict[str, Any]:
    idea = plan.ideas.get(task.get("code", ""))
    where, partners = wording.unit_link(task.get("unit", "")), names(task.get("partners", ()), wording)
    about = [
        Markup("Lo: {}").format(task["owner"]),
        Markup("Cùng làm: {}").format(partners) if partners else "",
        Markup("Nơi làm: {}").format(where) if where else "",
        f"Hạn: {vi.day(task['due'])}" if "due" in task else "",
        f"Xong ngày {vi.day(task['done_on'])}" if "done_on" in task else "",
    ]
    return {
        "what": task["what"],
        "status": vi.TASK_STATUSES[task["status"]] if "status" in task else "",
        "is_done": task.get("status") == "xong",
        "idea": Markup('<a href="~/{}">{}</a>').format(idea.address, idea.title) if idea else "",
        "about": Markup(" · ").join(filter(None, about)),
        "note": task.get("note", ""),
    }


def _done(plan: Plan) -> str:
    """Say how many tasks are done, where the plan keeps count of it; those given up are not waited for."""
    statuses = [task.get("status", "cho") for task in plan.record["tasks"] if task.get("status") != "bo"]
    if not any("status" in task for task in plan.record["tasks"]):
        return ""
    return f"{vi.whole(statuses.count('xong'))}/{vi.whole(len(statuses))} việc đã xong"


def _places(idea: views.Idea, wording: Wording) -> list[Markup]:
    """Name the places that did likewise, each once."""
    return [
        link for unit in dict.fromkeys(unit for unit, _ in idea.brief.adoptions) if (link := wording.unit_link(unit))
    ]


def _spread_in_short(plan: Plan, wording: Wording) -> Markup:
    if not plan.spreads:
        return Markup("")
    places = dict.fromkeys(place for idea in plan.ideas.values() for place in _places(idea, wording))
    return Markup("Nơi đã làm theo: {}").format(Markup(", ").join(places)) if places else Markup("")


def _from_to(item: r.CalendarItem, wording: Wording) -> str:
    """Say who sends to whom: `Xã gửi huyện`."""
    ends = (item["from_level"], item.get("to_level", ""))
    return vi.capital(" gửi ".join(wording.levels[end]["name"] for end in ends if end in wording.levels))


def _ended(basis: r.LegalBasisRecord, newest: str, wording: Wording) -> str:
    """Say that a basis has ended, by the newest day the register knows; what took its place is named."""
    end = basis.get("effective_to", "")
    if not end or end >= newest:
        return ""
    heir = wording.register.legal_bases.get(basis.get("replaced_by", ""))
    instead = f", thay bằng {heir['kind']} số {heir['number']}" if heir else ""
    return f"hết hiệu lực từ sau ngày {vi.day(end)}{instead}"
