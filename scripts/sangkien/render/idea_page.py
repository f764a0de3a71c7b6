"""The page of one idea: before and now, how to do it, who, why, where."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from sangkien.domain import address, views
from sangkien.domain import records as r
from sangkien.domain.disclosure import depth
from sangkien.domain.publicness import Recognition
from sangkien.render import linked_data, spread
from sangkien.render import vietnamese as vi
from sangkien.render.doors import doors
from sangkien.render.page import Page, write
from sangkien.render.pictures import Shown
from sangkien.render.prose import how_to
from sangkien.render.share import FOLDER
from sangkien.render.sheets import card_address
from sangkien.render.wording import Wording

_SHOWS = {"truoc": "Trước", "sau": "Nay"}


def idea_page(idea: views.Idea, wording: Wording, site_url: str) -> Page:
    """Write the page of a recognised idea."""
    record = idea.record
    pair, gallery = _pictures(wording.pictures(idea))
    steps = how_to(record["how_to"])
    body = write(
        "idea.html.j2",
        idea=idea,
        kind=wording.kind(idea),
        field=wording.field(idea),
        rating=wording.rating(idea),
        unit=wording.unit_link(record["unit"]),
        unit_today=wording.unit_today(record["unit"]),
        notices=[{"link": wording.decision_link(n), "reason": n.get("reason")} for n in idea.notices],
        revocations=_revocations(idea, wording),
        pair=pair,
        figures=_figures(record.get("figures")),
        gallery=gallery,
        how_to=steps,
        heading_steps=_steps_heading(len(steps.steps)),
        doors=doors(wording.register.movement, idea.code),
        by=wording.authors_linked(idea),
        authors=[{"name": wording.credit_link(a.credit), "share": a.share} for a in idea.authors],
        recognitions=[_recognition(recognition, wording) for recognition in idea.recognitions],
        titles=list(_titles(idea, wording)),
        referrals=[_referral(referral) for referral in wording.register.referrals.get(idea.code, ())],
        recount=address.RECOUNT,
        proof=address.proof(idea.code),
        price=wording.price(idea),
        recounted=[r for r in idea.recognitions if "by_decision" not in r.conclusion],
        counted=all(_is_counted(recognition, wording) for recognition in idea.recognitions),
        higher=Markup(", ").join(wording.unit_link(h.unit) for h in idea.higher if wording.unit(h.unit)),
        sources=spread.kindred(idea, wording)[0],
        applications=spread.applications(idea, wording),
        ended=spread.ended(idea),
        tree=spread.tree(idea, wording),
        corrections=[
            {
                "by": vi.CORRECTION_BY.get(c.get("by", ""), "Văn phòng"),
                "date": c["date"],
                "text": c["text"],
                "sample": "sample" in c,
            }
            for c in idea.corrections
        ],
        statements=list(_statements(idea, wording)),
        permalink=(site_url or "/") + idea.address,
        related=_related(idea, wording),
        kin=wording.kin(idea),
        share=FOLDER if idea.code in wording.shared else "",
    )
    return Page(
        address=idea.address,
        section=address.IDEAS,
        title=idea.title,
        description=vi.shortened(record["summary"], 200),
        body=body,
        noindex="noindex" in record or any(author.credit.unlisted for author in idea.authors),
        data=linked_data.idea(idea, wording),
        image=card_address(idea, wording, tall=False) if idea.code in wording.shared else "",
        changed=max(idea.on, *(correction["date"] for correction in idea.corrections), "0"),
    )


def notice_page(idea: views.Idea, wording: Wording) -> Page:
    """Write what is left of an idea whose recognition was taken back."""
    return Page(
        address=idea.address,
        section=address.IDEAS,
        title=f"Đã thu hồi: {idea.title}",
        description=f"Ghi nhận mã {idea.code} đã thu hồi.",
        body=write("notice.html.j2", idea=idea, revocations=_revocations(idea, wording)),
        noindex=True,
    )


def _revocations(idea: views.Idea, wording: Wording) -> list[dict[str, Any]]:
    return [
        {
            "council": wording.register.councils[recognition.council]["name"],
            "decision": wording.decision_link(recognition.decision) if recognition.decision else None,
            "by": wording.decision_link(recognition.revoked_by),
            "reason": recognition.revoked_by.get("reason"),
        }
        for recognition in idea.revoked
        if recognition.revoked_by
    ]


def _pictures(shown: list[Shown]) -> tuple[list[Any], list[Any]]:
    """Split the pictures into the pair of before and now, where both are there, and all others."""
    firsts = {shows: next((p for p in shown if p.shows == shows), None) for shows in _SHOWS}
    if not all(firsts.values()):
        return [], [_words(p) for p in shown]
    pair = [(_words(p), _SHOWS[shows]) for shows, p in firsts.items() if p]
    return pair, [_words(p) for p in shown if p not in firsts.values()]


def _words(shown: Shown) -> dict[str, object]:
    return {
        "name": _name(shown.picture.address),
        "small": _name(shown.picture.small),
        "small_width": shown.picture.small_width,
        "width": shown.picture.width,
        "height": shown.picture.height,
        "alt": shown.alt,
        "caption": _SHOWS.get(shown.shows, "") or shown.alt,
    }


def _steps_heading(count: int) -> str:
    return f"Làm theo trong {count} bước" if count > 1 else "Làm theo"


def _name(address_: str) -> str:
    return address_.rpartition("/")[2]


def _figures(figures: Any) -> dict[str, object] | None:
    if figures is None:
        return None
    before, after = Decimal(figures["before"]), Decimal(figures["after"])
    most = max(before, after) or Decimal(1)
    return {
        "label": figures["label"],
        "unit": figures["unit"],
        "change": vi.change(figures["before"], figures["after"]),
        "bars": [
            ("Trước", vi.decimal(figures["before"]), f"{float(before * 100 / most):.3g}", False),
            ("Nay", vi.decimal(figures["after"]), f"{float(after * 100 / most):.3g}", True),
        ],
    }


def _recognition(recognition: Recognition, wording: Wording) -> dict[str, object]:
    register, conclusion, decision = wording.register, recognition.conclusion, recognition.decision
    council = register.councils.get(recognition.council)
    bases = [
        wording.basis(register.legal_bases[key])
        for key in (decision["legal_bases"] if decision else ())
        if key in register.legal_bases
    ]
    return {
        "council": council["name"] if council else None,
        "concluded": vi.day(conclusion["concluded_on"]),
        "by_decision": "by_decision" in conclusion,
        "rating": wording.rating_label(conclusion.get("rubric", ""), conclusion.get("rating", "")),
        "reasons": conclusion.get("reasons"),
        "marks": list(_marks(recognition, wording)),
        "decision": wording.decision_link(decision) if decision else None,
        "body": decision["body"] if decision else None,
        "bases": "; ".join(bases),
    }


def _is_counted(recognition: Recognition, wording: Wording) -> bool:
    """Tell whether a reader has the marks to count again."""
    round_ = wording.register.rounds.get(recognition.conclusion["round"])
    return depth(wording.register.movement, round_.record if round_ else None) != "aggregates"


def _marks(recognition: Recognition, wording: Wording) -> Iterator[tuple[str, str]]:
    """Give the means of the council's marks, only where the round publishes them."""
    conclusion, register = recognition.conclusion, wording.register
    round_ = register.rounds.get(conclusion["round"])
    rubric = register.rubrics.get(conclusion.get("rubric", ""))
    if round_ is None or not round_.record.get("publish_marks") or rubric is None:
        return
    means = {criterion["id"]: criterion["mean"] for criterion in conclusion["criteria"]}
    highest = Decimal(0)
    for criterion in rubric["criteria"]:
        highest += Decimal(str(criterion["max_score"]))
        if criterion["id"] in means:
            mark, most = vi.decimal(means[criterion["id"]]), vi.decimal(criterion["max_score"])
            yield criterion["label"], f"{mark}/{most}"
    yield "Tổng điểm", f"{vi.decimal(conclusion['total']['mean'])}/{vi.decimal(str(highest))}"


def _titles(idea: views.Idea, wording: Wording) -> Iterator[Markup]:
    """Tell what higher levels answered; a council's recognition stands above in full."""
    for nomination in idea.titles:
        title = wording.titles.get(nomination.get("title", ""), "")
        if title or "council" not in nomination:
            yield Markup("Được {} ghi nhận{}{}.").format(
                wording.unit_link(nomination["to_unit"]) or "cấp trên",
                Markup(" danh hiệu <strong>{}</strong>").format(title) if title else "",
                f" ngày {vi.day(nomination['answered_on'])}" if "answered_on" in nomination else "",
            )


def _referral(referral: r.ReferralRecord) -> str:
    """Tell that an idea was put before a council of science, and how that found it where it found it promising."""
    to, topic = referral["to_body"], referral.get("topic")
    if referral["status"] == "co-trien-vong":
        on = f" ngày {vi.day(referral['answered_on'])}" if "answered_on" in referral else ""
        told = f"Được {to} đánh giá có triển vọng để phát triển thành đề tài{on}"
        answer = referral.get("answer")
    else:
        on = f" ngày {vi.day(referral['sent_on'])}" if "sent_on" in referral else ""
        told, answer = f"Đã đề xuất {to} xem xét phát triển thành đề tài{on}", None
    return ". ".join(filter(None, (f"{told}: {topic}" if topic else told, answer))).rstrip(".") + "."


def _statements(idea: views.Idea, wording: Wording) -> Iterator[tuple[str, str]]:
    newest = idea.recognitions[-1].conclusion
    round_ = wording.register.rounds.get(newest["round"])
    rubric = wording.register.rubrics.get(newest.get("rubric") or (round_.record["rubric"] if round_ else ""))
    labels = {criterion["id"]: criterion["label"] for criterion in rubric["criteria"]} if rubric else {}
    for key, text in idea.record["statements"].items():
        if key in labels:
            yield labels[key], text


def _related(idea: views.Idea, wording: Wording) -> list[tuple[str, str]]:
    record, register = idea.record, wording.register
    links = [(f"{address.YEARS}{idea.year}/", f"Ghi nhận năm {idea.year}")]
    if record["field"] in register.fields:
        links.append((f"{address.FIELDS}{record['field']}/", f"Lĩnh vực {wording.field(idea)}"))
    if record["content"] in register.contents:
        links.append((f"{address.CONTENTS}{record['content']}/", wording.content(idea)))
    if record["round"] in register.rounds:
        links.append((f"{address.ROUNDS}{record['round']}/", register.rounds[record["round"]].record["name"]))
    return [*links, *spread.movements(idea, wording)]
