"""The rules of nominations and appeals, and what a round does not take once it was recognised elsewhere."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sangkien.domain.finding import Code, Finding, Path
from sangkien.domain.nomination import ANSWERED, APPEAL, RECOGNISED, REFUSED, Ladder, case_of
from sangkien.domain.notation import Document
from sangkien.domain.rules.dates import ordered, unit_on
from sangkien.domain.rules.index import Index, Row

_LATER = "9999-12-31"


def check(nomination: Any, document: Document, index: Index) -> Iterator[Finding]:
    """Apply every rule to one nomination that has its shape."""
    yield from _complete(nomination, document)
    yield from ordered(document, ("sent_on",), ("answered_on",))
    for side in ("from_unit", "to_unit"):
        yield from unit_on(document, (side,), nomination.get("sent_on"), index)
    yield from _round_of_council(nomination, document, index)
    row = (index.ideas or {}).get(nomination.get("code", ""))
    ladder = Ladder(index.books)
    if nomination.get("purpose") == APPEAL:
        if nomination["from_unit"] != nomination["to_unit"]:
            yield document.finding(Code.APPEAL_UNIT, ("to_unit",))
        yield from _appeal(nomination, document, index, row)
    else:
        yield from _upwards(nomination, document, index, row, ladder)
        yield from _given(nomination, document, index, ladder)
    if row and not row.unreadable:
        yield from _answer(nomination, document, row)
        case = case_of(nomination)
        round_ = index.books.rounds.get(case.round) if case else None
        if round_:
            since = nomination.get("sent_on", "")
            until = next((day for _, day in row.history.get(round_["council"], ()) if day >= since), _LATER)
            yield from _excluded(row, round_, until, document, ("code",), index, ladder)


def _complete(nomination: Any, document: Document) -> Iterator[Finding]:
    needed = []
    if "code" not in nomination and "person" not in nomination:
        needed.append(("code", "code / person"))
    elif "council" in nomination and "code" not in nomination:
        needed.append(("code", "code"))
    if nomination.get("purpose") == APPEAL:
        needed += [(key, key) for key in ("code", "council", "reason", "sent_on") if key not in nomination]
    elif "council" not in nomination and "title" not in nomination and "person" in nomination:
        needed.append(("title", "title"))  # a person is nominated for something, an idea for recognition
    for one, other in (("council", "round"), ("round", "council")):
        if one in nomination and other not in nomination:
            needed.append((other, other))
    if nomination["status"] != "dang-soan" and "sent_on" not in nomination:
        needed.append(("sent_on", "sent_on"))
    if nomination["status"] in ANSWERED and "answered_on" not in nomination:
        needed.append(("answered_on", "answered_on"))
    for field, label in dict(needed).items():
        yield document.finding(Code.MISSING_FIELD, (), field=field, label=label)


def _round_of_council(nomination: Any, document: Document, index: Index) -> Iterator[Finding]:
    round_ = index.books.rounds.get(nomination.get("round", ""))
    council = nomination.get("council")
    if round_ and council and round_["council"] != council:
        params = {"round": round_["id"], "council": council, "other": round_["council"]}
        yield document.finding(Code.ROUND_OF_COUNCIL, ("round",), **params)
    record = index.books.councils.get(council or "")
    if record and record.get("unit", nomination["to_unit"]) != nomination["to_unit"]:
        yield document.finding(Code.COUNCIL_OF_UNIT, ("to_unit",), value=nomination["to_unit"], council=record["id"])


def _upwards(nomination: Any, document: Document, index: Index, row: Row | None, ladder: Ladder) -> Iterator[Finding]:
    low, high = nomination["from_unit"], nomination["to_unit"]
    units = index.books.units
    if low in units and high in units and not ladder.is_above(high, low):
        yield document.finding(Code.NOT_HIGHER, ("to_unit",), value=high, other=low)
    if row is None or row.unreadable:
        return  # a reference to nothing is reported as such, an unreadable idea at its own place
    below = [
        honour
        for honour in ladder.honours(row.code, row.concluded)
        if honour.council and honour.council != nomination.get("council")
        if not honour.unit or high not in units or ladder.is_above(high, honour.unit)
    ]
    if not below:
        yield document.finding(Code.NOT_RECOGNISED, ("code",), value=row.code)


def _given(nomination: Any, document: Document, index: Index, ladder: Ladder) -> Iterator[Finding]:
    """Find that just this was given before it was asked for, by the same unit or a higher one.

    What a council here has recognised already, its round may exclude or not.
    """
    if "council" in nomination:
        return
    sent, high = nomination.get("sent_on", _LATER), nomination["to_unit"]
    for key, other in sorted(index.books.nominations.items()):
        is_same = all(other.get(field) == nomination.get(field) for field in ("code", "person", "title"))
        is_given = other["status"] == RECOGNISED and other.get("answered_on", "") <= sent
        is_as_high = other["to_unit"] == high or ladder.is_above(other["to_unit"], high)
        if key != nomination["id"] and is_same and is_given and is_as_high:
            field = "person" if "person" in nomination else "code"
            yield document.finding(Code.GIVEN_ALREADY, (field,), value=nomination.get(field, ""), other=key)
            return


def _appeal(nomination: Any, document: Document, index: Index, row: Row | None) -> Iterator[Finding]:
    """Each refusal by a council may be appealed against once."""
    council, code = nomination.get("council"), nomination.get("code")
    if row is None or row.unreadable or council is None:
        return
    history = row.history.get(council, ())
    sent = nomination.get("sent_on", _LATER)
    refusals = [day for outcome, day in history if outcome == REFUSED]
    # What was concluded on the very day it was sent may be its answer already.
    standing = [outcome for outcome, day in history if day < sent][-1:] + [o for o, day in history if day == sent]
    if REFUSED not in standing:
        outcome = standing[-1] if standing else "chua-xet"
        yield document.finding(Code.NOTHING_TO_APPEAL, ("code",), value=row.code, outcome=outcome)
        return
    appeals = sorted(
        (other.get("sent_on", _LATER), other["id"])
        for other in index.books.nominations.values()
        if other.get("purpose") == APPEAL and (other.get("code"), other.get("council")) == (code, council)
    )
    if (sent, nomination["id"]) in appeals[len(refusals) :]:
        other = appeals[len(refusals) - 1][1]
        yield document.finding(Code.APPEALED_ALREADY, ("code",), value=row.code, other=other)


def _answer(nomination: Any, document: Document, row: Row) -> Iterator[Finding]:
    """Find an answer that is not what the council concluded; one of this repository answers in no other way."""
    council, status = nomination.get("council"), nomination["status"]
    if council is None or status not in ANSWERED:
        return
    outcomes = {outcome for outcome, day in row.history.get(council, ()) if day >= nomination.get("sent_on", "")}
    if status not in outcomes:
        yield document.finding(Code.ANSWER_DIFFERS, ("status",), value=status, council=council)


def of_ideas(rows: Iterable[Row], index: Index) -> Iterator[Finding]:
    """Find ideas that their own round does not take, and sameness with ideas that are not there."""
    known = index.ideas or {}
    ladder = Ladder(index.books)
    for row in rows:
        document = Document(file=row.file)
        for place, code in enumerate(row.same_as):
            if code not in known or code == row.code:
                yield document.finding(Code.SAME_AS_UNKNOWN, ("same_as", place), value=code)
        round_ = index.books.rounds.get(row.round)
        if round_ and "excludes" in round_:
            until = row.concluded.get(round_["council"], ("", _LATER))[1]
            yield from _excluded(row, round_, until, document, ("round",), index, ladder)


def _excluded(
    row: Row, round_: Mapping[str, Any], until: str, document: Document, path: Path, index: Index, ladder: Ladder
) -> Iterator[Finding]:
    """Find a recognition that bars an idea from a round: the idea's own, or of one it says to be the same as.

    Only what the data say counts, never how alike two texts are. What came after this council had concluded
    (`until`) bars nothing.
    """
    council = round_["council"]
    rows = [row, *(other for code in row.same_as if (other := (index.ideas or {}).get(code)) and code != row.code)]
    for one in rows:
        for honour in ladder.honours(one.code, one.concluded):
            if honour.council == council or honour.on >= until:
                continue
            if any(_fits(honour.on, ladder.level(honour.unit), rule) for rule in round_.get("excludes", ())):
                params = {"value": one.code, "by": honour.unit, "day": honour.on, "round": round_["id"]}
                yield document.finding(Code.EXCLUDED, path, **params)
                return


def _fits(on: str, level: str, rule: Mapping[str, Any]) -> bool:
    levels = rule.get("recognised_by_levels", [level])
    return level in levels and on >= rule.get("recognised_since", "")
