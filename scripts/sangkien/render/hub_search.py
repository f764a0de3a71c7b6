"""The search of a hub: the files of a site's search, with rows that name the site where each idea stands."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from sangkien.domain import address, search_index
from sangkien.domain.hub import Honour, Hub
from sangkien.domain.records import ListsRecord
from sangkien.domain.search_index import Document
from sangkien.domain.text import slug
from sangkien.render import search
from sangkien.render import vietnamese as vi
from sangkien.render.search_documents import Codes

_NAMES = 60  # of a facet: names differ from site to site, and every one of them is in the catalogue
_IN_A_SHARD = 128  # codes


def files(hub: Hub, lists: ListsRecord | None) -> Iterator[tuple[str, bytes]]:
    """Write everything the search needs; `lists` gives the short ways of writing."""
    facets = _Facets(hub)
    spaces = search.spaces_of(search.abbreviations(lists))
    labels = {place.url: place.label for place in hub.places}
    rows: list[list[Any]] = []
    for honour in hub.honours:
        told, label = facets.of(honour), labels[honour.site]
        texts = (honour.unit, honour.field, label)
        spaces["ideas"].add(Document(title=honour.title, texts=texts, facets=told))
        rows.append([honour.code, honour.title, told, honour.unit, label, int(honour.sample), honour.site])
    others = list(_others(hub))
    for _, title, _, _ in others:
        spaces["others"].add(Document(title=title))
    yield from search.edition_files(
        spaces,
        {"y": rows, "khac": others, "don-vi": facets.units},
        facets=facets.told,
        years=facets.years,
        codes=_codes(hub.honours),
    )


def _codes(honours: Sequence[Honour]) -> list[dict[str, int]]:
    """Tell which row is of which code, in shards as those of words."""
    count = max(1, len(honours) // _IN_A_SHARD)
    shards: list[dict[str, int]] = [{} for _ in range(count)]
    for number, honour in enumerate(honours):
        shards[search_index.shard_of(honour.code, count)][honour.code] = number
    return shards


def _others(hub: Hub) -> Iterator[tuple[str, str, str, str]]:
    """Give what has a page of its own here, as rows: what it is, its name, a note, its address."""
    for place in hub.places:
        yield "Nơi", place.label, _counted(place.honours), f"{address.PLACES}{place.key}/"
    for year, honours in hub.years.items():
        yield "Năm", f"Năm {year}", _counted(honours), f"{address.YEARS}{year}/"


def _counted(honours: Sequence[Honour]) -> str:
    return f"{vi.whole(len(honours))} ý được ghi nhận"


class _Facets:
    """What honours are sorted by: as at a site, with the site itself in the place of the unit."""

    def __init__(self, hub: Hub) -> None:
        used = sorted(hub.places, key=lambda place: (-len(place.honours), place.url))
        self.units = [[place.key, place.label] for place in used]
        starts: dict[str, int] = {}
        for number, honour in enumerate(hub.honours):
            starts.setdefault(honour.year, number)
        self.years = [[year, start] for year, start in starts.items()]
        self.told: list[list[Any]] = [
            ["loai", list(vi.KINDS.items())],
            ["ap-dung", [["chua", "Chưa áp dụng"], ["co", "Đã áp dụng"]]],
            ["xep-loai", _named(hub.honours, lambda honour: honour.rating)],
            ["noi-dung", _named(hub.honours, lambda honour: honour.content)],
            ["linh-vuc", _named(hub.honours, lambda honour: honour.field)],
        ]
        self._codes = Codes([*([key for key, _ in values] for _, values in self.told), [p.url for p in used]])
        self._slugs = _Slugs()

    def of(self, honour: Honour) -> str:
        """Write the values of an honour."""
        slugs = self._slugs
        return self._codes.of(
            (
                honour.kind,
                "co" if honour.applied else "chua",
                slugs[honour.rating],
                slugs[honour.content],
                slugs[honour.field],
                honour.site,
            )
        )


class _Slugs(dict[str, str]):
    """Names and their slugs, each made once."""

    def __missing__(self, name: str) -> str:
        made = self[name] = slug(name)
        return made


def _named(honours: Iterable[Honour], name: Callable[[Honour], str]) -> list[list[str]]:
    """Give the names in use, the commonest first, after none at all; spellings that differ in marks alone are one."""
    spelt: dict[str, Counter[str]] = {}
    for text, count in Counter(map(name, honours)).items():
        if key := slug(text):
            spelt.setdefault(key, Counter())[text] += count
    often = sorted(spelt, key=lambda key: (-spelt[key].total(), key))[:_NAMES]
    return [["", ""], *([key, min(spelt[key], key=lambda text: (-spelt[key][text], text))] for key in often)]
