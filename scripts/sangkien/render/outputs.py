"""Everything of the register that is no page: data for programs, tables for people, feeds, what machines ask for."""

import datetime
from collections.abc import Iterator, Mapping, Sequence

from sangkien.domain import address
from sangkien.render import feeds, open_data, opensearch, search, tables
from sangkien.render.page import write
from sangkien.render.wording import Wording


def exports(wording: Wording, site_name: str, site_url: str, zone: datetime.tzinfo) -> Iterator[tuple[str, bytes]]:
    """Write the open data: the register as JSON and CSV and, for a site with an address, its feeds."""
    yield open_data.ADDRESS, open_data.register_json(wording.register)
    yield from open_data.years(wording.register)
    yield from open_data.shards(wording.register)
    yield from tables.files(wording, site_url)
    if site_url:
        yield from feeds.files(wording, site_name, site_url, zone)


def listed(wording: Wording, site_url: str) -> str:
    """Write the list of what may be fetched, for the page about it."""
    years = list(wording.register.years)
    named = [
        *((tables.workbook_address(year), f"Năm {year}, sổ Excel", "Ngày và số đã đúng kiểu") for year in years),
        (tables.address_of(None), "Toàn bộ sổ, bảng CSV", "Cho mọi chương trình bảng tính"),
        *((tables.address_of(year), f"Năm {year}, bảng CSV", "Như trên, gọn hơn") for year in years),
        (open_data.ADDRESS, "Toàn bộ sổ, tệp JSON", "Cho chương trình, đủ số liệu để đếm lại"),
        *((open_data.year_address(year), f"Năm {year}, tệp JSON", "Như trên, gọn hơn") for year in years),
    ]
    if site_url:
        named += [
            (feeds.ALL + feeds.ATOM, "Nguồn tin Atom", "Năm mươi ý mới nhất"),
            (feeds.ALL + feeds.JSON, "Nguồn tin JSON Feed", "Năm mươi ý mới nhất"),
        ]
    newest = max((idea.on for idea in wording.register.ideas), default="")
    files = [{"path": path, "name": name, "note": note} for path, name, note in named]
    return write("exports.html.j2", files=files, newest=newest)


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
