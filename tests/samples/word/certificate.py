"""The certificate for Word: a lying sheet an office lays out as it likes, or prints on stock of its own."""

from docx.document import Document as Place
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm
from docx.table import _Cell

from word.frame import nation, signature
from word.sheet import LONG, Layout, close, columns, loop, page, say

_LEFT, _RIGHT = 155, 95  # mm


def certificate(layout: Layout) -> Place:
    """Draw a certificate on one page, whatever the length of a title."""
    paper = page(layout, "Giấy chứng nhận", lying=True, numbered=False)
    nation(paper, LONG)
    loop(paper, "if head.superior")
    _middle(paper, "{{ head.superior | upper }}", 12, before=6)
    loop(paper, "endif")
    _middle(paper, "{{ head.body | upper }}", 12, bold=True)
    _middle(paper, "{{ heading | upper }}", 26, before=16, after=8, bold=True)
    _middle(paper, "{{ words.to }}", 13)
    loop(paper, "if names | length > 3")
    _middle(paper, "{{ names | join(', ') }}", 15, bold=True)
    loop(paper, "else")
    loop(paper, "for name in names")
    _middle(paper, "{{ name }}", 18, bold=True)
    loop(paper, "endfor")
    loop(paper, "endif")
    loop(paper, "if unit")
    _middle(paper, "{{ unit }}", 13)
    loop(paper, "endif")
    _middle(paper, "{{ phrase }}", 13, before=8, after=0)
    _middle(paper, "“{{ told }}”", 16, bold=True)
    loop(paper, "if rating")
    _middle(paper, "{{ rating }}", 13, bold=True)
    loop(paper, "endif")
    _middle(paper, "{{ decision }} {{ decided_by }}", 12, before=8, after=8)
    proof, signed = columns(paper, (_LEFT, _RIGHT))
    loop(proof, "if qr")
    say(proof, "{{ qr }}", after=2)
    loop(proof, "endif")
    say(proof, "{{ words.code }}: {{ code }}", bold=True, size=11, after=0)
    say(proof, "{{ words.digest }}: {{ digest }}", size=10, after=0)
    loop(proof, "if address")
    say(proof, "{{ words.check }}: {{ address }}", size=10, after=0)
    loop(proof, "endif")
    loop(proof, "if sample")
    say(proof, "{{ sample | upper }}", bold=True, size=10, after=0)
    loop(proof, "endif")
    _middle(signed, "{{ head.place_day }}", 13, italic=True)
    signature(signed)
    close(proof, signed)
    paper.sections[0].top_margin = paper.sections[0].bottom_margin = Mm(14)
    return paper


def _middle(place: Place | _Cell, text: str, size: float, *, before: float = 0, after: float = 0, **look: bool) -> None:
    say(place, text, size=size, align=ALIGN.CENTER, before=before, after=after, **look)


TEMPLATES = {"giay-chung-nhan": certificate}
