"""Conclusions of the time before there was a register: no ballots, only the signed decision that lists the idea.

Such a record says nothing that the decision, the idea and the round do not say, so anybody can write it again and
compare. It stands only in a round that the secretary marked as one of that time: no council can be passed by with it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from sangkien.domain.books import Books
from sangkien.domain.digest import record_digest, scored_digest
from sangkien.domain.finding import Code, Finding
from sangkien.domain.notation import Document

RECOGNISED = "cong-nhan"


def conclusion(idea: Mapping[str, Any], decision: Mapping[str, Any]) -> dict[str, Any]:
    """Write the conclusion an old decision amounts to for one idea it lists."""
    record = {
        "version": 1,
        **({"sample": True} if "sample" in idea else {}),
        "code": idea["code"],
        "council": decision["council"],
        "number": 1,
        "round": idea["round"],
        "concluded_on": decision["date"],
        "by_decision": decision["id"],
        "outcome": RECOGNISED,
        "scored_digest": scored_digest(idea),
    }
    return record | {"digest": record_digest(record)}


def check(document: Document, idea: Mapping[str, Any] | None, books: Books) -> Iterator[Finding]:
    """Compare a conclusion by decision with what stands in the decision, the idea and the round."""
    record = document.record
    decision = books.decisions.get(record["by_decision"])
    round_ = books.rounds.get(record["round"])
    if round_ is not None and "before_register" not in round_:
        yield document.finding(Code.NOT_BEFORE_REGISTER, ("by_decision",), value=record["round"])
    if decision is None or idea is None:
        return  # a reference to nothing is reported as such
    if decision["kind"] != RECOGNISED or "council" not in decision or record["code"] not in decision.get("codes", ()):
        yield document.finding(Code.NOT_IN_DECISION, ("by_decision",), value=record["code"], other=decision["id"])
        return
    for key, value in conclusion(idea, decision).items():
        if record.get(key) != value and key != "digest":  # its own rule tells of the digest
            params = {"field": key, "stored": str(record.get(key)), "other": str(value)}
            yield document.finding(Code.SETTING_DIFFERS, (key,), **params)
