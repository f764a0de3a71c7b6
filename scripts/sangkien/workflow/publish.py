"""Repository → public register → stamped pages: the one step behind both doors of the site."""

import datetime
import hashlib
import zoneinfo
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any, Protocol
from urllib.parse import urlsplit

from sangkien.domain import address
from sangkien.domain.finding import Finding
from sangkien.domain.parts import Part
from sangkien.domain.register import Register
from sangkien.domain.views import Idea, Round
from sangkien.render import (
    ceremony,
    home,
    movement_index,
    open_data,
    outputs,
    score,
    search,
    surroundings,
    tables,
    ways_in,
)
from sangkien.render.idea_page import idea_page
from sangkien.render.pages import Bundle, sheaves, under_review
from sangkien.render.pictures import Picture, Pictures
from sangkien.render.sheets import Sheet, count, sheets
from sangkien.render.sitemap import sitemap
from sangkien.render.stamp import Site, Stamp, shell_key
from sangkien.render.wording import Wording
from sangkien.workflow.base import Base
from sangkien.workflow.keeping import Keeper, Made
from sangkien.workflow.ports import Bundles, Workers
from sangkien.workflow.survey import Survey

_SHARDS = 32  # written together
_DEEP = 4  # parts of the path of an idea's folder
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


class Files(Protocol):
    """Takes the files that one pair of hands makes."""

    def put(self, path: str, data: bytes) -> None: ...


class Output(Protocol):
    """What the site is written to, by many hands at once: the files of each job together, in the order of jobs."""

    def of(self, job: int) -> AbstractContextManager[Files]: ...


class Progress(Protocol):
    """Somebody who waits."""

    def begin(self, stage: str, jobs: int) -> None: ...
    def step(self) -> None: ...


class Unseen:
    """Progress that nobody waits for."""

    def begin(self, stage: str, jobs: int) -> None:
        """Say nothing."""

    def step(self) -> None:
        """Say nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was published: how many pages and ideas, and what had to be withheld with the reasons."""

    pages: int
    ideas: int
    findings: tuple[Finding, ...]
    withheld: tuple[str, ...]
    samples: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """All that stamping needs of the outside."""

    workers: Workers
    workshop: Workshop
    bundles: Bundles
    output: Output
    progress: Progress


def stamp(base: Base, survey: Survey, shop: Shop, *, without_samples: bool, changed: Collection[str] = ()) -> Outcome:
    """Write the whole site; a written page at an address goes before one of the register.

    To somebody who looks at the site already, the pages of the files that `changed` are given at once, and again in
    their turn.
    """
    shop.progress.begin("register", 1)
    register = survey.register(without_samples=without_samples)
    bench = _Bench(shop)
    with bench.job() as files:
        wording = Wording(register, develop(register, shop.workshop.darkroom, files))
    press = Stamping(base, wording, survey.withheld, shop.bundles)
    if changed:
        with bench.job() as files:
            for made in press.first(changed):
                files.put(made.path, made.data)
    pages, found = bench.all("pages", press.pages())
    _, parts = bench.all("data", press.data(shop.workshop))
    with bench.job() as files:
        for path, data in press.last(found, parts):
            files.put(path, data)
        shop.progress.begin("prints", count(wording, base.site_url))
        for path, data in shop.workshop.press.print(sheets(wording, base.site_name, base.site_url)):
            files.put(path, data)
            shop.progress.step()
    return Outcome(
        pages=pages,
        ideas=len(register.ideas),
        findings=tuple(f for f in survey.findings if f.severity == "error"),
        withheld=survey.withheld,
        samples=register.has_samples,
    )


Job = Callable[[], Iterable[Made]]


class _Bench:
    """Hands out jobs and numbers them, so that the same site comes of any number of hands."""

    def __init__(self, shop: Shop) -> None:
        self._shop, self._count = shop, 0

    def job(self) -> AbstractContextManager[Files]:
        self._count += 1
        return self._shop.output.of(self._count - 1)

    def all(self, stage: str, jobs: Iterable[Job]) -> tuple[int, list[Any]]:
        """Do jobs side by side; gives how many pages they made, and all notes in the order of jobs."""
        waiting, first = list(jobs), self._count
        self._count += len(waiting)
        self._shop.progress.begin(stage, len(waiting))

        def do(number: int) -> tuple[int, list[Any]]:
            pages, notes = 0, []
            with self._shop.output.of(first + number) as files:
                for made in waiting[number]():
                    files.put(made.path, made.data)
                    pages += made.path.endswith(".html")
                    if made.note is not None:
                        notes.append(made.note)
            return pages, notes

        count, told = 0, []
        for pages, notes in self._shop.workers.map(do, range(len(waiting)), heavy=True):
            count += pages
            told += notes
            self._shop.progress.step()
        return count, told


class Stamping:
    """The site of one register, cut into jobs."""

    def __init__(self, base: Base, wording: Wording, withheld: Collection[str], bundles: Bundles) -> None:
        self._base, self._wording = base, wording
        self._name, self._url = base.site_name, base.site_url
        movement: Any = wording.register.movement or {}
        site = Site(
            name=base.site_name,
            url=base.site_url,
            samples=wording.register.has_samples,
            handover=movement.get("handover"),
        )
        self._stamp = Stamp({shell_key(key): html for key, html in base.shells.items()}, site)
        self._taken = {folder_of(path) for path in base.written if path.endswith("index.html")}
        self.open_data = open_data.OpenData(wording, base.site_name, base.site_url)
        self._seen = {path: html for path, html in base.written.items() if base.sources.get(path) not in withheld}
        self._keeper = self._keeping(bundles)

    def first(self, changed: Collection[str]) -> Iterator[Made]:
        """Write the pages that show what stands in these files."""
        folders = {"/".join(path.split("/")[:_DEEP]) for path in changed}
        ideas = [idea for idea in self._wording.register.ideas if idea.folder in folders]
        for page in (idea_page(idea, self._wording, self._url) for idea in ideas):
            if page.address not in self._taken:
                yield Made(f"{page.address}index.html", self._stamp.page(page))
        if not folders.isdisjoint("/".join(path.split("/")[:_DEEP]) for path in self._base.sources.values()):
            yield from self._written()

    def pages(self) -> Iterator[Job]:
        """Write what readers open, and first what search needs: one long work, beside which others are done."""
        yield partial(self._keeper.files, self._search())
        for sheaf in sheaves(self._wording, self._name, self._url):
            if isinstance(sheaf, Bundle):
                yield partial(self._keeper.leaves, sheaf, self._stamp.page)
            else:
                yield partial(self._keeper.sheaf, sheaf, self._stamp.page)
        yield self._written

    def _search(self) -> outputs.Keepable:
        wording, news = self._wording, self._base.news
        key = partial(surroundings.Surroundings(wording).of_search, self._seen, news)
        make = partial(outputs.search_files, wording, self._seen, news, self._name, self._url)
        return outputs.Keepable("tim", key, make)

    def _keeping(self, bundles: Bundles) -> Keeper:
        """Name all that every page shows, the frame around it and words of registers, and all that any file tells."""
        base, register = self._base, self._wording.register
        told = (base.shells, base.site_name, base.site_url, register.has_samples, sorted(self._taken))
        context = _digest(told, surroundings.context(self._wording))
        state = _digest(register.state, sorted(self._seen.items()), base.news) if register.state else ""
        return Keeper(bundles, context, state, self._taken)

    def _written(self) -> Iterator[Made]:
        wording, base = self._wording, self._base
        parts = home.parts(wording, [home.News(**item) for item in base.news], self._url)
        parts |= score.parts(wording.register) | search.parts(wording.register)
        parts |= ways_in.parts(wording.register.movement)
        parts |= movement_index.parts(wording, self._url)
        parts["exports"] = outputs.listed(wording, self._url)
        for path, html in base.written.items():
            found = (folder_of(path), "") if path.endswith("index.html") else None
            if path in self._seen:
                yield Made(path, self._stamp.written(html, way_up(path, self._url), parts), found)
            else:  # links to it stay whole, its text waits
                yield Made(path, self._stamp.page(under_review(folder_of(path))), found)

    def data(self, workshop: Workshop) -> Iterator[Job]:
        """Write what programs read, and what is no page of the frame: exports, feeds, slides."""
        wording, name, url = self._wording, self._name, self._url
        around, found = surroundings.Surroundings(wording), self.open_data
        for number, beginnings in enumerate(outputs.in_parts([*found.shards], _SHARDS)):
            ideas = [idea for beginning in beginnings for idea in found.shards[beginning]]
            key = partial(around.of_data, ideas, beginnings)
            yield partial(
                self._keeper.files, outputs.Keepable(f"dem-{number}", key, partial(map, found.shard, beginnings))
            )
        for year, ideas in found.years.items():
            make = partial(self._year, year)
            yield partial(self._parts, year, outputs.Keepable(f"nam-{year}", partial(around.of_data, ideas), make))
        carried = (
            outputs.tables_of(wording, url, workshop.bindery.bind),
            outputs.feeds_of(wording, name, url, zone_of(wording.register)),
            outputs.calendar_of(wording, name, url, zone_of(wording.register)),
        )
        for files in chain.from_iterable(carried):
            yield partial(self._keeper.files, files)
        for round_, view in ceremony.ceremonies(wording).items():
            make = partial(self._ceremony, round_, view, workshop.darkroom)
            yield partial(self._keeper.files, outputs.Keepable(f"le-{round_}", str, make))

    def _parts(self, year: str, files: outputs.Keepable) -> Iterator[Made]:
        for made in self._keeper.files(files):
            yield Made(made.path, made.data, self.open_data.part(year, made.data))

    def _year(self, year: str) -> Iterator[tuple[str, bytes]]:
        yield self.open_data.year(year)

    def _ceremony(self, key: str, view: Round, darkroom: Darkroom) -> Iterator[tuple[str, bytes]]:
        """Write the slides of a ceremony with their pictures in them."""

        def photo(idea: Idea) -> bytes | None:
            name = self._wording.photo(idea)
            developed = darkroom.develop(f"{idea.folder}/images/{name}", _LARGE) if name else None
            return developed[0] if developed else None

        path = f"{address.ROUNDS}{key}/{ceremony.STAGE}index.html"
        yield path, ceremony.stage(view, self._wording, self._name, self._url, photo)

    def last(self, found: Iterable[tuple[str, str]], parts: Sequence[Part]) -> Iterator[tuple[str, bytes]]:
        """Write what tells of all the rest: the register and, for a site that has an address, the list of pages."""
        yield open_data.ADDRESS, self.open_data.register(parts)
        if domain := address.own_domain(self._wording.register.movement):
            yield "CNAME", f"{domain}\n".encode()
        if self._url:
            yield from sitemap(self._url, found)


def zone_of(register: Register) -> datetime.tzinfo:
    """Give the time zone of the movement's days."""
    return zoneinfo.ZoneInfo(register.movement["time_zone"] if register.movement else "UTC")


def develop(register: Register, darkroom: Darkroom, files: Files) -> Pictures:
    """Develop the pictures of public ideas; only what the record names and the folder holds.

    They are numbered: a file's own name is nobody's to check, and may be a person's.
    """
    pictures: dict[tuple[str, str], Picture] = {}
    for idea in register.ideas:
        for number, image in enumerate(idea.record.get("images", ()) if idea.brief.pictured else (), 1):
            name = image["file"]
            if name not in idea.images:
                continue
            path, to = f"{idea.folder}/images/{name}", f"{idea.address}anh-{number}"
            large = darkroom.develop(path, _LARGE)
            if large is None:
                continue
            data, width, height = large
            files.put(f"{to}.webp", data)
            small = darkroom.develop(path, _SMALL) if max(width, height) > _SMALL else None
            if small:
                files.put(f"{to}.nho.webp", small[0])
            pictures[idea.code, name] = Picture(
                address=f"{to}.webp",
                width=width,
                height=height,
                small=f"{to}.nho.webp" if small else "",
                small_width=small[1] if small else 0,
            )
    return pictures


def folder_of(path: str) -> str:
    """Give the address of a written page."""
    return path.removesuffix("index.html")


def way_up(path: str, site_url: str) -> str:
    """Give the way to the root: relative, but absolute for the page that answers at any depth."""
    if path.endswith("index.html"):
        return address.upwards(folder_of(path))
    return urlsplit(site_url).path or "/"


def _digest(*told: object) -> str:
    return hashlib.blake2b(repr(told).encode(), digest_size=16).hexdigest()
