"""The rules of what grows out of an idea: who follows whom, what is built on what, who was invited, who was asked."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sangkien.domain.finding import Code, Finding, Path
from sangkien.domain.nomination import Ladder
from sangkien.domain.notation import Document
from sangkien.domain.rules.dates import at, not_before, of_status, ordered, repeated, unit_on
from sangkien.domain.rules.index import Index, Row

_ANSWERED = ("co-trien-vong", "khong-co-trien-vong")
_CLOSED = ("da-giai", "thoi")


def only_recognised(document: Document, path: Path, index: Index) -> Iterator[Finding]:
    """Find ideas, one or several at a path, that no council recognises; of what was withdrawn nothing is said."""
    named = at(document.record, path)
    places = [(path, named)] if isinstance(named, str) else [((*path, i), code) for i, code in enumerate(named or ())]
    for place, code in places:
        row = (index.ideas or {}).get(code)
        if row and row.submitted_on and not row.recognised:
            yield document.finding(Code.NOT_RECOGNISED, place, value=code)


def application(application: Any, document: Document, places: Mapping[int, Any], index: Index) -> Iterator[Finding]:
    """Apply every rule to one place that follows an idea; `places` are all of that idea's by number."""
    since, number = application["since"], application["number"]
    yield from unit_on(document, ("unit",), since, index)
    yield from unit_on(document, ("confirmation", "by_unit"), application.get("confirmed_on"), index)
    yield from ordered(document, ("since",), ("confirmed_on",))
    latest = since
    for place, follow_up in enumerate(application.get("follow_ups", ())):
        yield from not_before(document, ("follow_ups", place, "date"), latest)
        latest = max(latest, follow_up["date"])
    teacher = application.get("learned_from")
    if teacher is None:
        return
    learned = {key: [one["learned_from"]] for key, one in places.items() if "learned_from" in one}
    if teacher not in places or teacher == number:
        yield document.finding(Code.LEARNED_FROM_NOWHERE, ("learned_from",), value=str(teacher))
    elif _leads_back(number, learned):
        yield document.finding(Code.LEARNING_LOOP, ("learned_from",), value=str(teacher))
    else:
        yield from not_before(document, ("since",), places[teacher]["since"])


def of_ideas(rows: Iterable[Row], index: Index) -> Iterator[Finding]:
    """Find improvements of ideas that are not there, were not recognised, or lead back to themselves."""
    known = index.ideas or {}
    built = {row.code: row.builds_on for row in known.values() if row.builds_on}
    for row in rows:
        document = Document(file=row.file)
        for place, code in enumerate(row.builds_on):
            path = ("builds_on", place)
            earlier = known.get(code)
            if earlier is None or code == row.code:
                yield document.finding(Code.BUILDS_ON_UNKNOWN, path, value=code)
            elif earlier.submitted_on and not earlier.recognised:
                yield document.finding(Code.NOT_RECOGNISED, path, value=code)
        if _leads_back(row.code, built):
            yield document.finding(Code.BUILDING_LOOP, ("builds_on",), value=row.code)


def _leads_back(start: Any, steps: Mapping[Any, Iterable[Any]]) -> bool:
    """Tell whether steps from one lead to it again by way of others."""
    waiting, seen = [key for key in steps.get(start, ()) if key != start], set()
    while waiting:
        key = waiting.pop()
        if key == start:
            return True
        if key not in seen:
            seen.add(key)
            waiting += steps.get(key, ())
    return False


def invitation(invitation: Any, document: Document, index: Index) -> Iterator[Finding]:
    """Apply every rule to one invitation to follow recognised ideas."""
    yield from unit_on(document, ("from_unit",), invitation["sent_on"], index)
    yield from only_recognised(document, ("codes",), index)
    yield from repeated(document, (("to", place, "unit") for place in range(len(invitation["to"]))))
    for place, invited in enumerate(invitation["to"]):
        yield from unit_on(document, ("to", place, "unit"), invitation["sent_on"], index)
        yield from not_before(document, ("to", place, "answered_on"), invitation["sent_on"])
        if "answered_on" in invited and "answer" not in invited:
            yield document.finding(Code.MISSING_FIELD, ("to", place), field="answer", label="answer")


def referral(referral: Any, document: Document, index: Index) -> Iterator[Finding]:
    """Apply every rule to one proposal that research take an idea further."""
    yield from of_status(document, (), {"sent_on": ("da-gui", *_ANSWERED), "answered_on": _ANSWERED})
    yield from ordered(document, ("sent_on",), ("answered_on",))
    yield from only_recognised(document, ("code",), index)
    low, high = referral["from_unit"], referral["to_unit"]
    for side in ("from_unit", "to_unit"):
        yield from unit_on(document, (side,), referral.get("sent_on"), index)
    if {low, high} <= {*index.books.units} and not Ladder(index.books).is_above(high, low):
        yield document.finding(Code.NOT_HIGHER, ("to_unit",), value=high, other=low)


def problem(problem: Any, document: Document, index: Index) -> Iterator[Finding]:
    """Apply every rule to one problem that waits for somebody's idea."""
    yield from unit_on(document, ("unit",), problem["posted_on"], index)
    yield from of_status(document, (), {"closed_on": _CLOSED})
    for later in ("until", "closed_on"):
        yield from ordered(document, ("posted_on",), (later,))
    yield from only_recognised(document, ("codes",), index)
    if problem["status"] == "da-giai" and not problem.get("codes"):
        yield document.finding(Code.MISSING_FIELD, (), field="codes", label="codes")
