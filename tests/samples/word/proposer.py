"""What the office answers a proposer: that an idea was received, and what it still lacks."""

from collections.abc import Callable

from docx.document import Document as Place
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm

from word.forms import code, fact, item
from word.frame import foot, head, signatures, title
from word.sheet import Layout, dots, loop, page, prose, say, table

_IN = Mm(12.7)
_FACT = 13


def receipt(layout: Layout) -> Place:
    """Draw the receipt of an idea handed in."""
    paper = page(layout, "Giấy biên nhận hồ sơ")
    head(paper)
    title(paper, "GIẤY BIÊN NHẬN HỒ SƠ", "{{ kind }}", ruled=False)
    say(paper, "Mã hồ sơ, dùng mỗi khi hỏi thăm:", size=13, align=ALIGN.CENTER, before=6, after=0)
    code(paper, "{{ code }}")
    fact(paper, "Tên", "{{ title }}", _FACT)
    fact(paper, "Nội dung thi đua", "{{ content }}", _FACT)
    fact(paper, "Nơi ý này ra đời", "{{ unit }}", _FACT)
    fact(paper, "Tác giả", "{{ authors }}", _FACT)
    fact(paper, "Đợt xét", "{{ round }}", _FACT)
    by = "{{ door }}{% if entered_by %} ({{ entered_by }} nhập){% endif %}"
    fact(paper, "Ngày nhận", f"{{{{ received }}}}, bằng {by}", _FACT)
    loop(paper, "if kept_at")
    fact(paper, "Bản giấy giữ ở", "{{ kept_at }}", _FACT)
    loop(paper, "endif")
    say(paper, "", size=4)
    table(
        paper,
        "parts",
        ("STT", "Hồ sơ gồm", "Tình trạng"),
        ("{{ line.number }}", "{{ line.part }}", "{{ line.state }}"),
        (13, 72, 80),
        aligned=(ALIGN.CENTER, ALIGN.LEFT, ALIGN.LEFT),
    )
    fact(paper, "Hẹn trả lời", "\t", _FACT)
    loop(paper, "if intake")
    fact(paper, "Hỏi thăm, bổ sung, rút hồ sơ (đọc mã ở trên)", "{{ intake }}", _FACT)
    loop(paper, "endif")
    loop(paper, "if page")
    fact(paper, "Trang của ý, khi được công nhận", "{{ page }}", _FACT)
    loop(paper, "endif")
    signatures(paper, ("NGƯỜI NỘP", "(Ký, ghi rõ họ tên)", ""), ("NGƯỜI NHẬN", "(Ký, ghi rõ họ tên)", ""))
    return paper


def notice(layout: Layout) -> Place:
    """Draw the notice of what a dossier still lacks."""
    paper = page(layout, "Thông báo bổ sung hồ sơ")
    head(paper)
    title(paper, "THÔNG BÁO", "Về việc bổ sung hồ sơ {{ code }}")
    say(paper, "Kính gửi: Tác giả hồ sơ {{ code }}", align=ALIGN.CENTER, before=6, after=8)
    prose(
        paper,
        "{{ head.office }} đã nhận {{ kind }} “{{ title }}” {{ received }}. Qua xem hồ sơ, đề nghị tác giả bổ sung, sửa"
        " lại những điều sau để hội đồng có đủ căn cứ xét:",
    )
    loop(paper, "for fault in faults")
    prose(paper, "{{ loop.index }}. {{ fault.sentence }}", after=2)
    say(paper, "{{ fault.cure }}", italic=True, align=ALIGN.JUSTIFY, after=4).paragraph_format.left_indent = _IN
    loop(paper, "endfor")
    loop(paper, "if hints")
    prose(paper, "Những điều sau không bắt buộc, nên xem lại:", before=4)
    loop(paper, "for fault in hints")
    prose(paper, "– {{ fault.sentence }} {{ fault.cure }}", after=4)
    loop(paper, "endfor")
    loop(paper, "endif")
    loop(paper, "if faults or hints")
    item(paper, "Điều khác:")
    dots(paper, 2)
    loop(paper, "else")
    dots(paper, 6)
    loop(paper, "endif")
    prose(paper, "Phần bổ sung xin gửi trước ngày ……… tháng ……… năm ………, tại: {{ intake }}", before=4)
    prose(paper, "Chỗ nào chưa rõ hoặc cần viết giúp, xin hỏi nơi tiếp nhận và đọc mã hồ sơ ghi ở trên./.", keep=True)
    foot(paper)
    return paper


TEMPLATES: dict[str, Callable[[Layout], Place]] = {"giay-bien-nhan": receipt, "thong-bao-bo-sung": notice}
