"""The head and the foot of an office's paper, as Decree 30/2020/NĐ-CP and the Front's guide have them."""

from docx.document import Document as Place
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.table import _Cell

from word.sheet import LONG, WIDTH, close, columns, loop, rule, say

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
_LEFT, _RIGHT = 76, 97  # mm; together a little wider than the body, as papers have it
_LYING = (142, LONG - 142)  # where each line of the office's name stands whole
_MOTTO = 62  # mm, as long as its words


def head(paper: Place, *, numbered: bool = True, dated: bool = True, about: str = "", lying: bool = False) -> None:
    """Write who issues the paper and its number on the left, the nation's name, place and day on the right.

    `about` stands below the number, where a letter says there what it is about.
    """
    on_left, on_right = _LYING if lying else (_LEFT, _RIGHT)
    left, right = columns(paper, (on_left, on_right))
    loop(left, "if head.superior")
    say(left, "{{ head.superior | upper }}", size=13, align=ALIGN.CENTER, after=0)
    loop(left, "endif")
    say(left, "{{ head.body | upper }}", bold=True, size=13, align=ALIGN.CENTER, after=0)
    rule(left, 26, on_left)
    if numbered:
        say(left, "{{ head.number }}", size=13, align=ALIGN.CENTER, after=0)
    if about:
        say(left, about, size=12, align=ALIGN.CENTER, after=0)
    nation(right, on_right)
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


def foot(paper: Place, *, signs: str = "") -> None:
    """Write who receives the paper on the left, and on the right who signs it; `signs` says how."""
    say(paper, "", size=6, keep=True)  # what stands right above is kept with it by its own `keep`
    left, right = columns(paper, (80, 85))
    recipients(left)
    signature(right, signs)
    close(left, right)
    _together(left, right)
    say(paper, "", size=2)


def recipients(place: Place | _Cell, *, before: float = 0) -> None:
    """Write who receives the paper."""
    say(place, "Nơi nhận:", bold=True, italic=True, size=12, before=before, after=0, keep=True)
    loop(place, "for line in recipients")
    say(place, "{{ line }}", size=11, after=0)
    loop(place, "endfor")


def signature(cell: _Cell, signs: str = "") -> None:
    """Write who signs, with room for hand and seal; `signs` says how."""
    loop(cell, "if sign.authority")
    say(cell, "{{ sign.authority | upper }}", bold=True, size=13, align=ALIGN.CENTER, after=0)
    loop(cell, "endif")
    say(cell, "{{ sign.position | upper }}", bold=True, size=13, align=ALIGN.CENTER, after=0)
    if signs:
        say(cell, signs, italic=True, size=12, align=ALIGN.CENTER, after=0)
    for _ in range(3 if signs else 4):
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
