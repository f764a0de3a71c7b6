"""How a person may be named in public: what they wish, limited by the consents that stand."""

from dataclasses import dataclass
from typing import Literal

from sangkien.domain import address
from sangkien.domain.records import PersonRecord
from sangkien.domain.rules.people import consented, has_guardian
from sangkien.domain.text import initials

Shown = Literal["full", "initials", "hidden"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """One name as the public may see it; a hidden one carries no name and nothing that leads to one.

    Only who is named in full has a page: a page of initials would gather what its owner asked to keep apart.
    """

    shown: Shown
    collective: bool = False
    name: str = ""
    address: str = ""
    unlisted: bool = False  # its owner wants no search engine to lead to it
    erased: bool = False  # its owner asked to be forgotten


HIDDEN = Credit(shown="hidden")


def shown_as(person: PersonRecord) -> Shown:
    """Tell how far a name may be shown: never further than consents, and a guardian's for a minor, allow."""
    if "erased_on" in person or person["display"] == "hidden" or (person.get("minor") and not has_guardian(person)):
        return "hidden"
    scopes = consented(person)
    if person["kind"] == "tap-the" and not person["consents"]:
        scopes = {"full"}  # a collective's name is public unless it was asked and took its yes back
    if person["display"] == "full" and "full" in scopes:
        return "full"
    return "initials" if scopes & {"full", "initials"} else "hidden"


def credit(person: PersonRecord | None) -> Credit:
    """Name a person for the public; someone unknown is hidden."""
    if person is None:
        return HIDDEN
    shown, collective = shown_as(person), person["kind"] == "tap-the"
    unlisted = "noindex" in person
    if shown == "full":
        to = address.person(person)
        return Credit(shown=shown, collective=collective, name=person["name"], address=to, unlisted=unlisted)
    if shown == "initials":
        return Credit(shown=shown, collective=collective, name=initials(person["name"]), unlisted=unlisted)
    return Credit(shown="hidden", collective=collective, erased="erased_on" in person)
