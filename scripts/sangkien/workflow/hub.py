"""Published registers → one hub: lists and a search over all of them, each idea leading to its own site."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from sangkien.domain import hub_reading
from sangkien.domain.finding import Finding
from sangkien.domain.hub import Hub, Told, gather
from sangkien.domain.records import ListsRecord, MovementRecord
from sangkien.render import hub_search, opensearch
from sangkien.render.hub import HubPages, Pages
from sangkien.render.page import SITE_CARD
from sangkien.render.sheets import site_card
from sangkien.render.sitemap import sitemap
from sangkien.render.stamp import Site, Stamp, shell_key
from sangkien.workflow.base import Base
from sangkien.workflow.ports import Workers
from sangkien.workflow.publish import Files, Output, Press, Progress, folder_of, way_up

Source = Callable[[str], Iterator[Any]]
Found = tuple[str, str]  # the address of a page, and the day it changed


class _Job(Protocol):
    def __call__(self, files: Files) -> Iterable[Found]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was built: pages, places and ideas, and what was left out with the reasons; no pages when nothing was."""

    pages: int
    places: int
    ideas: int
    findings: tuple[Finding, ...]
    samples: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What a hub takes of the repository it is built in."""

    base: Base
    movement: MovementRecord | None
    lists: ListsRecord | None


def read(files: Sequence[str], source: Source, workers: Workers, *, without_samples: bool) -> Hub:
    """Read registers side by side; a file named twice is read once."""
    named = sorted(set(files))

    def one(number: int) -> Told:
        return hub_reading.read(named[number], source(named[number]))

    return gather(workers.map(one, range(len(named)), heavy=True), without_samples=without_samples)


def build(hub: Hub, house: House, press: Press, output: Output, workers: Workers, progress: Progress) -> Outcome:
    """Write the whole hub."""
    samples = any(honour.sample for honour in hub.honours)
    jobs = [*_jobs(hub, house, samples=samples)]
    found: list[Found] = []
    progress.begin("pages", len(jobs))

    def do(number: int) -> list[Found]:
        with output.of(number) as files:
            return list(jobs[number](files))

    for told in workers.map(do, range(len(jobs)), heavy=True):
        found += told
        progress.step()
    with output.of(len(jobs)) as files:
        for path, data in _last(house, found, press):
            files.put(path, data)
    return Outcome(
        pages=len(found), places=len(hub.places), ideas=len(hub.honours), findings=hub.findings, samples=samples
    )


def _jobs(hub: Hub, house: House, *, samples: bool) -> Iterator[_Job]:
    """Cut the work, the longest first."""
    base, pages = house.base, HubPages(hub)
    site = Site(name=base.site_name, url=base.site_url, samples=samples)
    stamp = Stamp({shell_key(key): html for key, html in base.shells.items()}, site)
    yield partial(_search, hub, house.lists)
    for sheaf in pages.sheaves():
        yield partial(_stamped, stamp, sheaf)
    yield partial(_written, stamp, base, pages.parts(base.site_name, base.site_url))


def _search(hub: Hub, lists: ListsRecord | None, files: Files) -> Iterable[Found]:
    for path, data in hub_search.files(hub, lists):
        files.put(path, data)
    return ()


def _stamped(stamp: Stamp, pages: Pages, files: Files) -> Iterator[Found]:
    for page in pages():
        files.put(f"{page.address}index.html", stamp.page(page))
        yield page.address, page.changed


def _written(stamp: Stamp, base: Base, parts: Mapping[str, str], files: Files) -> Iterator[Found]:
    for path, html in base.written.items():
        files.put(path, stamp.written(html, way_up(path, base.site_url), parts))
        if path.endswith("index.html"):
            yield folder_of(path), ""


def _last(house: House, found: Iterable[Found], press: Press) -> Iterator[tuple[str, bytes]]:
    """Write what only a site with an address has: its list of pages, its search for browsers, its card for chats."""
    name, url = house.base.site_name, house.base.site_url
    if not url:
        return
    yield from sitemap(url, found)
    yield "opensearch.xml", opensearch.description(name, url)
    yield from press.print([(SITE_CARD, site_card(house.movement, name, url))])
