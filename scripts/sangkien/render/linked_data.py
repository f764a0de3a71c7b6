"""What search engines read of a page: schema.org as JSON-LD, in a block of data that no browser runs.

A script element of another type than JavaScript is data (HTML, “prepare the script element”), so the page's policy
on scripts does not touch it. Only what the page itself shows stands in it; `@id` is an address from the page's own,
so the empty one is the page itself.
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
    return Markup(f"<script type=application/ld+json>{text}</script>")  # noqa: S704  # escaped above


def idea(shown: views.Idea, wording: Wording) -> Markup:
    """Describe an honoured idea; whoever has a page of their own is only pointed to, which tells the rest."""
    up = address.upwards(shown.address)
    told: dict[str, Any] = {
        "@type": "CreativeWork",
        "@id": "",
        "name": shown.title,
        "identifier": shown.code,
        "datePublished": shown.on,
        "author": [_pointed(author.credit, up) for author in shown.authors if author.credit.name],
    }
    if shown.record["unit"] in wording.register.units:
        told["sourceOrganization"] = {"@id": f"{up}{address.UNITS}{shown.record['unit']}/"}
    return block(told)


def person(shown: views.Person) -> Markup:
    """Describe somebody who is named in full."""
    return block({"@id": "", **_credit(shown.credit)})


def unit(key: str, wording: Wording) -> Markup:
    """Describe a unit."""
    named = {"@id": "", "@type": "Organization", "name": vi.capital(wording.unit(key))}
    aliases = wording.register.units[key].record.get("aliases", [])
    return block(named | ({"alternateName": aliases} if aliases else {}))


def site(name: str, site_url: str) -> Markup:
    """Describe the site, and how to search it."""
    target = {"@type": "EntryPoint", "urlTemplate": f"{site_url}{address.SEARCH}?q={{search_term_string}}"}
    action = {"@type": "SearchAction", "target": target, "query-input": "required name=search_term_string"}
    return block({"@type": "WebSite", "name": name, "url": site_url, "inLanguage": "vi", "potentialAction": action})


def _pointed(credit: Credit, up: str) -> dict[str, str]:
    return {"@id": up + credit.address} if credit.address else _credit(credit)


def _credit(credit: Credit) -> dict[str, str]:
    return {"@type": "Organization" if credit.collective else "Person", "name": credit.name}
