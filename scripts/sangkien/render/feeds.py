"""Feeds of what was honoured last: Atom (RFC 4287) and JSON Feed 1.1, for all, for each unit, for each content.

No names of people stand in them: what has been fetched into a reader cannot be taken back.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import escape

from sangkien.domain import address, views
from sangkien.render import vietnamese as vi
from sangkien.render.compact_json import compact
from sangkien.render.wording import Wording

NEWEST = 50
ATOM, JSON = "atom.xml", "feed.json"
ALL = "du-lieu/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One feed: the page it tells of, its title, its ideas, the newest first."""

    page: str
    base: str  # the folder its two files stand in
    title: str
    ideas: tuple[views.Idea, ...]


def feeds(wording: Wording, site_name: str) -> Iterator[Feed]:
    """List the feeds of the register; a place with nothing honoured has none."""
    register = wording.register
    yield Feed(page="", base=ALL, title=site_name, ideas=_newest(register.ideas))
    for key, unit in register.units.items():
        if found := unit.everything:
            to = f"{address.UNITS}{key}/"
            title = f"{site_name}: {vi.capital(wording.unit(key))}"
            yield Feed(page=to, base=to, title=title, ideas=_newest(found))
    for key, shelf in register.contents.items():
        if shelf.ideas:
            to = f"{address.CONTENTS}{key}/"
            title = f"{site_name}: {shelf.record['name']}"
            yield Feed(page=to, base=to, title=title, ideas=_newest(shelf.ideas))


def files(some: Iterable[Feed], wording: Wording, site_url: str, zone: datetime.tzinfo) -> Iterator[tuple[str, bytes]]:
    """Write both files of feeds; their addresses are absolute, so a site without an address has none."""
    for feed in some:
        yield f"{feed.base}{ATOM}", _atom(feed, wording, site_url, zone)
        yield f"{feed.base}{JSON}", _json(feed, wording, site_url, zone)


def _newest(ideas: Iterable[views.Idea]) -> tuple[views.Idea, ...]:
    return tuple(sorted(ideas, key=lambda idea: (idea.on, idea.code), reverse=True)[:NEWEST])


def _moment(day: str, zone: datetime.tzinfo) -> str:
    return datetime.datetime.combine(datetime.date.fromisoformat(day), datetime.time(), zone).isoformat()


def _said(idea: views.Idea, wording: Wording) -> str:
    unit = vi.capital(wording.unit(idea.brief.unit))
    about = " · ".join(filter(None, (wording.kind(idea), wording.field(idea), unit)))
    return f"{idea.record['summary']}\n\n{about}"


def _atom(feed: Feed, wording: Wording, site_url: str, zone: datetime.tzinfo) -> bytes:
    own, page = escape(site_url + feed.base + ATOM), escape(site_url + feed.page)
    movement = wording.register.movement
    updated = _moment(feed.ideas[0].on if feed.ideas else "1970-01-01", zone)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi">',
        f"<title>{escape(feed.title)}</title>",
        f"<id>{own}</id>",
        f"<updated>{updated}</updated>",
        f'<link rel="self" type="application/atom+xml" href="{own}"/>',
        f'<link href="{page}"/>',
        f"<author><name>{escape(movement['organiser'] if movement else feed.title)}</name></author>",
    ]
    for idea in feed.ideas:
        link, moment = escape(site_url + idea.address), _moment(idea.on, zone)
        lines += [
            "<entry>",
            f"<title>{escape(idea.title)}</title>",
            f"<id>{link}</id>",
            f"<updated>{moment}</updated>",
            f"<published>{moment}</published>",
            f'<link href="{link}"/>',
            f"<summary>{escape(_said(idea, wording))}</summary>",
            "</entry>",
        ]
    return ("\n".join((*lines, "</feed>")) + "\n").encode()


def _json(feed: Feed, wording: Wording, site_url: str, zone: datetime.tzinfo) -> bytes:
    return (
        compact(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "title": feed.title,
                "home_page_url": site_url + feed.page,
                "feed_url": site_url + feed.base + JSON,
                "language": "vi",
                "items": [
                    {
                        "id": site_url + idea.address,
                        "url": site_url + idea.address,
                        "title": idea.title,
                        "content_text": _said(idea, wording),
                        "date_published": _moment(idea.on, zone),
                        "tags": [wording.kind(idea), wording.field(idea)],
                    }
                    for idea in feed.ideas
                ],
            }
        )
        + b"\n"
    )
