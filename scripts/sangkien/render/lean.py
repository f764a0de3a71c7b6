"""A style sheet without the rules that only parts we do not show would use: half the bytes of a first visit."""

import re
from collections.abc import Iterator

# Material's names begin so; what Markdown makes has names without it. This is the one our frame keeps.
_OWN = re.compile(r"\.(md-[\w-]+)|data-md-[a-z-]+|\[dir=rtl\]")
_KEPT = {"md-typeset"}
_TOKEN = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|url\([^\"')][^)]*\)|/\*.*?\*/|[{};,()\[\]]", re.DOTALL)
_PICTURE = re.compile(r"(--[\w-]+):url\((?:\"(?:\\.|[^\"\\])*\"|[^\"')][^)]*)\);?")


def lean(css: str) -> str:
    """Drop selectors that name an unused part, rules left without any, and pictures no rule shows any more."""
    kept = _without_parts(css)
    shown = set(re.findall(r"var\((--[\w-]+)", kept))
    # One language, one direction: no page need say so.
    return _PICTURE.sub(lambda match: match[0] if match[1] in shown else "", kept).replace("[dir=ltr]", ":root")


def _without_parts(css: str) -> str:
    return "".join(_kept(head, body) for head, body in _rules(css))


def _kept(head: str, body: str | None) -> str:
    if body is None:
        return head
    if head.lstrip().startswith(("@media", "@supports", "@layer")):
        inner = _without_parts(body)
        return f"{head}{{{inner}}}" if inner.strip() else ""
    if head.lstrip().startswith("@"):
        return f"{head}{{{body}}}"
    selectors = [selector for selector in _split(head) if {m[1] for m in _OWN.finditer(selector)} <= _KEPT]
    return f"{','.join(selectors)}{{{body}}}" if selectors else ""


def _rules(css: str) -> Iterator[tuple[str, str | None]]:
    """Give the head and the body of each rule; a statement has no body."""
    depth = start = body = 0
    for token in _TOKEN.finditer(css):
        if token[0] == "{":
            depth += 1
            if depth == 1:
                head, body = css[start : token.start()], token.end()
        elif token[0] == "}":
            depth -= 1
            if depth == 0:
                yield head, css[body : token.start()]
                start = token.end()
        elif token[0] == ";" and depth == 0:
            yield css[start : token.end()], None
            start = token.end()


def _split(head: str) -> Iterator[str]:
    """Give the selectors of a list, whose brackets may hold commas too."""
    depth = start = 0
    for token in _TOKEN.finditer(head):
        depth += (token[0] in "([") - (token[0] in ")]")
        if token[0] == "," and depth == 0:
            yield head[start : token.start()]
            start = token.end()
    yield head[start:]
