import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.domain import loose
from sangkien.domain.loose import AuthorLine


@pytest.mark.parametrize(
    ("text", "dong"),
    [
        ("0", 0), ("350000", 350_000), ("350.000", 350_000), ("350,000", 350_000), ("350 000", 350_000),
        ("350.000 đồng", 350_000), ("350.000đ", 350_000), ("350k", 350_000), ("350 nghìn", 350_000),
        ("350 ngàn đồng", 350_000), ("2 triệu", 2_000_000), ("1,5 triệu đồng", 1_500_000), ("1.5 tr", 1_500_000),
        ("2tr", 2_000_000), ("1.250.000 VND", 1_250_000), ("khoảng 2 triệu", 2_000_000), ("~500k", 500_000),
        ("không", 0), ("Không tốn", 0), ("không tốn tiền", 0), ("không mất đồng nào", None), ("1 tỷ", 1_000_000_000),
        ("nhiều", None), ("2-3 triệu", None), ("từ 2 đến 3 triệu", None), ("2 triệu đến 3 triệu", None),
        ("2 người", None), ("không biết", None), ("", None), ("1,2345", None), ("-5", None), ("999999999999999", None),
        ("x" * 70_000, None), ("1" * 70_000, None),
    ],
)  # fmt: skip
def test_amount(text: str, dong: int | None) -> None:
    found = loose.amount(text)

    assert (found.dong if found else None) == dong


def test_amount_keeps_the_words_around_it() -> None:
    found = loose.amount("350.000 đồng mỗi sào, mua ở chợ")
    assert found is not None
    assert found.note == "350.000 đồng mỗi sào, mua ở chợ"
    plain = loose.amount("350.000 đồng.")
    assert plain is not None
    assert plain.note == ""


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("15/3/2026", "2026-03-15"), ("15-03-2026", "2026-03-15"), ("2026-03-15", "2026-03-15"),
        ("ngày 5 tháng 3 năm 2026", "2026-03-05"), ("15.3.2026", "2026-03-15"), ("31/2/2026", None), ("3/2026", None),
        ("15/3/26", None), ("hôm qua", None), ("", None), ("1" * 9_000, None), ("13/13/2026", None),
    ],
)  # fmt: skip
def test_day(text: str, day: str | None) -> None:
    assert loose.day(text) == day


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("25", 25), ("1.200", 1200), ("30 người", 30), ("0", 0), ("40 hộ.", 40), ("2-3", None), ("khoảng chục", None),
        ("3,5", None), ("30 người, 5 nhà", None), ("0.125", None), ("", None), ("9" * 400, None),
    ],
)  # fmt: skip
def test_count(text: str, count: int | None) -> None:
    assert loose.count(text) == count


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Trần Thị Mẫu", [AuthorLine(name="Trần Thị Mẫu", share=None, collective=False)]),
        ("- Trần Thị Mẫu: 60%", [AuthorLine(name="Trần Thị Mẫu", share=60, collective=False)]),
        ("1. Trần Thị Mẫu (60 %)", [AuthorLine(name="Trần Thị Mẫu", share=60, collective=False)]),
        ("Trần Thị Mẫu – 60", [AuthorLine(name="Trần Thị Mẫu", share=60, collective=False)]),
        ("TẬP THỂ: Tổ tưới chung 40%", [AuthorLine(name="Tổ tưới chung", share=40, collective=True)]),
        ("Tập thể Tổ tưới", [AuthorLine(name="Tập thể Tổ tưới", share=None, collective=False)]),
        ("Mẫu", [None]), ("Trần Thị Mẫu 0912345678", [None]), ("Trần Thị Mẫu a@b.vn", [None]), ("60%", [None]),
        ("Trần Thị Mẫu 600%", [None]), ("<b>Trần Thị</b>", [None]),
        ("\n\nTrần Thị Mẫu 50\n\nLê Văn Thử 50\n", [
            AuthorLine(name="Trần Thị Mẫu", share=50, collective=False),
            AuthorLine(name="Lê Văn Thử", share=50, collective=False),
        ]),
        ("", []), (" " * 70_000 + "a", [None]),
    ],
)  # fmt: skip
def test_authors(text: str, lines: list[AuthorLine | None]) -> None:
    assert loose.authors(text) == lines


@given(st.text())
def test_any_text_is_read_somehow(text: str) -> None:
    loose.amount(text)
    loose.day(text)
    loose.authors(text)
