"""What the published register tells beside ideas and their counts: how they spread, commendations, problems.

No names of people, and no free words of places: numbers, days and codes.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sangkien.domain.records import ApplicationRecord, FollowUp
from sangkien.domain.register import Register
from sangkien.domain.views import Commendation, Whole

STANDING, CORRECTED, REVOKED = "hieu-luc", "dinh-chinh", "thu-hoi"


def spread(found: Whole, sources: Sequence[str]) -> dict[str, Any]:
    """Tell what an idea grew out of, and of the places that took it up; nothing where there is nothing."""
    told: dict[str, Any] = {"builds_on": list(sources)} if sources else {}
    if "movements" in found.record:
        told["movements"] = found.record["movements"]
    return told | ({"applications": list(map(_application, found.applications))} if found.applications else {})


def beside(register: Register) -> dict[str, list[dict[str, Any]]]:
    """Tell of commendations, also of those corrected or taken back, and of problems; by day."""
    commendations = sorted(
        (*register.commendations.values(), *register.taken_back.values()),
        key=lambda c: (c.record["date"], c.record["id"]),
    )
    problems = sorted(register.problems.values(), key=lambda p: (p.record["posted_on"], p.record["id"]))
    return {
        "commendations": list(map(_commendation, commendations)),
        "problems": [_picked(p.record, _PROBLEM) | _codes(idea.code for idea in p.ideas) for p in problems],
    }


def status(commendation: Commendation) -> str:
    """Tell how a commendation stands."""
    return REVOKED if commendation.revoked_by else CORRECTED if commendation.notices else STANDING


def _commendation(commendation: Commendation) -> dict[str, Any]:
    told = _picked(commendation.record, _COMMENDATION) | {"status": status(commendation)}
    if commendation.decision:
        told["decision"] = commendation.decision["id"]
    if commendation.notices:
        told["corrected_by"] = [notice["id"] for notice in commendation.notices]
    if commendation.revoked_by:
        told["revoked_by"] = commendation.revoked_by["id"]
    return told | _codes(idea.code for idea in commendation.ideas)


def _application(application: ApplicationRecord) -> dict[str, Any]:
    told = _picked(application, _APPLICATION)
    if asked := application.get("follow_ups"):
        told["follow_ups"] = [_follow_up(time) for time in sorted(asked, key=lambda time: time["date"])]
    return told


def _follow_up(time: FollowUp) -> dict[str, Any]:
    return _picked(time, ("date", "still", "measures"))


def _picked(record: Any, keys: Iterable[str]) -> dict[str, Any]:
    given: Mapping[str, Any] = record
    return {key: given[key] for key in keys if key in given}


def _codes(codes: Iterable[str]) -> dict[str, list[str]]:
    found = list(codes)
    return {"codes": found} if found else {}


_APPLICATION = ("number", "unit", "since", "learned_from", "confirmed_on", "measures", "sample")
_COMMENDATION = ("id", "award", "date", "issuer", "sample")
_PROBLEM = ("id", "unit", "posted_on", "title", "field", "content", "until", "status", "closed_on", "sample")
