"""What a printed paper is held against: a digest of one recognition or commendation, without any name in it.

A later correction or revocation is a record of its own, and a name may be taken back at any time: neither changes what
stands on paper already.
"""

from collections.abc import Mapping
from typing import Any

from sangkien.domain.digest import record_digest
from sangkien.domain.publicness import Recognition

_GROUP, _GROUPS = 4, 5  # as it is printed: eighty bits


def of_recognition(idea: Mapping[str, Any], recognition: Recognition) -> str:
    """Digest a recognition: the idea, what the council concluded, and the decision as signed; 64 hex digits."""
    return record_digest(
        {
            "code": idea["code"],
            "title": idea["title"],
            "kind": idea["kind"],
            "conclusion": recognition.conclusion["digest"],
            "rating": recognition.conclusion.get("rating"),
            "decision": _decision(recognition.decision),
        }
    )


def of_commendation(commendation: Mapping[str, Any], decision: Mapping[str, Any] | None) -> str:
    """Digest a commendation with the decision that lists it; 64 hex digits.

    Whose it is and which ideas it names stay out: both may be nobody's to know, and whoever has a list of what they
    could be would find them by the digest.
    """
    told = ("id", "award", "date", "issuer", "reason")
    return record_digest({key: commendation.get(key) for key in told} | {"decision": _decision(decision)})


def printed(digest: str) -> str:
    """Write a digest as papers bear it: its first twenty digits in fours."""
    return " ".join(digest[place : place + _GROUP] for place in range(0, _GROUP * _GROUPS, _GROUP))


def _decision(decision: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return {key: decision[key] for key in ("id", "number", "date", "issuer", "body")} if decision else None
