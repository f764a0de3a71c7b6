"""The small pages a paper is held against: what was recognised, by which decision, whether it stands, the digest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from sangkien.domain import address, authenticity, views
from sangkien.domain import records as r
from sangkien.domain.publicness import Recognition
from sangkien.render import vietnamese as vi
from sangkien.render.page import Page, write
from sangkien.render.wording import Wording

_STANDS, _CORRECTED, _REVOKED = "con", "sua", "thu"
_VERDICTS = {_STANDS: "còn giá trị", _CORRECTED: "đã đính chính, còn giá trị", _REVOKED: "đã thu hồi"}
Fact = tuple[str, Markup | str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """One recognition as it stands today; the digest is empty where a part of what it is made of may not be told."""

    state: str
    facts: Sequence[Fact]
    digest: str = ""

    @property
    def verdict(self) -> str:
        return vi.capital(_VERDICTS[self.state])

    @property
    def printed(self) -> str:
        return authenticity.printed(self.digest)


def of_idea(idea: views.Idea, wording: Wording) -> Page:
    """Write what papers about an idea are held against; who it was is not told any more once all was taken back."""
    found = idea.whole
    proofs = [_recognition(idea, found, one, wording) for one in (*found.recognitions, *found.revoked)]
    who = wording.every_author(idea) if idea.stands else ""
    recount = any("by_decision" not in one.conclusion for one in found.recognitions)
    return _page(
        to=address.proof(idea.code),
        name=f"Mã {idea.code}",
        subject="Ghi nhận này",
        title=idea.title,
        about=(f"Mã {idea.code}", wording.kind(idea), vi.capital(who), vi.capital(wording.unit(idea.brief.unit))),
        proofs=proofs,
        links=[
            (idea.address, "Trang của ý"),
            *([(f"{address.RECOUNT}#{idea.code}", "Tự đếm lại")] if recount else ()),
        ],
        sample=idea.brief.sample,
    )


def of_commendations(wording: Wording) -> Iterator[Page]:
    """Write what papers about commendations are held against."""
    for view in (*wording.register.commendations.values(), *wording.register.taken_back.values()):
        yield _of_commendation(view, wording)


def _of_commendation(view: views.Commendation, wording: Wording) -> Page:
    """Write it; of one that was taken back neither whose it was nor what for, nor a digest that would tell."""
    record = view.record
    facts = [("Ngày", vi.day(record["date"])), *_decision(view.decision, wording)]
    if view.revoked_by:
        proof = Proof(state=_REVOKED, facts=[*facts, *_revoked(view.revoked_by, wording)])
    else:
        notices = _corrected(view.notices, wording)
        digest = authenticity.of_commendation(record, view.decision)
        proof = Proof(state=_CORRECTED if notices else _STANDS, facts=[*facts, *notices], digest=digest)
    told = (wording.name(view.credit), record["reason"]) if view.stands else ()
    return _page(
        to=address.proof_of_commendation(record["id"]),
        name=f"Biểu dương {record['id']}",
        subject="Ý được nêu" if view.with_ideas and not view.stands else "Lần biểu dương này",
        title=wording.awards.get(record["award"], "Biểu dương"),
        about=(f"Mã {record['id']}", *told, vi.capital(wording.unit(record["issuer"]))),
        proofs=[proof],
        links=[(f"{address.COMMENDATIONS}{record['id']}/", "Trang của lần biểu dương")],
        sample="sample" in record,
    )


def _page(
    *,
    to: str,
    name: str,
    subject: str,
    title: str,
    about: Sequence[str],
    proofs: Sequence[Proof],
    links: Sequence[tuple[str, str]],
    sample: bool,
) -> Page:
    states = {proof.state for proof in proofs}
    state = next(iter(states)) if len(states) == 1 else _CORRECTED
    verdict = f"{subject} {_VERDICTS[state]}"
    if _REVOKED in states and len(states) > 1:
        verdict = f"{subject} đã thu hồi một phần"
    return Page(
        address=to,
        section=address.RECOUNT,
        title=f"{name}: {verdict}",
        description="",
        noindex=True,
        bare=True,
        body=write(
            "proof.html.j2",
            state=state,
            verdict=verdict,
            title=title,
            about=" · ".join(filter(None, (*about, "hồ sơ mẫu, không có thật" if sample else ""))),
            proofs=proofs,
            links=links,
        ),
    )


def _recognition(idea: views.Idea, found: views.Whole, one: Recognition, wording: Wording) -> Proof:
    conclusion, facts = one.conclusion, list[Fact]()
    council = wording.register.councils.get(one.council)
    if council and "by_decision" not in conclusion:
        facts.append(("Hội đồng", f"{council['name']}, kết luận ngày {vi.day(conclusion['concluded_on'])}"))
    facts += _decision(one.decision, wording) or [("Quyết định", "chưa ghi trong sổ; đợt này ghi nhận theo kết luận")]
    if rating := wording.rating_label(conclusion.get("rubric", ""), conclusion.get("rating", "")):
        facts.append(("Xếp loại", rating))
    notices = _corrected([n for n in idea.notices if _concerns(n, one, found)], wording)
    revoked = _revoked(one.revoked_by, wording) if one.revoked_by else []
    return Proof(
        state=_REVOKED if revoked else _CORRECTED if notices else _STANDS,
        facts=[*facts, *notices, *revoked],
        digest=authenticity.of_recognition(found.record, one),
    )


def _concerns(notice: r.DecisionRecord, one: Recognition, found: views.Whole) -> bool:
    """Tell whether a correction is of this recognition; one that names none of them is of all."""
    own = {r.decision["id"] for r in (*found.recognitions, *found.revoked) if r.decision}
    amended = notice.get("amends")
    return amended not in own or (one.decision is not None and one.decision["id"] == amended)


def _decision(decision: r.DecisionRecord | None, wording: Wording) -> list[Fact]:
    if decision is None:
        return []
    return [("Theo", Markup("{}, {} ký").format(wording.decision_link(decision), decision["body"]))]


def _corrected(notices: Sequence[r.DecisionRecord], wording: Wording) -> list[Fact]:
    return [("Đính chính", _with_reason(notice, wording)) for notice in notices]


def _revoked(decision: r.DecisionRecord, wording: Wording) -> list[Fact]:
    return [("Thu hồi", _with_reason(decision, wording))]


def _with_reason(decision: r.DecisionRecord, wording: Wording) -> Markup:
    return Markup(". ").join(filter(None, (wording.decision_link(decision), escape(decision.get("reason", "")))))
