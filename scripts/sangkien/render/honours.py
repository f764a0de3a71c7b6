"""Commendations: their index, the page of each, and what is kept of those that were taken back."""

from collections.abc import Iterator

from sangkien.domain import address, views
from sangkien.render import vietnamese as vi
from sangkien.render.listing import Entry, index
from sangkien.render.page import Page, write
from sangkien.render.wording import Wording

_TAKEN_BACK = "Đã thu hồi"


def pages(wording: Wording) -> Iterator[Page]:
    """Write the index, and the page of each."""
    register = wording.register
    standing = [entry(view, wording, named=True) for view in register.commendations.values()]
    gone = [entry(view, wording, named=False) for view in register.taken_back.values()]
    yield from index(
        address.COMMENDATIONS,
        "Biểu dương",
        "Những người và tập thể được biểu dương, khen thưởng trong phong trào, mới nhất ở trên.",
        [("", standing), (_TAKEN_BACK, gone)],
        "Chưa có ai được biểu dương ở đây.",
    )
    for view in register.commendations.values():
        yield _page(view, wording)
    for view in register.taken_back.values():
        yield _notice(view, wording)


def entry(commendation: views.Commendation, wording: Wording, *, named: bool) -> Entry:
    """Write a commendation in one line, with the name where it is not told already; none of one taken back."""
    record, award = commendation.record, _award(commendation, wording)
    named = named and commendation.stands
    note = f"{vi.day(record['date'])} · {record['reason']}"
    if commendation.revoked_by:
        by = wording.decision_name(commendation.revoked_by)
        note = f"{vi.day(record['date'])} · {_why(commendation)} theo {by}"
    return Entry(
        href=f"{address.COMMENDATIONS}{record['id']}/",
        title=f"{award}: {wording.name(commendation.credit)}" if named else award,
        note=note,
        sample="sample" in record,
    )


def _award(commendation: views.Commendation, wording: Wording) -> str:
    return wording.awards.get(commendation.record["award"], "Biểu dương")


def _why(commendation: views.Commendation) -> str:
    return "ý được nêu đã thu hồi" if commendation.with_ideas else "đã thu hồi"


def _page(view: views.Commendation, wording: Wording) -> Page:
    record, who, award = view.record, wording.name(view.credit), _award(view, wording)
    return Page(
        address=f"{address.COMMENDATIONS}{record['id']}/",
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
            notices=[{"link": wording.decision_link(n), "reason": n.get("reason")} for n in view.notices],
            page=view.credit.address if wording.has_page(view.credit) else "",
            rows=wording.rows(view.ideas),
            proof=address.proof_of_commendation(record["id"]),
        ),
    )


def _notice(view: views.Commendation, wording: Wording) -> Page:
    """Write what is left of a commendation that was taken back: everything but whose it was, and what for."""
    record, award = view.record, _award(view, wording)
    assert view.revoked_by is not None  # noqa: S101  # or it stands
    return Page(
        address=f"{address.COMMENDATIONS}{record['id']}/",
        section=address.COMMENDATIONS,
        title=f"{award} đã thu hồi" if not view.with_ideas else f"{award}: {_why(view)}",
        description=f"{award} ngày {vi.day(record['date'])}: {_why(view)}.",
        noindex=True,
        body=write(
            "commendation_notice.html.j2",
            commendation=view,
            award=award,
            issuer=wording.unit_link(record["issuer"]),
            decision=wording.decision_link(view.decision) if view.decision else None,
            by=wording.decision_link(view.revoked_by),
            reason=view.revoked_by.get("reason"),
        ),
    )
