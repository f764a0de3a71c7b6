"""Where an idea went: the places that took it up, and the tree that grew out of it."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from sangkien.domain import address, views
from sangkien.domain import records as r
from sangkien.domain.spreading import Branch, Improvement, Place, branches, has_ended, months, places
from sangkien.render import vietnamese as vi
from sangkien.render.page import write
from sangkien.render.wording import Wording

MOST = 100  # branches of a tree that are drawn

Line = tuple[str, str, Markup, str]  # address, title, by whom, and what else is told of an idea


def kindred(idea: views.Idea, wording: Wording) -> tuple[list[Line], list[tuple[int, Line]]]:
    """Give what the page of an idea shows of others: those it grew out of, and those that grew out of it."""
    lineage = wording.lineage
    grown = [(branch.depth, _line(branch.idea, wording)) for branch in lineage.grown(idea)]
    return [_line(source, wording) for source in lineage.sources(idea)], grown


def applications(idea: views.Idea, wording: Wording) -> list[dict[str, object]]:
    """Tell of each place in the words of its record."""
    return [_application(application, wording) for application in idea.applications]


def ended(idea: views.Idea) -> int:
    """Count the places that have left off."""
    return sum(map(has_ended, idea.applications))


def tree(idea: views.Idea, wording: Wording) -> Markup:
    """Draw what grew out of an idea; nothing where a list of places says it all."""
    lineage = wording.lineage
    found, left = branches(lineage.grown(idea), places(idea.applications), MOST)
    sources = [_line(source, wording) for source in lineage.sources(idea)]
    if not sources and all(isinstance(branch, Place) and branch.depth == 1 for branch in found):
        return Markup()
    improvements = sum(isinstance(branch, Improvement) for branch in found)
    return Markup(  # noqa: S704  # written by an autoescaped template
        write(
            "spread.html.j2",
            idea=idea,
            sources=sources,
            branches=_nested(found, wording),
            told=vi.listed(list(_told(len(idea.applications), improvements))),
            left=left,
        )
    )


def _told(places_: int, improvements: int) -> Iterable[str]:
    if places_:
        yield f"{vi.whole(places_)} nơi đã làm theo"
    if improvements:
        yield f"{vi.whole(improvements)} ý làm tiếp"


def _nested(found: tuple[Branch, ...], wording: Wording) -> list[dict[str, object]]:
    """Tell each branch, how many lists it opens below itself or closes after itself."""
    depths = [*(branch.depth for branch in found), 1]
    return [
        {**_branch(branch, wording), "opens": after > here, "closes": max(0, here - after)}
        for branch, (here, after) in zip(found, pairwise(depths), strict=True)
    ]


def _branch(branch: Branch, wording: Wording) -> dict[str, object]:
    if isinstance(branch, Improvement):
        return {"line": _line(branch.idea, wording)}
    record = branch.record
    return {
        "line": None,
        "unit": wording.unit_link(record["unit"]),
        "by": record.get("applied_by"),
        "year": record["since"][:4],
        "still": _newest(record),
    }


def _line(idea: views.Idea, wording: Wording) -> Line:
    places_ = len(idea.brief.adoptions)
    about = [wording.unit(idea.brief.unit), idea.year, f"{vi.whole(places_)} nơi làm theo" if places_ else ""]
    return idea.address, idea.title, wording.authors_linked(idea), " · ".join(filter(None, about))


def _application(application: r.ApplicationRecord, wording: Wording) -> dict[str, object]:
    return {
        "number": application["number"],
        "unit": wording.unit_link(application["unit"]),
        "by": application.get("applied_by"),
        "place": application.get("place"),
        "since": application["since"],
        "confirmed": _confirmed(application, wording),
        "result": application["result"],
        "changes": application.get("changes"),
        "measures": _measures(application.get("measures", ())),
        "still": _newest(application),
        "follow_ups": [
            _follow_up(time, application["since"])
            for time in sorted(application.get("follow_ups", ()), key=lambda time: time["date"])
        ],
        "sample": "sample" in application,
    }


def _confirmed(application: r.ApplicationRecord, wording: Wording) -> Markup:
    """Say who confirmed it, when, by which paper; where the paper is kept is the office's own matter."""
    paper = application.get("confirmation")
    if paper is None and "confirmed_on" not in application:
        return Markup()
    return Markup("{} đã xác nhận{}{}").format(
        (wording.unit_link(paper["by_unit"]) if paper else "") or "đơn vị",
        f" ngày {vi.day(application['confirmed_on'])}" if "confirmed_on" in application else "",
        f", giấy số {paper['number']}" if paper and "number" in paper else "",
    )


def _newest(application: r.ApplicationRecord) -> str:
    """Say how it stands there, by the newest answer that tells more than that it goes on."""
    asked = application.get("follow_ups", ())
    still = max(asked, key=lambda time: time["date"])["still"] if asked else ""
    return vi.STILL[still].lower() if still in ("lam-rong-hon", "da-thoi") else ""


def _follow_up(time: r.FollowUp, since: str) -> dict[str, object]:
    after = months(since, time["date"])
    return {
        "when": f"Sau {after} tháng" if after > 0 else f"Ngày {vi.day(time['date'])}",
        "date": time["date"],
        "still": vi.STILL[time["still"]].lower(),
        "result": time.get("result"),
        "measures": _measures(time.get("measures", ())),
    }


def _measures(measures: Iterable[r.Measure]) -> list[dict[str, Any]]:
    """Tell each measure with its unit, how it was where that is known, and how far it moved."""
    return [
        {
            "label": vi.capital(measure["label"]),
            "unit": measure["unit"],
            "before": vi.decimal(measure["before"]) if "before" in measure else "",
            "after": vi.decimal(measure["after"]),
            "change": vi.change(measure["before"], measure["after"]) if "before" in measure else "",
        }
        for measure in measures
    ]


def movements(idea: views.Idea, wording: Wording) -> list[tuple[str, str]]:
    """Link to the movements of member organisations in which an idea counts too."""
    return [
        (
            f"{address.MEMBER_ORGS}{key}/{movement['id']}/",
            f"{movement['name']} ({org.record.get('short_name', org.record['name'])})",
        )
        for key, org in wording.register.life.member_orgs.items()
        for movement, _ in org.movements
        if movement["id"] in idea.brief.movements
    ]
