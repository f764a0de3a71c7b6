"""Papers of a council: score sheet, what the sheets come to, minutes of a session and of a count, invitation."""

from collections.abc import Callable, Sequence

from docx.document import Document as Place
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.table import Table

from word.forms import by_hand
from word.frame import annex_title, foot, head, recipients, signatures, title
from word.sheet import (
    LONG,
    Layout,
    annex,
    close,
    columns,
    dots,
    loop,
    measure,
    page,
    prose,
    put,
    say,
    table,
)

_BY_HAND = "(Ký, ghi rõ họ tên)"


def score_sheet(layout: Layout) -> Place:
    """Draw a member's sheet for one idea: what each criterion asks and means, the mark, what the member proposes."""
    paper = page(layout, "Phiếu chấm điểm")
    head(paper, numbered=False, dated=False)
    title(paper, "PHIẾU CHẤM ĐIỂM", "{{ round }}", ruled=False)
    for line in ("Tên: {{ title }}", "Mã: {{ code }} – {{ kind }}", "Đơn vị: {{ unit }}", "Người chấm: {{ seat }}"):
        say(paper, line, size=13, after=2)
    say(paper, "Tóm tắt: {{ summary }}", size=13, after=2, align=ALIGN.JUSTIFY)
    _when(paper, "copied", "{{ copied }}", bold=True)
    _when(paper, "notice", "{{ notice }}", bold=True)
    loop(paper, "if not notice")
    made = table(
        paper,
        "criteria",
        ("Tiêu chí, câu hỏi, các mức", "Tối đa", "Tối thiểu", "Điểm chấm"),
        ("{{ line.label }}", "{{ line.max }}", "{{ line.least }}", "{{ line.mark }}"),
        (105, 18, 20, 22),
        aligned=(ALIGN.LEFT, ALIGN.CENTER, ALIGN.CENTER, ALIGN.CENTER),
    )
    asks = made.rows[2].cells[0]
    asks.paragraphs[0].runs[0].bold = True
    _when(asks, "line.question", "{{ line.question }}", italic=True, size=11, after=0)
    loop(asks, "for band in line.bands")
    say(asks, "{{ band }}", size=10.5, after=0)
    loop(asks, "endfor")
    _total(made)
    say(
        paper,
        "Điểm tối thiểu là mức điểm trung bình của cả hội đồng phải đạt ở tiêu chí ấy. ({{ rubric }})",
        italic=True,
        size=10.5,
    )
    say(paper, "Đề nghị của người chấm (đánh dấu một ô):", bold=True, size=13, after=2, keep=True)
    loop(paper, "for choice in choices")
    say(paper, "{{ choice }}", size=13, after=0, keep=True)
    loop(paper, "endfor")
    loop(paper, "if not copied")
    say(paper, "Lời nhận xét, điều cần bổ sung:", bold=True, size=13, before=6, after=2, keep=True)
    dots(paper, 3)
    loop(paper, "endif")
    loop(paper, "endif")
    say(paper, "", size=6, keep=True)
    _, right = columns(paper, (70, 95))
    say(right, "…………, ngày ……… tháng ……… năm ………", italic=True, size=13, align=ALIGN.CENTER, after=0, keep=True)
    say(right, "{{ signs | upper }}", bold=True, size=13, align=ALIGN.CENTER, after=0, keep=True)
    say(right, _BY_HAND, italic=True, size=12, align=ALIGN.CENTER, after=0, keep=True)
    for _ in range(3):
        say(right, " ", after=0, keep=True)
    close(right)
    return paper


def _total(made: Table) -> None:
    cells = made.add_row().cells  # type: ignore[no-untyped-call]
    for cell, text in zip(cells, ("Tổng", "{{ total_max }}", "", "{{ total }}"), strict=True):
        put(cell, text, bold=True, align=ALIGN.LEFT if text == "Tổng" else ALIGN.CENTER)
    measure(made, (105, 18, 20, 22))


def score_summary(layout: Layout) -> Place:
    """Draw what the sheets of a session come to: an idea a row, a column for each criterion of the rubric."""
    paper = page(layout, "Bảng tổng hợp điểm", lying=True)
    head(paper, lying=True)
    title(paper, "BẢNG TỔNG HỢP ĐIỂM", "Phiên họp {{ day }} của {{ council }}", ruled=False)
    loop(paper, "for table in tables")
    _when(paper, "table.rubric", "{{ table.rubric }}", bold=True, size=13, before=10, keep=True)
    before = (
        ("STT", "{{ line.no }}", 12),
        ("Tên, mã, đơn vị", "{{ line.title }}", 55),
        ("Phiếu hợp lệ", "{{ line.valid }}", 13),
        ("Phiếu trắng", "{{ line.abstained }}", 13),
        ("Không chấm", "{{ line.away }}", 15),
    )
    each = (
        ("{%tc for one in table.criteria %}", "{%tc for mean in line.means %}", 4),
        ("{{ one.label }} ({{ one.max }})", "{{ mean }}", 14),
        ("{%tc endfor %}", "{%tc endfor %}", 4),
    )
    after = (
        ("Tổng ({{ table.total_max }})", "{{ line.total }}", 14),
        ("Đề nghị công nhận", "{{ line.agree }}", 13),
        ("Kết quả đếm", "{{ line.result }}", 19),
        ("Kết luận", "{{ line.outcome }}", 19),
        ("Xếp loại", "{{ line.rating }}", 15),
    )
    made = _grid(paper, "table.lines", (*before, *each, *after))
    about = made.rows[2].cells[1]
    say(about, "{{ line.code }}{{ '; ' + line.unit if line.unit }}", italic=True, size=9, after=0)
    _when(about, "line.note", "{{ line.note }}", italic=True, size=9, after=0)
    note = "Chữ số ở mỗi tiêu chí là điểm trung bình của các phiếu hợp lệ."
    say(paper, note, italic=True, size=11, after=2, keep=True)
    loop(paper, "for rule in table.rules")
    say(paper, "- {{ rule }}", size=11, after=0, keep=True)
    loop(paper, "endfor")
    loop(paper, "endfor")
    signatures(paper, ("THƯ KÝ", _BY_HAND, ""), ("CHỦ TRÌ", _BY_HAND, ""))
    return paper


def _grid(paper: Place, lines: str, cells: Sequence[tuple[str, str, float]]) -> Table:
    """Draw a table as wide as a lying page: head, cell and width of each column; titles alone stand on the left."""
    whole = sum(width for _, _, width in cells)
    widths = [width * LONG / whole for _, _, width in cells]
    return table(
        paper,
        lines,
        [head_ for head_, _, _ in cells],
        [cell for _, cell, _ in cells],
        widths,
        aligned=[ALIGN.LEFT if "title" in cell else ALIGN.CENTER for _, cell, _ in cells],
        size=10,
    )


def minutes(layout: Layout) -> Place:
    """Draw the minutes of a session."""
    paper = page(layout, "Biên bản họp hội đồng")
    head(paper)
    title(paper, "BIÊN BẢN", "Họp {{ council }}")
    _part(paper, "I. Thời gian, địa điểm")
    prose(paper, "Cuộc họp bắt đầu lúc {{ starts }}, {{ day }}, tại {{ place }}.")
    _part(paper, "II. Thành phần")
    _when(paper, "established", "{{ council }}, {{ established }}.", align=ALIGN.JUSTIFY, indent=True)
    _listed(paper, "1. Có mặt ({{ present | length }}):", "present")
    loop(paper, "if absent")
    _listed(paper, "2. Vắng mặt ({{ absent | length }}):", "absent")
    loop(paper, "elif not unsaid")
    prose(paper, "2. Vắng mặt: không có.")
    loop(paper, "endif")
    loop(paper, "if unsaid")
    _listed(paper, "Chưa ghi có mặt hay vắng mặt ({{ unsaid | length }}):", "unsaid")
    loop(paper, "endif")
    prose(paper, "3. Chủ trì: {{ chair }}.")
    prose(paper, "4. Thư ký: {{ secretary }}.")
    loop(paper, "for line in quorum")
    prose(paper, "{{ line }}")
    loop(paper, "endfor")
    _part(paper, "III. Nội dung")
    prose(paper, "Hội đồng xét {{ count }} ý theo chương trình họp.")
    loop(paper, "for idea in ideas")
    _idea(paper)
    loop(paper, "if not idea.note")
    loop(paper, "if idea.count")
    # LibreOffice leaves a heading behind where the paragraph below it has three lines and none may stand alone.
    prose(paper, "Kiểm phiếu: {{ idea.count }}.").paragraph_format.widow_control = False
    loop(paper, "endif")
    prose(
        paper,
        "Kết quả theo quy tắc đếm: {{ idea.result }}{{ '; ' + idea.failed if idea.failed }}{{ '.' if idea.count }}",
    )
    prose(paper, "Hội đồng kết luận: {{ idea.outcome }}{{ '.' if idea.count }}", bold=True)
    _when(paper, "idea.differs", "{{ idea.differs }}", align=ALIGN.JUSTIFY, indent=True)
    loop(paper, "if idea.reasons")
    prose(paper, "Nhận xét của hội đồng:", keep=True, after=2)
    loop(paper, "for text in idea.reasons")
    say(paper, "{{ text }}", italic=True, align=ALIGN.JUSTIFY, indent=True)
    loop(paper, "endfor")
    loop(paper, "endif")
    loop(paper, "endif")
    loop(paper, "endfor")
    _part(paper, "IV. Ý kiến khác tại cuộc họp")
    dots(paper, 3)
    prose(paper, "Cuộc họp kết thúc lúc {{ ends }} cùng ngày. Biên bản lập thành ……… bản.", before=6, keep=True)
    signatures(paper, ("THƯ KÝ", _BY_HAND, "{{ secretary_name }}"), ("CHỦ TRÌ", _BY_HAND, "{{ chair_name }}"))
    recipients(paper, before=8)
    return paper


def count_minutes(layout: Layout) -> Place:
    """Draw the minutes of a count of ballots."""
    paper = page(layout, "Biên bản kiểm phiếu")
    head(paper)
    title(paper, "BIÊN BẢN KIỂM PHIẾU", "Phiên họp {{ day }} của {{ council }}")
    prose(paper, "Nơi họp: {{ place }}.")
    prose(paper, "Người kiểm phiếu:", keep=True)
    for number in ("1", "2"):
        prose(paper, f"{number}. …………………………………………………………………")
    loop(paper, "for rubric in rubrics")
    prose(paper, "Đếm theo: {{ rubric }}.")
    loop(paper, "endfor")
    loop(paper, "for line in rounds")
    prose(paper, "{{ line }}")
    loop(paper, "endfor")
    loop(paper, "for idea in ideas")
    _idea(paper)
    loop(paper, "for line in idea.lines")
    say(paper, "- {{ line }}", size=13, align=ALIGN.JUSTIFY, after=2)
    loop(paper, "endfor")
    loop(paper, "endfor")
    prose(paper, "Việc kiểm phiếu kết thúc lúc ………… ngày …………………… Biên bản lập thành ……… bản.", before=10, keep=True)
    teller = ("NGƯỜI KIỂM PHIẾU", _BY_HAND, "")
    signatures(paper, teller, teller, ("THƯ KÝ", _BY_HAND, "{{ secretary_name }}"))
    recipients(paper, before=8)
    return paper


def invitation(layout: Layout) -> Place:
    """Draw the invitation to a session, with who is invited and what is looked at as lists behind."""
    paper = page(layout, "Giấy mời họp")
    head(paper)
    title(paper, "GIẤY MỜI", "Họp {{ council }}")
    prose(
        paper,
        "{{ head.office }} trân trọng kính mời các thành viên {{ council }} (danh sách kèm theo) dự họp.",
    )
    listed = "'Xét ' ~ ideas | length ~ ' ý (danh sách kèm theo).'"
    prose(paper, f"1. Nội dung: {{{{ {listed} if ideas else '…………………………………………………………' }}}}")
    prose(paper, "2. Thời gian: {{ starts or '…… giờ ……' }}, {{ day }}.")
    prose(paper, "3. Địa điểm: {{ place }}.")
    prose(paper, "4. Chủ trì: {{ chair }}.")
    prose(
        paper,
        "Thành viên nào có liên quan tới một ý trong danh sách, hoặc không dự được, xin báo trước cho thư ký hội đồng.",
    )
    prose(paper, "Rất mong các thành viên có mặt đúng giờ để cuộc họp đạt kết quả tốt./.", keep=True)
    foot(paper)
    annex(paper, layout)
    annex_title(paper, "DANH SÁCH MỜI HỌP", "{{ council }}", "(Kèm theo giấy mời)")
    by_hand(
        table(
            paper,
            "members",
            ("STT", "Thành viên", "Vai trò", "Họ và tên"),
            ("{{ loop.index }}", "{{ line.label }}", "{{ line.role }}", "{{ line.name }}"),
            (12, 68, 30, 55),
            aligned=(ALIGN.CENTER, ALIGN.LEFT, ALIGN.LEFT, ALIGN.LEFT),
        )
    )
    loop(paper, "if ideas")
    say(paper, "CÁC Ý ĐƯA RA XÉT", bold=True, align=ALIGN.CENTER, before=12, keep=True)
    table(
        paper,
        "ideas",
        ("STT", "Mã", "Tên", "Đơn vị"),
        ("{{ line.no }}", "{{ line.code }}", "{{ line.title }}", "{{ line.unit }}"),
        (12, 41, 74, 38),
        aligned=(ALIGN.CENTER, ALIGN.LEFT, ALIGN.LEFT, ALIGN.LEFT),
    )
    loop(paper, "endif")
    return paper


def _part(paper: Place, text: str) -> None:
    say(paper, text.upper(), bold=True, before=8, keep=True)


def _idea(paper: Place) -> None:
    """Write which idea it is, and where nothing was counted why."""
    say(paper, "{{ idea.no }}. {{ idea.title }}", bold=True, before=8, after=2, keep=True, align=ALIGN.JUSTIFY)
    say(paper, "({{ idea.where }})", italic=True, size=13, after=2, keep=True)
    _when(paper, "idea.note", "{{ idea.note }}", align=ALIGN.JUSTIFY, indent=True)


def _listed(paper: Place, heading: str, lines: str) -> None:
    prose(paper, heading, keep=True, after=2)
    loop(paper, f"for line in {lines}")
    prose(paper, "- {{ line }}", after=2)
    loop(paper, "endfor")


def _when(paper: object, condition: str, text: str, **kind: object) -> None:
    """Write a paragraph where there is something to write."""
    loop(paper, f"if {condition}")  # type: ignore[arg-type]
    say(paper, text, **kind)  # type: ignore[arg-type]
    loop(paper, "endif")  # type: ignore[arg-type]


TEMPLATES: dict[str, Callable[[Layout], Place]] = {
    "phieu-cham-diem": score_sheet,
    "bang-tong-hop-diem": score_summary,
    "bien-ban-hop": minutes,
    "bien-ban-kiem-phieu": count_minutes,
    "giay-moi": invitation,
}
