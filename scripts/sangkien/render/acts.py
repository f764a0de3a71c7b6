"""Pages of what councils and offices did: rounds and decisions."""

from collections.abc import Iterator
from decimal import Decimal

from sangkien.domain import address, views
from sangkien.render import honours
from sangkien.render import vietnamese as vi
from sangkien.render.ceremony import ceremonies
from sangkien.render.listing import Entry, Listing, beginning, index, the_rest
from sangkien.render.page import Page, write
from sangkien.render.wording import Wording


def pages(wording: Wording) -> Iterator[Page]:
    """Write the index of each kind, and the page of each record."""
    yield from _rounds(wording)
    yield from _decisions(wording)


def _rounds(wording: Wording) -> Iterator[Page]:
    rounds = wording.register.rounds
    entries = [
        Entry(
            href=f"{address.ROUNDS}{key}/",
            title=view.record["name"],
            note=f"{vi.span(view.record['opens_on'], view.record['closes_on'])} · {wording.counted(view.ideas)}",
            sample="sample" in view.record,
        )
        for key, view in rounds.items()
    ]
    yield from index(
        address.ROUNDS,
        "Các đợt",
        "Mỗi đợt nhận ý trong một thời gian và xét theo một bộ tiêu chí.",
        [("", entries)],
        "Chưa mở đợt nào.",
    )
    held = ceremonies(wording)
    for key, view in rounds.items():
        contents = wording.register.contents
        criteria = view.rubric["criteria"] if view.rubric else []
        yield Page(
            address=f"{address.ROUNDS}{key}/",
            section=address.ROUNDS,
            title=view.record["name"],
            description=f"{view.record['name']}: {wording.counted(view.ideas)}.",
            body=write(
                "round.html.j2",
                round=view,
                unit=wording.unit(view.record["unit"]),
                ceremony=key in held,
                marks=view.record.get("publish_marks", False),
                contents=vi.listed(
                    [contents[c].record["name"] for c in view.record.get("contents", ()) if c in contents]
                ),
                highest=str(sum((Decimal(str(c["max_score"])) for c in criteria), Decimal(0))),
                rows=beginning(view.ideas, f"{address.ROUNDS}{key}/tat-ca/", wording),
            ),
        )
        listing = Listing(
            address=f"{address.ROUNDS}{key}/tat-ca/",
            section=address.ROUNDS,
            title=f"{view.record['name']}: tất cả",
            description=f"{view.record['name']}: {wording.counted(view.ideas)}.",
            crumbs=((address.ROUNDS, "Các đợt"), (f"{address.ROUNDS}{key}/", view.record["name"])),
        )
        yield from the_rest(listing, view.ideas, wording)


_REVOKED, _CORRECTED = "đã thu hồi", "đã đính chính"


def _state(idea: views.Idea, decision: views.Decision) -> str:
    """Say what became of an idea by this decision, whatever another council decided of it."""
    key = decision.record["id"]
    # Only where a decision changes another or was changed need the whole idea be read.
    if not idea.stands:
        return _REVOKED
    if not decision.amended and not decision.amendments:
        return ""
    if any(key == act["id"] for one in idea.revoked for act in (one.decision, one.revoked_by) if act):
        return _REVOKED
    return _CORRECTED if any(key in (one["id"], one.get("amends")) for one in idea.notices) else ""


def _decisions(wording: Wording) -> Iterator[Page]:
    decisions = wording.register.decisions
    entries = [
        Entry(
            href=f"{address.DECISIONS}{key}/",
            title=wording.decision_name(view.record),
            note=" · ".join(filter(None, [vi.DECISION_KINDS[view.record["kind"]], view.record.get("title", "")])),
            sample="sample" in view.record,
        )
        for key, view in decisions.items()
    ]
    yield from index(
        address.DECISIONS,
        "Quyết định",
        "Những quyết định đã ký làm căn cứ cho việc ghi nhận.",
        [("", entries)],
        "Chưa có quyết định nào được công khai.",
    )
    for key, view in decisions.items():
        record = view.record
        council = wording.register.councils.get(record.get("council", ""))
        ideas = [(idea, _state(idea, view)) for idea in view.ideas]
        yield Page(
            address=f"{address.DECISIONS}{key}/",
            section=address.DECISIONS,
            title=wording.decision_name(record),
            description=record.get("title", wording.decision_name(record)),
            body=write(
                "decision.html.j2",
                decision=view,
                name=wording.decision_name(record),
                kind=vi.DECISION_KINDS[record["kind"]],
                issuer=wording.unit_link(record["issuer"]),
                issuer_today=wording.unit_today(record["issuer"]),
                council=council["name"] if council else None,
                amended=wording.decision_link(view.amended) if view.amended else None,
                amendments=[
                    {"kind": a["kind"], "link": wording.decision_link(a), "reason": a.get("reason")}
                    for a in view.amendments
                ],
                in_part=any(state != _REVOKED for _, state in ideas) or any(c.stands for c in view.commendations),
                bases=[wording.basis(basis) for basis in view.bases],
                ideas=ideas,
                commendations=[(honours.entry(c, wording, named=True), c) for c in view.commendations],
            ),
        )
