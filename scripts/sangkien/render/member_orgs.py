"""Pages of member organisations: their movements, the ideas that answer them, and what was done together."""

from collections.abc import Iterable, Iterator
from typing import Any

from markupsafe import Markup

from sangkien.domain import address
from sangkien.domain import records as r
from sangkien.domain.movement_life import Ideas, MemberOrg
from sangkien.render import vietnamese as vi
from sangkien.render.listing import Entry, Listing, beginning, idea_list, index, the_rest
from sangkien.render.page import Page, write
from sangkien.render.wording import Wording

_ALL = "tat-ca"
_TITLE = "Tổ chức thành viên"
_TOGETHER = 50  # the newest things done together


def page_of(org: str) -> str:
    """Give the address of a member organisation's page."""
    return f"{address.MEMBER_ORGS}{org}/"


def names(keys: Iterable[str], wording: Wording) -> Markup:
    """Name member organisations in one line, each with a link to its page."""
    orgs = wording.register.life.member_orgs
    link = Markup('<a href="~/{}">{}</a>')
    return Markup(", ").join(link.format(page_of(key), short_name(orgs[key].record)) for key in keys if key in orgs)


def short_name(org: r.MemberOrgRecord) -> str:
    """Name an organisation as people call it."""
    return org.get("short_name", org["name"])


def movement_names(keys: Iterable[str], wording: Wording) -> Markup:
    """Name movements in one line, each with whose it is; those with ideas are linked."""
    wanted = set(keys)
    found = [
        _movement_name(org, movement, ideas)
        for org in wording.register.life.member_orgs.values()
        for movement, ideas in org.movements
        if movement["id"] in wanted
    ]
    return Markup(", ").join(found)


def _movement_name(org: MemberOrg, movement: r.Movement, ideas: Ideas) -> Markup:
    to = f"{page_of(org.record['id'])}{movement['id']}/" if ideas else page_of(org.record["id"])
    link = Markup('<a href="~/{}">“{}”</a> ({})')
    return link.format(to, movement["name"], short_name(org.record))


def facet(wording: Wording) -> list[tuple[str, str, int]]:
    """List the movements that have ideas, to filter by: address, name, count."""
    return [
        (f"{page_of(key)}{movement['id']}/", movement["name"], len(ideas))
        for key, org in wording.register.life.member_orgs.items()
        for movement, ideas in org.movements
        if ideas
    ]


def pages(wording: Wording) -> Iterator[Page]:
    """Write the index of member organisations, their pages, and the list of each movement's ideas."""
    orgs = wording.register.life.member_orgs
    if not orgs:
        return
    entries = [
        Entry(
            href=page_of(key),
            title=org.record["name"],
            note=" · ".join(
                filter(None, [*(movement["name"] for movement, _ in org.movements), _counted(org.ideas, wording)])
            ),
            sample="sample" in org.record,
        )
        for key, org in orgs.items()
    ]
    lead = "Mỗi tổ chức có phong trào thi đua của mình; ý của bà con trong các phong trào ấy cùng về một chỗ."
    yield from index(address.MEMBER_ORGS, _TITLE, lead, [("", entries)], "", above=(address.MOVEMENT, "Phong trào"))
    done = _done_together(wording)
    for key, org in orgs.items():
        yield from _org(org, done.get(key, []), wording)


def _org(org: MemberOrg, together: list[tuple[str, str, str, str]], wording: Wording) -> Iterator[Page]:
    record, ideas = org.record, org.ideas
    to = page_of(record["id"])
    crumbs = ((address.MOVEMENT, "Phong trào"), (address.MEMBER_ORGS, _TITLE), (to, short_name(record)))
    counts = (
        (len(ideas), "ý gắn với phong trào của tổ chức"),
        (sum(idea.applied for idea in ideas), "ý đã đem dùng"),
        (len(together), "việc đã cùng làm"),
    )
    yield Page(
        address=to,
        section=address.MOVEMENT,
        title=record["name"],
        description=f"{record['name']}: phong trào gắn kết, {wording.counted(ideas)}.",
        body=write(
            "member_org.html.j2",
            record=record,
            numbers=[(number, label) for number, label in counts if number],
            movements=[
                {
                    "name": movement["name"],
                    "summary": movement.get("summary", ""),
                    "href": f"{to}{movement['id']}/" if answering else "",
                    "counted": wording.counted(answering),
                }
                for movement, answering in org.movements
            ],
            rows=beginning(ideas, f"{to}{_ALL}/", wording),
            together=together[:_TOGETHER],
        ),
    )
    whole = f"{record['name']}: tất cả các ý"
    listing = Listing(
        address=f"{to}{_ALL}/", section=address.MOVEMENT, title=whole, description=f"{whole}.", crumbs=crumbs
    )
    yield from the_rest(listing, ideas, wording)
    for movement, answering in org.movements:
        if answering:
            yield from idea_list(
                Listing(
                    address=f"{to}{movement['id']}/",
                    section=address.MOVEMENT,
                    title=movement["name"],
                    description=f"Những ý được ghi nhận gắn với phong trào {movement['name']} của {record['name']}.",
                    lead=movement.get("summary", ""),
                    kicker=f"Phong trào của {short_name(record)}",
                    crumbs=crumbs,
                ),
                answering,
                wording,
            )


def _counted(ideas: Ideas, wording: Wording) -> str:
    return wording.counted(ideas) if ideas else ""


def _done_together(wording: Wording) -> dict[str, list[tuple[str, str, str, str]]]:
    """List by organisation what it took part in, the newest first: day, name, address, kind."""
    life = wording.register.life
    events: list[tuple[Any, tuple[str, str, str, str]]] = [
        *(
            (view.record, (view.record["opens_on"], view.record["name"], f"{address.EMULATION}{key}/", "Đợt thi đua"))
            for key, view in life.emulation_rounds.items()
        ),
        *(
            (view.record, (view.record["date"], view.record["name"], f"{address.CEREMONIES}{key}/", "Lễ biểu dương"))
            for key, view in life.ceremonies.items()
        ),
        *((one.record, (one.record["date"], one.record["title"], "", "Tuyên truyền")) for one in life.outreach),
        *((one, (one["date"], one["subject"], "", vi.COMMENT_KINDS[one["kind"]])) for one in life.comments),
    ]
    found: dict[str, list[tuple[str, str, str, str]]] = {}
    for record, told in sorted(events, key=lambda event: event[1][0], reverse=True):
        for org in record.get("partners", ()):
            found.setdefault(org, []).append(told)
    return found
