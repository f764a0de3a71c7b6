"""Decisions, and the papers that ask for one: recognition, revocation, a council's proposal, a nomination."""

from collections.abc import Callable

from docx.document import Document as Place
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

from word.frame import annex_title, foot, head, title
from word.sheet import Layout, annex, dots, loop, page, prose, say, table

_DOTS = "………………………………"


def decision(layout: Layout) -> Place:
    """Draw the decision that recognises or commends, with its annex."""
    paper = page(layout, "Quyết định")
    _opening(paper)
    loop(paper, "if commending")
    _article(paper, 1, "Biểu dương, khen thưởng {{ counted }} (có danh sách kèm theo).")
    loop(paper, "else")
    _article(paper, 1, "Công nhận {{ counted }} (có danh sách kèm theo).")
    loop(paper, "endif")
    honours = "{% if commending %}Việc công bố, trao tặng{% else %}Việc ghi nhận, biểu dương tác giả{% endif %}"
    _article(paper, 2, f"Quyết định này có hiệu lực kể từ ngày ký. {honours} do {_DOTS} thực hiện.")
    _article(
        paper, 3, "Các đơn vị, tập thể, cá nhân có tên trong danh sách kèm theo thi hành Quyết định này./.", keep=True
    )
    foot(paper)
    annex(paper, layout, lying=True)
    loop(paper, "if commending")
    annex_title(paper, "DANH SÁCH", "Tập thể, cá nhân được biểu dương, khen thưởng", _attached("Quyết định"))
    table(
        paper,
        "lines",
        ("STT", "Tập thể, cá nhân", "Đơn vị", "Hình thức", "Thành tích"),
        tuple(f"{{{{ line.{key} }}}}" for key in ("no", "name", "unit", "award", "reason")),
        (13, 62, 52, 30, 100),
        aligned=(ALIGN.CENTER, ALIGN.LEFT, ALIGN.LEFT, ALIGN.LEFT, ALIGN.LEFT),
    )
    loop(paper, "else")
    annex_title(paper, "DANH SÁCH", "Sáng kiến, ý tưởng mới, cách làm mới được công nhận", _attached("Quyết định"))
    _ideas(paper)
    loop(paper, "endif")
    return paper


def revocation(layout: Layout) -> Place:
    """Draw the decision that corrects or takes back an earlier one."""
    paper = page(layout, "Quyết định thu hồi, đính chính")
    _opening(paper)
    loop(paper, "if correcting")
    _article(paper, 1, "Đính chính {{ amended }} như sau: {{ reason }}")
    loop(paper, "if items")
    prose(paper, "Mục được đính chính:")
    loop(paper, "endif")
    loop(paper, "else")
    loop(paper, "if items")
    _article(paper, 1, "Thu hồi việc {{ what }} đã nêu tại {{ amended }} đối với:")
    loop(paper, "else")
    _article(paper, 1, "Thu hồi việc {{ what }} đối với tất cả các mục đã nêu tại {{ amended }}.")
    loop(paper, "endif")
    loop(paper, "endif")
    loop(paper, "for item in items")
    prose(paper, "{{ item }}")
    loop(paper, "endfor")
    loop(paper, "if not correcting")
    prose(paper, "Lý do: {{ reason }}")
    loop(paper, "endif")
    _article(paper, 2, "Quyết định này có hiệu lực kể từ ngày ký.")
    _article(paper, 3, "Các đơn vị, tập thể, cá nhân có liên quan thi hành Quyết định này./.", keep=True)
    foot(paper)
    return paper


def proposal(layout: Layout) -> Place:
    """Draw the paper by which a council asks for a decision, with its list."""
    paper = page(layout, "Tờ trình")
    head(paper)
    title(paper, "TỜ TRÌNH", "{{ about }}")
    _to(paper)
    _bases(paper)
    prose(paper, "{{ council }} đã xét{% if days %}, kết luận {{ days }}{% endif %}: đề nghị công nhận {{ counted }}.")
    prose(paper, "Kính trình {{ to }} xem xét, ra quyết định công nhận (có danh sách kèm theo)./.", keep=True)
    foot(paper)
    annex(paper, layout, lying=True)
    annex_title(paper, "DANH SÁCH", "Sáng kiến, ý tưởng mới, cách làm mới đề nghị công nhận", _attached("Tờ trình"))
    _ideas(paper)
    return paper


def nomination(layout: Layout) -> Place:
    """Draw the paper that puts an idea or a person before a higher unit."""
    paper = page(layout, "Đề nghị cấp trên")
    head(paper)
    title(paper, "TỜ TRÌNH", "{{ about }}")
    _to(paper)
    prose(paper, "{{ head.office }} kính trình hồ sơ đề nghị {{ asked }}, cụ thể như sau:")
    loop(paper, "for line in subject")
    prose(paper, "{{ line }}")
    loop(paper, "endfor")
    loop(paper, "if results")
    _heading(paper, "Kết quả đã xét")
    loop(paper, "for line in results")
    prose(paper, "- {{ line }}.")
    loop(paper, "endfor")
    loop(paper, "endif")
    loop(paper, "if applied")
    _heading(paper, "Nơi đã áp dụng")
    table(
        paper,
        "applied",
        ("Nơi áp dụng", "Từ ngày", "Kết quả"),
        ("{{ line.where }}", "{{ line.since }}", "{{ line.result }}"),
        (62, 25, 78),
        aligned=(ALIGN.LEFT, ALIGN.CENTER, ALIGN.LEFT),
    )
    loop(paper, "endif")
    _heading(paper, "Lý do đề nghị")
    loop(paper, "for line in reasons")
    prose(paper, "{{ line }}")
    loop(paper, "else")
    dots(paper, 3)
    loop(paper, "endfor")
    prose(paper, "Kính đề nghị {{ to }} {{ asked }}./.", before=6, keep=True)
    foot(paper)
    return paper


def _opening(paper: Place) -> None:
    """Write a decision down to the line after which it decides."""
    loop(paper, "if draft")
    say(paper, "DỰ THẢO", bold=True, size=13, after=4)
    loop(paper, "endif")
    head(paper)
    title(paper, "QUYẾT ĐỊNH", "{{ about }}")
    say(paper, "{{ issuer | upper }}", bold=True, align=ALIGN.CENTER, before=6)
    _bases(paper)
    say(paper, "QUYẾT ĐỊNH:", bold=True, align=ALIGN.CENTER, before=6, keep=True)


def _bases(paper: Place) -> None:
    loop(paper, "for line in bases")
    prose(paper, "{{ line }}", italic=True)
    loop(paper, "endfor")


def _article(paper: Place, number: int, text: str, *, keep: bool = False) -> None:
    paragraph = prose(paper, f"Điều {number}. ", bold=True, keep=keep)
    paragraph.add_run(text).font.size = paragraph.runs[0].font.size


def _heading(paper: Place, text: str) -> None:
    say(paper, text, bold=True, indent=True, before=6, keep=True)


def _to(paper: Place) -> None:
    say(paper, "Kính gửi: {{ to }}", align=ALIGN.CENTER, before=6, after=10)


def _attached(to: str) -> str:
    return f"(Kèm theo {to} số {{{{ number }}}} {{{{ day }}}}{' của {{ issuer }}' if to == 'Quyết định' else ''})"


def _ideas(paper: Place) -> None:
    """Write the list of ideas, on a page that lies."""
    table(
        paper,
        "lines",
        ("STT", "Mã", "Tên", "Tác giả", "Đơn vị", "Loại", "Xếp loại"),
        tuple(f"{{{{ line.{key} }}}}" for key in ("no", "code", "title", "authors", "unit", "kind", "rating")),
        (13, 44, 66, 48, 43, 23, 20),
        aligned=(ALIGN.CENTER, ALIGN.CENTER, ALIGN.LEFT, ALIGN.LEFT, ALIGN.LEFT, ALIGN.LEFT, ALIGN.LEFT),
    )


TEMPLATES: dict[str, Callable[[Layout], Place]] = {
    "quyet-dinh": decision,
    "quyet-dinh-thu-hoi": revocation,
    "to-trinh": proposal,
    "de-nghi-cap-tren": nomination,
}
