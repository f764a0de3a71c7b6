"""Papers of an office's own year: plan, minutes of an inspection."""

from collections.abc import Callable

from docx.document import Document as Place
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm

from word.frame import foot, head, signatures, title
from word.sheet import Layout, dots, loop, page, prose, say, table

_BLANK_LINES = 2


def plan(layout: Layout) -> Place:
    """Draw a plan: why, what, who does it by when."""
    paper = page(layout, "Kế hoạch {{ title }}")
    head(paper)
    title(paper, "KẾ HOẠCH", "{{ title }}")
    loop(paper, "for basis in bases")
    prose(paper, "{{ basis }}", italic=True)
    loop(paper, "endfor")
    _part(paper, "I", "MỤC ĐÍCH, YÊU CẦU")
    say(paper, "1. Mục đích", bold=True, keep=True)
    dots(paper, _BLANK_LINES)
    say(paper, "2. Yêu cầu", bold=True, keep=True)
    dots(paper, _BLANK_LINES)
    loop(paper, "if contents")
    _part(paper, "II", "NỘI DUNG")
    loop(paper, "for content in contents")
    say(paper, "{{ loop.index }}. {{ content.name }}", bold=True, before=4, keep=True)
    loop(paper, "for item in content['items']")
    prose(paper, "- {{ item }}", after=3)
    loop(paper, "endfor")
    loop(paper, "if not content['items']")
    dots(paper)
    loop(paper, "endif")
    loop(paper, "if content.movements")
    prose(paper, "Gắn với phong trào {{ content.movements }}.", italic=True)
    loop(paper, "endif")
    loop(paper, "endfor")
    loop(paper, "endif")
    _part(paper, "{{ 'III' if contents else 'II' }}", "PHÂN CÔNG THỰC HIỆN")
    table(
        paper,
        "tasks",
        ("TT", "Việc", "Chủ trì", "Phối hợp", "Hạn"),
        ("{{ line.place }}", "{{ line.what }}", "{{ line.owner }}", "{{ line.partners }}", "{{ line.due }}"),
        (10, 67, 38, 26, 24),
        aligned=(ALIGN.CENTER, ALIGN.LEFT, ALIGN.LEFT, ALIGN.LEFT, ALIGN.CENTER),
    )
    loop(paper, "if calendar")
    _part(paper, "{{ 'IV' if contents else 'III' }}", "BÁO CÁO, SƠ KẾT, TỔNG KẾT")
    table(
        paper,
        "calendar",
        ("TT", "Việc", "Kỳ", "Nơi gửi", "Nơi nhận", "Hạn"),
        (
            "{{ line.place }}",
            "{{ line.what }}",
            "{{ line.period }}",
            "{{ line.sender }}",
            "{{ line.receiver }}",
            "{{ line.due }}",
        ),
        (10, 55, 36, 20, 20, 24),
        aligned=(ALIGN.CENTER, *(ALIGN.LEFT,) * 4, ALIGN.CENTER),
    )
    loop(paper, "endif")
    prose(paper, "Đề nghị các cơ quan, đơn vị, tổ chức theo việc được phân công thực hiện Kế hoạch này./.", keep=True)
    foot(paper)
    return paper


def inspection(layout: Layout) -> Place:
    """Draw the minutes of an inspection."""
    paper = page(layout, "Biên bản kiểm tra")
    head(paper)
    title(paper, "BIÊN BẢN", "Kiểm tra việc thực hiện phong trào tại {{ inspected }}")
    prose(paper, "{{ plan }}")
    prose(paper, "Hôm nay, hồi …… giờ ……, {{ day }}, tại:")
    dots(paper)
    _part(paper, "I", "THÀNH PHẦN")
    prose(paper, "1. Đoàn kiểm tra{% if inspector %} của {{ inspector }}{% endif %} (họ tên, chức vụ):", keep=True)
    dots(paper, _BLANK_LINES)
    loop(paper, "if partners")
    prose(paper, "Cùng kiểm tra: {{ partners }}.")
    loop(paper, "endif")
    prose(paper, "2. Đơn vị được kiểm tra: {{ inspected }} (họ tên, chức vụ người làm việc với đoàn):", keep=True)
    dots(paper, _BLANK_LINES)
    _part(paper, "II", "NHỮNG ĐIỀU ĐÃ XEM")
    table(
        paper,
        "items",
        ("TT", "Điều xem", "Đạt", "Chưa đạt", "Chưa rõ", "Không áp dụng", "Ghi chú"),
        (
            "{{ line.place }}",
            "{{ line.name }}",
            "{{ line.yes }}",
            "{{ line.no }}",
            "{{ line.unclear }}",
            "{{ line.none }}",
            "{{ line.note }}",
        ),
        (10, 54, 12, 14, 14, 17, 44),
        aligned=(ALIGN.CENTER, ALIGN.LEFT, *(ALIGN.CENTER,) * 4, ALIGN.LEFT),
        size=11,
    )
    _part(paper, "III", "ĐIỀU CẦN LÀM TIẾP")
    rows = table(
        paper,
        "findings",
        ("TT", "Điều thấy", "Phải làm gì", "Hạn"),
        ("{{ line.place }}", "{{ line.what }}", "{{ line.action }}", "{{ line.due }}"),
        (10, 62, 67, 26),
        aligned=(ALIGN.CENTER, ALIGN.LEFT, ALIGN.LEFT, ALIGN.CENTER),
    ).rows
    rows[2].height = Mm(9)  # an empty one has room for a hand
    _part(paper, "IV", "KẾT LUẬN")
    loop(paper, "for line in conclusion")
    prose(paper, "{{ line }}")
    loop(paper, "endfor")
    loop(paper, "if not conclusion")
    dots(paper, 3)
    loop(paper, "endif")
    _part(paper, "V", "Ý KIẾN CỦA ĐƠN VỊ ĐƯỢC KIỂM TRA")
    dots(paper, _BLANK_LINES)
    prose(
        paper,
        "Biên bản lập thành …… bản, mỗi bên giữ …… bản; lập xong hồi …… giờ …… cùng ngày, đã đọc lại cho mọi người "
        "cùng nghe, các bên nhất trí ký tên dưới đây.",
        before=6,
        keep=True,
    )
    hint = "(Ký, ghi rõ họ tên)"
    signatures(
        paper,
        ("ĐẠI DIỆN ĐƠN VỊ", hint, ""),
        ("NGƯỜI GHI BIÊN BẢN", hint, ""),
        ("TRƯỞNG ĐOÀN", hint, ""),
    )
    return paper


def _part(paper: Place, number: str, name: str) -> None:
    say(paper, f"{number}. {name}", bold=True, before=8, keep=True)


TEMPLATES: dict[str, Callable[[Layout], Place]] = {"ke-hoach": plan, "bien-ban-kiem-tra": inspection}
