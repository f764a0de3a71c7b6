"""What a browser needs to search the site from its own bar (OpenSearch 1.1)."""

from markupsafe import escape

from sangkien.domain import address


def description(site_name: str, site_url: str) -> bytes:
    """Describe the search of a site; the format has room for 16 letters of its name."""
    target = f"{site_url}{address.SEARCH}?q={{searchTerms}}"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{escape(site_name[:16])}</ShortName>\n<Description>{escape(site_name)}</Description>\n"
        f'<InputEncoding>UTF-8</InputEncoding>\n<Url type="text/html" template="{escape(target)}"/>\n'
        "</OpenSearchDescription>\n"
    ).encode()
