"""A report as the sheets of a workbook: numbers to reckon with, and the records each was made of."""

from collections.abc import Iterable, Iterator, Sequence

from sangkien.domain.reckoning import Row
from sangkien.domain.statement import Statement
from sangkien.render import vietnamese as vi
from sangkien.render.report import ReportWords, number, say, words
from sangkien.render.report_paper import balance
from sangkien.render.tables import Sheet

_TEXT, _NUMBER, _DAY = "text", "number", "day"
Columns = Sequence[tuple[str, str, int]]  # heading, kind, width in letters


def sheets(statement: Statement, site_url: str) -> tuple[Sheet, ...]:
    """Write all sheets of a report."""
    told = ReportWords(statement)
    return (
        _sheet("figures", _FIGURES, _figures(told)),
        _sheet("units", _units_columns(told), _units(told)),
        _sheet("balance", _BALANCE, _balances(told)),
        _sheet("records", _RECORDS, _records(told, site_url)),
        _sheet("reporting", _REPORTING, _reporting(told)),
    )


def _sheet(name: str, columns: Columns, rows: Iterable[tuple[str, ...]]) -> Sheet:
    return Sheet(
        name=words()["sheet"][name],
        headings=tuple(heading for heading, _, _ in columns),
        kinds=tuple(kind for _, kind, _ in columns),
        widths=tuple(width for _, _, width in columns),
        rows=tuple(rows),
    )


def _plain(value: int | None) -> str:
    return say("unknown") if value is None else str(value)


_FIGURES: Columns = (
    (say("figure"), _TEXT, 60),
    (say("now"), _NUMBER, 15),
    (say("then"), _NUMBER, 15),
    (say("change"), _NUMBER, 15),
    (say("measure"), _TEXT, 14),
    (say("section"), _TEXT, 36),
    (say("source"), _TEXT, 40),
    (say("declared"), _NUMBER, 16),
    (say("recorded"), _NUMBER, 14),
    (say("records_count"), _NUMBER, 12),
    (say("id"), _TEXT, 28),
)


def _figures(told: ReportWords) -> Iterator[tuple[str, ...]]:
    for key, rows in told.sections:
        section = words()["section"][key]
        for row in rows:
            said = row.said
            yield (
                told.label(row.figure),
                _plain(row.value),
                _plain(row.before),
                say("cannot") if row.change is None else str(row.change),
                told.measure(row.figure),
                section,
                _source(row),
                _plain(said.value) if said and said.source == "bao-cao" else "",
                "" if row.recorded is None else str(row.recorded),
                str(len(row.elements)),
                row.figure.id,
            )
            for way, name, found in told.parts(row):
                for part, count in found:
                    label = f"    {name}: {part}"
                    yield (
                        label,
                        str(count),
                        "",
                        "",
                        told.measure(row.figure),
                        section,
                        "",
                        "",
                        "",
                        "",
                        (f"{row.figure.id}/{way}"),
                    )


def _source(row: Row) -> str:
    if row.said is None:
        return str(words()["known"][row.figure.known])
    return str(words()["source"][row.said.source]) if row.said.source else ""


def _units_columns(told: ReportWords) -> Columns:
    return (
        (say("figure"), _TEXT, 52),
        (say("all"), _NUMBER, 15),
        *((vi.capital(told.unit(child)), _NUMBER, 15) for child in told.account.children),
    )


def _units(told: ReportWords) -> Iterator[tuple[str, ...]]:
    for row in told.account.rows:
        values = (_plain(row.children[child]) for child in told.account.children)
        yield told.label(row.figure), _plain(row.value), *values


_BALANCE: Columns = (
    (say("figure"), _TEXT, 52),
    (say("now"), _NUMBER, 15),
    (say("children"), _NUMBER, 18),
    (say("outside"), _NUMBER, 18),
    (say("shared"), _NUMBER, 18),
    (say("own"), _NUMBER, 18),
    (say("difference"), _NUMBER, 14),
    (say("why"), _TEXT, 60),
    (say("silent"), _TEXT, 40),
)


def _balances(told: ReportWords) -> Iterator[tuple[str, ...]]:
    for row in told.account.rows:
        found = row.balance
        if found is not None:
            yield (
                told.label(row.figure),
                _plain(row.value),
                str(found.children),
                str(-found.outside),
                str(-found.shared),
                "" if found.own is None else str(found.own),
                str(found.difference),
                " ".join(balance(row, told)),
                ", ".join(told.unit(key) for key in found.unknown),
            )


_RECORDS: Columns = (
    (say("figure"), _TEXT, 44),
    (say("record"), _TEXT, 34),
    (say("unit"), _TEXT, 28),
    (say("day"), _DAY, 13),
    (say("counts_for"), _NUMBER, 14),
    (say("where"), _TEXT, 60),
)


def _records(told: ReportWords, site_url: str) -> Iterator[tuple[str, ...]]:
    for row in told.account.rows:
        for key, deed in row.elements.items():
            yield (
                told.label(row.figure),
                key,
                vi.capital(told.unit(deed.unit)),
                deed.day,
                str(deed.weight),
                told.place(row.figure, key, site_url),
            )


_REPORTING: Columns = (
    (say("unit"), _TEXT, 36),
    (say("due"), _DAY, 13),
    (say("sent"), _DAY, 13),
    (say("state"), _TEXT, 18),
    (say("version"), _NUMBER, 14),
)


def _reporting(told: ReportWords) -> Iterator[tuple[str, ...]]:
    for standing in told.statement.standings:
        yield (
            vi.capital(told.unit(standing.duty.unit)),
            standing.duty.due,
            standing.sent_on or "",
            str(words()["state"][standing.state]).format(days=number(standing.days)),
            "" if standing.number is None else str(standing.number),
        )
