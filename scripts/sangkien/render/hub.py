"""A hub as pages: the sites whose registers it lists, the newest honours, lists by site and by year.

Every idea leads to its page at the site that honoured it; no page of an idea is written here.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from markupsafe import Markup

from sangkien.domain import address
from sangkien.domain.hub import Honour, Hub, Place
from sangkien.render import linked_data
from sangkien.render import vietnamese as vi
from sangkien.render.listing import PER_PAGE, Entry, batched, index, pager
from sangkien.render.page import Page, write

Pages = Callable[[], Iterator[Page]]
_CARDS = 5  # as the first page of a site
_CHIPS = 80  # places named on the first page and beside the search; their own list names all


class HubPages:
    """The pages of one hub."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self._labels = {place.url: place.label for place in hub.places}

    def sheaves(self) -> Iterator[Pages]:
        """Give all pages in parts that can be written beside each other."""
        yield self._indexes
        for place in self.hub.places:
            yield partial(self._place, place)
        for year, honours in self.hub.years.items():
            yield partial(self._year, year, honours)

    def parts(self, site_name: str, site_url: str) -> dict[str, str]:
        """Write what the written pages ask for, by the name of its mark."""
        hub, years = self.hub, self.hub.years
        places = [(_address(place), place.label, len(place.honours)) for place in hub.places]
        told = [(f"{address.YEARS}{year}/", year, len(honours)) for year, honours in years.items()]
        more = len(places) > _CHIPS
        return {
            "site-data": linked_data.site(site_name, site_url) if site_url else "",
            "art": write("home_art.html.j2"),
            "newest": write("hub_newest.html.j2", cards=Markup("").join(map(self._card, hub.honours[:_CARDS]))),
            "figures": write(
                "hub_figures.html.j2",
                figures=[
                    (len(hub.honours), "ý được ghi nhận", address.IDEAS),
                    (len(hub.places), "nơi có sổ ghi nhận", address.PLACES),
                    (len({(h.site, h.unit) for h in hub.honours if h.unit}), "đơn vị có ý hay", address.PLACES),
                ],
            ),
            "places": write("hub_places.html.j2", places=places[:_CHIPS], more=more),
            "years": write("home_years.html.j2", years=[(year, len(honours)) for year, honours in years.items()]),
            "search": write("hub_search.html.j2", places=places[:_CHIPS], more=more, years=told),
        }

    def _indexes(self) -> Iterator[Page]:
        hub, years = self.hub, self.hub.years
        yield from self._list(
            hub.honours[:PER_PAGE],
            address.IDEAS,
            section=address.IDEAS,
            title="Mới được ghi nhận",
            lead="Những ý mới nhất ở mọi nơi. Muốn xem hết, xin chọn một nơi hoặc một năm.",
            crumbs=((address.PLACES, "Các nơi"), (address.YEARS, "Theo năm")),
        )
        entries = [
            Entry(href=_address(place), title=place.label, note=f"{vi.capital(_counted(place.honours))} · {place.host}")
            for place in hub.places
        ]
        lead = f"{vi.whole(len(entries))} nơi đã công bố sổ ghi nhận, xếp theo tên."
        yield from index(address.PLACES, "Các nơi", lead, [("", entries)], _NONE)
        entries = [
            Entry(href=f"{address.YEARS}{year}/", title=f"Năm {year}", note=vi.capital(_counted(honours)))
            for year, honours in years.items()
        ]
        yield from index(address.YEARS, "Theo năm", "Mỗi năm, những ý được ghi nhận ở mọi nơi.", [("", entries)], _NONE)

    def _place(self, place: Place) -> Iterator[Page]:
        return self._list(
            place.honours,
            _address(place),
            section=address.PLACES,
            title=place.label,
            lead=f"{vi.capital(_counted(place.honours))}, mới nhất đứng trước.",
            crumbs=((address.PLACES, "Các nơi"),),
            site=place,
        )

    def _year(self, year: str, honours: Sequence[Honour]) -> Iterator[Page]:
        return self._list(
            honours,
            f"{address.YEARS}{year}/",
            section=address.YEARS,
            title=f"Năm {year}",
            lead=f"{vi.capital(_counted(honours))} ở mọi nơi, mới nhất đứng trước.",
            crumbs=((address.YEARS, "Theo năm"),),
        )

    def _list(
        self,
        honours: Sequence[Honour],
        to: str,
        *,
        section: str,
        title: str,
        lead: str,
        crumbs: Iterable[tuple[str, str]],
        site: Place | None = None,
    ) -> Iterator[Page]:
        """Write a list of honours on as many pages as it needs; one of a single site does not repeat its name."""
        parts = list(batched(honours))
        for number, part in enumerate(parts, 1):
            first = number == 1
            yield Page(
                address=address.numbered(to, number),
                section=section,
                title=title if first else f"{title}, trang {number}",
                description=lead,
                changed=part[0].on if part else "",
                body=write(
                    "hub_list.html.j2",
                    key=to,
                    title=title,
                    lead=lead if first else "",
                    crumbs=tuple(crumbs),
                    url=site.url if site and first else "",
                    host=site.host if site else "",
                    rows=Markup("").join(self._row(honour, named=site is None) for honour in part),
                    pages=pager(to, number, len(parts)),
                ),
            )

    def _row(self, honour: Honour, *, named: bool) -> Markup:
        about = (vi.KINDS[honour.kind], honour.field, honour.unit, honour.year)
        return Markup(  # noqa: S704  # written by an autoescaped template
            write(
                "hub_row.html.j2",
                honour=honour,
                href=honour.site + address.idea(honour.code),
                about=" · ".join(filter(None, about)),
                place=self._labels[honour.site] if named else "",
            )
        )

    def _card(self, honour: Honour) -> Markup:
        return Markup(  # noqa: S704  # written by an autoescaped template
            write(
                "hub_card.html.j2",
                honour=honour,
                href=honour.site + address.idea(honour.code),
                kicker=" · ".join(filter(None, (vi.KINDS[honour.kind], honour.field))),
                place=self._labels[honour.site],
            )
        )


_NONE = "Chưa có gì để hiện ở đây."


def _address(place: Place) -> str:
    return f"{address.PLACES}{place.key}/"


def _counted(honours: Sequence[Honour]) -> str:
    return f"{vi.whole(len(honours))} ý được ghi nhận" if honours else "chưa có ý nào được ghi nhận"
