"""What happened after an idea was recognised, as people tell it in a form: records, and additions to those that stand.

The keys of the answers are those of `render/forms.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sangkien.domain.finding import Code, Finding
from sangkien.domain.gazetteer import choose
from sangkien.domain.submission import Answers, Circumstances, Desk, Reader

Record = dict[str, Any]
Additions = Mapping[str, Sequence[Mapping[str, Any]]]  # a list of a record → what is added to it, each with its date


@dataclass(slots=True)
class Told:
    """The record a form amounts to, or what it adds to one that stands (`to` is a club's id); what is to be mended."""

    record: Record = field(default_factory=dict)
    to: str = ""
    adds: Additions = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def application(desk: Desk, answers: Answers, here: Circumstances) -> Told:
    """Read where an idea was taken up; its number among the others is not known yet."""
    told = Told()
    reader = Reader(desk, answers, here, told.findings)
    since = reader.day("since")
    told.record = _present(
        {
            "version": 1,
            "code": reader.code("code"),
            "unit": reader.unit("unit", since),
            "place": reader.line("place"),
            "applied_by": reader.line("applied_by"),
            "since": since,
            "learned_from": reader.count("learned_from"),
            "changes": reader.text("changes") or None,
            "result": reader.text("result"),
            "measures": reader.measures("measures") or None,
        }
    )
    return told


def visit(desk: Desk, answers: Answers, here: Circumstances) -> Told:
    """Read what became of a place: an addition to the application of the code and number in the record."""
    told = Told()
    reader = Reader(desk, answers, here, told.findings)
    told.record = _present({"code": reader.code("code"), "number": reader.count("number")})
    found = {
        "date": reader.day("date"),
        "still": reader.chosen("still", desk.choices.stills),
        "result": reader.text("result") or None,
        "measures": reader.measures("measures") or None,
    }
    told.adds = {"follow_ups": [_present(found)]}
    return told


def problem(desk: Desk, answers: Answers, here: Circumstances, number: int) -> Told:
    """Read a difficulty that waits for ideas; `number` tells it from the others of its year."""
    told = Told()
    reader = Reader(desk, answers, here, told.findings)
    content = reader.content("content")
    if any(fault.code is Code.AT_THE_COUNTER for fault in told.findings):
        return told
    told.record = _present(
        {
            "version": 1,
            "id": _id("bt", here, number),
            "unit": reader.unit("unit"),
            "posted_on": here.day,
            "title": reader.line("title"),
            "need": reader.text("need"),
            "conditions": reader.text("conditions") or None,
            "field": reader.chosen("field", desk.choices.fields),
            "content": content,
            "until": reader.day_ahead("until"),
            "status": "dang-cho",
        }
    )
    return told


def club(desk: Desk, answers: Answers, here: Circumstances, number: int) -> Told:
    """Read of a new club, or of a meeting and a count of one that stands."""
    told = Told()
    reader = Reader(desk, answers, here, told.findings)
    met_on, members = reader.day("date"), reader.count("members")
    meeting = {"date": met_on, "what": reader.line("what"), "attendance": reader.count("attendance")}
    meetings = [_present(meeting)] if meeting["what"] else []
    if reader.text("club"):
        told.to = _club(reader) or ""
        reader.needed("date", *([] if members is not None else ["what"]))
        counts = [{"date": met_on, "members": members}] if members is not None else []
        told.adds = {key: entries for key, entries in (("counts", counts), ("activities", meetings)) if entries}
        return told
    reader.needed("name", "unit", "founded_on", "summary", *(["date"] if meetings else []))
    founded = reader.day("founded_on")
    told.record = _present(
        {
            "version": 1,
            "id": _id("clb", here, number),
            "name": reader.line("name"),
            "unit": reader.unit("unit", founded),
            "founded_on": founded,
            "members": members,
            "meets": reader.line("meets"),
            "activities": meetings or None,
            "summary": reader.text("summary"),
            "codes": reader.codes("codes") or None,
        }
    )
    return told


def outreach(desk: Desk, answers: Answers, here: Circumstances, number: int) -> Told:
    """Read of one thing done to let people know."""
    told = Told()
    reader = Reader(desk, answers, here, told.findings)
    day = reader.day("date")
    audiences = reader.all_ticked("audiences", desk.choices.audiences)
    if not audiences:
        told.findings.append(reader.fault(Code.FORM_NO_ANSWER, "audiences"))
    told.record = _present(
        {
            "version": 1,
            "id": _id("tt", here, number),
            "unit": reader.unit("unit", day),
            "date": day,
            "form": reader.chosen("form", desk.choices.outreach_forms),
            "title": reader.line("title"),
            "audiences": audiences,
            "reach": reader.count("reach"),
            "codes": reader.codes("codes") or None,
            "links": reader.lines("links") or None,
        }
    )
    return told


def model(desk: Desk, answers: Answers, here: Circumstances, number: int) -> Told:
    """Read of a model that people keep."""
    told = Told()
    reader = Reader(desk, answers, here, told.findings)
    since = reader.day("since")
    told.record = _present(
        {
            "version": 1,
            "id": _id("mh", here, number),
            "name": reader.line("name"),
            "unit": reader.unit("unit", since),
            "since": since,
            "households": reader.count("households"),
            "summary": reader.text("summary"),
            "codes": reader.codes("codes") or None,
        }
    )
    return told


def amended(standing: Mapping[str, Any], adds: Additions) -> Record:
    """Add to the lists of a record that stands, in the order of their days; what is there already stays once."""
    record = dict(standing)
    for key, entries in adds.items():
        there = list(record.get(key, ()))
        there += [entry for entry in entries if entry not in there]
        record[key] = sorted(there, key=lambda entry: str(entry["date"]))
    return record


def _club(reader: Reader) -> str | None:
    """Find a club that stands, by its id or its name."""
    names = {key: record["name"] for key, record in reader.desk.books.clubs.items()}
    guess = choose(reader.text("club")[:300], names)
    if guess.key is None:
        likely = "; ".join(names[key] for key in guess.likely)
        reader.findings.append(reader.fault(Code.CLUB_UNKNOWN, "club", **({"choices": likely} if likely else {})))
    return guess.key


def _id(prefix: str, here: Circumstances, number: int) -> str:
    """Name a record by the year and the number of its form: it says nothing, and an edited answer keeps it."""
    return f"{prefix}-{here.day[:4]}-{number}"


def _present(record: Record) -> Record:
    return {key: value for key, value in record.items() if value is not None}
