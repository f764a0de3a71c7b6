"""Everything of the register that is no page: data for programs, tables for people, feeds, what machines ask for."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple, TypeVar

from sangkien.domain import address
from sangkien.render import feeds, ical, open_data, opensearch, search, tables
from sangkien.render.page import write
from sangkien.render.surroundings import Surroundings
from sangkien.render.wording import Wording

Item = TypeVar("Item")
Make = Callable[[], Iterable[tuple[str, bytes]]]
_FEEDS = 64  # written together


class Keepable(NamedTuple):
    """Files that may be kept under a name: how the key that names all they tell is made, and how they are written."""

    name: str
    key: Callable[[], str]
    make: Make


def tables_of(wording: Wording, site_url: str, bind: Callable[[tables.Sheet], bytes]) -> Iterator[Keepable]:
    """Give the writers of tables: of everything where the register is told whole, and of each year."""
    around, register = Surroundings(wording), wording.register
    if open_data.is_whole(register):
        yield Keepable("bang", partial(around.of_data, register.ideas), partial(tables.everything, wording, site_url))
    for year, ideas in register.years.items():
        make = partial(tables.of_year, wording, site_url, year, bind)
        yield Keepable(f"so-{year}", partial(around.of_data, ideas), make)


def feeds_of(wording: Wording, site_name: str, site_url: str, zone: datetime.tzinfo) -> Iterator[Keepable]:
    """Give the writers of feeds, for a site with an address."""
    around = Surroundings(wording)
    if site_url:
        for number, part in enumerate(in_parts([*feeds.feeds(wording, site_name)], _FEEDS)):
            told = [idea for feed in part for idea in feed.ideas]
            key = partial(around.of_data, told, [(feed.base, feed.title, len(feed.ideas)) for feed in part])
            yield Keepable(f"tin-{number}", key, partial(feeds.files, part, wording, site_url, zone))


def calendar_of(wording: Wording, site_name: str, site_url: str, zone: datetime.tzinfo) -> Iterator[Keepable]:
    """Give the writer of the calendar."""
    yield Keepable("lich", str, partial(ical.file, wording, site_name, site_url, zone))


def in_parts(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    """Cut a list into parts that are written together."""
    return (items[start : start + size] for start in range(0, len(items), size))


def listed(wording: Wording, site_url: str) -> str:
    """Write the list of what may be fetched, for the page about it."""
    newest = max((idea.on for idea in wording.register.ideas), default="")
    whole = open_data.is_whole(wording.register)
    parts: list[tuple[str, Sequence[tuple[str, str]]]] = [
        ("Toàn bộ sổ", ((tables.address_of(None), "CSV"), (open_data.ADDRESS, "JSON")))
        if whole
        else ("Mục lục của sổ, chỉ tới tệp từng năm", ((open_data.ADDRESS, "JSON"),))
    ]
    for year in wording.register.years:
        books = (tables.workbook_address(year), "Excel"), (tables.address_of(year), "CSV")
        parts.append(
            (f"Năm {year}", (*books, (open_data.year_address(year, whole=whole), "JSON" if whole else "JSON nén")))
        )
    if site_url:
        feeds_ = (feeds.ALL + feeds.ATOM, "Atom"), (feeds.ALL + feeds.JSON, "JSON Feed")
        parts.append(("Năm mươi ý mới nhất", feeds_))
    return write("exports.html.j2", parts=parts, newest=newest)


def search_files(
    wording: Wording,
    written: Mapping[str, str],
    news: Sequence[Mapping[str, str]],
    site_name: str,
    site_url: str,
) -> Iterator[tuple[str, bytes]]:
    """Write what search needs, if there is a page to search on."""
    if f"{address.SEARCH}index.html" not in written:
        return
    yield from search.files(wording, written, news)
    if site_url:
        yield "opensearch.xml", opensearch.description(site_name, site_url)
