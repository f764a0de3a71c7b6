"""The rules of a person's record: shown within consent, minors with their guardians."""

from collections.abc import Iterator

from sangkien.domain import erasure
from sangkien.domain.finding import Code, Finding
from sangkien.domain.notation import Document
from sangkien.domain.records import PersonRecord
from sangkien.domain.rules.dates import ordered

_ENOUGH = {"full": {"full"}, "initials": {"full", "initials"}, "hidden": set()}


def consented(person: PersonRecord) -> set[str]:
    """Give what a person lets be shown today: the scopes of consents not withdrawn."""
    return {scope for consent in person["consents"] if "withdrawn_on" not in consent for scope in consent["scope"]}


def has_guardian(person: PersonRecord) -> bool:
    """Tell whether a guardian's consent stands."""
    guardian = person.get("guardian")
    return guardian is not None and "withdrawn_on" not in guardian


def check(person: PersonRecord, document: Document) -> Iterator[Finding]:
    """Apply every rule to one person or collective."""
    display = person["display"]
    needed: set[str] = _ENOUGH[display]
    asked = person["kind"] == "ca-nhan" or bool(person["consents"])  # a collective's name needs no consent
    if asked and needed and not needed & consented(person):
        yield document.finding(Code.DISPLAY_BEYOND_CONSENT, ("display",), display=display)
    if person.get("minor") and display != "hidden" and not has_guardian(person):
        yield document.finding(Code.NO_GUARDIAN, ("minor",))
    for place in range(len(person["consents"])):
        yield from ordered(document, ("consents", place, "date"), ("consents", place, "withdrawn_on"))
    yield from ordered(document, ("guardian", "date"), ("guardian", "withdrawn_on"))
    if "erased_on" in person:
        for field in erasure.left_in(person):
            yield document.finding(Code.ERASED_NOT_CLEAN, (field,), field=field)
