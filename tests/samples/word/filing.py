"""What a proposer hands in on paper: the application for recognition and the description."""

from collections.abc import Callable

from docx.document import Document as Place
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

from word.forms import by_hand, fact, item, told
from word.frame import nation, signatures, title
from word.sheet import Layout, dots, dotted, loop, page, prose, say, table

_SIGNS = "(Ký, ghi rõ họ tên)"


def application_form(layout: Layout) -> Place:
    """Draw the application, as annex I of circular 18/2013/TT-BKHCN has it; no birth date is asked for."""
    paper = page(layout, "Đơn đề nghị công nhận")
    nation(paper)
    title(paper, "ĐƠN ĐỀ NGHỊ CÔNG NHẬN", "{{ kind | upper }}", ruled=False)
    say(paper, "Kính gửi: {{ organiser }}", align=ALIGN.CENTER, before=8, after=8)
    prose(paper, "Tôi (chúng tôi) ghi tên dưới đây:", keep=True)
    by_hand(
        table(
            paper,
            "authors",
            ("STT", "Họ và tên", "Nơi công tác hoặc nơi ở", "Chức danh", "Trình độ chuyên môn", "Đóng góp (%)"),
            ("{{ line.number }}", "{{ line.name }}", "{{ line.unit }}", "", "", "{{ line.share }}"),
            (13, 45, 40, 24, 26, 17),
            aligned=(ALIGN.CENTER, ALIGN.LEFT, ALIGN.LEFT, ALIGN.LEFT, ALIGN.LEFT, ALIGN.CENTER),
        )
    )
    say(paper, "là tác giả, đồng tác giả, đề nghị xét công nhận:", after=2, keep=True)
    fact(paper, "Tên", "{{ title }}")
    fact(paper, "Mã hồ sơ (nếu đã có)", "{{ code }}")
    item(paper, "1. Chủ đầu tư tạo ra ý này (nếu không phải là tác giả)")
    dots(paper)
    item(paper, "2. Nội dung thi đua, lĩnh vực, nơi áp dụng")
    fact(paper, "Nội dung thi đua", "{{ content }}")
    fact(paper, "Lĩnh vực", "{{ field }}")
    fact(paper, "Nơi ý này ra đời", "{{ unit }}")
    item(paper, "3. Ngày áp dụng lần đầu hoặc áp dụng thử (ghi ngày sớm hơn)")
    say(paper, "{{ first_applied }}", after=3)
    item(paper, "4. Mô tả bản chất")
    told(paper, "told", 5)
    item(paper, "5. Những thông tin cần được giữ kín (nếu có; đừng ghi vào phần mô tả)")
    dots(paper)
    item(paper, "6. Các điều kiện cần thiết để áp dụng")
    fact(paper, "Chi phí để nơi khác làm theo", "{{ cost }}")
    dots(paper)
    item(paper, "7. Lợi ích thu được theo ý kiến của tác giả")
    told(paper, "benefit")
    item(paper, "8. Lợi ích thu được theo ý kiến của nơi đã áp dụng, kể cả áp dụng thử")
    told(paper, "elsewhere")
    item(paper, "9. Những người tham gia áp dụng lần đầu")
    by_hand(
        table(
            paper,
            "users",
            ("STT", "Họ và tên", "Nơi áp dụng", "Từ ngày", "Việc đã làm"),
            ("{{ line.number }}", "", "{{ line.place }}", "{{ line.since }}", ""),
            (13, 45, 47, 25, 35),
            aligned=(ALIGN.CENTER, ALIGN.LEFT, ALIGN.LEFT, ALIGN.CENTER, ALIGN.LEFT),
        )
    )
    prose(
        paper,
        "Tôi (chúng tôi) xin cam đoan những điều ghi trong đơn là trung thực, đúng sự thật và hoàn toàn chịu trách"
        " nhiệm trước pháp luật.",
        keep=True,
    )
    say(paper, "{{ place_day }}", italic=True, align=ALIGN.RIGHT, before=4, after=0, keep=True)
    signatures(
        paper,
        ("XÁC NHẬN CỦA ĐƠN VỊ", "(Nếu có; ký, đóng dấu, ghi rõ họ tên)", ""),
        ("NGƯỜI NỘP ĐƠN", "(Các tác giả cùng ký, ghi rõ họ tên)", ""),
    )
    return paper


def description(layout: Layout) -> Place:
    """Draw the description of an idea, to be read beside its application."""
    paper = page(layout, "Bản mô tả")
    nation(paper)
    title(paper, "BẢN MÔ TẢ", "{{ kind | upper }}", ruled=False)
    say(paper, "", size=6)
    fact(paper, "Tên", "{{ title }}")
    fact(paper, "Mã hồ sơ (nếu đã có)", "{{ code }}")
    fact(paper, "Tác giả", "{{ authors }}")
    fact(paper, "Nội dung thi đua", "{{ content }}")
    fact(paper, "Lĩnh vực", "{{ field }}")
    fact(paper, "Nơi ý này ra đời", "{{ unit }}")
    item(paper, "1. Tóm tắt trong hai, ba câu")
    told(paper, "summary", 2)
    item(paper, "2. Trước đây làm thế nào, vướng ở đâu")
    told(paper, "before")
    item(paper, "3. Cách làm, từng bước; điều cần tránh")
    told(paper, "told", 6)
    item(paper, "4. Kết quả, nay khác thế nào (có số đo trước và sau thì ghi kèm đơn vị đo)")
    told(paper, "benefit")
    item(paper, "5. Tự nhận xét theo từng tiêu chí")
    loop(paper, "for criterion in criteria")
    say(
        paper,
        "{{ criterion.label }}{% if criterion.question %}: {{ criterion.question }}{% endif %}",
        italic=True,
        before=3,
        after=2,
        keep=True,
    )
    loop(paper, "for line in criterion.lines")
    prose(paper, "{{ line }}", after=3)
    loop(paper, "else")
    dots(paper, 2)
    loop(paper, "endfor")
    loop(paper, "else")
    dots(paper, 5)
    loop(paper, "endfor")
    item(paper, "6. Chi phí để nơi khác làm theo")
    dotted(say(paper, "{{ cost }}", after=3))
    item(paper, "7. Kèm theo (ảnh, số liệu, giấy xác nhận của nơi đã áp dụng)")
    told(paper, "attached", 2)
    say(paper, "{{ place_day }}", italic=True, align=ALIGN.RIGHT, before=8, after=0, keep=True)
    signatures(paper, ("", "", ""), ("TÁC GIẢ", _SIGNS, ""))
    return paper


TEMPLATES: dict[str, Callable[[Layout], Place]] = {"don-de-nghi": application_form, "ban-mo-ta": description}
