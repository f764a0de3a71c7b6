"""Who is shown with what consent, and which consents the office should ask for anew."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sangkien.domain import erasure
from sangkien.domain.naming import shown_as
from sangkien.domain.records import ListsRecord, PersonRecord, SponsorshipRecord
from sangkien.domain.rules.people import consented
from sangkien.domain.sponsors import THANKS, may_thank

# What each way of showing a name needs; a collective's name is no person's.
_ENOUGH: dict[str, set[str]] = {"full": {"full"}, "initials": {"full", "initials"}, "hidden": set()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """Figures of how people are shown, and the ids of those about whom something is to be done.

    `errors` are shown beyond what they consented to; `years` is how long a minor stays unasked; `unthanked` wish to be
    thanked for a gift, as its record says, but their consents do not let the site name them.
    """

    shown: dict[str, int] = field(default_factory=dict)
    errors: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()
    minors: tuple[str, ...] = ()
    unproven: tuple[str, ...] = ()
    unthanked: tuple[str, ...] = ()
    years: int = 0


def audit(
    people: Iterable[PersonRecord], lists: ListsRecord | None, gifts: Iterable[SponsorshipRecord], today: str
) -> Audit:
    """Look at every person's consents as they stand on a day."""
    wish_thanks = {gift["donor"] for gift in gifts if gift.get("thanks")}
    forms = {form["id"]: form for form in lists.get("consent_forms", ())} if lists else {}
    years = lists.get("minor_review_years", 0) if lists else 0
    counts = dict.fromkeys(("full", "initials", "hidden", "photo", "thanks", "collective", "erased"), 0)
    found: dict[str, list[str]] = {key: [] for key in ("errors", "outdated", "minors", "unproven", "unthanked")}
    for person in people:
        counts[_way(person)] += 1
        counts["photo"] += "photo" in consented(person)
        counts["thanks"] += THANKS in consented(person)
        for key, is_so in (
            ("errors", _is_beyond(person)),
            ("outdated", any(_is_outdated(c["form"], forms, today) for c in _standing(person))),
            ("minors", bool(years) and _is_long_a_minor(person, years, today)),
            ("unproven", any(c["how"] == "giay" and "kept_at" not in c for c in _standing(person))),
            ("unthanked", person["id"] in wish_thanks and "erased_on" not in person and not may_thank(person)),
        ):
            if is_so:
                found[key].append(person["id"])
    return Audit(shown=counts, years=years, **{key: tuple(sorted(ids)) for key, ids in found.items()})


def _way(person: PersonRecord) -> str:
    if "erased_on" in person:
        return "erased"
    if person["kind"] == "tap-the" and not person["consents"]:
        return "collective" if shown_as(person) != "hidden" else "hidden"
    return shown_as(person)


def _is_beyond(person: PersonRecord) -> bool:
    """Tell whether a record asks for more to be shown than is consented to; the site shows less all the same."""
    needed = _ENOUGH[person["display"]]
    alone = person["kind"] == "ca-nhan" or bool(person["consents"])
    if "erased_on" in person:
        return bool(erasure.left_in(person))
    return alone and (bool(needed and not needed & consented(person)) or _lacks_guardian(person))


def _lacks_guardian(person: PersonRecord) -> bool:
    return bool(person.get("minor")) and person["display"] != "hidden" and shown_as(person) == "hidden"


def _standing(person: PersonRecord) -> list[Any]:
    return [consent for consent in person["consents"] if "withdrawn_on" not in consent]


def _is_outdated(form: str, forms: dict[str, Any], today: str) -> bool:
    return bool(forms) and (form not in forms or forms[form].get("to", "9999") < today)


def _is_long_a_minor(person: PersonRecord, years: int, today: str) -> bool:
    days = [consent["date"] for consent in _standing(person)]
    if not person.get("minor") or not days:
        return False
    return bool(max(days) < f"{int(today[:4]) - years:04}{today[4:]}")
