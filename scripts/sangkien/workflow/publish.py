"""Repository → public register → stamped pages: the one step behind both doors of the site."""

import datetime
import json
import zoneinfo
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Protocol
from urllib.parse import urlsplit

from sangkien.domain import address
from sangkien.domain.finding import Finding
from sangkien.domain.register import Register
from sangkien.domain.views import Idea
from sangkien.render import ceremony, home, outputs, score, search, tables
from sangkien.render.pages import pages, under_review
from sangkien.render.pictures import Picture, Pictures
from sangkien.render.sheets import Sheet, sheets
from sangkien.render.sitemap import sitemap
from sangkien.render.stamp import Site, Stamp
from sangkien.render.wording import Wording
from sangkien.workflow.survey import Survey

_LARGE, _SMALL = 1200, 560  # pixels: a picture across a page, and on a phone or a card


class Darkroom(Protocol):
    """Something that makes a picture fit for the web; None for what is no picture."""

    def develop(self, path: str, largest: int) -> tuple[bytes, int, int] | None: ...


class Press(Protocol):
    """Something that prints sheets, each with its address on the site."""

    def print(self, sheets: Iterable[tuple[str, Sheet]]) -> Iterator[tuple[str, bytes]]: ...


class Bindery(Protocol):
    """Something that binds a sheet of cells to a workbook."""

    def bind(self, sheet: tables.Sheet) -> bytes: ...


class Workshop(Protocol):
    """The makers of what is no page."""

    @property
    def darkroom(self) -> Darkroom: ...
    @property
    def press(self) -> Press: ...
    @property
    def bindery(self) -> Bindery: ...


class Output(Protocol):
    """The folder the site is written to."""

    def put(self, path: str, data: bytes) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """What mkdocs made: the shells by `section depth`, and the written pages with their marks still in them.

    `sources` tells from which file each written page came; `news` are those with a day, the newest first.
    """

    site_name: str
    site_url: str
    shells: Mapping[str, str]
    written: Mapping[str, str]
    sources: Mapping[str, str]
    news: Sequence[Mapping[str, str]] = ()

    def to_json(self) -> str:
        """Write the base down, for the other side of a process."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Base":
        """Read a base written by `to_json`."""
        return cls(**json.loads(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was published: how many pages and ideas, and what had to be withheld with the reasons."""

    pages: int
    ideas: int
    findings: tuple[Finding, ...]
    withheld: tuple[str, ...]
    samples: bool


def stamp(base: Base, survey: Survey, workshop: Workshop, output: Output, *, without_samples: bool) -> Outcome:
    """Write every page of the register; a written page at an address goes first."""
    register = survey.register(without_samples=without_samples)
    wording = Wording(register, develop(register, workshop.darkroom, output))
    count = 0
    for path, data in _pages(base, wording, survey.withheld):
        count += path.endswith(".html")
        output.put(path, data)
    for path, data in outputs.exports(wording, base.site_name, base.site_url, zone_of(register)):
        output.put(path, data)
    for path, sheet in tables.workbooks(wording, base.site_url):
        output.put(path, workshop.bindery.bind(sheet))
    for path, data in _ceremonies(base, wording, workshop.darkroom):
        output.put(path, data)
    for path, data in workshop.press.print(sheets(wording, base.site_name, base.site_url)):
        output.put(path, data)
    return Outcome(
        pages=count,
        ideas=len(register.ideas),
        findings=tuple(f for f in survey.findings if f.severity == "error"),
        withheld=survey.withheld,
        samples=register.has_samples,
    )


def _pages(base: Base, wording: Wording, withheld: Collection[str]) -> Iterator[tuple[str, bytes]]:
    """Write the pages of the register, the written ones, and what leads to them: search and the list of them all."""
    name, url = base.site_name, base.site_url
    site = Site(name=name, url=url, samples=wording.register.has_samples)
    stamped = Stamp({_shell_key(key): html for key, html in base.shells.items()}, site)
    listed = dict.fromkeys((_address(path) for path in base.written if path.endswith("index.html")), "")
    taken = set(listed)
    for page in pages(wording, name, url):
        if page.address in taken:
            continue
        yield f"{page.address}index.html", stamped.page(page)
        if not page.noindex:
            listed[page.address] = page.changed
    parts = home.parts(wording, [home.News(**item) for item in base.news], url)
    parts |= score.parts(wording.register) | search.parts(wording.register)
    parts["exports"] = outputs.listed(wording, url)
    seen = {path: html for path, html in base.written.items() if base.sources.get(path) not in withheld}
    for path, html in base.written.items():
        if path in seen:
            yield path, stamped.written(html, _up(path, url), parts)
        else:  # links to it stay whole, its text waits
            yield path, stamped.page(under_review(_address(path)))
    yield from outputs.search_files(wording, seen, base.news, name, url)
    if url:
        yield from sitemap(url, listed.items())


def _ceremonies(base: Base, wording: Wording, darkroom: Darkroom) -> Iterator[tuple[str, bytes]]:
    """Write the slides of each ceremony with their pictures in them."""

    def photo(idea: Idea) -> bytes | None:
        name = wording.photo(idea)
        developed = darkroom.develop(f"{idea.folder}/images/{name}", _LARGE) if name else None
        return developed[0] if developed else None

    for key, view in ceremony.ceremonies(wording).items():
        path = f"{address.ROUNDS}{key}/{ceremony.STAGE}index.html"
        yield path, ceremony.stage(view, wording, base.site_name, base.site_url, photo)


def zone_of(register: Register) -> datetime.tzinfo:
    """Give the time zone of the movement's days."""
    return zoneinfo.ZoneInfo(register.movement["time_zone"] if register.movement else "UTC")


def develop(register: Register, darkroom: Darkroom, output: Output) -> Pictures:
    """Develop the pictures of public ideas; only what the record names and the folder holds."""
    pictures: dict[tuple[str, str], Picture] = {}
    for idea in register.ideas:
        for image in idea.record.get("images", ()) if idea.brief.pictured else ():
            name = image["file"]
            if name not in idea.images:
                continue
            path, to = f"{idea.folder}/images/{name}", f"{idea.address}{name.rpartition('.')[0]}"
            large = darkroom.develop(path, _LARGE)
            if large is None:
                continue
            data, width, height = large
            output.put(f"{to}.webp", data)
            small = darkroom.develop(path, _SMALL) if max(width, height) > _SMALL else None
            if small:
                output.put(f"{to}.nho.webp", small[0])
            pictures[idea.code, name] = Picture(
                address=f"{to}.webp",
                width=width,
                height=height,
                small=f"{to}.nho.webp" if small else "",
                small_width=small[1] if small else 0,
            )
    return pictures


def _shell_key(key: str) -> tuple[str, int]:
    section, _, depth = key.partition(" ")
    return section, int(depth)


def _address(path: str) -> str:
    return path.removesuffix("index.html")


def _up(path: str, site_url: str) -> str:
    """Give the way to the root: relative, but absolute for the page that answers at any depth."""
    if path.endswith("index.html"):
        return address.upwards(_address(path))
    return urlsplit(site_url).path or "/"
