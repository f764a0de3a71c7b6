"""The years: each told as a story, with all that was recognised in it."""

from collections.abc import Iterator

from sangkien.domain import address
from sangkien.domain.chronicle import Chronicle, chronicle
from sangkien.domain.statistics import figures
from sangkien.render import charts, honours
from sangkien.render import vietnamese as vi
from sangkien.render.listing import PER_PAGE, Entry, Listing, index, the_rest
from sangkien.render.page import Page, write
from sangkien.render.statistics import year_charts
from sangkien.render.wording import Wording


def pages(wording: Wording) -> Iterator[Page]:
    """Write the list of years and the story of each."""
    years = wording.register.years
    entries = [
        Entry(href=f"{address.YEARS}{year}/", title=f"Năm {year}", note=wording.counted(ideas))
        for year, ideas in years.items()
    ]
    lead = "Năm tính theo ngày được công nhận."
    yield from index(address.YEARS, "Theo năm", lead, [("", entries)], "Chưa có năm nào.")
    for year in years:
        yield from _year(chronicle(wording.register, year), wording)


def _year(told: Chronicle, wording: Wording) -> Iterator[Page]:
    to, title = f"{address.YEARS}{told.year}/", f"Năm {told.year}"
    whole = len(told.ideas) <= PER_PAGE
    story = list(_story(told, wording))
    ordered = list(wording.register.years)
    place = ordered.index(told.year)
    yield Page(
        address=to,
        section=address.IDEAS,
        title=f"Ghi nhận năm {told.year}",
        description=story[0],
        body=write(
            "year.html.j2",
            year=told.year,
            title=title,
            story=story,
            cards=wording.cards(told.outstanding),
            months=[
                (f"Tháng {int(month)}", wording.counted(ideas), wording.rows(ideas))
                for month, ideas in told.months.items()
            ]
            if whole
            else [],
            all_href="" if whole else f"{to}{_ALL}/",
            counted=wording.counted(told.ideas),
            charts=year_charts(figures(told.ideas), wording),
            commendations=[honours.entry(c, wording, named=True) for c in told.commendations],
            earlier=ordered[place + 1] if place + 1 < len(ordered) else "",
            later=ordered[place - 1] if place else "",
        ),
        sheets=(charts.SHEET,),
    )
    listing = Listing(
        address=f"{to}{_ALL}/",
        section=address.IDEAS,
        title=f"Tất cả ghi nhận năm {told.year}",
        description=f"Những ý được ghi nhận trong năm {told.year}, xếp theo tên.",
        crumbs=((address.IDEAS, "Ghi nhận"), (to, title)),
    )
    yield from the_rest(listing, told.ideas, wording)


def _story(told: Chronicle, wording: Wording) -> Iterator[str]:
    """Tell the year in a few sentences, each only where there is something to tell."""
    count, units = len(told.ideas), told.units
    where = f", đến từ {vi.whole(units)} đơn vị" if units > 1 else ""
    yield f"Năm {told.year} có {vi.whole(count)} ý được ghi nhận{where}."
    makers = [
        *([f"{vi.whole(told.people)} người"] if told.people else []),
        *([f"{vi.whole(told.collectives)} tập thể"] if told.collectives else []),
    ]
    if makers:
        yield f"Trang này xin nhắc tên {vi.listed(makers)} đã nghĩ ra và đã làm."
    fields, most = told.leading
    names = [wording.register.fields[f].record["name"] for f in fields if f in wording.register.fields]
    if most > 1 and names and len(names) <= _TIES:
        each = ", mỗi lĩnh vực" if len(names) > 1 else ":"
        yield f"Nhiều nhất là {vi.listed([f'“{name}”' for name in names])}{each} {vi.whole(most)} ý."
    if told.places:
        yield f"Đến nay những ý của năm ấy đã được {vi.whole(told.places)} nơi khác làm theo."


_ALL = "tat-ca"
_TIES = 3  # more fields than this with equally many ideas say nothing
