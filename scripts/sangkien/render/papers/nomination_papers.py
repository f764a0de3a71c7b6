"""Papers that put something before who decides on it: a council's proposal, a nomination to a higher unit."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sangkien.domain.books import Dossier
from sangkien.domain.errors import UsageError
from sangkien.domain.in_force import doubts
from sangkien.domain.letterhead import letterhead
from sangkien.domain.naming import Credit
from sangkien.domain.paper_source import Source
from sangkien.domain.publicness import Recognition
from sangkien.domain.records import ConclusionRecord, NominationRecord, SessionRecord
from sangkien.render import vietnamese as vi
from sangkien.render.papers import recognised
from sangkien.render.papers.bases import holding, preamble
from sangkien.render.papers.decision import decision_named, last_of
from sangkien.render.papers.frame import (
    DOTS,
    FEW_DOTS,
    Paper,
    Wish,
    by_hand,
    called,
    day_line,
    frame,
    left_out,
    named,
    words,
)
from sangkien.render.papers.kinds import Kind


def _proposal(source: Source, wish: Wish) -> Iterator[Paper]:
    """Ask the authority to recognise what a council recognised: all a session did, or all a decision lists."""
    for key in wish.wanted():
        if key in source.books.sessions:
            session = source.session(key)
            ideas = list(recognised.of_session(source, session))
            last = last_of(source, session["council"])
            bases, findings = holding(last["legal_bases"] if last else (), source.books, source.on)
            council, to = session["council"], DOTS
        else:
            decision = source.decision(key)
            if decision["kind"] != "cong-nhan":
                raise UsageError("paper-not-of", kind=wish.kind, value=key)
            council, to, bases = decision.get("council", ""), decision["body"], list(decision["legal_bases"])
            ideas = list(recognised.listed(source, decision.get("codes", ()), council, decision["date"]))
            findings = tuple(doubts(bases, source.books, decision["date"]))
        if not ideas:
            raise UsageError("paper-nothing-awaits", value=key)
        record = source.books.councils.get(council)
        name, unit = (record["name"], record.get("unit", "")) if record else (DOTS, "")
        made = frame(
            source,
            wish.kind,
            unit,
            body=name,
            authority=words()["proposal"]["authority"],
            position=_chair(source, ideas),
        )
        lines, people = recognised.rows(source, ideas)
        days = sorted({one.conclusion["concluded_on"] for one in ideas if one.conclusion})
        yield Paper(
            kind=wish.kind,
            name=f"{wish.kind}-{key}".lower(),
            layout=made.layout,
            findings=(*made.findings, *findings, *left_out(people)),
            values={
                **made.values,
                "about": words()["proposal"]["about"].format(what=recognised.kinds_named(ideas)),
                "to": to,
                "bases": preamble(bases, source.books),
                "council": name,
                "days": vi.listed([day_line(day) for day in days]),
                "counted": recognised.counted(ideas),
                "lines": lines,
                "number": f"{FEW_DOTS}{made.values['head']['number'].partition(':')[2].strip()}",
                "day": day_line("", source.on),
            },
        )


def _chair(source: Source, ideas: Sequence[recognised.Listed]) -> str:
    """Name the role of who chaired the session all ideas were concluded in; nothing where that is not on record."""
    keys = {one.conclusion.get("session", "") if one.conclusion else "" for one in ideas}
    session: SessionRecord | None = source.books.sessions.get(keys.pop()) if len(keys) == 1 else None
    council = source.books.councils.get(session["council"]) if session else None
    seats = council["seats"] if council else ()
    return next((vi.ROLES[seat["role"]] for seat in seats if session and seat["seat"] == session["chair"]), FEW_DOTS)


def _nomination(source: Source, wish: Wish) -> Iterator[Paper]:
    """Put an idea or a person before a higher unit, with what is on record of them."""
    for key in wish.wanted():
        record = source.books.nominations.get(key)
        if record is None:
            raise UsageError("no-such", value=key)
        said = words()["nomination"]
        made = frame(source, wish.kind, record["from_unit"], day=record.get("sent_on", ""))
        subject, ideas, people = _subject(source, record)
        asked = _asked(source, record)
        yield Paper(
            kind=wish.kind,
            name=f"{wish.kind}-{key}".lower(),
            layout=made.layout,
            findings=(*made.findings, *left_out(people)),
            values={
                **made.values,
                "about": said["about"].format(asked=asked),
                "to": _addressee(source, record),
                "asked": asked,
                "subject": subject,
                "results": [line for dossier in ideas for line in _results(source, record, dossier)],
                "applied": [row for dossier in ideas for row in _applied(source, record, dossier)],
                "reasons": record.get("reason", "").splitlines(),
            },
        )


def _asked(source: Source, record: NominationRecord) -> str:
    said, titles = words()["nomination"], source.books.lists.get("titles", ()) if source.books.lists else ()
    title = next((one["name"] for one in titles if one["id"] == record.get("title")), "")
    if record.get("purpose") == "xet-lai":
        return str(said["again"])
    return str(said["titled"].format(title=title) if title else said["noted"])


def _addressee(source: Source, record: NominationRecord) -> str:
    """Name who it goes to: the council that looks again, the receiving office by its letterhead, else its unit."""
    council = source.books.councils.get(record.get("council", ""))
    if council is not None:
        return council["name"]
    unit = record["to_unit"]
    own: Mapping[str, Any] = letterhead(source.books, unit, record.get("sent_on", source.on)) or {}
    if not own:
        return f"{FEW_DOTS} {called(source, unit)}"
    return " ".join(filter(None, (own["body"], own.get("superior", ""))))


def _subject(source: Source, record: NominationRecord) -> tuple[list[str], list[Dossier], list[Credit]]:
    """Tell of what or of whom it is, with the ideas that speak for it."""
    said = words()["nomination"]
    if "code" in record:
        idea, dossier = source.idea(record["code"]), source.dossier(record["code"])
        authors = [source.credit(author["person"]) for author in idea["authors"]]
        told = {
            "title": idea["title"],
            "code": idea["code"],
            "kind": vi.KINDS[idea["kind"]].lower(),
            "unit": vi.capital(called(source, idea["unit"])),
            "authors": "; ".join(map(named, authors)),
        }
        return [line.format(**told) for line in said["idea"]], [dossier], authors
    key = record.get("person", "")
    credit, person = source.credit(key), source.person(key)
    unit = vi.capital(called(source, person["unit"])) if person and credit.name else FEW_DOTS
    lines = [line.format(name=by_hand(credit), unit=unit) for line in said["person"]]
    return lines, list(_of_person(source, key, record.get("sent_on", source.on))), [credit]


def _recognised(source: Source, dossier: Dossier, day: str) -> list[Recognition]:
    return [one for one in source.standing(dossier).recognitions if one.on <= day]


def _of_person(source: Source, person: str, day: str) -> Iterator[Dossier]:
    """Give the ideas of a person that were recognised by a day and still are, by the decisions that list them."""
    decisions = sorted(source.books.decisions.values(), key=lambda one: (one["date"], one["id"]))
    for code in dict.fromkeys(code for one in decisions if one["kind"] == "cong-nhan" for code in one.get("codes", ())):
        found = source.find(code)
        authors = found.idea["authors"] if found and found.idea else ()
        if found and any(author["person"] == person for author in authors) and _recognised(source, found, day):
            yield found


def _results(source: Source, record: NominationRecord, dossier: Dossier) -> Iterator[str]:
    """Tell what councils concluded on an idea, and by which decisions."""
    said = words()["nomination"]
    idea = dossier.idea
    day = record.get("sent_on", source.on)
    lead = said["of_idea"].format(title=idea["title"], code=idea["code"]) if idea and "code" not in record else ""
    if record.get("purpose") == "xet-lai":
        for council in dossier.councils:
            told = [c for c in dossier.conclusions if c["council"] == council and c["concluded_on"] <= day]
            if (newest := max(told, key=lambda one: one["number"], default=None)) is None:
                continue
            outcome = said["outcomes"].get(newest["outcome"], newest["outcome"])
            yield lead + said["result"].format(**_council(source, newest), outcome=outcome)
        return
    for one in _recognised(source, dossier, day):
        rating = recognised.rating(source, one.conclusion)
        told = said["result"].format(**_council(source, one.conclusion), outcome=said["outcomes"]["cong-nhan"])
        told += said["rated"].format(rating=rating) if rating else ""
        yield lead + told + (said["decided"].format(decision=decision_named(one.decision)) if one.decision else "")


def _council(source: Source, conclusion: ConclusionRecord) -> dict[str, str]:
    council = source.books.councils.get(conclusion["council"])
    return {"council": council["name"] if council else DOTS, "day": day_line(conclusion["concluded_on"])}


def _applied(source: Source, record: NominationRecord, dossier: Dossier) -> Iterator[dict[str, str]]:
    """Tell where an idea was applied by then, since when and with what result; of a person's, which idea."""
    day = record.get("sent_on", source.on)
    begun = (one for one in dossier.applications if one["since"] <= day)
    for one in sorted(begun, key=lambda one: (one["since"], one["number"])):
        unit, which = vi.capital(called(source, one["unit"])), "" if "code" in record else one["code"]
        place = (which, unit, one.get("place", ""), one.get("applied_by", ""))
        yield {"where": "; ".join(filter(None, place)), "since": vi.day(one["since"]), "result": one["result"]}


KINDS = (
    Kind(name="to-trinh", english="proposal", of="SESSION… | DECISION…", makes=_proposal),
    Kind(name="de-nghi-cap-tren", english="nomination", of="NOMINATION…", makes=_nomination),
)
