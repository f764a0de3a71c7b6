"""A repository → an archive that answers at its addresses without anybody: the site closed, the register, the sums."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Protocol

from sangkien.domain import archive, kit, layout, notation
from sangkien.domain.archive import SITE, Fault
from sangkien.domain.errors import UsageError
from sangkien.render import handover as told
from sangkien.workflow.ports import Files
from sangkien.workflow.reading import load_schemas

_SITEMAP = "sitemap"
_HTML = ".html"


class Place(Files, Protocol):
    """A copy of the repository that only the archive is built from."""


def close(place: Place, closing: Mapping[str, str]) -> dict[str, Any]:
    """Close the site in a copy: the banner's data, and pages for doors that lead nowhere; gives the movement.

    What `closing` leaves out is taken from the repository; raises UsageError where neither says it.
    """
    path = layout.path_of("movement", "movement")
    movement: Any = place.read(path).record
    said = {**movement.get("handover", {}), **closing}
    if lacking := [option for key, option in (("on", "--until"), ("now_at", "--now-at")) if key not in said]:
        raise UsageError("handover-lacks", options=", ".join(lacking))
    movement = {"hosting": "may-chu-rieng", **movement, "handover": said}
    place.write(path, notation.write(load_schemas(place).ordered("movement", movement)))
    for page, text in told.pages(said):
        place.write(f"content/{page}", text)
    return dict(movement)


def read_me(movement: Mapping[str, Any], commit: str, bundle: str) -> str:
    """Write the note to whoever keeps the archive; `bundle` is `open`, `desk` or empty."""
    about = {"title": movement["site_title"], "address": movement.get("site_url", "")}
    return told.read_me(movement["handover"], **about, commit=commit, bundle=bundle)


def for_disk(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, str]]:
    """Give every page as it opens from a disk too: path, HTML."""
    for path, data in files:
        if path.endswith(_HTML):
            yield path, archive.opened_from_disk(data.decode())


def check(read: Callable[[], Iterable[tuple[str, bytes]]]) -> tuple[list[Fault], int, int]:
    """Look at an archive: what is not as it was kept, how many files and how many pages it has.

    It is read twice, a file at a time, so that no archive is too large to be looked at.
    """
    found: dict[str, str] = {}
    maps: dict[str, str] = {}
    manifest = ""
    for path, data in read():
        found[path] = kit.digest(data)
        if path == archive.MANIFEST:
            manifest = data.decode("utf-8", "replace")
        elif path.startswith(f"{SITE}{_SITEMAP}") and path.endswith(".xml"):
            maps[path.removeprefix(SITE)] = data.decode("utf-8", "replace")
    there = {path.removeprefix(SITE) for path in found if path.startswith(SITE)}
    faults = [*archive.sums(found, manifest), *archive.dead_links(_pages(read()), there, archive.root_of(maps))]
    faults += [Fault("address", path) for path in archive.addresses(maps) if path not in there]
    return faults, len(found), sum(path.endswith(_HTML) for path in there)


def _pages(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, str]]:
    for path, data in files:
        if path.startswith(SITE) and path.endswith(_HTML):
            yield path.removeprefix(SITE), data.decode("utf-8", "replace")
