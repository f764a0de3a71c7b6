"""A report as a Word template fills it in: what each place of the template holds."""

from typing import Any

from sangkien.domain.statement import Statement
from sangkien.render import vietnamese as vi
from sangkien.render.papers.frame import unbroken
from sangkien.render.report import ReportWords, number, say, words
from sangkien.render.report_paper import Block, Line, paper

_HEAD = ("now", "then", "change", "unit", "due", "sent", "state")


def values(statement: Statement) -> dict[str, Any]:
    """Give the values of a report's template: texts, and lists of them."""
    laid, told, account = paper(statement), ReportWords(statement), statement.account
    movement, document = statement.books.movement, account.version and account.version.get("document")
    is_own = movement is not None and movement["unit"] == account.unit
    day = document.get("date", "") if document else ""
    year, month, day_ = day.split("-") if day else ("", "", "")
    return {
        "organiser": unbroken(movement["organiser"], laid.unit) if movement and is_own else "",
        "number": document["number"] if document else "",
        "day": day_,
        "month": month,
        "year": year,
        "title": laid.title,
        "unit": laid.unit,
        "span": laid.span,
        "headlines": [_line(line) for line in laid.headlines],
        "head": {"label": say("figure")} | {key: say(key) for key in _HEAD},
        "parts": [
            {"numeral": part.numeral, "title": part.title, "blocks": [_block(block) for block in part.blocks]}
            for part in laid.parts
        ],
        "balance_title": say("balance"),
        "balance": list(laid.balance),
        "notes": list(laid.notes),
        "reports_title": words()["sheet"]["reporting"],
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
