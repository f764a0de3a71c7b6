"""Words and tables of a Word template, as python-docx writes them."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from docx import Document
from docx.document import Document as Place
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from sangkien.adapters.word import dayless

FONT = "Times New Roman"
LEFT, RIGHT, EDGE = 30, 15, 20  # mm
WIDTH, LONG = 210 - LEFT - RIGHT, 297 - 2 * EDGE  # mm between the margins, of a page standing and lying

_TABLES = ("TableNormal", "TableGrid")


@dataclass(frozen=True)
class Layout:
    """How an office lays papers out: `folder` under the templates' own, empty for the usual one."""

    folder: str
    number_on_top: bool


LAYOUTS = (
    Layout("", number_on_top=True),  # Decree 30/2020/NĐ-CP: in the middle above, not on the first page
    Layout("mat-tran", number_on_top=False),  # the Front's guide 91/HD-MTTW-BTT: below, on the right
)


def page(layout: Layout, title: str, *, lying: bool = False, numbered: bool = True) -> Place:
    """Begin a paper: A4, the margins and the letter of offices, numbered from its second page on."""
    paper = Document()
    section = paper.sections[0]
    _margins(section, lying=lying)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.element.rPr.rFonts.set(qn("w:cs"), FONT)
    style.paragraph_format.space_after, style.paragraph_format.space_before = Pt(6), Pt(0)
    _speak_vietnamese(paper)
    _slim(paper)
    core = paper.core_properties
    core.author, core.title, core.language, core.comments = "", title, "vi-VN", ""
    if numbered:
        section.different_first_page_header_footer = True
        _number(section, layout)
    return paper


def annex(paper: Place, layout: Layout, *, lying: bool = False) -> None:
    """Begin an annex on a new page, whose pages are counted anew."""
    section = paper.add_section(WD_SECTION.NEW_PAGE)
    _margins(section, lying=lying)
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
    _number(section, layout)
    for earlier in section._sectPr.findall(qn("w:pgNumType")):  # an annex after an annex
        section._sectPr.remove(earlier)
    start = OxmlElement("w:pgNumType")
    start.set(qn("w:start"), "1")
    # Word asks for the order of its schema.
    section._sectPr.insert_element_before(start, "w:cols", "w:titlePg", "w:docGrid")


def written(paper: Place) -> bytes:
    """Give the file; the same template is the same bytes."""
    made = io.BytesIO()
    paper.save(made)
    return dayless(made.getvalue())


def say(
    place: Place | _Cell,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    size: float = 14,
    align: ALIGN = ALIGN.LEFT,
    before: float = 0,
    after: float | None = None,
    indent: bool = False,
    keep: bool = False,
) -> Paragraph:
    """Write a paragraph; `keep` keeps it with the next one, `indent` is a first line's."""
    paragraph = place.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    shape = paragraph.paragraph_format
    paragraph.alignment = align
    shape.space_before = Pt(before)
    shape.keep_with_next = keep
    if indent:
        shape.first_line_indent = Mm(12.7)
    if after is not None or not text:
        shape.space_after = Pt(after or 0)
    if not text:
        _low(paragraph, size)
    return paragraph


def prose(place: Place | _Cell, text: str, **kind: object) -> Paragraph:
    """Write a paragraph of the body: justified, its first line indented."""
    return say(place, text, align=ALIGN.JUSTIFY, indent=True, **kind)  # type: ignore[arg-type]


def loop(place: Place | _Cell, head: str) -> None:
    """Write a line of the template's own language, which leaves no paragraph behind: `for x in xs`, `endfor`, `if`."""
    say(place, f"{{%p {head} %}}", size=8, after=0)


def dots(place: Place, lines: int = 1) -> None:
    """Leave lines to write on."""
    for _ in range(lines):
        dotted(say(place, "\t"))


def dotted(paragraph: Paragraph) -> None:
    """Let a tab in a paragraph draw dots as far as the margin, whatever the font."""
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def rule(place: Place | _Cell, length: float, width: float) -> None:
    """Draw a line in the middle of a column; both in mm."""
    paragraph = say(place, "", size=2, align=ALIGN.CENTER, after=3)
    paragraph.paragraph_format.line_spacing = Pt(3)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm((width - length) / 2)
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def columns(place: Place, widths: Sequence[float]) -> tuple[_Cell, ...]:
    """Lay out columns without lines, whose widths are in mm; each begins with its first `say`."""
    table = place.add_table(rows=1, cols=len(widths))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    measure(table, widths)
    return tuple(table.rows[0].cells)


def close(*cells: _Cell) -> None:
    """Take away the empty paragraph a cell is born with, once it holds another."""
    for cell in cells:
        first = cell.paragraphs[0]
        if not first.text and len(cell.paragraphs) > 1:
            first._p.getparent().remove(first._p)


def table(
    place: Place,
    lines: str,
    heads: Sequence[str],
    cells: Sequence[str],
    widths: Sequence[float],
    *,
    aligned: Sequence[ALIGN] = (),
    size: float = 12,
) -> Table:
    """Write a table with a row for each of `lines`, whose item is `line`; its head comes again on every page.

    No row is cut by a page's end. Widths are in mm.
    """
    made: Table = place.add_table(rows=4, cols=len(heads))
    made.style, made.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    measure(made, widths)
    for cell, head in zip(made.rows[0].cells, heads, strict=True):
        put(cell, head, bold=True, size=size, align=ALIGN.CENTER)
    made.rows[1].cells[0].paragraphs[0].add_run(f"{{%tr for line in {lines} %}}")
    for place_, (cell, text) in enumerate(zip(made.rows[2].cells, cells, strict=True)):
        put(cell, text, size=size, align=aligned[place_] if aligned else ALIGN.LEFT)
    made.rows[3].cells[0].paragraphs[0].add_run("{%tr endfor %}")
    whole_rows(made)
    say(place, "", size=4)
    return made


def put(cell: _Cell, text: str, *, bold: bool = False, italic: bool = False, size: float = 12, align: ALIGN) -> None:
    """Write into the paragraph a cell is born with."""
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(2)
    _low(paragraph, size)  # an empty cell is no higher than its neighbours


def measure(made: Table, widths: Sequence[float]) -> None:
    """Fix the widths of a table's columns, in mm."""
    made.autofit = False
    for row in made.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)


def whole_rows(made: Table, heads: int = 1) -> None:
    """Let the first rows stand at the head of each page, and let no row be cut by a page's end."""
    for place, row in enumerate(made.rows):
        properties = row._tr.get_or_add_trPr()
        for name in ("w:cantSplit", *(["w:tblHeader"] if place < heads else [])):
            properties.append(OxmlElement(name))


def _low(paragraph: Paragraph, size: float) -> None:
    """Make an empty paragraph as low as it is meant: its height is that of its mark, which no run reaches."""
    mark, height = OxmlElement("w:rPr"), OxmlElement("w:sz")
    height.set(qn("w:val"), str(round(size * 2)))
    mark.append(height)
    paragraph._p.get_or_add_pPr().append(mark)


def _margins(section: Section, *, lying: bool) -> None:
    width, height = (297, 210) if lying else (210, 297)
    section.orientation = WD_ORIENT.LANDSCAPE if lying else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin = section.bottom_margin = Mm(EDGE)
    section.left_margin, section.right_margin = (Mm(EDGE), Mm(EDGE)) if lying else (Mm(LEFT), Mm(RIGHT))
    section.header_distance = section.footer_distance = Mm(10)


def _number(section: Section, layout: Layout) -> None:
    place = section.header if layout.number_on_top else section.footer
    paragraph = place.paragraphs[0]
    paragraph.alignment = ALIGN.CENTER if layout.number_on_top else ALIGN.RIGHT
    run = paragraph.add_run()
    run.font.size = Pt(13)
    for kind, text in (("begin", ""), ("instr", "PAGE"), ("end", "")):
        if kind == "instr":
            piece = OxmlElement("w:instrText")
            piece.text = text
        else:
            piece = OxmlElement("w:fldChar")
            piece.set(qn("w:fldCharType"), kind)
        run._r.append(piece)


def _slim(paper: Place) -> None:
    """Take out what python-docx brings and nobody needs.

    Word 2010's second copy of the styles, a thumbnail, the looks of tables, which Word has by itself, and the age of
    Word 2010, for which today's Word would open every paper in its mode for old ones.
    """
    compat = paper.settings.element.find(qn("w:compat"))
    compat.remove(compat.find(qn("w:useFELayout")))
    compat.find(qn("w:compatSetting")).set(qn("w:val"), "15")
    for style in list(paper.styles.element.iter(qn("w:style"))):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:styleId")) not in _TABLES:
            paper.styles.element.remove(style)
    for part in (paper.part, paper.part.package):
        for key, relation in list(part.rels.items()):
            if relation.reltype.endswith(("/stylesWithEffects", "/thumbnail")):
                del part.rels[key]


def _speak_vietnamese(paper: Place) -> None:
    """Tell Word in which language the words are, so that it marks none of them as wrong."""
    for language in paper.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "vi-VN")
