"""The head and the foot of an office's paper, as Decree 30/2020/NĐ-CP and the Front's guide have them."""

from docx.document import Document as Place
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.table import _Cell

from word.sheet import WIDTH, close, columns, loop, rule, say

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
_LEFT, _RIGHT = 72, 101  # mm; together a little wider than the body, as papers have it
_MOTTO = 62  # mm, as long as its words


def head(paper: Place, *, numbered: bool = True, dated: bool = True, about: str = "") -> None:
    """Write who issues the paper and its number on the left, the nation's name, place and day on the right.

    `about` stands below the number, where a letter says there what it is about.
    """
    left, right = columns(paper, (_LEFT, _RIGHT))
    loop(left, "if head.superior")
    say(left, "{{ head.superior | upper }}", size=13, align=ALIGN.CENTER, after=0)
    loop(left, "endif")
    say(left, "{{ head.body | upper }}", bold=True, size=13, align=ALIGN.CENTER, after=0)
    rule(left, 26, _LEFT)
    if numbered:
        say(left, "{{ head.number }}", size=13, align=ALIGN.CENTER, after=0)
    if about:
        say(left, about, size=12, align=ALIGN.CENTER, after=0)
    nation(right, _RIGHT)
    if dated:
        say(right, "{{ head.place_day }}", italic=True, size=13, align=ALIGN.CENTER, after=0, before=4)
    close(left, right)


def nation(place: Place | _Cell, width: float = WIDTH) -> None:
    """Write the nation's name and its motto."""
    say(place, NATION, bold=True, size=12, align=ALIGN.CENTER, after=0)
    say(place, MOTTO, bold=True, size=13, align=ALIGN.CENTER, after=0)
    rule(place, _MOTTO, width)


def title(paper: Place, kind: str, about: str = "", *, ruled: bool = True) -> None:
    """Write what kind of paper it is, and below what it is about."""
    say(paper, kind, bold=True, align=ALIGN.CENTER, before=14, after=0 if about else 6)
    if about:
        say(paper, about, bold=True, align=ALIGN.CENTER, after=0)
        if ruled:
            rule(paper, 50, WIDTH)
            say(paper, "", size=4)


def foot(paper: Place, *, received: bool = True) -> None:
    """Write who receives the paper on the left, and on the right who signs it."""
    say(paper, "", size=6, keep=True)  # what stands right above is kept with it by its own `keep`
    left, right = columns(paper, (80, 85))
    if received:
        say(left, "Nơi nhận:", bold=True, italic=True, size=12, after=0)
        loop(left, "for line in recipients")
        say(left, "{{ line }}", size=11, after=0)
        loop(left, "endfor")
    signature(right)
    close(left, right)
    _together(left, right)
    say(paper, "", size=2)


def signature(cell: _Cell) -> None:
    """Write who signs, with room for hand and seal."""
    loop(cell, "if sign.authority")
    say(cell, "{{ sign.authority | upper }}", bold=True, size=13, align=ALIGN.CENTER, after=0)
    loop(cell, "endif")
    say(cell, "{{ sign.position | upper }}", bold=True, size=13, align=ALIGN.CENTER, after=0)
    for _ in range(4):
        say(cell, " ", size=14, after=0)
    say(cell, "{{ sign.name }}", bold=True, align=ALIGN.CENTER, after=0)


def signatures(paper: Place, *who: tuple[str, str, str]) -> None:
    """Write several signatures side by side: role, hint below it, name."""
    say(paper, "", size=6, keep=True)
    cells = columns(paper, (WIDTH / len(who),) * len(who))
    for cell, (role, hint, name) in zip(cells, who, strict=True):
        say(cell, role, bold=True, size=13, align=ALIGN.CENTER, after=0)
        say(cell, hint, italic=True, size=12, align=ALIGN.CENTER, after=0)
        for _ in range(3):
            say(cell, " ", size=14, after=0)
        say(cell, name, bold=True, align=ALIGN.CENTER, after=0)
    close(*cells)
    _together(*cells)
    say(paper, "", size=2)


def annex_title(paper: Place, number: str, about: str, of: str) -> None:
    """Write the head of an annex: its number, what it lists, and which paper it belongs to."""
    say(paper, number, bold=True, align=ALIGN.CENTER, after=0)
    say(paper, about, bold=True, align=ALIGN.CENTER, after=0)
    say(paper, of, italic=True, align=ALIGN.CENTER, after=2)
    say(paper, "", size=4)


def _together(*cells: _Cell) -> None:
    """Keep a block of signatures on one page."""
    for cell in cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True
