"""Papers on what comes after recognition: a place confirms what it took up, a scientific council is asked to study."""

from collections.abc import Callable

from docx.document import Document as Place
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

from word.forms import BOX, by_hand, fact, item, told
from word.frame import foot, head, title
from word.sheet import Layout, dots, loop, page, prose, say, table

_CENTER, _LEFT = ALIGN.CENTER, ALIGN.LEFT


def confirmation(layout: Layout) -> Place:
    """Draw the confirmation that an idea was taken up."""
    paper = page(layout, "Giấy xác nhận áp dụng")
    head(paper)
    title(paper, "GIẤY XÁC NHẬN", "Về việc áp dụng {{ kind }}")
    prose(
        paper,
        "{{ unit }} xác nhận đã áp dụng {{ kind }} “{{ title }}”, mã hồ sơ {{ code }}, từ {{ since }}, cụ thể như sau:",
    )
    item(paper, "1. Nơi áp dụng, quy mô")
    fact(paper, "Nơi áp dụng", "{{ place }}")
    fact(paper, "Ai áp dụng", "{{ applied_by }}")
    fact(paper, "Quy mô (bao nhiêu hộ, người, máy, diện tích)", "\t")
    item(paper, "2. Đã đổi gì so với cách gốc")
    told(paper, "changes", 2)
    item(paper, "3. Kết quả thấy được")
    told(paper, "result", 2)
    by_hand(
        table(
            paper,
            "measures",
            ("Đo cái gì", "Đơn vị đo", "Trước", "Nay"),
            ("{{ line.label }}", "{{ line.unit }}", "{{ line.before }}", "{{ line.after }}"),
            (75, 40, 25, 25),
            aligned=(_LEFT, _CENTER, _CENTER, _CENTER),
        )
    )
    item(paper, "4. Chi phí đã bỏ ra để áp dụng (đồng)")
    dots(paper)
    item(paper, "5. Nay còn làm không")
    loop(paper, "if still")
    say(paper, "{{ still }}", after=3, keep=True)
    loop(paper, "else")
    say(paper, f"{{% for choice in choices %}}{BOX} {{{{ choice }}}}        {{% endfor %}}", after=3, keep=True)
    loop(paper, "endif")
    foot(paper, signs="(Ký, ghi rõ họ tên; có dấu thì đóng dấu)")
    return paper


def proposal(layout: Layout) -> Place:
    """Draw the letter that asks a scientific council whether an idea may become a subject of research."""
    paper = page(layout, "Đề xuất hội đồng khoa học và công nghệ")
    head(paper, about="V/v đề xuất phát triển {{ kind }} thành đề tài khoa học")
    say(paper, "Kính gửi: {{ to }}", align=ALIGN.CENTER, before=14, after=10)
    loop(paper, "for line in recognitions")
    prose(paper, "{{ line }}: {{ kind }} “{{ title }}”, mã hồ sơ {{ code }}.")
    loop(paper, "else")
    prose(
        paper,
        "Hội đồng ……………………………… đã công nhận {{ kind }} “{{ title }}”, mã hồ sơ {{ code }}, theo Quyết định số"
        " ……………… ngày ……… tháng ……… năm ………",
    )
    loop(paper, "endfor")
    loop(paper, "if page")
    prose(paper, "Trang ghi nhận: {{ page }}")
    loop(paper, "endif")
    prose(
        paper,
        "Xét thấy ý này có thể phát triển tiếp thành đề tài nghiên cứu khoa học, kính đề nghị quý Hội đồng xem xét. Nội"
        " dung như sau:",
    )
    item(paper, "1. Việc cần giải quyết")
    told(paper, "before")
    item(paper, "2. Cách làm, kết quả theo lời tác giả")
    told(paper, "summary")
    loop(paper, "for line in benefit")
    prose(paper, "{{ line }}", after=3)
    loop(paper, "endfor")
    item(paper, "3. Những nơi đã áp dụng, điều đo được")
    loop(paper, "if applications")
    table(
        paper,
        "applications",
        ("STT", "Nơi áp dụng", "Từ ngày", "Đo được gì"),
        ("{{ line.number }}", "{{ line.place }}", "{{ line.since }}", "{{ line.measured }}"),
        (12, 60, 25, 68),
        aligned=(_CENTER, _LEFT, _CENTER, _LEFT),
    )
    loop(paper, "else")
    dots(paper, 2)
    loop(paper, "endif")
    item(paper, "4. Điều kinh nghiệm chưa trả lời được, cần nghiên cứu")
    told(paper, "reason")
    item(paper, "5. Hướng đề tài gợi ý")
    told(paper, "topic", 2)
    item(paper, "6. Nơi sẵn sàng cho thử, người và điều kiện đã có")
    dots(paper, 2)
    prose(
        paper,
        "Kính mong quý Hội đồng cho biết ý này có triển vọng trở thành đề tài nghiên cứu hay không, cần bổ sung gì.",
        before=4,
    )
    prose(
        paper,
        "Gửi kèm: bản mô tả; kết luận của hội đồng xét; giấy xác nhận của những nơi đã áp dụng (nếu có)./.",
        keep=True,
    )
    foot(paper)
    return paper


TEMPLATES: dict[str, Callable[[Layout], Place]] = {"giay-xac-nhan-ap-dung": confirmation, "de-xuat-khoa-hoc": proposal}
