"""Papers between a proposer and the office: receipt, what is still missing, application, description, consents."""

from collections.abc import Callable

from docx.document import Document as Place

from word.frame import foot, head, title
from word.sheet import Layout, page, prose


def receipt(layout: Layout) -> Place:
    """Draw the receipt of an idea handed in."""
    paper = page(layout, "Giấy biên nhận hồ sơ")
    head(paper)
    title(paper, "GIẤY BIÊN NHẬN HỒ SƠ", "{{ kind }}")
    prose(paper, "Tên: {{ title }}")
    prose(paper, "Mã: {{ code }}")
    prose(paper, "Ngày nhận: {{ received }}")
    foot(paper)
    return paper


TEMPLATES: dict[str, Callable[[Layout], Place]] = {"giay-bien-nhan": receipt}
