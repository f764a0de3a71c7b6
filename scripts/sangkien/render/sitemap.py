"""The list of all addresses, for search engines."""

from collections.abc import Iterable

from markupsafe import escape


def sitemap(site_url: str, addresses: Iterable[str]) -> bytes:
    """Write the sitemap of a site."""
    places = "".join(f"<url><loc>{escape(site_url + address)}</loc></url>\n" for address in sorted(addresses))
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{places}</urlset>\n".encode()
