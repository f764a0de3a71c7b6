"""Pages of the movement's life around its ideas: calls to emulate, ceremonies, invitations, comments, support."""

from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from sangkien.domain import address, views
from sangkien.domain import records as r
from sangkien.domain.movement_life import Ceremony, EmulationRound, Invitation
from sangkien.render import honours, ways_in
from sangkien.render import vietnamese as vi
from sangkien.render.ceremony import ceremonies
from sangkien.render.listing import PER_PAGE, Entry, batched, index, pager
from sangkien.render.member_orgs import names
from sangkien.render.page import Page, write
from sangkien.render.wording import Wording


def pages(wording: Wording) -> Iterator[Page]:
    """Write every such page; of what there is nothing, there is none."""
    life = wording.register.life
    if life.emulation_rounds:
        yield from _emulation_rounds(wording)
    if life.ceremonies:
        yield from _ceremonies(wording)
    if life.invitations:
        yield _invitations(wording)
    if life.comments:
        yield from _comments(wording)
    if life.support:
        yield _support(wording)


def document(written: Mapping[str, Any] | None) -> str:
    """Cite a document by its number and day; empty where there is none."""
    if not written:
        return ""
    return f"số {written['number']}" + (f" ngày {vi.day(written['date'])}" if "date" in written else "")


def _emulation_rounds(wording: Wording) -> Iterator[Page]:
    calls = wording.register.life.emulation_rounds
    entries = [
        Entry(
            href=f"{address.EMULATION}{key}/",
            title=call.record["name"],
            note=f"{vi.span(call.record['opens_on'], call.record['closes_on'])} · {wording.counted(call.ideas)}",
            sample="sample" in call.record,
        )
        for key, call in calls.items()
    ]
    lead = "Mỗi đợt thi đua có ngày mở, ngày khép, rồi cùng ngồi lại xem được gì và rút kinh nghiệm gì."
    yield from index(
        address.EMULATION, "Đợt thi đua", lead, [("", entries)], "", above=(address.MOVEMENT, "Phong trào")
    )
    for key, call in calls.items():
        record = call.record
        yield Page(
            address=f"{address.EMULATION}{key}/",
            section=address.MOVEMENT,
            title=record["name"],
            description=record.get("theme", f"{record['name']}: {wording.counted(call.ideas)}."),
            body=write(
                "emulation_round.html.j2",
                record=record,
                unit=wording.unit_link(record["unit"]),
                opening=document(record.get("opening")),
                partners=names(record.get("partners", ()), wording),
                reviews=_reviews(call),
                rounds=[_round(view, wording) for view in call.rounds],
                # Of more, the lists of the rounds themselves tell.
                rows=wording.rows(call.ideas) if len(call.ideas) <= PER_PAGE else "",
            ),
        )


def _reviews(call: EmulationRound) -> list[dict[str, str]]:
    return [
        {
            "name": vi.REVIEW_KINDS[review["kind"]],
            "date": review["date"],
            "results": review.get("results", ""),
            "lessons": review.get("lessons", ""),
            "document": document(review.get("document")),
        }
        for review in sorted(call.record.get("reviews", ()), key=lambda review: review["date"])
    ]


def _round(view: views.Round, wording: Wording) -> tuple[str, str, str]:
    record = view.record
    note = f"{vi.span(record['opens_on'], record['closes_on'])} · {wording.counted(view.ideas)}"
    return f"{address.ROUNDS}{record['id']}/", record["name"], note


def _ceremonies(wording: Wording) -> Iterator[Page]:
    held = wording.register.life.ceremonies
    entries = [
        Entry(
            href=f"{address.CEREMONIES}{key}/",
            title=ceremony.record["name"],
            note=f"{vi.day(ceremony.record['date'])} · {vi.capital(wording.unit(ceremony.record['unit']))}",
            sample="sample" in ceremony.record,
        )
        for key, ceremony in held.items()
    ]
    lead = "Những buổi cùng nhau nói lời cảm ơn người nghĩ ra và người đem đi làm."
    yield from index(
        address.CEREMONIES, "Lễ biểu dương", lead, [("", entries)], "", above=(address.MOVEMENT, "Phong trào")
    )
    staged = ceremonies(wording)
    for key, ceremony in held.items():
        yield _ceremony(key, ceremony, staged, wording)


def _ceremony(key: str, ceremony: Ceremony, staged: Mapping[str, views.Round], wording: Wording) -> Page:
    record = ceremony.record
    return Page(
        address=f"{address.CEREMONIES}{key}/",
        section=address.MOVEMENT,
        title=record["name"],
        description=f"{record['name']}, ngày {vi.day(record['date'])}: chương trình và những người được biểu dương.",
        body=write(
            "ceremony.html.j2",
            record=record,
            unit=wording.unit_link(record["unit"]),
            partners=names(record.get("partners", ()), wording),
            commendations=[honours.entry(view, wording, named=True) for view in ceremony.commendations],
            decisions=[
                (wording.decision_link(view.record), view.record.get("title", "")) for view in ceremony.decisions
            ],
            rounds=[(*_round(view, wording), view.record["id"] in staged) for view in ceremony.rounds],
        ),
    )


def _invitations(wording: Wording) -> Page:
    movement = wording.register.movement
    return Page(
        address=address.INVITED,
        section=address.MOVEMENT,
        title="Mời đem ý hay ra dùng",
        description="Những ý đã được ghi nhận, mời các nơi đem ra dùng.",
        body=write(
            "invited.html.j2",
            invitations=[_invitation(one, wording) for one in wording.register.life.invitations],
            closed=bool(movement and "handover" in movement),
            **{key: value for key, value in ways_in.told(movement).items() if key in ("relay", "repository")},
        ),
    )


def _invitation(invitation: Invitation, wording: Wording) -> dict[str, Any]:
    record = invitation.record
    asked, agreed = len(record["to"]), len(invitation.accepted)
    said = f"{vi.capital(wording.unit(record['from_unit']))} mời {vi.whole(asked)} nơi."
    if agreed:
        said += f" Đến nay {vi.whole(agreed)} nơi đã nhận làm."
    if paper := document(record.get("document")):
        said += f" Văn bản {paper}."
    return {
        "heading": f"Lời mời ngày {vi.day(record['sent_on'])}",
        "said": said,
        "accepted": Markup(", ").join(filter(None, map(wording.unit_link, invitation.accepted))),
        "rows": wording.rows(invitation.ideas),
        "sample": "sample" in record,
    }


def _comments(wording: Wording) -> Iterator[Page]:
    parts = list(batched(wording.register.life.comments))
    title = "Giám sát, góp ý, tham mưu"
    for number, part in enumerate(parts, 1):
        yield Page(
            address=address.numbered(address.COMMENTS, number),
            section=address.MOVEMENT,
            title=title if number == 1 else f"{title}, trang {number}",
            description="Những lần giám sát, góp ý, phản biện, tham mưu; nơi nhận đã trả lời ra sao.",
            body=write(
                "comments.html.j2",
                title=title,
                lead=_COMMENTS_LEAD if number == 1 else "",
                comments=[_comment(one, wording) for one in part],
                pages=pager(address.COMMENTS, number, len(parts)),
            ),
        )


def _comment(record: r.PolicyCommentRecord, wording: Wording) -> dict[str, Any]:
    about = [
        vi.COMMENT_KINDS[record["kind"]],
        vi.day(record["date"]),
        vi.capital(wording.unit(record["unit"])),
        f"gửi {record['to_body']}" if "to_body" in record else "",
        document(record.get("document")),
    ]
    return {
        "record": record,
        "about": " · ".join(filter(None, about)),
        "partners": names(record.get("partners", ()), wording),
        "awaits": "to_body" in record,
    }


def _support(wording: Wording) -> Page:
    life = wording.register.life
    totals = (
        ("Số lần góp", sum(one.gifts for one in life.support), vi.whole),
        ("Đã nhận", sum(one.received for one in life.support), vi.money),
        ("Đã dùng", sum(one.used for one in life.support), vi.money),
    )
    return Page(
        address=address.SUPPORT,
        section=address.MOVEMENT,
        title="Nguồn lực góp sức",
        description="Tổng số tiền và hiện vật đã góp cho phong trào theo từng năm, dùng vào việc gì.",
        noindex=any(who.unlisted for who in life.thanked),
        body=write(
            "support.html.j2",
            totals=[(label, written(total)) for label, total, written in totals if total],
            years=life.support,
            thanked=[wording.credit_link(who) for who in life.thanked],
        ),
    )


_COMMENTS_LEAD = (
    "Chính sách tới được bà con thì phải hợp với đời sống. Đây là những lần đã giám sát, góp ý, tham mưu, và nơi nhận"
    " trả lời ra sao."
)
