"""Write the Word template of reports anew, as the project brings it; an office then edits its own in Word.

    .venv/bin/python tests/samples/word_template.py

The page is as Vietnamese offices lay theirs out: A4, wide inner margin, Times New Roman 14, two columns at the head.
"""

import io
from pathlib import Path

from docx import Document
from docx.document import Document as Place
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from places import ROOT
from sangkien.adapters.word import dayless
from sangkien.domain.layout import TEMPLATES

BLANK_LINES = 3  # left where somebody has yet to write
FONT = "Times New Roman"
TARGET = ROOT / TEMPLATES / "bao-cao.docx"
NARROW = (Mm(78), Mm(30), Mm(28), Mm(29))


def main() -> None:
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    Path(TARGET).write_bytes(template())


def template() -> bytes:
    """Make the template."""
    paper = Document()
    _page(paper)
    _head(paper)
    _title(paper)
    _figures(paper, "headlines")
    _say(paper, "{%p for part in parts %}")
    _say(paper, "{{ part.numeral }}. {{ part.title | upper }}", bold=True, before=12, keep=True)
    _say(paper, "{%p for block in part.blocks %}")
    _say(paper, "{%p if block.heading %}")
    _say(paper, "{{ block.heading }}", bold=True, before=6, keep=True)
    _say(paper, "{%p endif %}")
    _say(paper, "{%p for text in block.prose %}")
    _say(paper, "{{ text }}", align=ALIGN.JUSTIFY, indent=True)
    _say(paper, "{%p endfor %}")
    _say(paper, "{%p if block.blank %}")
    for _ in range(BLANK_LINES):
        _dots(paper)
    _say(paper, "{%p endif %}")
    _say(paper, "{%p if block.lines %}")
    _figures(paper, "block.lines")
    _say(paper, "{%p endif %}")
    _notes(paper, "block.notes")
    _say(paper, "{%p endfor %}")
    _say(paper, "{%p endfor %}")
    _signatures(paper)
    _annex(paper)
    made = io.BytesIO()
    paper.save(made)
    return dayless(made.getvalue())


def _page(paper: Place) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(6)
    style.paragraph_format.space_before = Pt(0)
    paper.core_properties.author = ""
    paper.core_properties.title = "{{ title }}"
    paper.core_properties.language = "vi-VN"
    number = section.footer.paragraphs[0]
    number.alignment = ALIGN.CENTER
    _field(number, "PAGE")


def _head(paper: Place) -> None:
    table = paper.add_table(rows=1, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    left, right = table.rows[0].cells
    _widths(table, (Mm(70), Mm(95)))
    _cell(left, "{{ organiser | upper if organiser else '………………………………' }}", bold=True, size=13)
    _cell(left, "Số: {{ number if number else '        /BC-……' }}", size=13, first=False)
    _cell(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, size=12)
    _cell(right, "Độc lập - Tự do - Hạnh phúc", bold=True, size=13, first=False, underline=True)
    day = "……, ngày {{ day or '……' }} tháng {{ month or '……' }} năm {{ year or '……' }}"
    _cell(right, day, size=13, first=False, italic=True)


def _title(paper: Place) -> None:
    _say(paper, "BÁO CÁO", bold=True, align=ALIGN.CENTER, before=18, size=15)
    _say(paper, "{{ title }}", bold=True, align=ALIGN.CENTER)
    _say(paper, "{{ unit }}", align=ALIGN.CENTER, bold=True)
    _say(paper, "({{ span }})", align=ALIGN.CENTER, italic=True, size=13)


def _figures(paper: Place, lines: str) -> None:
    """Lay out lines of figures."""
    _table(paper, lines, "head", ("label", "now", "then", "change"), (ALIGN.LEFT, ALIGN.RIGHT, ALIGN.RIGHT, ALIGN.LEFT))


def _table(paper: Place, lines: str, head: str, keys: tuple[str, ...], aligned: tuple[ALIGN, ...]) -> None:
    table = paper.add_table(rows=4, cols=len(keys))
    table.style = "Table Grid"
    _widths(table, NARROW)
    for cell, key in zip(table.rows[0].cells, keys, strict=True):
        _cell(cell, f"{{{{ {head}.{key} }}}}", bold=True, size=12)
    _repeat(table)
    table.rows[1].cells[0].paragraphs[0].add_run(f"{{%tr for line in {lines} %}}")
    for cell, key, align in zip(table.rows[2].cells, keys, aligned, strict=True):
        _cell(cell, f"{{{{ line.{key} }}}}", size=12, align=align)
    table.rows[3].cells[0].paragraphs[0].add_run("{%tr endfor %}")
    _say(paper, "", size=4)


def _notes(paper: Place, of: str) -> None:
    _say(paper, f"{{%p for note in {of} %}}")
    _say(paper, "{{ note }}", italic=True, size=13)
    _say(paper, "{%p endfor %}")


def _signatures(paper: Place) -> None:
    _say(paper, "", size=6)
    table = paper.add_table(rows=1, cols=2)
    left, right = table.rows[0].cells
    _widths(table, (Mm(80), Mm(85)))
    _cell(left, "Nơi nhận:", bold=True, italic=True, size=12, align=ALIGN.LEFT)
    for line in ("- ………………………;", "- ………………………;", "- Lưu: ……"):
        _cell(left, line, size=11, first=False, align=ALIGN.LEFT)
    _cell(right, "TM. ………………………", bold=True)
    _cell(right, "……………", bold=True, first=False)
    for line in ("(Ký, đóng dấu, ghi rõ họ tên)", "", "", ""):
        _cell(right, line, italic=True, size=12, first=False)


def _annex(paper: Place) -> None:
    """Tell after the signatures what an office takes out, or leaves in: how the figures were put together."""
    _say(paper, "{%p if balance %}")
    _say(paper, "{{ balance_title | upper }}", bold=True, before=24, keep=True, size=13)
    _notes(paper, "balance")
    _say(paper, "{%p endif %}")
    _say(paper, "{%p if reports %}")
    _say(paper, "{{ reports_title | upper }}", bold=True, before=18, keep=True, size=13)
    _table(paper, "reports", "head", ("unit", "due", "sent", "state"), (ALIGN.LEFT,) * 4)
    _say(paper, "{%p endif %}")
    _say(paper, "{%p for note in notes %}")
    _say(paper, "{{ note }}", italic=True, size=11)
    _say(paper, "{%p endfor %}")


def _dots(paper: Place) -> None:
    """Leave a line to write on, dotted as far as the margin whatever the font."""
    paragraph = _say(paper, "\t")
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(165), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _say(
    paper: Place,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    size: float = 14,
    align: ALIGN = ALIGN.LEFT,
    before: float = 0,
    indent: bool = False,
    keep: bool = False,
) -> Paragraph:
    paragraph = paper.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.keep_with_next = keep
    if indent:
        paragraph.paragraph_format.first_line_indent = Mm(10)
    if not text:
        paragraph.paragraph_format.space_after = Pt(0)
    return paragraph


def _cell(
    cell: _Cell,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    underline: bool = False,
    size: float = 14,
    first: bool = True,
    align: ALIGN = ALIGN.CENTER,
) -> None:
    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.italic, run.underline, run.font.size = bold, italic, underline, Pt(size)
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(2)


def _widths(table: Table, widths: tuple[Mm, ...]) -> None:
    table.autofit = False
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width


def _repeat(table: Table) -> None:
    """Let the first row stand at the head of each page, and let no row be cut by a page's end."""
    for place, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        for name in ("w:cantSplit", *(["w:tblHeader"] if place == 0 else [])):
            properties.append(OxmlElement(name))


def _field(paragraph: Paragraph, code: str) -> None:
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("instr", code), ("end", "")):
        if kind == "instr":
            piece = OxmlElement("w:instrText")
            piece.text = text
        else:
            piece = OxmlElement("w:fldChar")
            piece.set(qn("w:fldCharType"), kind)
        run._r.append(piece)


if __name__ == "__main__":
    main()
