"""The parts of written pages that the register fills: newest honours, figures, ways in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sangkien.domain import address
from sangkien.domain.register import Register
from sangkien.render import linked_data, open_data, problems
from sangkien.render.page import write
from sangkien.render.wording import Wording

NEWEST = 5
NEWEST_NEWS = 3
RECOUNT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """A piece of news: a written page with a day."""

    address: str
    title: str
    description: str
    date: str


def parts(wording: Wording, news: Sequence[News], site_url: str) -> dict[str, str]:
    """Write every part a written page may ask for, by the name of its mark."""
    register = wording.register
    movement: Any = register.movement or {}
    newest = register.newest(NEWEST)
    named = register.people.values()
    return {
        "site-data": _site_data(register, site_url),
        "art": write("home_art.html.j2"),
        "newest": write("home_newest.html.j2", cards=wording.cards(newest)),
        "figures": write(
            "home_figures.html.j2",
            figures=[
                (len(register.ideas), "ý được ghi nhận", address.IDEAS),
                (sum(not p.credit.collective for p in named), "người đứng tên", address.PEOPLE),
                (sum(p.credit.collective for p in named), "tập thể", address.COLLECTIVES),
                (len({i.brief.unit for i in register.ideas}), "đơn vị có ý hay", address.UNITS),
                (sum(len(i.brief.adoptions) for i in register.ideas), "lượt nơi khác làm theo", address.APPLIED),
            ],
        ),
        "contents": write("home_contents.html.j2", shelves=list(register.contents.items())),
        "problems": problems.newest(wording),
        "places": write("home_places.html.j2", places=_places(wording)),
        "news": write("news.html.j2", news=news[:NEWEST_NEWS]),
        "all-news": write("news.html.j2", news=news),
        "years": write("home_years.html.j2", years=[(y, len(i)) for y, i in register.years.items()]),
        "recount": write("recount_newest.html.j2", ideas=newest[:RECOUNT], symbols=open_data.symbols(register)),
        "take-part": write("home_take_part.html.j2", intake=movement.get("intake"), handover=movement.get("handover")),
    }


def _places(wording: Wording) -> list[tuple[str, str, int]]:
    """List the communes of today, each with what was honoured there under any of its names."""
    units = wording.register.units

    def stands(key: str) -> bool:
        level = wording.levels.get(units[key].record["level"])
        return level is not None and level["group"] == "dia-ban" and "valid_to" not in units[key].record

    return [
        (
            f"{address.UNITS}{key}/",
            wording.unit(key),
            len(unit.everything),
        )
        for key, unit in units.items()
        if stands(key) and not any(stands(child) for child in unit.children)
    ]


def _site_data(register: Register, site_url: str) -> str:
    return linked_data.site(register.movement["site_title"], site_url) if site_url and register.movement else ""
