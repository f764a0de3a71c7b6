"""Reports an office signs: on half a year, a year or several, and on five years with the figures of each."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sangkien.domain.errors import UsageError
from sangkien.domain.paper_source import Source
from sangkien.domain.period import Period
from sangkien.domain.reckoning import SAID, Row
from sangkien.domain.report_versions import slug
from sangkien.domain.statement import Statement
from sangkien.domain.unit_changes import changes
from sangkien.render import vietnamese as vi
from sangkien.render.papers.frame import Paper, Wish, frame
from sangkien.render.papers.frame import words as paper_words
from sangkien.render.papers.kinds import Kind
from sangkien.render.report import ReportWords, change, number, words
from sangkien.render.report_paper import Block, Line, paper
from sangkien.render.reporting import period_name

REPORT, FIVE_YEARS = "bao-cao", "bao-cao-nam-nam"
_YEARS = 5


def report(statement: Statement) -> Paper:
    """Make a unit's report on a period."""
    return _paper(REPORT, statement)


def five_years(whole: Statement, years: Sequence[Statement]) -> Paper:
    """Make a unit's report on five years, to which is added what each of them counted.

    What counts for the whole is told by its own statement: who stands in three years is one in all of them.
    """
    return _paper(FIVE_YEARS, whole, _year_by_year(whole, years))


def _paper(kind: str, statement: Statement, more: Mapping[str, Any] | None = None) -> Paper:
    account = statement.account
    document = account.version.get("document") if account.version else None
    made = frame(
        Source.of_registers(statement.books, on=statement.on),
        kind,
        account.unit,
        day=document.get("date", "") if document else "",
        number=document["number"] if document else "",
    )
    return Paper(
        kind=kind,
        name=f"{kind}-{account.unit}-{slug(account.period)}",
        layout=made.layout,
        findings=made.findings,
        values={**made.values, **_told(statement), **(more or {})},
    )


def _told(statement: Statement) -> dict[str, Any]:
    """Give what a report tells: texts, and lists of them."""
    laid, told = paper(statement), ReportWords(statement)
    return {
        "title": laid.title,
        "unit": laid.unit,
        "of_unit": told.unit(statement.account.unit),
        "span": laid.span,
        "period": period_name(statement.account.period),
        "headlines": [_line(line) for line in laid.headlines],
        "parts": [
            {"numeral": part.numeral, "title": part.title, "blocks": [_block(block) for block in part.blocks]}
            for part in laid.parts
        ],
        "balance": list(laid.balance),
        "notes": list(laid.notes),
        "reports": [
            {
                "unit": vi.capital(told.unit(standing.duty.unit)),
                "due": vi.day(standing.duty.due),
                "sent": vi.day(standing.sent_on) if standing.sent_on else "",
                "state": str(words()["state"][standing.state]).format(days=number(standing.days)),
            }
            for standing in statement.standings
        ],
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "label": f"– {line.label}" if line.parts else line.label,
        "now": line.now,
        "then": line.then,
        "change": line.change,
        "parts": line.parts,
    }


def _block(block: Block) -> dict[str, Any]:
    prose = [" ".join(text.split("\n")) if "\n- " not in f"\n{text}" else text for text in block.prose or ()]
    paragraphs = [line.strip() for text in prose for line in text.split("\n")]
    return {
        "heading": block.heading,
        "prose": paragraphs,
        "blank": block.blank,
        "lines": [_line(line) for line in block.lines],
        "notes": list(block.notes),
    }


def _year_by_year(whole: Statement, years: Sequence[Statement]) -> dict[str, Any]:
    told, said = ReportWords(whole), paper_words()["five_years"]
    each = [{row.figure.id: row.value for row in year.account.rows} for year in years]
    marks: dict[str, None] = {}
    sections = []
    for key, rows in told.sections:
        lines = []
        for row in rows:
            values = [year.get(row.figure.id) for year in each]
            mark = _mark(row, values)
            marks |= {mark: None} if mark else {}
            lines.append(
                {
                    "label": ReportWords.titled(row.figure),
                    "years": [_short(value) for value in values],
                    "total": " ".join(filter(None, (_short(row.value), mark and said[mark]["mark"]))),
                    "then": _short(row.before),
                    "change": "" if row.change is None else change(row.change),
                }
            )
        sections.append({"title": words()["section"][key], "lines": lines})
    return {
        "before": vi.capital(period_name(whole.account.period.before)),
        "years": [str(year.account.period) for year in years],
        "sections": sections,
        "legend": [f"{said[mark]['mark']} {said[mark]['says']}" for mark in said if mark in marks],
        "changes": [*_changes(whole, told)],
    }


def _mark(row: Row, years: Sequence[int | None]) -> str:
    """Tell why the number of the whole is not the sum of the years'; nothing where it is."""
    if row.value is None or row.value == sum(value or 0 for value in years):
        return ""
    if row.said and row.said.source == SAID:
        return "declared"
    return "stock" if row.figure.stock else "once"


def _short(value: int | None) -> str:
    return "–" if value is None else vi.whole(value)


def _changes(whole: Statement, told: ReportWords) -> Iterator[str]:
    units, account = whole.books.units, whole.account
    for found in changes(units, account.unit, account.period):
        since = vi.span(found.on, None, approximate=units[found.unit].get("approximate", False))
        replaced = vi.listed([told.unit(key) for key in found.replaced])
        said = str(paper_words()["unit_change"])
        yield vi.capital(said.format(since=since, unit=told.unit(found.unit), replaced=replaced))


def _asked(source: Source, wish: Wish) -> tuple[str, Period]:
    if len(wish.keys) != 2:  # a unit and a period
        raise UsageError("paper-of-what", kind=wish.kind)
    unit, said = wish.keys
    if unit not in source.books.units:
        raise UsageError("report-unit", value=unit)
    period = Period.read(said)
    if period is None:
        raise UsageError("report-period", value=said)
    return unit, period


def _report(source: Source, wish: Wish) -> Iterator[Paper]:
    """Draw up what `sangkien report` draws up."""
    yield report(source.statement(*_asked(source, wish)))


def _five_years(source: Source, wish: Wish) -> Iterator[Paper]:
    unit, period = _asked(source, wish)
    years = [*period.years()]
    if len(years) != _YEARS:
        raise UsageError("paper-five-years", value=period)
    yield five_years(source.statement(unit, period), [source.statement(unit, year) for year in years])


KINDS = (
    Kind(name=REPORT, english="report", of="UNIT PERIOD", makes=_report),
    Kind(name=FIVE_YEARS, english="five-year-report", of="UNIT 2015..2019", makes=_five_years),
)
