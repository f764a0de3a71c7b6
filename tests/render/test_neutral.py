import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from sangkien.render import neutral

# As a forge reads comments: CommonMark with tables and strike-through, a line break kept.
MARKDOWN = MarkdownIt("commonmark", {"breaks": True, "html": True}).enable(["table", "strikethrough"])


def shown(text: str) -> str:
    """Give what a reader sees of a text as Markdown."""
    tokens = MARKDOWN.parse(neutral.paragraph(text))
    kinds = {t.type for t in tokens} | {c.type for t in tokens for c in t.children or ()}
    assert kinds <= {"paragraph_open", "paragraph_close", "inline", "text", "softbreak", "hardbreak", "text_special"}
    parts = [
        "".join("\n" if c.type in ("softbreak", "hardbreak") else c.content for c in t.children or ())
        for t in tokens
        if t.type == "inline"
    ]
    return "\n\n".join(parts).replace("\u200b", "")


@pytest.mark.parametrize(
    "text",
    [
        "350.000 đồng", "1. một", "1) một", "- hai", "+ ba", "# bốn", "> năm", "```", "~~~ x", "| a | b |", "===",
        "***",
        "<b>x</b>", "&amp; &#64;", "[x](y)", "![x](y)", "`a`", "a_b_c", "~~x~~", "x\\", "a  \nb", "$x$", "<!-- x -->",
    ],
)  # fmt: skip
def test_text_reads_as_it_was_typed(text: str) -> None:
    assert shown(text) == "\n".join(line.strip() for line in text.split("\n"))


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"]) | st.sampled_from(" \n"), max_size=60))
def test_any_text_stays_text(text: str) -> None:
    typed = [squeezed for line in text.split("\n") if (squeezed := " ".join(line.split()))]

    read = [line for line in shown("\n".join(typed)).split("\n") if line]

    assert read == [line for line in (line.replace("\u200b", "") for line in typed) if line]


@pytest.mark.parametrize(
    "call",
    [
        "@everyone", "#12", "GH-12", "mau/x#3", "https://a.example/b", "http://a.example", "www.a.example", "fixes #1",
        "a1b2c3d4e5",
    ],
)  # fmt: skip
def test_calls_are_broken(call: str) -> None:
    assert call not in neutral.line(f"x {call} y")
    assert call not in MARKDOWN.render(neutral.line(f"x {call} y"))


@pytest.mark.parametrize("text", ["a", "a`b", "``", "`x`", " ` "])
def test_code_shows_backticks(text: str) -> None:
    (token,) = [c for t in MARKDOWN.parse(neutral.code(text)) for c in t.children or () if c.type == "code_inline"]
    assert token.content.strip() == text.strip()
