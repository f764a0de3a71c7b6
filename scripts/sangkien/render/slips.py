"""What is printed for the counter: a slip for each idea taken in, and the form for those who write by hand."""

from collections.abc import Iterable, Mapping
from typing import Any

from sangkien.domain import address
from sangkien.domain.disclosure import is_open
from sangkien.domain.gazetteer import Gazetteer
from sangkien.render import vietnamese as vi
from sangkien.render.clerk_sheets import criteria_of
from sangkien.render.forms import Maker
from sangkien.render.importing import words
from sangkien.render.sheets import Sheet, bare, qr

_LINES = {"before": 4, "after": 5, "how_to": 6, "summary": 3, "authors": 4}


def slips(
    ideas: Iterable[Mapping[str, Any]], maker: Maker, pins: Mapping[str, str] | None = None, follow: str = ""
) -> Sheet:
    """Lay out a slip for each idea, four to a page; nobody's name stands on one.

    `pins` are those of ideas at a relay, by code: with its PIN an idea can be followed there, at the address `follow`.
    """
    pins = pins or {}
    movement, said = maker.books.movement, words()["slip"]
    site = movement.get("site_url", "") if movement else ""
    gazetteer = Gazetteer(maker.books)
    return Sheet(
        template="slip.typ",
        form="pdf",
        secret=bool(pins),  # whoever has a PIN may change an idea
        values={
            "words": {key: text for key, text in said.items() if isinstance(text, str)},
            "steps": said["steps"],
            "organiser": movement["organiser"] if movement else "",
            "place": movement.get("intake", "") if movement else "",
            "slips": [_slip(idea, gazetteer, site, pins.get(idea["code"], ""), follow) for idea in ideas],
        },
    )


def _slip(idea: Mapping[str, Any], gazetteer: Gazetteer, site: str, pin: str, follow: str) -> dict[str, Any]:
    leads = f"{follow}#{idea['code']}" if pin else site + address.idea(idea["code"]) if site else ""
    return {
        "code": idea["code"],
        "pin": pin,
        "title": idea["title"],
        "unit": vi.capital(gazetteer.title(idea["unit"])),
        "day": vi.day(idea["submitted_on"]),
        "qr": qr(leads) if leads else None,
        "address": bare(leads) if leads else "",
        "sample": words()["slip"]["sample"] if "sample" in idea else "",
    }


def paper_form(maker: Maker) -> Sheet:
    """Lay out the form on paper: the very questions of the form on the screen, and the consents to be signed."""
    movement, said = maker.books.movement, words()["paper_form"]
    return Sheet(
        template="form.typ",
        form="pdf",
        values={
            "words": {key: text for key, text in said.items() if isinstance(text, str)},
            "form": words()["consent"]["form"],
            "movement": movement["name"] if movement else "",
            "organiser": movement["organiser"] if movement else "",
            "notice": said["notice"],
            "place": movement.get("intake", "") if movement else "",
            "is_open": said["open"] if is_open(movement) else "",
            "questions": list(_questions(maker)),
            "displays": list(maker.choices()["displays"].values()),
            "consents": said["consents"],
            "guardian": said["guardian"],
            "office": said["office"],
        },
    )


def _questions(maker: Maker) -> Iterable[dict[str, Any]]:
    optional = {"applied", "summary", *criteria_of(maker)}
    for block in maker.idea()["body"]:
        key = block.get("id", "")
        if not key or key in ("display", "agreement"):
            continue
        asked = block["attributes"]
        own = words()["paper_form"]["questions"].get(key, {})
        yield {
            "label": asked["label"],
            "help": own.get("help", asked.get("description", "")),
            "options": asked.get("options", []),
            "lines": _LINES.get(key, 1 if block["type"] == "input" else 2),
            "optional": key in optional,
        }
