"""A report as a Word template fills it in: what each place of the template holds."""

from typing import Any

from sangkien.domain.statement import Statement
from sangkien.render import vietnamese as vi
from sangkien.render.report import number, say, words
from sangkien.render.report_paper import Block, Line, paper

_DOTS = "." * 130
_BLANK_LINES = 3  # left where somebody has yet to write


def values(statement: Statement) -> dict[str, Any]:
    """Give the values of a report's template: texts, and lists of them."""
    laid, account = paper(statement), statement.account
    movement, document = statement.books.movement, account.version and account.version.get("document")
    is_own = movement is not None and movement["unit"] == account.unit
    day = document.get("date", "") if document else ""
    year, month, day_ = day.split("-") if day else ("", "", "")
    return {
        "organiser": movement["organiser"] if movement and is_own else "",
        "number": document["number"] if document else "",
        "day": day_,
        "month": month,
        "year": year or account.period.end[:4],
        "title": laid.title,
        "unit": laid.unit,
        "span": laid.span,
        "headlines": [_line(line) for line in laid.headlines],
        "head": {key: say(key) for key in ("figure", "now", "then", "change")},
        "parts": [
            {"numeral": part.numeral, "title": part.title, "blocks": [_block(block) for block in part.blocks]}
            for part in laid.parts
        ],
        "balance_title": say("balance"),
        "balance": list(laid.balance),
        "notes": list(laid.notes),
        "reports": [
            {
                "unit": vi.capital(unit),
                "due": vi.day(standing.duty.due),
                "state": str(words()["state"][standing.state]).format(days=number(standing.days)),
            }
            for standing in statement.standings
            if (unit := standing.duty.unit)
        ],
    }


def _line(line: Line) -> dict[str, Any]:
    label = f"{line.label} ({line.measure})" if line.measure else line.label
    return {
        "label": f"– {label}" if line.parts else label,
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
        "prose": [_DOTS] * _BLANK_LINES if block.blank else paragraphs,
        "lines": [_line(line) for line in block.lines],
        "notes": list(block.notes),
    }
