"""What search engines read of a page: schema.org as JSON-LD, in a block of data that no browser runs.

A script element of another type than JavaScript is data (HTML, “prepare the script element”), so the page's policy
on scripts does not touch it. Only what the page itself shows stands in it.
"""

from typing import Any

from markupsafe import Markup

from sangkien.domain import address, views
from sangkien.domain.naming import Credit
from sangkien.render import vietnamese as vi
from sangkien.render.compact_json import compact
from sangkien.render.wording import Wording

_CONTEXT = "https://schema.org"


def block(data: Any) -> Markup:
    """Put data into a page; `<` is written as an escape, so it cannot end the block."""
    text = compact({"@context": _CONTEXT, **data}).decode().replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return Markup('<script type="application/ld+json">{}</script>').format(Markup(text))  # noqa: S704  # escaped above


def idea(shown: views.Idea, wording: Wording, site_url: str) -> Markup:
    """Describe an honoured idea, by the names its page shows."""
    unit = wording.unit(shown.record["unit"])
    told: dict[str, Any] = {
        "@type": "CreativeWork",
        "@id": site_url + shown.address,
        "url": site_url + shown.address,
        "identifier": shown.code,
        "name": shown.title,
        "abstract": shown.record["summary"],
        "genre": wording.kind(shown),
        "about": wording.field(shown),
        "datePublished": shown.on,
        "inLanguage": "vi",
        "author": [_credit(author.credit, site_url) for author in shown.authors if author.credit.name],
    }
    if unit:
        place = f"{site_url}{address.UNITS}{shown.record['unit']}/"
        told["sourceOrganization"] = {"@type": "Organization", "name": vi.capital(unit), "url": place}
    return block({name: value for name, value in told.items() if value})


def person(shown: views.Person, site_url: str) -> Markup:
    """Describe somebody who is named in full."""
    return block(_credit(shown.credit, site_url))


def unit(key: str, wording: Wording, site_url: str) -> Markup:
    """Describe a unit."""
    named = {"@type": "Organization", "name": vi.capital(wording.unit(key)), "url": f"{site_url}{address.UNITS}{key}/"}
    aliases = wording.register.units[key].record.get("aliases", [])
    return block(named | ({"alternateName": aliases} if aliases else {}))


def site(name: str, site_url: str) -> Markup:
    """Describe the site, and how to search it."""
    target = {"@type": "EntryPoint", "urlTemplate": f"{site_url}{address.SEARCH}?q={{search_term_string}}"}
    action = {"@type": "SearchAction", "target": target, "query-input": "required name=search_term_string"}
    return block({"@type": "WebSite", "name": name, "url": site_url, "inLanguage": "vi", "potentialAction": action})


def _credit(credit: Credit, site_url: str) -> dict[str, Any]:
    told = {"@type": "Organization" if credit.collective else "Person", "name": credit.name}
    return told | ({"url": site_url + credit.address} if credit.address else {})
