"""Pages of what councils, offices and neighbours did: rounds, decisions, commendations, clubs, models."""

from collections.abc import Iterator
from decimal import Decimal

from sangkien.domain import address, views
from sangkien.render import vietnamese as vi
from sangkien.render.ceremony import ceremonies
from sangkien.render.listing import Entry, Listing, beginning, index, the_rest
from sangkien.render.page import Page, write
from sangkien.render.people import commendation_entry
from sangkien.render.wording import Wording


def pages(wording: Wording) -> Iterator[Page]:
    """Write the index of each kind, and the page of each record."""
    yield from _rounds(wording)
    yield from _decisions(wording)
    yield from _commendations(wording)
    yield from _clubs(wording)
    yield from _models(wording)


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
                amendments=[{"kind": a["kind"], "link": wording.decision_link(a)} for a in view.amendments],
                bases=[wording.basis(basis) for basis in view.bases],
                ideas=view.ideas,
                commendations=[commendation_entry(c, wording, named=True) for c in view.commendations],
            ),
        )


def _commendations(wording: Wording) -> Iterator[Page]:
    commendations = wording.register.commendations
    yield from index(
        address.COMMENDATIONS,
        "Biểu dương",
        "Những người và tập thể được biểu dương, khen thưởng trong phong trào, mới nhất ở trên.",
        [("", [commendation_entry(view, wording, named=True) for view in commendations.values()])],
        "Chưa có ai được biểu dương ở đây.",
    )
    for key, view in commendations.items():
        record, who = view.record, wording.name(view.credit)
        award = wording.awards.get(record["award"], "Biểu dương")
        yield Page(
            address=f"{address.COMMENDATIONS}{key}/",
            section=address.COMMENDATIONS,
            title=f"{award}: {who}",
            description=vi.shortened(record["reason"], 200),
            noindex=view.credit.unlisted,
            body=write(
                "commendation.html.j2",
                commendation=view,
                award=award,
                who=who,
                issuer=wording.unit_link(record["issuer"]),
                issuer_today=wording.unit_today(record["issuer"]),
                decision=wording.decision_link(view.decision) if view.decision else None,
                page=view.credit.address if wording.has_page(view.credit) else "",
                rows=wording.rows(view.ideas),
            ),
        )


def _clubs(wording: Wording) -> Iterator[Page]:
    clubs = wording.register.clubs
    entries = [
        Entry(
            href=f"{address.CLUBS}{key}/",
            title=shelf.record["name"],
            note=vi.capital(wording.unit(shelf.record["unit"])),
            sample="sample" in shelf.record,
        )
        for key, shelf in clubs.items()
    ]
    yield from index(
        address.CLUBS, "Câu lạc bộ", "Nơi gặp nhau để nghĩ, thử và sửa.", [("", entries)], "Chưa có câu lạc bộ nào."
    )
    for key, shelf in clubs.items():
        record = shelf.record
        facts = [("Đơn vị", wording.unit_link(record["unit"])), ("Lập ngày", vi.day(record["founded_on"]))]
        if "members" in record:
            facts.append(("Thành viên", f"{vi.whole(record['members'])} người"))
        if "meets" in record:
            facts.append(("Sinh hoạt", record["meets"]))
        yield _shelf_page(shelf, address.CLUBS, "Câu lạc bộ", facts, "Ý ra đời từ câu lạc bộ", wording, key)


def _models(wording: Wording) -> Iterator[Page]:
    models = wording.register.models
    entries = [
        Entry(
            href=f"{address.MODELS}{key}/",
            title=shelf.record["name"],
            note=vi.capital(wording.unit(shelf.record["unit"])),
            sample="sample" in shelf.record,
        )
        for key, shelf in models.items()
    ]
    yield from index(
        address.MODELS, "Mô hình", "Những nơi cùng nhau làm theo một cách hay.", [("", entries)], "Chưa có mô hình nào."
    )
    for key, shelf in models.items():
        record = shelf.record
        facts = [("Đơn vị", wording.unit_link(record["unit"])), ("Từ ngày", vi.day(record["since"]))]
        if "households" in record:
            facts.append(("Số hộ tham gia", vi.whole(record["households"])))
        yield _shelf_page(shelf, address.MODELS, "Mô hình", facts, "Ý làm nên mô hình", wording, key)


def _shelf_page(  # two kinds of one page, told apart by their words
    shelf: views.Shelf[views.Record],
    to: str,
    name: str,
    facts: list[tuple[str, str]],
    heading: str,
    wording: Wording,
    key: str,
) -> Page:
    record = shelf.record
    return Page(
        address=f"{to}{key}/",
        section=to,
        title=record["name"],  # type: ignore[index]  # a club or a model, both named
        description=vi.shortened(record["summary"], 200),  # type: ignore[index]
        body=write(
            "shelf.html.j2",
            record=record,
            crumb=(to, name),
            kicker=name,
            facts=facts,
            heading=heading,
            rows=wording.rows(shelf.ideas),
        ),
    )
