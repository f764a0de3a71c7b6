"""The rules of what a movement lives by: plans, rounds of emulation, outreach, gifts, clubs, models, inspections."""

from collections.abc import Iterator
from typing import Any

from sangkien.domain.finding import Code, Finding
from sangkien.domain.notation import Document
from sangkien.domain.period import Period
from sangkien.domain.rules.dates import not_after, not_before, of_status, ordered, repeated, unit_on
from sangkien.domain.rules.index import Index
from sangkien.domain.rules.spreading import only_recognised


def plan(plan: Any, document: Document, index: Index) -> Iterator[Finding]:
    """Apply every rule to one unit's plan."""
    day = plan.get("issued_on", f"{plan['year']}-01-01")
    yield from unit_on(document, ("unit",), day, index)
    contents = (("local_contents", place, "content") for place in range(len(plan.get("local_contents", ()))))
    yield from repeated(document, contents)
    for place, task in enumerate(plan["tasks"]):
        at = ("tasks", place)
        yield from of_status(document, at, {"done_on": ("xong",)}, unsaid="cho")
        yield from unit_on(document, (*at, "unit"), task.get("done_on", task.get("due", day)), index)
        yield from only_recognised(document, (*at, "code"), index)
    for place, date in enumerate(plan.get("calendar", ())):
        if "period" in date:
            period = Period.read(date["period"])
            if period is None:
                yield document.finding(Code.PERIOD_SENSE, ("calendar", place, "period"), value=date["period"])
            else:
                yield from not_before(document, ("calendar", place, "due"), period.start)


def emulation_round(round_: Any, document: Document, index: Index) -> Iterator[Finding]:
    """Apply every rule to one round of emulation; it is looked back on at its end once."""
    yield from unit_on(document, ("unit",), round_["opens_on"], index)
    yield from ordered(document, ("opens_on",), ("closes_on",))
    reviews = round_.get("reviews", ())
    for place in range(len(reviews)):
        yield from not_before(document, ("reviews", place, "date"), round_["opens_on"])
    yield from not_after(document, ("closes_on",), (one["date"] for one in reviews if one["kind"] == "so-ket"))
    final = (("reviews", place, "kind") for place, one in enumerate(reviews) if one["kind"] == "tong-ket")
    yield from repeated(document, final)


def outreach(outreach: Any, document: Document, index: Index) -> Iterator[Finding]:
    """Apply every rule to one time people were told of the movement."""
    yield from unit_on(document, ("unit",), outreach["date"], index)


def sponsorship(gift: Any, document: Document, index: Index) -> Iterator[Finding]:
    """Apply every rule to one gift: something was given, and no more of it used than that."""
    yield from unit_on(document, ("unit",), gift["date"], index)
    if "amount" not in gift and "in_kind" not in gift:
        yield document.finding(Code.MISSING_FIELD, (), field="amount", label="amount / in_kind")
    uses = gift.get("uses", ())
    for place in range(len(uses)):
        yield from not_before(document, ("uses", place, "date"), gift["date"])
    used = sum(use["amount"] for use in uses)
    if used > gift.get("amount", used):
        yield document.finding(Code.OVERSPENT, ("uses",), total=str(used), amount=str(gift["amount"]))


def ceremony(ceremony: Any, document: Document, index: Index) -> Iterator[Finding]:
    """Apply every rule to one ceremony; that it comes before the paper is told, not forbidden."""
    yield from unit_on(document, ("unit",), ceremony["date"], index)
    for place, key in enumerate(ceremony.get("decisions", ())):
        decision = index.books.decisions.get(key)
        if decision and decision["date"] > ceremony["date"]:
            params = {"decision": key, "day": decision["date"]}
            yield document.finding(Code.DECIDED_AFTER_CEREMONY, ("decisions", place), **params)


def club(club: Any, document: Document, index: Index) -> Iterator[Finding]:
    """Apply every rule to one club: counts, one a day, and meetings within its life."""
    yield from unit_on(document, ("unit",), club["founded_on"], index)
    days = [(field, place) for field in ("counts", "activities") for place in range(len(club.get(field, ())))]
    for field, place in days:
        yield from not_before(document, (field, place, "date"), club["founded_on"])
    yield from repeated(document, ((field, place, "date") for field, place in days if field == "counts"))
    yield from ordered(document, ("founded_on",), ("closed_on",))
    yield from not_after(document, ("closed_on",), (club[field][place]["date"] for field, place in days))


def model(model: Any, document: Document, index: Index) -> Iterator[Finding]:
    """Apply every rule to one model; a place follows it once."""
    yield from unit_on(document, ("unit",), model["since"], index)
    yield from ordered(document, ("since",), ("ended_on",))
    spread = model.get("spread", ())
    for place, followed in enumerate(spread):
        yield from not_before(document, ("spread", place, "since"), model["since"])
        yield from unit_on(document, ("spread", place, "unit"), followed["since"], index)
    yield from repeated(document, (("spread", place, "unit") for place in range(len(spread))))


def inspection(inspection: Any, document: Document, index: Index) -> Iterator[Finding]:
    """Apply every rule to one inspection: each item is looked at once, what is to be done comes after."""
    for side in ("by_unit", "unit"):
        yield from unit_on(document, (side,), inspection["date"], index)
    yield from repeated(document, (("checklist", place, "item") for place in range(len(inspection["checklist"]))))
    for place in range(len(inspection.get("findings", ()))):
        for later in ("due", "done_on"):
            yield from not_before(document, ("findings", place, later), inspection["date"])


def policy_comment(comment: Any, document: Document, index: Index) -> Iterator[Finding]:
    """Apply every rule to one comment on a policy."""
    yield from unit_on(document, ("unit",), comment["date"], index)
    yield from ordered(document, ("date",), ("answer", "date"))
