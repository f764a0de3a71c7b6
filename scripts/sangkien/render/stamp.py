"""Pages made by cutting one rendered shell at its marks and joining the pieces with each page's own parts.

The theme renders one shell for every depth and section; everything after that is a join of strings. A written page
(from Markdown) goes the same way: it is a shell whose only marks are those that every page carries.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from sangkien.domain import address
from sangkien.render.page import ROOT_LINK, SITE_CARD, Page, environment
from sangkien.render.terse import tight

# A mark is a whole element, so that no quoting and no white space around it can matter.
_MARK = re.compile(r'<(?:meta name="sk-([a-z-]+)"|div id="sk-([a-z-]+)")>(?:</div>)?')

SHELL_MARKS = ("head", "robots", "banner", "body")
PAGE_MARKS = ("robots", "banner")


def marks(html: str) -> list[str]:
    """List the marks of a rendered page in their order."""
    return [match[1] or match[2] for match in _MARK.finditer(html)]


def keeps(html: str, expected: tuple[str, ...]) -> bool:
    """Tell whether a rendered page holds each of its marks exactly once."""
    return sorted(mark for mark in marks(html) if mark in SHELL_MARKS) == sorted(expected)


def shell_source(number: int, section: str, depth: int) -> tuple[str, str]:
    """Give path and Markdown of the page that the theme renders as the shell of a section at a depth."""
    front = f'---\nshell: "{section} {depth}"\nsection: "{section}"\n---\n'
    return f"{f'sk-shell-{number}/' * depth}index.md", f'{front}<div id="sk-body"></div>\n'


def shell_key(key: str) -> tuple[str, int]:
    """Read back the section and depth that a shell was kept under."""
    section, _, depth = key.partition(" ")
    return section, int(depth)


@dataclass(frozen=True, slots=True)
class Cut:
    """A rendered page cut at its marks: text, mark, text, …, text."""

    pieces: tuple[str, ...]

    @classmethod
    def of(cls, html: str) -> "Cut":
        """Cut a page once, to be filled many times."""
        pieces: list[str] = []
        end = 0
        for match in _MARK.finditer(html):
            pieces += [html[end : match.start()], match[1] or match[2]]
            end = match.end()
        return cls((*pieces, html[end:]))

    def fill(self, values: Mapping[str, str]) -> str:
        """Put a value for every mark; KeyError when one has none."""
        pieces = list(self.pieces)
        pieces[1::2] = [values[name] for name in pieces[1::2]]
        return "".join(pieces)


def head(page: Page, site: "Site") -> str:
    """Write the part of the head that differs from page to page."""
    return tight(
        environment()
        .get_template("sk-head.html")
        .render(
            title=page.title,
            site_name=site.name,
            description=page.description,
            site_address=site.url,
            canonical=site.url + page.address,
            feed="~/" + page.feed if site.url and page.feed else "",
            data=page.data if site.url else "",
            sheets=page.sheets,
            scripts=page.scripts,
            image=page.image,
            site_card=SITE_CARD,
            root="~/",
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What all pages share: the site's name and address, and whether it may be indexed."""

    name: str
    url: str
    samples: bool
    handover: Mapping[str, str] | None = None  # since when it is closed, and who answers now

    @property
    def robots(self) -> str:
        return '<meta name="robots" content="noindex">' if self.samples else ""


class Stamp:
    """The shells, cut once, ready to take any number of pages."""

    def __init__(self, shells: Mapping[tuple[str, int], str], site: Site) -> None:
        self.site = site
        told = [("closed.html.j2", site.handover)] if site.handover else []
        told += [("banner.html.j2", {})] if site.samples else []
        self._banner = "".join(tight(environment().get_template(name).render(values)) for name, values in told)
        self._shells = {key: Cut.of(html) for key, html in shells.items()}
        # mkdocs has but one page at the root, so the root's shell is made of the first depth's.
        self._shells["", 0] = Cut.of(shells["", 1].replace("=../", "=./"))
        marks_ = {"title": Markup('<meta name="sk-head">'), "body": Markup('<div id="sk-body"></div>')}
        frame = environment().get_template("bare.html.j2").render(site_name=site.name, **marks_)
        self._bare = Cut.of(tight(frame))

    def page(self, page: Page) -> bytes:
        """Stamp one page; the section's own shell is used where there is one."""
        depth = address.depth(page.address)
        if page.bare:
            return self._stamped_bare(page)
        shell = self._shells.get((page.section, depth)) or self._shells["", depth]
        up = address.upwards(page.address)
        values = {
            "head": self._rooted(head(page, self.site), up),
            "robots": '<meta name="robots" content="noindex">' if page.noindex else self.site.robots,
            "banner": self._rooted(self._banner, up),
            "body": self._rooted(tight(page.body), up),
        }
        return shell.fill(values).encode()

    def _stamped_bare(self, page: Page) -> bytes:
        values = {"head": escape(page.title), "body": self._banner + tight(page.body)}
        return self._rooted(self._bare.fill(values), address.upwards(page.address)).encode()

    def written(self, html: str, up: str, parts: Mapping[str, str]) -> bytes:
        """Fill the marks of a page that was written by hand, `up` leading to the site's root."""
        values = {"robots": self.site.robots, "banner": self._banner} | dict(parts)
        rooted = {name: self._rooted(tight(value), up) for name, value in values.items()}
        return Cut.of(html).fill(rooted).encode()

    @staticmethod
    def _rooted(html: str, up: str) -> str:
        # User text cannot hold `="`: its quotes were escaped.
        return html.replace(ROOT_LINK, f'="{up}')
