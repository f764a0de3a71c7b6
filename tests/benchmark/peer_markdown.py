"""An idea's texts as Markdown, for the peers that read Markdown."""

from collections.abc import Iterator

from peer_records import Idea


def body(idea: Idea) -> str:
    """Write the texts of an idea."""
    return "\n".join(_lines(idea))


def _lines(idea: Idea) -> Iterator[str]:
    yield from ("## Trước", "", idea.before, "", "## Nay", "", idea.after, "", "## Làm theo", "")
    yield from (f"1. {step}" for step in idea.steps)
    yield from ("", "## Tác giả tự đánh giá", "")
    for name, text in idea.statements:
        yield from (f"### {name}", "", text, "")
    yield from ("## Vì sao được ghi nhận", "", f"> {idea.reasons}", "")
    if idea.uses:
        yield from ("## Nơi đã áp dụng", "", *(f"- {use}" for use in idea.uses))
