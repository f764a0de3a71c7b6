"""The rules of the registers: one function a kind, each named for what it checks.

What recognition stands on is judged here, what comes after it in modules of its own.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from sangkien.domain import terms
from sangkien.domain.certificate_words import is_of_initiatives, says_initiative
from sangkien.domain.finding import Code, Finding
from sangkien.domain.notation import Document
from sangkien.domain.rules import movement_life, nominations, reports, spreading
from sangkien.domain.rules.dates import not_before, ordered, repeated, unit_on
from sangkien.domain.rules.index import Index
from sangkien.domain.unit_history import UnitHistory

Rule = Callable[[Any, Document, Index], Iterator[Finding]]


def check(kind: str, document: Document, index: Index) -> Iterator[Finding]:
    """Apply the rules of its kind to one register record that has its shape."""
    rule = _RULES.get(kind)
    if rule:
        yield from rule(document.record, document, index)


def _unit(unit: Any, document: Document, index: Index) -> Iterator[Finding]:
    level, year = unit["level"], unit["valid_from"][:4]
    if not unit["id"].startswith(f"{level}-") or not unit["id"].endswith(f"-{year}"):
        yield document.finding(Code.UNIT_ID, ("id",), value=unit["id"], level=level, year=year)
    yield from ordered(document, ("valid_from",), ("valid_to",))
    for place, parent in enumerate(unit.get("parents", ())):
        yield from ordered(document, ("parents", place, "from"), ("parents", place, "to"))
        yield from not_before(document, ("parents", place, "from"), unit["valid_from"])
        for day in (parent["from"], parent.get("to")):
            yield from unit_on(document, ("parents", place, "unit"), day, index)
    for place, earlier in enumerate(unit.get("predecessors", ())):
        before = index.books.units.get(earlier)
        if before and before["valid_from"] >= unit["valid_from"]:
            yield document.finding(
                Code.DATES_OUT_OF_ORDER,
                ("predecessors", place),
                day=unit["valid_from"],
                earliest=before["valid_from"],
            )
    if _is_own_ancestor(unit["id"], index):
        yield document.finding(Code.UNIT_LOOP, ("id",), value=unit["id"])


def _is_own_ancestor(start: str, index: Index) -> bool:
    waiting, seen = [start], set()
    while waiting:
        unit = index.books.units.get(waiting.pop())
        for parent in unit.get("parents", ()) if unit else ():
            if parent["unit"] == start:
                return True
            if parent["unit"] not in seen:
                seen.add(parent["unit"])
                waiting.append(parent["unit"])
    return False


def _content(content: Any, document: Document, index: Index) -> Iterator[Finding]:
    del content, index
    yield from ordered(document, ("valid_from",), ("valid_to",))


def _legal_basis(basis: Any, document: Document, index: Index) -> Iterator[Finding]:
    del basis, index
    yield from ordered(document, ("issued_on",), ("effective_from",))
    yield from ordered(document, ("effective_from",), ("effective_to",))


def _letterhead(letterhead: Any, document: Document, index: Index) -> Iterator[Finding]:
    """Find days on which its unit is none, or has begun another letterhead before and not ended it."""
    yield from ordered(document, ("valid_from",), ("valid_to",))
    for field in ("valid_from", "valid_to"):
        yield from unit_on(document, ("unit",), letterhead.get(field), index)
    begun = (letterhead["valid_from"], letterhead["id"])
    for other in index.books.letterheads.values():
        earlier = other["unit"] == letterhead["unit"] and (other["valid_from"], other["id"]) < begun
        if earlier and begun[0] <= other.get("valid_to", "9999"):
            told = {"day": begun[0], "other": other["id"]}
            yield document.finding(Code.LETTERHEADS_OVERLAP, ("valid_from",), **told)


def _rubric(rubric: Any, document: Document, index: Index) -> Iterator[Finding]:
    del index
    ids = [criterion["id"] for criterion in rubric["criteria"]]
    for place, criterion in enumerate(rubric["criteria"]):
        if criterion["id"] in ids[:place]:
            yield document.finding(Code.REPEATED_ENTRY, ("criteria", place, "id"), value=criterion["id"])
        if Decimal(str(criterion["pass_score"])) > Decimal(str(criterion["max_score"])):
            yield document.finding(Code.RUBRIC_SENSE, ("criteria", place, "pass_score"), value=criterion["id"])
    highest = sum(Decimal(str(criterion["max_score"])) for criterion in rubric["criteria"])
    if Decimal(str(rubric["pass_total"])) > highest:
        yield document.finding(Code.RUBRIC_SENSE, ("pass_total",), value="pass_total")
    for place, rating in enumerate(rubric.get("ratings", ())):
        for criterion in rating.get("min_scores", {}):
            if criterion not in ids:
                path = ("ratings", place, "min_scores", criterion)
                yield document.finding(Code.RUBRIC_SENSE, path, value=criterion)


def _council(council: Any, document: Document, index: Index) -> Iterator[Finding]:
    del index
    seats = [seat["seat"] for seat in council["seats"]]
    held: list[tuple[int, str, str, int]] = []
    for place, seat in enumerate(council["seats"]):
        if seat["seat"] in seats[:place]:
            yield document.finding(Code.REPEATED_ENTRY, ("seats", place, "seat"), value=seat["seat"])
        last = ""
        for number, term in enumerate(seat["terms"]):
            at = ("seats", place, "terms", number)
            start, end = term["from"], term.get("to") or "9999"
            if end < start or start <= last:
                yield document.finding(Code.DATES_OUT_OF_ORDER, (*at, "from"), day=start, earliest=last or start)
            last = end
            account = term.get("github_id")
            if account is None:
                continue
            if any(a == account and start <= e and s <= end and p != place for a, s, e, p in held):
                yield document.finding(Code.SEAT_SENSE, (*at, "github_id"), value=str(account))
            held.append((account, start, end, place))


def _round(round_: Any, document: Document, index: Index) -> Iterator[Finding]:
    yield from ordered(document, ("opens_on",), ("closes_on",))
    yield from unit_on(document, ("unit",), round_["opens_on"], index)


def _session(session: Any, document: Document, index: Index) -> Iterator[Finding]:
    council = index.books.councils.get(session["council"])
    seats = {seat["seat"] for seat in council["seats"]} if council else None
    absent = [entry["seat"] for entry in session.get("absent", ())]
    named: list[tuple[tuple[str | int, ...], str]] = [(("present", i), s) for i, s in enumerate(session["present"])]
    named += [(("absent", i, "seat"), s) for i, s in enumerate(absent)]
    named += [(("chair",), session["chair"]), (("secretary",), session["secretary"])]
    for path, seat in named:
        if seats is not None and seat not in seats:
            yield document.finding(Code.SEAT_SENSE, path, value=seat)
        if path[0] == "absent" and seat in session["present"]:
            yield document.finding(Code.REPEATED_ENTRY, path, value=seat)
    if session.get("ends", "99:99") <= session.get("starts", ""):
        yield document.finding(Code.DATES_OUT_OF_ORDER, ("ends",), day=session["ends"], earliest=session["starts"])
    for place, code in enumerate(session["agenda"]):
        row = (index.ideas or {}).get(code)
        if row and session["date"] < row.submitted_on:
            yield document.finding(
                Code.DATES_OUT_OF_ORDER, ("agenda", place), day=session["date"], earliest=row.submitted_on
            )


def _decision(decision: Any, document: Document, index: Index) -> Iterator[Finding]:
    yield from unit_on(document, ("issuer",), decision["date"], index)
    needed = {"cong-nhan": ("council", "codes"), "khen-thuong": ("commendations",)}
    for field in needed.get(decision["kind"], ("amends", "reason")):
        if not decision.get(field):
            yield document.finding(Code.MISSING_FIELD, (), field=field, label=field)
    yield from _competent(decision, document, index)
    amended = index.books.decisions.get(decision.get("amends", ""))
    if amended:
        yield from not_before(document, ("date",), amended["date"])
    for basis_place, basis_id in enumerate(decision["legal_bases"]):
        basis = index.books.legal_bases.get(basis_id)
        day = decision["date"]
        if basis and not (basis.get("effective_from", basis["issued_on"]) <= day <= basis.get("effective_to", "9999")):
            path = ("legal_bases", basis_place)
            yield document.finding(Code.BASIS_NOT_IN_FORCE, path, value=basis["number"], day=day)
    if decision["kind"] == "cong-nhan":
        yield from _recognising(decision, document, index)
    elif amended and decision["kind"] == "thu-hoi":
        for place, code in enumerate(decision.get("codes", ())):
            if code not in amended.get("codes", ()):
                yield document.finding(Code.NOT_IN_DECISION, ("codes", place), value=code, other=amended["id"])


def _competent(decision: Any, document: Document, index: Index) -> Iterator[Finding]:
    """Find an issuer whose level may not decide this, or that is not the council's unit, its heir or above it."""
    books, day = index.books, decision["date"]
    issuer = books.units.get(decision["issuer"])
    rules = [
        rule
        for rule in (books.lists.get("competences", ()) if books.lists else ())
        if rule["kind"] == decision["kind"] and rule["from"] <= day <= rule.get("to", "9999")
    ]
    if issuer and rules and not any(issuer["level"] in rule["issuer_levels"] for rule in rules):
        yield document.finding(Code.DECISION_RANK, ("issuer",), value=decision["issuer"])
    council = books.councils.get(decision.get("council", ""))
    unit = council.get("unit", "") if council else ""
    if issuer and council and unit in books.units:
        history = UnitHistory(books.units)
        line = {unit, *history.before(unit), *history.now(unit)}
        above = {over for own in line for over in history.above(own, day)}
        if decision["issuer"] not in line | above:
            yield document.finding(Code.ISSUER_OF_OTHERS, ("issuer",), value=decision["issuer"], council=council["id"])
    for place, key in enumerate(decision.get("commendations", ())):
        listed = books.commendations.get(key)
        if listed and listed["issuer"] != decision["issuer"]:
            path = ("commendations", place)
            yield document.finding(Code.ISSUER_OF_OTHERS, path, value=decision["issuer"], council=key)


def _recognising(decision: Any, document: Document, index: Index) -> Iterator[Finding]:
    """Find listed ideas that the council's newest conclusion does not recognise, or that were listed before."""
    if index.ideas is None:
        return
    for place, code in enumerate(decision.get("codes", ())):
        row = index.ideas.get(code)
        if row is None or row.unreadable:
            continue  # a reference to nothing is reported as such, an unreadable idea at its own place
        outcome, day = row.concluded.get(decision.get("council", ""), ("", ""))
        if outcome != "cong-nhan":
            yield document.finding(Code.NOT_RECOGNISED, ("codes", place), value=code)
        elif decision["date"] < day:
            path = ("codes", place)
            yield document.finding(Code.DATES_OUT_OF_ORDER, path, day=decision["date"], earliest=day)
        for other in index.recognised_by.get((decision.get("council", ""), code), ()):
            if other < decision["id"]:
                yield document.finding(Code.REPEATED_ENTRY, ("codes", place), value=code)


def _commendation(commendation: Any, document: Document, index: Index) -> Iterator[Finding]:
    yield from unit_on(document, ("issuer",), commendation["date"], index)
    issuer = index.books.units.get(commendation["issuer"])
    awards = index.books.lists["awards"] if index.books.lists else []
    award = next((a for a in awards if a["id"] == commendation["award"]), None)
    if issuer and award and issuer["level"] not in award["issuer_levels"]:
        yield document.finding(Code.ISSUER_RANK, ("issuer",), value=commendation["issuer"], award=award["name"])
    yield from spreading.only_recognised(document, ("codes",), index)


def _data_request(request: Any, document: Document, index: Index) -> Iterator[Finding]:
    for later in (("answered_on",), ("extension", "date"), ("closed", "date")):
        yield from ordered(document, ("received_on",), later)
    extension, term = request.get("extension"), terms.term_of(request, "lam-xong", index.books.lists)
    most = term.get("extension_days", 0) if term else 0
    if extension and term and extension["days"] > most:
        yield document.finding(Code.EXTENSION, ("extension", "days"), value=str(extension["days"]), limit=str(most))


def _lists(lists: Any, document: Document, index: Index) -> Iterator[Finding]:
    del index
    for name in ("levels", "strata", "awards", "titles", "outreach_forms", "audiences", "inspection_items"):
        yield from repeated(document, ((name, place, "id") for place in range(len(lists.get(name, ())))))
    yield from reports.of_lists(lists, document)
    for place, words in enumerate(lists.get("certificates", ())):
        yield from ordered(document, ("certificates", place, "from"), ("certificates", place, "to"))
        if says_initiative(words) and not is_of_initiatives(words):
            path = ("certificates", place, "heading")
            yield document.finding(Code.CERTIFICATE_WORDS, path, value=words["heading"])


_RULES: dict[str, Rule] = {
    "ceremony": movement_life.ceremony,
    "club": movement_life.club,
    "commendation": _commendation,
    "content": _content,
    "council": _council,
    "data_request": _data_request,
    "decision": _decision,
    "emulation_round": movement_life.emulation_round,
    "inspection": movement_life.inspection,
    "invitation": spreading.invitation,
    "legal_basis": _legal_basis,
    "letterhead": _letterhead,
    "lists": _lists,
    "model": movement_life.model,
    "nomination": nominations.check,
    "outreach": movement_life.outreach,
    "plan": movement_life.plan,
    "policy_comment": movement_life.policy_comment,
    "problem": spreading.problem,
    "referral": spreading.referral,
    "report": reports.report,
    "round": _round,
    "rubric": _rubric,
    "session": _session,
    "sponsorship": movement_life.sponsorship,
    "unit": _unit,
}
