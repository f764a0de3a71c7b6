"""A page before it is stamped, and the templates that write its body."""

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template

from sangkien.render import vietnamese
from sangkien.render.motif import band, motif
from sangkien.render.prose import prose
from sangkien.render.terse import terse

# In templates a link is written `href="~/ghi-nhan/"`: from the site's root, whatever the page's depth.
ROOT_LINK = '="~/'
# What chats show of a page that has no picture of its own.
SITE_CARD = "anh-chia-se.png"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of the register: where it stands, how search results name it, and its body in HTML.

    `changed` is a day of the records it shows, as far as one day can be told.
    `sheets` and `scripts` are what it needs beside the shared ones, `image` is what chats show where it is sent.
    """

    address: str
    section: str
    title: str
    description: str
    body: str
    noindex: bool = False
    data: str = ""  # markup for search engines
    feed: str = ""  # the folder of the feed that tells of this page
    changed: str = ""
    sheets: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    image: str = ""
    bare: bool = False  # in a frame of its own, of a few hundred bytes


def write(template: str, **values: Any) -> str:
    """Write a body; every value is escaped unless it is markup of our own."""
    return _template(template).render(values)


@cache
def _template(name: str) -> Template:
    return environment().get_template(name)


@cache
def environment() -> Environment:
    """Give the templates beside this module: autoescaped, and strict about names they do not know."""
    made = Environment(
        loader=FunctionLoader(_source),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "capital": vietnamese.capital,
        "day": vietnamese.day,
        "decimal": vietnamese.decimal,
        "host": vietnamese.host,
        "hour": vietnamese.hour,
        "money": vietnamese.money,
        "prose": prose,
        "whole": vietnamese.whole,
    }
    made.globals |= {"motif": motif, "band": band}
    return made


def _source(name: str) -> str:
    folder = "theme/partials" if name == "sk-head.html" else "templates"
    return terse(resources.files(__package__).joinpath(folder, name).read_text(encoding="utf-8"))
