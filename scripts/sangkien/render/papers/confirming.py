"""Papers on what comes after recognition: a place confirms what it took up, a scientific council is asked to study."""

from collections.abc import Iterator, Mapping
from typing import Any

from sangkien.domain import address
from sangkien.domain.errors import UsageError
from sangkien.domain.paper_source import Source
from sangkien.domain.publicness import Recognition
from sangkien.domain.records import ApplicationRecord, IdeaRecord, ReferralRecord
from sangkien.render import vietnamese as vi
from sangkien.render.papers import idea_parts as parts
from sangkien.render.papers.frame import DOTS, FEW_DOTS, LINE, Paper, Wish, called, day_line, frame, words
from sangkien.render.papers.kinds import Kind

_ROWS = 3  # to be filled in by hand


def _confirmations(source: Source, wish: Wish) -> Iterator[Paper]:
    """Confirm that an idea was taken up: each place on record, one of them (`CODE/N`), or an empty form."""
    for key in wish.keys:
        said, _, number = key.partition("/")
        idea, applications = source.idea(said), source.dossier(said).applications
        chosen = [one for one in applications if number in ("", str(one["number"]))]
        if number and not chosen:
            raise UsageError("no-such", value=key)
        for application in chosen:
            yield _confirmation(source, wish, idea, application)
        if not chosen:
            yield _confirmation(source, wish, idea, None)
    if not wish.keys:
        yield _confirmation(source, wish, None, None)


def _confirmation(source: Source, wish: Wish, idea: IdeaRecord | None, application: ApplicationRecord | None) -> Paper:
    """Confirm one place, in the name of the unit that took it up; what was signed bears its number and day."""
    own: Any = application or {}
    signed = own.get("confirmation", {})
    unit = signed.get("by_unit") or own.get("unit", "")
    day = own.get("confirmed_on", "") if signed else ""
    made = frame(source, wish.kind, unit, day=day, number=signed.get("number", ""))
    return Paper(
        kind=wish.kind,
        name="-".join(filter(None, (wish.kind, idea["code"].lower() if idea else "", str(own.get("number", ""))))),
        layout=made.layout,
        # That another unit's letterhead is not known here is nothing to mend: its head is its own to write.
        values={
            **made.values,
            "unit": vi.capital(called(source, unit)) if unit else DOTS,
            "code": idea["code"] if idea else FEW_DOTS,
            "title": idea["title"] if idea else DOTS,
            "kind": vi.KINDS[idea["kind"]].lower() if idea else words()["idea"]["any_kind"].lower(),
            "since": day_line(own.get("since", "")),
            "place": own.get("place") or LINE,
            "applied_by": own.get("applied_by") or LINE,
            "changes": parts.lines(own.get("changes", "")),
            "result": parts.lines(own.get("result", "")),
            "measures": (parts.measures(application) if application else [])
            or parts.blank_rows(("label", "unit", "before", "after"), _ROWS),
            "still": _still(own, day or source.on),
            "choices": list(vi.STILL.values()),
        },
    )


def _still(application: Mapping[str, Any], day: str) -> str:
    """Tell whether it was still in use when last asked by a day; nothing where nobody asked."""
    seen = [one for one in application.get("follow_ups", ()) if one["date"] <= day]
    if not seen:
        return ""
    last = max(seen, key=lambda one: one["date"])
    return str(words()["confirmation"]["still"]).format(state=vi.STILL[last["still"]], day=vi.day(last["date"]))


def _proposals(source: Source, wish: Wish) -> Iterator[Paper]:
    """Propose that an idea be studied further: as a referral on record says, or a draft of it by the idea's code."""
    for key in wish.wanted():
        referral = source.books.referrals.get(key)
        yield _proposal(source, wish, source.idea(referral["code"] if referral else key), referral)


def _proposal(source: Source, wish: Wish, idea: IdeaRecord, referral: ReferralRecord | None) -> Paper:
    own: Any = referral or {}
    document = own.get("document", {})
    day = document.get("date", "")
    made = frame(
        source,
        wish.kind,
        own.get("from_unit") or parts.office(source, idea),
        day=day,
        number=document.get("number", ""),
    )
    dossier = source.dossier(idea["code"])
    by = day or source.on
    recognised = [one for one in source.standing(dossier).recognitions if one.on <= by]
    return Paper(
        kind=wish.kind,
        name=f"{wish.kind}-{own.get('id') or idea['code'].lower()}",
        layout=made.layout,
        findings=made.findings,
        values={
            **made.values,
            "to": own.get("to_body", DOTS),
            "code": idea["code"],
            "title": idea["title"],
            "kind": vi.KINDS[idea["kind"]].lower(),
            "recognitions": [_recognised(source, one) for one in recognised],
            "page": source.site + address.idea(idea["code"]) if recognised and source.site else "",
            "before": parts.lines(idea["before"]),
            "summary": parts.lines(idea["summary"]),
            "benefit": [*parts.lines(idea["after"]), *filter(None, [parts.figures(idea)])],
            "applications": [
                {
                    "number": str(number),
                    "place": parts.place(source, one),
                    "since": vi.day(one["since"]),
                    "measured": parts.measured(one) or " ".join(parts.lines(one["result"])),
                }
                for number, one in enumerate((one for one in dossier.applications if one["since"] <= by), 1)
            ],
            "reason": parts.lines(own.get("reason", "")),
            "topic": parts.lines(own.get("topic", "")),
        },
    )


def _recognised(source: Source, recognition: Recognition) -> str:
    """Tell in a line which council recognised the idea, and by which decision."""
    said, decision = words()["science"], recognition.decision
    council = source.books.councils.get(recognition.council)
    name = council["name"] if council else recognition.council
    if decision is None:
        return str(said["concluded"]).format(council=name, day=day_line(recognition.conclusion["concluded_on"]))
    return str(said["decided"]).format(
        council=name, number=decision["number"], day=day_line(decision["date"]), body=decision["body"]
    )


KINDS = (
    Kind(name="giay-xac-nhan-ap-dung", english="application-confirmation", of="[CODE…|CODE/N…]", makes=_confirmations),
    Kind(name="de-xuat-khoa-hoc", english="st-proposal", of="REFERRAL…|CODE…", makes=_proposals),
)
