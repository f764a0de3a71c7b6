"""A report as paper has it: five parts, each of words and figures, for whatever writes it down."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sangkien.domain.figures import GUIDANCE, SECTIONS
from sangkien.domain.reckoning import SAID, Row
from sangkien.domain.reporting import reporting_data
from sangkien.domain.statement import Statement
from sangkien.render import vietnamese as vi
from sangkien.render.report import ReportWords, change, number, say, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of figures; one that parts the line above has no more than its words and perhaps a number."""

    label: str
    now: str = ""
    then: str = ""
    change: str = ""
    parts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Words or figures under a heading; `prose` is None where nobody has to write."""

    heading: str = ""
    prose: tuple[str, ...] | None = None
    lines: tuple[Line, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def blank(self) -> bool:
        """Tell that somebody has yet to write here."""
        return self.prose == ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of the five parts of a report."""

    numeral: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A report to be written down; what is said after it tells what it was made of."""

    title: str
    unit: str
    span: str
    headlines: tuple[Line, ...]
    parts: tuple[Part, ...]
    balance: tuple[str, ...]
    notes: tuple[str, ...]


def paper(statement: Statement) -> Paper:
    """Lay a report out."""
    told = ReportWords(statement)
    laid = _Layout(told)
    return Paper(
        title=told.title,
        unit=vi.capital(told.unit(statement.account.unit)),
        span=told.span,
        headlines=tuple(
            Line(label=label, now=number(now), then=number(then), change=change(now - then))
            for label, now, then in told.headlines
        ),
        parts=tuple(Part(numeral=key, title=words()["part"][key], blocks=tuple(laid.blocks(key))) for key in _PARTS),
        balance=tuple(line for row in statement.account.rows for line in balance(row, told)),
        notes=tuple(_notes(statement)),
    )


_PARTS = ("I", "II", "III", "IV", "V")


class _Layout:
    def __init__(self, told: ReportWords) -> None:
        self._told, self._version = told, told.account.version

    def blocks(self, part: str) -> Iterator[Block]:
        """Give what stands in a part."""
        rows = dict(self._told.sections)
        if part == "I":
            yield self._prose("guidance")
            yield Block(lines=tuple(self._lines(rows[GUIDANCE])), notes=tuple(self._gaps(rows[GUIDANCE])))
        elif part == "II":
            yield self._prose("results")
            for place, key in enumerate(SECTIONS[1:], 1):
                notes = [*self._gaps(rows[key]), *([self._reporting()] if key == SECTIONS[-1] else [])]
                yield Block(
                    heading=f"{place}. {words()['section'][key]}",
                    lines=tuple(self._lines(rows[key])),
                    notes=tuple(notes),
                )
        elif part == "III":
            for place, key in enumerate(("strengths", "weaknesses", "causes"), 1):
                yield self._prose(key, f"{place}. {words()['prose'][key]}")
        else:
            yield self._prose("directions" if part == "IV" else "proposals")

    def _prose(self, name: str, heading: str = "") -> Block:
        text = str(self._version.get(name) or "") if self._version else ""
        return Block(heading=heading, prose=tuple(filter(None, map(str.strip, re.split(r"\n[ \t]*\n", text)))))

    def _lines(self, rows: list[Row]) -> Iterator[Line]:
        for row in rows:
            yield Line(
                label=self._told.titled(row.figure),
                now=number(row.value),
                then=number(row.before),
                change=change(row.change),
            )
            for way, name, found in self._told.parts(row):
                if way == "noi-dung":
                    yield from (Line(label=part, now=vi.whole(count), parts=True) for part, count in found)
                else:
                    told = "; ".join(f"{part.lower() if way == 'loai' else part} {vi.whole(n)}" for part, n in found)
                    yield Line(label=f"{name}: {told}", parts=True)

    def _gaps(self, rows: list[Row]) -> Iterator[str]:
        for row in rows:
            if row.said and row.said.source == "cong-nam" and row.said.missing:
                gaps = say("years_missing", years=", ".join(row.said.missing))
                yield f"{self._told.label(row.figure)}: {gaps}."

    def _reporting(self) -> str:
        reporting = self._told.statement.reporting
        return say("reporting", **reporting_data(reporting)) if reporting.expected else say("no_reporting")


def balance(row: Row, told: ReportWords) -> Iterator[str]:
    """Say why a unit's figure is not the sum of its children's; nothing where it is."""
    found, label = row.balance, told.label(row.figure)
    if row.said and row.said.source == SAID and (row.recorded or 0) > (row.value or 0):
        yield say("beyond", figure=label, value=number(row.value), recorded=number(row.recorded))
    if found is None or row.value is None:
        return
    if row.said and row.said.source == SAID:
        if found.difference:
            yield say(
                "differs",
                figure=label,
                value=vi.whole(row.value),
                children=vi.whole(found.children),
                own=say("own_said", n=vi.whole(found.own)) if found.own is not None else "",
                which=say("above" if found.difference > 0 else "below"),
                n=vi.whole(abs(found.difference)),
                why=found.why.rstrip(".") or say("no_why"),
            )
        return
    steps = [say("less_outside", n=vi.whole(found.outside))] if found.outside else []
    steps += [say("less_shared", n=vi.whole(found.shared))] if found.shared else []
    steps += [say("more_own", n=vi.whole(count), reason=say(reason)) for reason, count in found.own_by.items()]
    if row.said and found.own and steps:
        steps.append(say("more_own", n=vi.whole(found.own), reason=say("cap-nay")))
    if steps:
        head = say("balance_line", figure=label, value=vi.whole(row.value), children=vi.whole(found.children))
        yield " ".join([head, *steps]) + "."


def _notes(statement: Statement) -> Iterator[str]:
    version = statement.account.version
    if version:
        yield say("from_version", id=version["id"], status=words()["status"][version["status"]])
    else:
        yield say("no_version")
    if statement.withheld:
        yield say("withheld", n=vi.whole(len(statement.withheld)))
    unfinished = statement.on <= statement.account.period.end
    yield say("written_within" if unfinished else "written", day=vi.day(statement.on))
    yield say("counted_how")
