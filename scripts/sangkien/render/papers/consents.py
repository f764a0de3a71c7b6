"""Consents on paper: what may be shown of somebody, each thing asked for by itself and nothing ticked beforehand."""

from collections.abc import Iterator

from sangkien.domain import address
from sangkien.domain.errors import UsageError
from sangkien.domain.paper_source import Source
from sangkien.domain.records import PersonRecord
from sangkien.render import vietnamese as vi
from sangkien.render.papers import idea_parts as parts
from sangkien.render.papers.frame import DOTS, FEW_DOTS, LINE, Paper, Wish, called, day_line, left_out, words
from sangkien.render.papers.kinds import Kind


def _consent(source: Source, wish: Wish) -> Iterator[Paper]:
    """Ask somebody's consent; the same form serves who is known and who is not yet."""
    for key in wish.keys:
        person = source.person(key)
        if person is None or "erased_on" in person:
            raise UsageError("no-such", value=key)
        yield _asked(source, wish, person)
    if not wish.keys:
        yield _asked(source, wish, None)


def _asked(source: Source, wish: Wish, person: PersonRecord | None) -> Paper:
    movement = source.books.movement
    credited = [parts.in_full(source.credit(person["id"]))] if person else []
    return Paper(
        kind=wish.kind,
        name="-".join(filter(None, (wish.kind, person["id"] if person else ""))),
        layout=parts.layout(source),
        findings=left_out(credited),
        values={
            "form": _form(source) or FEW_DOTS,
            "organiser": movement["organiser"] if movement else DOTS,
            "site_title": movement["site_title"] if movement else DOTS,
            "site": source.site or DOTS,
            "rights": source.site and f"{source.site}{address.PRIVACY}",
            "is_open": movement is not None and movement["topology"] == "open",
            "intake": movement.get("intake", DOTS) if movement else DOTS,
            "name": credited[0].name if credited and credited[0].name else LINE,
            "person": person["id"] if person else FEW_DOTS,
            "unit": vi.capital(called(source, person["unit"])) if person else LINE,
            "scopes": list(words()["consent"]["scopes"].values()),
            "place_day": f"{FEW_DOTS}, {day_line('', source.on)}",
        },
    )


def _form(source: Source) -> str:
    """Give the version of the form that is used on the day; of several the newest, none where the lists name none."""
    forms = source.books.lists.get("consent_forms", ()) if source.books.lists else ()
    used = [form for form in forms if form["from"] <= source.on <= form.get("to", "9999")]
    return max(used, key=lambda form: (form["from"], form["id"]))["id"] if used else ""


KINDS = (
    Kind(name="phieu-dong-y", english="consent-adult", of="[PERSON…]", makes=_consent),
    Kind(name="phieu-dong-y-tre-em", english="consent-minor", of="[PERSON…]", makes=_consent),
)
