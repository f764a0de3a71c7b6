"""What an office signed, as its secretary fills it in: a decision, a commendation.

The keys of the answers are those of `render/forms.py`.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from sangkien.domain import loose, lot
from sangkien.domain.finding import Code, Finding
from sangkien.domain.submission import Answers, Circumstances, Desk, Reader
from sangkien.domain.text import canonical, slug

_PERSON = re.compile(r"p-[0-9a-hjkmnp-tv-z]{8}")
_LONGEST_ID = 60


@dataclass(slots=True)
class Signed:
    """The record a form amounts to, a person's new record it may need, and what is to be mended."""

    record: dict[str, Any] = field(default_factory=dict)
    person: dict[str, Any] | None = None
    findings: list[Finding] = field(default_factory=list)


def decision(desk: Desk, answers: Answers, here: Circumstances) -> Signed:
    """Read the form of a signed decision; its id comes from its year and number."""
    signed = Signed()
    reader = Reader(desk, answers, here, signed.findings)
    day, number = reader.day("date"), reader.line("number") or ""
    council = reader.chosen("council", desk.choices.councils)
    record = {
        "version": 1,
        "id": f"qd-{(day or here.day)[:4]}-{slug(number)}"[:_LONGEST_ID].rstrip("-"),
        "kind": reader.chosen("kind", desk.choices.decision_kinds),
        "number": number,
        "date": day,
        "title": reader.line("title"),
        "issuer": reader.unit("issuer", day),
        "body": reader.line("body"),
        "signer": {"position": reader.line("signer")},
        "legal_bases": _bases(desk, reader),
        "council": council,
        "amends": reader.line("amends"),
        "reason": reader.line("reason"),
        "codes": reader.codes("codes") or None,
        "commendations": reader.lines("commendations") or None,
    }
    signed.record = _present(record)
    if (chosen := desk.books.councils.get(council or "")) and chosen.get("sample"):
        signed.record["sample"] = True
    return signed


def commendation(desk: Desk, answers: Answers, here: Circumstances, number: int) -> Signed:
    """Read the form of a commendation; `number` tells it from others of its day."""
    signed = Signed()
    reader = Reader(desk, answers, here, signed.findings)
    day, issuer = reader.day("date"), reader.unit("issuer")
    record = {
        "version": 1,
        "id": f"bd-{(day or here.day)[:4]}-{number}",
        "award": reader.chosen("award", desk.choices.awards),
        "person": _person(reader, signed, issuer),
        "date": day,
        "issuer": issuer,
        "reason": reader.line("reason"),
        "codes": reader.codes("codes") or None,
    }
    signed.record = _present(record)
    return signed


def _bases(desk: Desk, reader: Reader) -> list[str]:
    """Find legal bases by id or number, however typed."""
    known = {slug(record["number"]): key for key, record in desk.books.legal_bases.items()}
    known |= {slug(key): key for key in desk.books.legal_bases}
    found = []
    for line in reader.lines("legal_bases"):
        key = known.get(slug(line))
        if key is None:
            numbers = "; ".join(record["number"] for record in desk.books.legal_bases.values())
            reader.findings.append(reader.fault(Code.CHOICE_UNKNOWN, "legal_bases", choices=numbers))
        else:
            found.append(key)
    return list(dict.fromkeys(found))


def _person(reader: Reader, signed: Signed, unit: str | None) -> str | None:
    """Take an id as it is; a name makes a new record, shown to nobody until its owner agrees."""
    said = reader.text("person")
    if not said:
        return None
    if _PERSON.fullmatch(said.lower()):
        return said.lower()
    (line, *more) = loose.authors(said) or [None]
    if line is None or more:
        signed.findings.append(reader.fault(Code.AUTHOR_LINE, "person", line="1"))
        return None
    signed.person = {
        "version": 1,
        "id": lot.person(reader.here.seed, 0),
        "kind": "tap-the" if line.collective else "ca-nhan",
        "name": canonical(line.name),
        "unit": unit,
        "display": "hidden",
        "consents": [],
    }
    return str(signed.person["id"])


def _present(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if value is not None}
