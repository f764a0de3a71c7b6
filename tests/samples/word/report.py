"""Reports: on half a year, a year or several; on five years, with the figures of each in an annex."""

from collections.abc import Callable

from docx.document import Document as Place
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

from word.frame import annex_title, foot, head
from word.sheet import WIDTH, Layout, annex, dots, loop, page, prose, put, rule, say, table

_BLANK_LINES = 3  # left where somebody has yet to write
_HEADS = ("Số liệu", "Kỳ này", "Kỳ trước", "So với kỳ trước")
_CELLS = ("{{ line.label }}", "{{ line.now }}", "{{ line.then }}", "{{ line.change }}")
_NUMBERS = (ALIGN.LEFT, ALIGN.RIGHT, ALIGN.RIGHT, ALIGN.LEFT)
_WIDTHS = (72, 29, 29, 35)
_YEARS = 5
_OF = "(Kèm theo báo cáo {{ period }} của {{ of_unit }})"


def report(layout: Layout) -> Place:
    """Draw a unit's report on a period."""
    paper = page(layout, "{{ title }}")
    _body(paper)
    annex(paper, layout)
    annex_title(paper, "PHỤ LỤC", "Cách lập số liệu", _OF)
    _made_of(paper)
    return paper


def five_years(layout: Layout) -> Place:
    """Draw a unit's report on five years."""
    paper = page(layout, "{{ title }}")
    _body(paper)
    annex(paper, layout, lying=True)
    annex_title(paper, "PHỤ LỤC", "Số liệu từng năm", _OF)
    loop(paper, "for section in sections")
    say(paper, "{{ section.title }}", bold=True, size=13, before=6, keep=True)
    years = range(_YEARS)
    table(
        paper,
        "section.lines",
        (
            "Số liệu",
            *(f"{{{{ years[{year}] }}}}" for year in years),
            "Cả kỳ",
            "{{ before | capitalize }}",
            "So với kỳ trước",
        ),
        (
            "{{ line.label }}",
            *(f"{{{{ line.years[{year}] }}}}" for year in years),
            "{{ line.total }}",
            "{{ line.then }}",
            "{{ line.change }}",
        ),
        (60, *(23,) * _YEARS, 27, 25, 30),
        aligned=(ALIGN.LEFT, *(ALIGN.RIGHT,) * (_YEARS + 2), ALIGN.LEFT),
        size=10,
    )
    loop(paper, "endfor")
    say(paper, "Dấu – là chưa có số.", italic=True, size=12, after=2)
    _each(paper, "line", "legend", size=12)
    loop(paper, "if changes")
    say(paper, "Thay đổi về đơn vị trong kỳ", bold=True, size=13, before=6, keep=True)
    _each(paper, "line", "changes", size=12)
    loop(paper, "endif")
    _made_of(paper)
    return paper


def _body(paper: Place) -> None:
    head(paper)
    say(paper, "BÁO CÁO", bold=True, align=ALIGN.CENTER, before=14, after=0)
    say(paper, "{{ title }}", bold=True, align=ALIGN.CENTER, after=0)
    say(paper, "{{ unit }}", bold=True, align=ALIGN.CENTER, after=0)
    rule(paper, 50, WIDTH)
    say(paper, "({{ span }})", italic=True, size=13, align=ALIGN.CENTER)
    _figures(paper, "headlines")
    loop(paper, "for part in parts")
    say(paper, "{{ part.numeral }}. {{ part.title | upper }}", bold=True, before=10, keep=True)
    loop(paper, "for block in part.blocks")
    loop(paper, "if block.heading")
    say(paper, "{{ block.heading }}", bold=True, before=6, keep=True)
    loop(paper, "endif")
    loop(paper, "for text in block.prose")
    prose(paper, "{{ text }}")
    loop(paper, "endfor")
    loop(paper, "if block.blank")
    dots(paper, _BLANK_LINES)
    loop(paper, "endif")
    loop(paper, "if block.lines")
    _figures(paper, "block.lines")
    loop(paper, "endif")
    _each(paper, "note", "block.notes", size=13)
    loop(paper, "endfor")
    loop(paper, "endfor")
    prose(paper, "Trên đây là báo cáo {{ period }} của {{ of_unit }}./.", before=6, keep=True)
    foot(paper)


def _figures(paper: Place, lines: str) -> None:
    """Write figures; a line that only says how one is made up goes across."""
    made = table(paper, lines, _HEADS, _CELLS, _WIDTHS, aligned=_NUMBERS)
    figures, end = (row._tr for row in made.rows[2:])
    for text, put_before in (("if line.now", figures), ("else", end), ("", end), ("endif", end)):
        row = made.add_row()  # type: ignore[no-untyped-call]
        put_before.addprevious(row._tr)
        if text:
            row.cells[0].paragraphs[0].add_run(f"{{%tr {text} %}}")
        else:
            put(row.cells[0].merge(row.cells[-1]), _CELLS[0], size=12, italic=True, align=ALIGN.LEFT)


def _each(paper: Place, name: str, of: str, *, size: float) -> None:
    loop(paper, f"for {name} in {of}")
    say(paper, f"{{{{ {name} }}}}", italic=True, size=size, after=2)
    loop(paper, "endfor")


def _made_of(paper: Place) -> None:
    """Tell after the signatures what an office takes out, or leaves in: how the figures were put together."""
    loop(paper, "if balance")
    say(paper, "VÌ SAO SỐ CHUNG KHÁC TỔNG CÁC ĐƠN VỊ", bold=True, before=6, keep=True, size=13)
    _each(paper, "note", "balance", size=12)
    loop(paper, "endif")
    loop(paper, "if reports")
    say(paper, "TÌNH HÌNH BÁO CÁO", bold=True, before=14, keep=True, size=13)
    table(
        paper,
        "reports",
        ("Đơn vị", "Hạn gửi", "Ngày gửi", "Tình hình"),
        ("{{ line.unit }}", "{{ line.due }}", "{{ line.sent }}", "{{ line.state }}"),
        _WIDTHS,
    )
    loop(paper, "endif")
    _each(paper, "note", "notes", size=11)


TEMPLATES: dict[str, Callable[[Layout], Place]] = {"bao-cao": report, "bao-cao-nam-nam": five_years}
