"""Markdown as the pages show it: safe, with task lists, tables, folded parts, mentions and links."""

import re
from collections.abc import Callable
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markupsafe import Markup

SUMMARY = r"<summary>(?P<summary>.*?)</summary>"
FOLDED = re.compile(rf"(?P<open><details(?: open)?>)?\s*(?:{SUMMARY})?\s*(?P<close></details>)?\s*", re.IGNORECASE)
TASK = re.compile(r"\[([ xX])\] ")
REFERENCE = re.compile(
    r"(?P<url>https?://[^\s<>\"')\]]+[^\s<>\"')\].,;:!?])"
    r"|(?<![\w/@.`-])@(?P<login>[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)(?![\w/@-])"
    r"|(?<![\w&/])#(?P<number>\d+)\b"
)
Address = Callable[[str, str], str | None]


def render(text: str | None, address: Address) -> Markup:
    """Turn a body into HTML; `address` finds the page of a `login` or a `number`, or None for neither."""
    return Markup(_parser().render(text or "", {"address": address}))  # noqa: S704  (raw HTML is off; links are checked)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
    ends: Any = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    parser.block.ruler.before("fence", "hidden", _hidden_block, ends)
    parser.block.ruler.before("fence", "folded", _folded, ends)
    parser.inline.ruler.before("autolink", "hidden", _hidden_inline)
    parser.core.ruler.push("balance", _balance)
    parser.core.ruler.push("tasks", _tasks)
    parser.core.ruler.push("references", _references)
    parser.add_render_rule("image", _image)
    return parser


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _hidden_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Pass over an HTML comment, which nobody is to see."""
    if not _line(state, start).startswith("<!--"):
        return False
    if silent:
        return True
    last = start
    while last < end - 1 and "-->" not in _line(state, last):
        last += 1
    rest = _line(state, last).partition("-->")[2].strip()
    if rest:
        return False
    state.line = last + 1
    return True


def _hidden_inline(state: StateInline, silent: bool) -> bool:  # noqa: ARG001, FBT001
    if not state.src.startswith("<!--", state.pos):
        return False
    end = state.src.find("-->", state.pos)
    if end < 0:
        return False
    state.pos = end + 3
    return True


def _folded(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001, FBT001
    """Let <details> and <summary> through when they stand on lines of their own."""
    line = _line(state, start)
    found = FOLDED.fullmatch(line) if line.startswith("<") else None
    if found is None:
        return False
    if silent:
        return True
    if found["open"]:
        state.push("details_open", "details", 1).block = True
    if found["summary"] is not None:
        state.push("summary_open", "summary", 1)
        inline = state.push("inline", "", 0)
        inline.content, inline.children, inline.map = found["summary"], [], [start, start + 1]
        state.push("summary_close", "summary", -1)
    if found["close"]:
        state.push("details_close", "details", -1).block = True
    state.line = start + 1
    return True


def _balance(state: StateCore) -> None:
    """Drop ends without a beginning, and end what was left open, so that a body cannot leave its frame."""
    depth, kept = 0, []
    for token in state.tokens:
        if token.type == "details_close" and depth == 0:
            continue
        depth += token.nesting if token.tag == "details" else 0
        kept.append(token)
    kept += [Token("details_close", "details", -1, block=True) for _ in range(depth)]
    state.tokens = kept


def _tasks(state: StateCore) -> None:
    for place, token in enumerate(state.tokens):
        inside = [one.type for one in state.tokens[max(place - 2, 0) : place]] == ["list_item_open", "paragraph_open"]
        found = TASK.match(token.content) if token.type == "inline" and inside else None
        if found is None or not token.children or token.children[0].type != "text":
            continue
        token.children[0].content = token.children[0].content[4:]
        attributes: dict[str, str | int | float] = {"type": "checkbox", "disabled": ""}
        if found[1] != " ":
            attributes["checked"] = ""
        token.children.insert(0, Token("task", "input", 0, attrs=attributes))
        state.tokens[place - 2].attrSet("class", "task")


def _references(state: StateCore) -> None:
    """Link addresses, people who exist and issues that exist; never inside code or another link."""
    for token in state.tokens:
        if token.type != "inline" or not token.children:
            continue
        depth, children = 0, []
        for child in token.children:
            depth += child.nesting if child.type in {"link_open", "link_close"} else 0
            children += _linked(child, state.env["address"]) if child.type == "text" and depth == 0 else [child]
        token.children = children


def _linked(child: Token, address: Address) -> list[Token]:
    parts, at = [], 0
    for found in REFERENCE.finditer(child.content):
        kind = found.lastgroup or ""
        target = found["url"] or address(kind, found[kind])
        if target is None:
            continue
        parts.append(_text(child.content[at : found.start()]))
        parts.append(Token("link_open", "a", 1, attrs={"href": target, "rel": "nofollow noopener"}))
        parts += [_text(found[0]), Token("link_close", "a", -1)]
        at = found.end()
    return [*parts, _text(child.content[at:])]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _image(_: object, tokens: list[Token], place: int, *__: object) -> str:
    """Show a link instead of a picture: the pages load nothing from elsewhere."""
    token = tokens[place]
    words = Markup.escape(token.content or "ảnh")
    return Markup('<a href="{}" rel="nofollow noopener">{}</a>').format(str(token.attrs.get("src", "")), words)
