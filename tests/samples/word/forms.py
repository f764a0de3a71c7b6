"""Parts of forms: a text or lines to write on, boxes to tick, a code to read from afar."""

from docx.document import Document as Place
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm
from docx.table import Table
from docx.text.paragraph import Paragraph

from word.sheet import dots, dotted, loop, prose, say

BOX = "☐"


def item(paper: Place, text: str, size: float = 14) -> Paragraph:
    """Write the heading of a numbered part, which stays with what follows."""
    return say(paper, text, bold=True, size=size, before=4, after=2, keep=True)


def told(paper: Place, name: str, lines: int = 3) -> None:
    """Write the paragraphs of a value, or leave lines to write on."""
    loop(paper, f"for line in {name}")
    prose(paper, "{{ line }}", after=3)
    loop(paper, "else")
    dots(paper, lines)
    loop(paper, "endfor")


def fact(paper: Place, label: str, value: str, size: float = 14) -> None:
    """Write a label and its value on a line; without a value there are dots as far as the margin."""
    dotted(say(paper, f"{label}: {value}", size=size, after=2))


def code(paper: Place, value: str) -> None:
    """Write a code to be found again at a glance."""
    say(paper, value, bold=True, size=22, align=ALIGN.CENTER, after=4)


def by_hand(made: Table, high: float = 8) -> None:
    """Make the rows of a table high enough to write in; in mm."""
    made.rows[2].height_rule, made.rows[2].height = WD_ROW_HEIGHT_RULE.AT_LEAST, Mm(high)
