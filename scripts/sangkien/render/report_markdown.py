"""A report as Markdown that a forge shows in a comment, and a terminal as plain text."""

from collections.abc import Iterator, Sequence

from sangkien.domain.statement import Statement
from sangkien.render import neutral
from sangkien.render import vietnamese as vi
from sangkien.render.report import ReportWords, say
from sangkien.render.report_paper import Block, Line, paper

# A forge takes no comment of more than 65,536 characters.
_MOST_RECORDS = 12  # of a figure
_MOST_UNITS = 40
_INDENT = "  – "


def as_markdown(statement: Statement) -> str:
    """Write a report."""
    return "\n".join(_lines(statement)).rstrip("\n") + "\n"


def _lines(statement: Statement) -> Iterator[str]:
    laid, told = paper(statement), ReportWords(statement)
    yield f"# {neutral.line(laid.title)}"
    yield f"\n**{neutral.line(laid.unit)}** · {laid.span}\n"
    yield from _table(laid.headlines, ("", say("now"), say("then"), say("change")))
    for part in laid.parts:
        yield f"\n## {part.numeral}. {part.title}"
        for block in part.blocks:
            yield from _block(block)
    if told.account.children:
        yield from _folded(say("by_units"), _by_units(told))
    if laid.balance:
        yield from _folded(say("balance"), (f"- {neutral.line(line)}" for line in laid.balance))
    yield from _folded(say("records"), _records(told))
    yield "\n---\n"
    yield from (f"- {neutral.line(note)}" for note in laid.notes)


def _block(block: Block) -> Iterator[str]:
    if block.heading:
        yield f"\n### {block.heading}"
    if block.prose is not None:
        for text in block.prose or (say("blank"),):
            yield f"\n{neutral.paragraph(text) if block.prose else text}"
    if block.lines:
        yield ""
        yield from _table(block.lines, (say("figure"), say("now"), say("then"), say("change")))
    for note in block.notes:
        yield f"\n{neutral.line(note)}"


def _table(lines: Sequence[Line], headings: tuple[str, ...]) -> Iterator[str]:
    yield _row(headings)
    yield "| --- | ---: | ---: | --- |"
    for line in lines:
        label = neutral.line(line.label)
        yield _row((f"{_INDENT}{label}" if line.parts else label, line.now, line.then, line.change))


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _folded(title: str, lines: Iterator[str]) -> Iterator[str]:
    yield f"\n<details><summary>{title}</summary>\n"
    yield from lines
    yield "\n</details>"


def _by_units(told: ReportWords) -> Iterator[str]:
    children = told.account.children[:_MOST_UNITS]
    names = (vi.capital(neutral.line(told.unit(child))) for child in children)
    yield _row((say("figure"), say("all"), *names))
    yield f"| --- {'| ---: ' * (len(children) + 1)}|"
    for row in told.account.rows:
        values = [row.children[child] for child in children]
        if row.value or any(values):
            yield _row((neutral.line(told.label(row.figure)), *map(_short, (row.value, *values))))
    yield f"\n{say('dash')}"
    if rest := len(told.account.children) - len(children):
        yield say("more_units", n=vi.whole(rest))
    if told.account.idle:
        units = ", ".join(neutral.line(told.unit(key)) for key in told.account.idle)
        yield f"\n{say('idle', units=units)}"


def _short(value: int | None) -> str:
    return "–" if value is None else vi.whole(value)


def _records(told: ReportWords) -> Iterator[str]:
    for row in told.account.rows:
        keys = [*(row.said.reports if row.said else ()), *row.elements]
        if keys:
            shown = [neutral.code(key) for key in keys[:_MOST_RECORDS]]
            rest = len(keys) - len(shown)
            more = f" {say('more', n=vi.whole(rest))}" if rest else ""
            yield f"- {neutral.line(told.label(row.figure))}: {', '.join(shown)}{more}"
