"""Decisions as an office signs them: recognition, commendation, and what corrects or takes back an earlier one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sangkien.domain.errors import UsageError
from sangkien.domain.finding import Finding
from sangkien.domain.in_force import doubts
from sangkien.domain.letterhead import letterhead
from sangkien.domain.naming import Credit
from sangkien.domain.paper_source import Source
from sangkien.domain.records import DecisionRecord, SessionRecord
from sangkien.render import vietnamese as vi
from sangkien.render.papers import recognised
from sangkien.render.papers.bases import holding, lower, preamble
from sangkien.render.papers.frame import (
    DOTS,
    FEW_DOTS,
    Frame,
    Paper,
    Wish,
    by_hand,
    called,
    day_line,
    frame,
    left_out,
    named,
    unbroken,
    words,
)
from sangkien.render.papers.kinds import Kind

_RECOGNISING, _COMMENDING = "cong-nhan", "khen-thuong"
_AMENDING = ("thu-hoi", "dinh-chinh")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Act:
    """Who decides, what about and on which bases; number and day stay empty until it is signed."""

    key: str
    unit: str
    issuer: str
    about: str
    bases: Sequence[str]
    number: str = ""
    day: str = ""
    position: str = ""
    name: str = ""
    findings: tuple[Finding, ...] = ()

    def paper(self, source: Source, kind: str, values: dict[str, Any], people: Sequence[Credit], *more: str) -> Paper:
        """Make the paper; `more` are what else it rests on."""
        made = self._frame(source, kind)
        room = made.values["head"]["number"].partition(":")[2].strip()
        place = called(source, self.unit)
        return Paper(
            kind=kind,
            name=f"{kind}-{self.key}".lower(),
            layout=made.layout,
            findings=(*made.findings, *self.findings, *left_out(people)),
            values={
                **made.values,
                "draft": not self.number,
                "about": self.about,
                "issuer": unbroken(self.issuer, place),
                "bases": preamble(self.bases, source.books, *more),
                "number": self.number or f"{FEW_DOTS}{room}",
                "day": day_line(self.day, source.on),
                **values,
            },
        )

    def _frame(self, source: Source, kind: str) -> Frame:
        """Take the letterhead's frame where it is of the body that decides; another body stands in its place."""
        own = letterhead(source.books, self.unit, self.day or source.on)
        told = {"day": self.day, "number": self.number, "position": self.position, "name": self.name}
        if own and self.issuer.casefold().startswith(own["body"].casefold()):
            return frame(source, kind, self.unit, **told)
        return frame(source, kind, self.unit, superior="", body=self.issuer, authority="", **told)


def _decision(source: Source, wish: Wish) -> Iterator[Paper]:
    """Write decisions that are on record, and drafts of what sessions recognised."""
    for key in wish.wanted():
        if key in source.books.sessions:
            yield _draft(source, source.session(key), wish.kind)
            continue
        decision = source.decision(key)
        if decision["kind"] in _AMENDING:
            raise UsageError("paper-not-of", kind=wish.kind, value=key)
        commending = decision["kind"] == _COMMENDING
        yield (_commending if commending else _recognising)(source, decision, wish.kind)


def _recognising(source: Source, decision: DecisionRecord, kind: str) -> Paper:
    council = decision.get("council", "")
    ideas = list(recognised.listed(source, decision.get("codes", ()), council, decision["date"]))
    about = words()["decision"]["recognise"].format(what=recognised.kinds_named(ideas))
    act = _signed(source, decision, about)
    return _of_ideas(source, act, ideas, council, kind)


def _draft(source: Source, session: SessionRecord, kind: str) -> Paper:
    """Draft the decision on what a session recognised and no decision lists yet, as the council's last one was made."""
    ideas = list(recognised.awaiting(source, session))
    if not ideas:
        raise UsageError("paper-nothing-awaits", value=session["id"])
    last = last_of(source, session["council"])
    bases, findings = holding(last["legal_bases"] if last else (), source.books, source.on)
    unit = last["issuer"] if last else str(source.books.councils[session["council"]].get("unit", ""))
    own = letterhead(source.books, unit, source.on)
    act = _Act(
        key=session["id"],
        unit=unit,
        issuer=last["body"] if last else own["body"] if own else DOTS,
        about=words()["decision"]["recognise"].format(what=recognised.kinds_named(ideas)),
        bases=bases,
        findings=findings,
    )
    return _of_ideas(source, act, ideas, session["council"], kind)


def _of_ideas(source: Source, act: _Act, ideas: Sequence[recognised.Listed], council: str, kind: str) -> Paper:
    lines, people = recognised.rows(source, ideas)
    values = {"commending": False, "counted": recognised.counted(ideas), "lines": lines}
    return act.paper(source, kind, values, people, concluded(source, ideas, council))


def concluded(source: Source, ideas: Sequence[recognised.Listed], council: str) -> str:
    """Say on whose conclusion a list rests, and of which days."""
    said, record = words()["decision"], source.books.councils.get(council)
    days = sorted({one.conclusion["concluded_on"] for one in ideas if one.conclusion})
    told = said["concluded"].format(council=record["name"] if record else DOTS)
    return str(told + (said["concluded_on"].format(days=vi.listed([day_line(day) for day in days])) if days else ""))


def last_of(source: Source, council: str) -> DecisionRecord | None:
    """Give the newest decision on what a council recognised, of those signed by the day of the paper."""
    found = [
        one
        for one in source.books.decisions.values()
        if one["kind"] == _RECOGNISING and one.get("council") == council and one["date"] <= source.on
    ]
    return max(found, key=lambda one: (one["date"], one["id"]), default=None)


def _commending(source: Source, decision: DecisionRecord, kind: str) -> Paper:
    keys = decision.get("commendations", ())
    kinds, lines, people = dict.fromkeys(words()["decision"]["honoured"].values(), 0), [], []
    for place, one in enumerate((source.books.commendations[key] for key in keys), 1):
        record, credit = source.person(one["person"]), source.credit(one["person"])
        people.append(credit)
        if record is not None:
            kinds[words()["decision"]["honoured"][record["kind"]]] += 1
        lines.append(
            {
                "no": place,
                "name": named(credit),
                # With few people in it, a unit beside no name would tell who it is.
                "unit": vi.capital(called(source, record["unit"])) if record and credit.name else "",
                "award": award(source, one["award"]),
                "reason": one["reason"],
            }
        )
    counted = recognised.by_kind(len(lines), words()["decision"]["cases"], kinds)
    act = _signed(source, decision, words()["decision"]["commend"])
    return act.paper(source, kind, {"commending": True, "counted": counted, "lines": lines}, people)


def _amending(source: Source, wish: Wish) -> Iterator[Paper]:
    """Write decisions that correct or take back, and drafts that would take back one recognition or commendation."""
    for key in wish.wanted():
        decision = source.books.decisions.get(key)
        if decision is not None and decision["kind"] not in _AMENDING:
            raise UsageError("paper-not-of", kind=wish.kind, value=key)
        yield _amended(source, decision, wish.kind) if decision else _taking_back(source, key, wish.kind)


def _amended(source: Source, decision: DecisionRecord, kind: str) -> Paper:
    amended = source.books.decisions.get(decision.get("amends", ""))
    said = words()["amending"][decision["kind"]]
    named_some = (decision.get("codes", ()), decision.get("commendations", ()))
    items, people = _items(source, *named_some)
    values = {
        "correcting": decision["kind"] == "dinh-chinh",
        "what": _what(amended),
        "amended": decision_named(amended),
        "items": items,
        "reason": decision.get("reason", DOTS),
    }
    return _signed(source, decision, said.format(what=_what(amended))).paper(source, kind, values, people)


def _taking_back(source: Source, key: str, kind: str) -> Paper:
    """Draft what would take back one recognition or commendation by the decision that made it; why stays blank."""
    if key in source.books.commendations:
        commended = [one for one in source.books.decisions.values() if key in one.get("commendations", ())]
        found = [one for one in commended if one["kind"] == _COMMENDING]
        items, people = _items(source, (), (key,))
    else:
        key = source.idea(key)["code"]
        found = source.rulings.of(_RECOGNISING, key)
        items, people = _items(source, (key,), ())
    if not found:
        raise UsageError("paper-nothing-decided", value=key)
    amended = max(found, key=lambda one: (one["date"], one["id"]))
    bases, findings = holding(amended["legal_bases"], source.books, source.on)
    act = _Act(
        key=key,
        unit=amended["issuer"],
        issuer=amended["body"],
        about=words()["amending"]["thu-hoi"].format(what=_what(amended)),
        bases=bases,
        findings=findings,
    )
    told = {"what": _what(amended), "amended": decision_named(amended), "items": items, "reason": DOTS}
    return act.paper(source, kind, {"correcting": False, **told}, people)


def _items(source: Source, codes: Sequence[str], commendations: Sequence[str]) -> tuple[list[str], list[Credit]]:
    """Name each idea by code and title, each commendation by award and whose it is."""
    said, lines, people = words()["amending"], [], []
    for code in codes:
        found = source.find(code)
        idea = found.idea if found and not found.withdrawn else None
        lines.append(
            said["idea"].format(code=code, title=idea["title"] if idea else words()["ideas_listed"]["withdrawn"])
        )
    for key in commendations:
        one = source.books.commendations[key]
        people.append(source.credit(one["person"]))
        lines.append(
            said["commendation"].format(award=award(source, one["award"]), name=named(people[-1]), why=one["reason"])
        )
    return [f"{place}. {line}" for place, line in enumerate(lines, 1)], people


def _what(amended: DecisionRecord | None) -> str:
    return str(words()["amending"]["what"].get(amended["kind"] if amended else "", DOTS))


def decision_named(decision: DecisionRecord | None) -> str:
    """Name a decision by number, day and who made it; room to write one where none is on record."""
    if decision is None:
        return DOTS
    told = {"number": decision["number"], "day": day_line(decision["date"]), "body": decision["body"]}
    return str(words()["decision"]["named"].format(**told))


def award(source: Source, key: str) -> str:
    """Name an award."""
    awards = source.books.lists["awards"] if source.books.lists else ()
    return next((one["name"] for one in awards if one["id"] == key), key)


def _signed(source: Source, decision: DecisionRecord, about: str) -> _Act:
    """Take from a decision on record what it says, whatever holds today; `about` is for one without a title."""
    signer = decision["signer"]
    return _Act(
        key=decision["id"],
        unit=decision["issuer"],
        issuer=decision["body"],
        about=_titled(decision) or about,
        bases=decision["legal_bases"],
        number=decision["number"],
        day=decision["date"],
        position=signer["position"],
        name=by_hand(source.credit(signer["person"])) if "person" in signer else "",
        findings=tuple(doubts(decision["legal_bases"], source.books, decision["date"])),
    )


def _titled(decision: DecisionRecord) -> str:
    """Give a decision's title as it stands below its kind, begun with what each such line begins with."""
    title, lead = decision.get("title", ""), words()["decision"]["about"]
    return title if not title or title.casefold().startswith(lead.casefold()) else f"{lead} {lower(title)}"


KINDS = (
    Kind(name="quyet-dinh", english="recognition-decision", of="DECISION… | SESSION…", makes=_decision),
    Kind(name="quyet-dinh-thu-hoi", english="revocation", of="DECISION… | CODE… | COMMENDATION…", makes=_amending),
)
