"""Everything of the register that is no page: data for programs, tables for people, feeds, what machines ask for."""

import datetime
from collections.abc import Iterator, Mapping, Sequence

from sangkien.domain import address
from sangkien.render import feeds, open_data, opensearch, search, tables
from sangkien.render.page import write
from sangkien.render.wording import Wording


def exports(wording: Wording, site_name: str, site_url: str, zone: datetime.tzinfo) -> Iterator[tuple[str, bytes]]:
    """Write the open data: the register as JSON and CSV and, for a site with an address, its feeds."""
    yield from open_data.OpenData(wording, site_name, site_url).files()
    yield from tables.files(wording, site_url)
    if site_url:
        yield from feeds.files(wording, site_name, site_url, zone)


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
