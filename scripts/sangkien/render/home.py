"""The parts of written pages that the register fills: newest honours, figures, ways in."""

from sangkien.domain import address
from sangkien.domain.register import Register
from sangkien.render.page import write
from sangkien.render.wording import Wording

NEWEST = 6
RECOUNT = 3


def parts(register: Register) -> dict[str, str]:
    """Write every part a written page may ask for, by the name of its mark."""
    wording = Wording(register)
    newest = register.newest(NEWEST)
    named = register.people.values()
    return {
        "art": write("home_art.html.j2"),
        "newest": write(
            "home_newest.html.j2",
            cards=[
                {
                    "idea": idea,
                    "kind": wording.kind(idea),
                    "field": wording.field(idea),
                    "authors": wording.authors(idea),
                    "unit": wording.unit(idea.record["unit"]),
                    "rating": wording.rating(idea),
                }
                for idea in newest
            ],
        ),
        "figures": write(
            "home_figures.html.j2",
            figures=[
                (len(register.ideas), "ý được ghi nhận", address.IDEAS),
                (sum(not p.credit.collective for p in named), "người đứng tên", address.PEOPLE),
                (sum(p.credit.collective for p in named), "tập thể", address.COLLECTIVES),
                (len({i.record["unit"] for i in register.ideas}), "đơn vị có ý hay", address.UNITS),
                (sum(len(i.applications) for i in register.ideas), "lượt nơi khác làm theo", address.APPLIED),
            ],
        ),
        "contents": write("home_contents.html.j2", shelves=list(register.contents.items())),
        "years": write("home_years.html.j2", years=[(y, len(i)) for y, i in register.years.items()]),
        "recount": write("recount_newest.html.j2", ideas=newest[:RECOUNT]),
        "take-part": write(
            "home_take_part.html.j2", intake=register.movement.get("intake") if register.movement else None
        ),
    }
