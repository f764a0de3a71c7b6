"""A person's record after they took back their consent, or asked to be erased: what stays is what counts need."""

from collections.abc import Mapping
from typing import Any, cast

from sangkien.domain.records import PersonRecord

# What tells who somebody is, beside the name; unit and stratum stay, so that reports over the years still add up.
PERSONAL = ("noindex", "occupation", "minor", "guardian", "contact", "contact_opened")


def withdrawn(person: PersonRecord, day: str) -> PersonRecord:
    """Close every consent and hide the name; the record stays."""
    record: dict[str, Any] = {**person, "display": "hidden"}
    record["consents"] = [{"withdrawn_on": max(day, consent["date"]), **consent} for consent in person["consents"]]
    if guardian := person.get("guardian"):
        record["guardian"] = {"withdrawn_on": max(day, guardian["date"]), **guardian}
    return cast("PersonRecord", record)


def erased(person: PersonRecord, day: str, word: str) -> PersonRecord:
    """Put a neutral word in the name's place and take out whatever else leads to the person.

    A record erased before keeps its day.
    """
    record = {key: value for key, value in withdrawn(person, day).items() if key not in PERSONAL}
    return cast("PersonRecord", {**record, "name": word, "erased_on": person.get("erased_on", day)})


def left_in(record: Mapping[str, Any]) -> list[str]:
    """List the fields by which a record said to be erased still tells of somebody."""
    left = [field for field in PERSONAL if field in record]
    if record["display"] != "hidden":
        left.append("display")
    return left + (["consents"] if any("withdrawn_on" not in consent for consent in record["consents"]) else [])


def had_page(person: PersonRecord) -> bool:
    """Tell whether someone erased may once have been named in full, and so have had a page."""
    scopes = {scope for consent in person["consents"] for scope in consent["scope"]}
    return "erased_on" in person and (person["kind"] == "tap-the" or "full" in scopes)
