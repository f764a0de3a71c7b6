"""Lists of ideas and indexes of everything else, cut into pages that a weak phone can load."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from markupsafe import Markup

from sangkien.domain import address, views
from sangkien.render.page import Page, write
from sangkien.render.wording import Wording

PER_PAGE = 200

Item = TypeVar("Item")
Link = tuple[str, str]  # address and words


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of an index."""

    href: str
    title: str | Markup
    note: str | Markup = ""
    sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list of ideas: where it stands, what it is called, what may be said above it."""

    address: str
    section: str
    title: str
    description: str
    lead: str = ""
    kicker: str = ""
    crumbs: tuple[tuple[str, str], ...] = ()
    facets: tuple[Any, ...] = ()
    feed: str = ""
    empty: str = "Chưa có ý nào được ghi nhận ở mục này. Rất mong có ý đầu tiên của bạn."


def beginning(ideas: Sequence[views.Idea], to: str, wording: Wording) -> Markup:
    """Write the first page of a list within another page, with the way to the rest where there is more."""
    rows = wording.rows(ideas[:PER_PAGE])
    if len(ideas) <= PER_PAGE:
        return rows
    more = Markup('<li class="sk-row"><a class="sk-row__title" href="~/{}">Xem tất cả {}</a></li>')
    return rows + more.format(to, wording.counted(ideas))


def the_rest(listing: Listing, ideas: Sequence[views.Idea], wording: Wording) -> Iterator[Page]:
    """Write the whole list on pages of its own, where its beginning did not hold it."""
    if len(ideas) > PER_PAGE:
        yield from idea_list(listing, ideas, wording)


def idea_list(listing: Listing, ideas: Sequence[views.Idea], wording: Wording) -> Iterator[Page]:
    """Write a list of ideas, on as many pages as it needs."""
    parts = list(batched(ideas))
    for number, part in enumerate(parts, 1):
        first = number == 1
        yield Page(
            address=address.numbered(listing.address, number),
            section=listing.section,
            title=listing.title if first else f"{listing.title}, trang {number}",
            description=listing.description,
            feed=listing.feed,
            body=write(
                "list.html.j2",
                key=listing.address,
                title=listing.title,
                kicker=listing.kicker,
                lead=listing.lead if first else "",
                crumbs=listing.crumbs,
                facets=listing.facets if first else (),
                rows=wording.rows(part),
                empty=listing.empty,
                pages=pager(listing.address, number, len(parts)),
            ),
        )


def index(
    to: str,
    title: str,
    lead: str,
    groups: Sequence[tuple[str, Sequence[Entry]]],
    empty: str,
    *,
    above: Link | None = None,
    onward: Sequence[Link] = (),
) -> Iterator[Page]:
    """Write an index of pages, in groups; a long one that is alone or unnamed is cut, and others end the last page.

    `above` is the page it belongs to; `onward` are the ways from its end.
    """
    whole = [(name, entries) for name, entries in groups if entries]
    parts: list[Any] = [whole]
    if len(whole) == 1 or (whole and not whole[0][0]):
        parts = [[(whole[0][0], part)] for part in batched(whole[0][1])]
        parts[-1] += whole[1:]
    for number, part in enumerate(parts, 1):
        yield Page(
            address=address.numbered(to, number),
            section=above[0] if above else to,
            title=title if number == 1 else f"{title}, trang {number}",
            description=lead.split("\n", maxsplit=1)[0] or title,
            body=write(
                "index.html.j2",
                title=title,
                lead=lead if number == 1 else "",
                groups=part,
                empty=empty,
                above=above,
                onward=onward if number == len(parts) else (),
                pages=pager(to, number, len(parts)),
            ),
        )


def batched(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Cut a list into pages, at least one."""
    if not items:
        yield ()
    for start in range(0, len(items), PER_PAGE):
        yield items[start : start + PER_PAGE]


def pager(to: str, here: int, count: int) -> list[tuple[int, str, bool]]:
    """Give the links between the pages: the ends, and the neighbours of this one."""
    near = {1, count, *range(here - 2, here + 3)}
    return [(n, address.numbered(to, n), n == here) for n in range(1, count + 1) if n in near]
