"""HTML as short as its standard allows: what a reader of the source needs, and a browser does not, is left out.

Templates lose it once, when they are loaded, so that nothing need be done for each of the many pages made of them.
"""

import re

# Elements that stand on lines of their own, so that no white space beside their tags is ever seen.
_BLOCK = (
    "address|article|aside|blockquote|br|caption|circle|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|g"
    "|h[1-6]|header|hr|legend|li|link|main|meta|nav|ol|p|path|pre|rect|section|summary|table|tbody|td|tfoot|th|thead|title"
    "|tr|ul"
)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_BESIDE = re.compile(rf" ?(</?(?:{_BLOCK})\b[^>]*>) ?")
_KEPT = re.compile(r"(<(?:pre|textarea|script|style)\b.*?</(?:pre|textarea|script|style)>)", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LOOSE = ("  ", "\n", "\t", "\r", "\f", "<!--")

_JINJA = re.compile(r"(\{[{%#].*?[}%#]\})", re.DOTALL)
_QUOTED = re.compile(r'(?<=[a-z])="([\w./#:;,-]+)"(?!/>)')
# Nothing but their like or their parent's end can follow these, so that they end by themselves.
_ENDING = re.compile(r"</(?:li|d[td]|t[rdh]|tbody|thead|option)>")
_PARAGRAPH = re.compile(
    r"</p>(?=<(?:address|article|aside|blockquote|details|div|dl|figure|footer|form|h[1-6]|header|hr|main|nav|ol|p|pre"
    r"|section|table|ul|/(?:article|aside|blockquote|dd|details|div|figcaption|footer|header|li|main|nav|section|td))\b)"
)


def tighten(html: str) -> str:
    """Squeeze white space to one space, to none beside blocks, and drop comments; doing it twice changes nothing."""
    pieces = _KEPT.split(_COMMENT.sub("", html))
    pieces[::2] = [_BESIDE.sub(r"\1", _SPACE.sub(" ", piece)) for piece in pieces[::2]]
    return "".join(pieces).strip()


def tight(html: str) -> str:
    """Tighten what templates made only where the texts in it are loose."""
    return tighten(html) if any(sign in html for sign in _LOOSE) else html


def terse(template: str) -> str:
    """Drop a template's line breaks, and what quotes and end tags the text between its statements can do without."""
    lines = "".join(line.strip() for line in template.splitlines())
    pieces = _JINJA.split(lines)
    pieces[::2] = [_plain(piece) for piece in pieces[::2]]
    return "".join(pieces)


def _plain(html: str) -> str:
    return _PARAGRAPH.sub("", _ENDING.sub("", _QUOTED.sub(r"=\1", _BESIDE.sub(r"\1", html))))
