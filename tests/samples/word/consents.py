"""Consents on paper, of somebody grown up and of a minor: each thing asked for by itself, nothing ticked beforehand."""

from collections.abc import Callable

from docx.document import Document as Place
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

from word.forms import BOX, by_hand, fact, item
from word.frame import nation, signatures, title
from word.sheet import Layout, loop, page, prose, say, table

_SIGNS = "(Ký, ghi rõ họ tên)"
_RECEIVES = "(Ký, ghi ngày nhận, nơi giữ phiếu)"
_SIZE = 12


def adult(layout: Layout) -> Place:
    """Draw the consent of somebody of age."""
    paper = page(layout, "Phiếu đồng ý công khai thông tin")
    _opening(paper, "Của người từ đủ 18 tuổi")
    item(paper, "1. Tôi là", _SIZE)
    _who(paper, "Nơi sinh sống hoặc làm việc")
    _purpose(paper, "tôi")
    _rights(paper, "tôi")
    item(paper, "4. Tôi chọn (mỗi dòng đánh dấu một ô; để trống là không đồng ý)", _SIZE)
    _scopes(paper, "Tôi đồng ý", "Tôi không đồng ý")
    _day(paper)
    signatures(paper, ("NGƯỜI NHẬN PHIẾU", _RECEIVES, ""), ("NGƯỜI ĐỒNG Ý", _SIGNS, ""))
    return paper


def minor(layout: Layout) -> Place:
    """Draw the consent for a minor, who chooses and signs overleaf together with a parent or guardian."""
    paper = page(layout, "Phiếu đồng ý công khai thông tin của người chưa đủ 18 tuổi")
    _opening(paper, "Của người chưa đủ 18 tuổi và cha mẹ hoặc người giám hộ")
    item(paper, "1. Em là", _SIZE)
    _who(paper, "Trường hoặc nơi sinh sống")
    _purpose(paper, "em")
    _rights(paper, "em, cha mẹ hoặc người giám hộ")
    choice = item(paper, "4. Hai bên chọn (để trống là không đồng ý; một bên không đồng ý thì không hiện)", _SIZE)
    choice.paragraph_format.page_break_before = True
    _scopes(paper, "Em đồng ý", "Em không đồng ý", "Người thay mặt em đồng ý", "Người thay mặt em không đồng ý")
    say(paper, f"Người thay mặt em là:    {BOX} Cha hoặc mẹ    {BOX} Người giám hộ", size=_SIZE, after=4, keep=True)
    _day(paper)
    signatures(paper, ("NGƯỜI NHẬN PHIẾU", _RECEIVES, ""), ("NGƯỜI THAY MẶT EM", _SIGNS, ""), ("EM", _SIGNS, ""))
    return paper


def _opening(paper: Place, whose: str) -> None:
    nation(paper)
    title(paper, "PHIẾU ĐỒNG Ý CÔNG KHAI THÔNG TIN", whose, ruled=False)


def _who(paper: Place, unit: str) -> None:
    fact(paper, "Họ và tên", "{{ name }}", _SIZE)
    fact(paper, unit, "{{ unit }}", _SIZE)
    fact(paper, "Mã người trong sổ (nơi nhận ghi)", "{{ person }}. Bản phiếu: {{ form }}", _SIZE)


def _day(paper: Place) -> None:
    say(paper, "{{ place_day }}", italic=True, size=_SIZE, align=ALIGN.RIGHT, before=4, after=0, keep=True)


def _purpose(paper: Place, whom: str) -> None:
    """Tell who asks, what for, where it will be seen, and what is never asked."""
    item(paper, "2. Công khai để làm gì, ở đâu", _SIZE)
    prose(
        paper,
        f"{{{{ organiser }}}} xin công khai những điều {whom} đánh dấu ở mục 4 để ghi nhận, biểu dương người có ý hay"
        " và để nơi khác biết mà làm theo; không dùng vào việc khác. Những điều ấy hiện cùng ý được công nhận và đơn vị"
        f" của {whom}, trên {{{{ site_title }}}} ({{{{ site }}}}) và trong danh sách, giấy tờ biểu dương, kỷ yếu, ảnh"
        " chia sẻ, bản tin của phong trào, cho đến khi rút lại đồng ý.",
        size=_SIZE,
        after=3,
    )
    prose(
        paper,
        "Không đồng ý thì ý vẫn được nhận và xét như thường, chỉ không hiện tên. Phiếu này không hỏi ngày sinh, số giấy"
        " tờ, số điện thoại, chỗ ở; những điều ấy không hiện ở đâu cả.",
        size=_SIZE,
        after=3,
    )
    loop(paper, "if is_open")
    prose(
        paper,
        "Kho hồ sơ ở đây là kho mở trên mạng: hồ sơ có tên nằm trong kho ai cũng xem được, và bản người khác đã tải về"
        " thì không gọi lại được.",
        size=_SIZE,
        after=3,
    )
    loop(paper, "endif")


def _scopes(paper: Place, *columns: str) -> None:
    made = table(
        paper,
        "scopes",
        ("Điều được công khai", *columns),
        ("{{ line }}", *(BOX for _ in columns)),
        (165 - 31 * len(columns), *(31 for _ in columns)),
        aligned=(ALIGN.LEFT, *(ALIGN.CENTER for _ in columns)),
        size=_SIZE,
    )
    by_hand(made, 6 if len(columns) == 2 else 9)  # one's own consent stays on one page


def _rights(paper: Place, who: str) -> None:
    item(paper, "3. Quyền và cách rút lại", _SIZE)
    prose(
        paper,
        f"Lúc nào {who} cũng được xem điều sổ đang giữ, xin sửa, rút lại một phần hay tất cả điều đã đồng ý, xin đừng"
        " để máy tìm kiếm ghi lại, xin xóa, hạn chế hoặc phản đối việc dùng, mà không phải nêu lý do.",
        size=_SIZE,
        after=3,
    )
    prose(
        paper,
        "Muốn vậy chỉ cần nói hoặc viết cho nơi nhận, đọc mã ở mục 1: {{ intake }}{% if rights %} Nói rõ hơn ở"
        " {{ rights }}{% endif %}",
        size=_SIZE,
        after=3,
    )


TEMPLATES: dict[str, Callable[[Layout], Place]] = {"phieu-dong-y": adult, "phieu-dong-y-tre-em": minor}
