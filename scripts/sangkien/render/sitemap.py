"""The list of all addresses, for search engines (sitemaps.org): an index, and parts that keep to its limits."""

from collections.abc import Iterable, Iterator

from markupsafe import escape

_MOST = 50_000  # addresses of one part
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemap(site_url: str, places: Iterable[tuple[str, str]]) -> Iterator[tuple[str, bytes]]:
    """Write the sitemap of a site from addresses, each with the day it was last changed, where that is known."""
    ordered = sorted(places)
    names: list[str] = []
    for start in range(0, len(ordered), _MOST):
        names.append(f"sitemap-{len(names) + 1}.xml")
        part = ordered[start : start + _MOST]
        lines = "".join(f"<url><loc>{escape(site_url + to)}</loc>{_changed(day)}</url>\n" for to, day in part)
        yield names[-1], f"{_HEAD}<urlset {_NAMESPACE}>\n{lines}</urlset>\n".encode()
    lines = "".join(f"<sitemap><loc>{escape(site_url + name)}</loc></sitemap>\n" for name in names)
    yield "sitemap.xml", f"{_HEAD}<sitemapindex {_NAMESPACE}>\n{lines}</sitemapindex>\n".encode()


def _changed(day: str) -> str:
    return f"<lastmod>{day}</lastmod>" if day else ""
