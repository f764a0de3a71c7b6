"""Pages of Markdown and notes of plain text written from templates; they are an office's own from then on."""

from collections.abc import Mapping
from functools import cache
from html import escape
from typing import Any

from jinja2 import Environment, StrictUndefined

from sangkien.render import vietnamese

_MARKDOWN = {ord(c): f"\\{c}" for c in "\\`*_[]"}


def written_page(template: str, values: Mapping[str, Any]) -> str:
    """Write a page; what people said goes through the filter `md`, so that Markdown shows it as it is."""
    return _environment().from_string(template).render(values)


def plain(text: str) -> str:
    """Write text so that Markdown shows it as it is."""
    return escape(text, quote=False).translate(_MARKDOWN)


@cache
def _environment() -> Environment:
    made = Environment(  # noqa: S701  # it writes no HTML
        undefined=StrictUndefined,
        comment_start_string="{##",  # a heading's name is written `{#name}`
        comment_end_string="##}",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {
        "capital": vietnamese.capital,
        "day": vietnamese.day,
        "decimal": vietnamese.decimal,
        "md": plain,
    }
    return made
