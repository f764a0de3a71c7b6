"""Cells as people fill them in; every name is made up."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.domain import loose_cells
from sangkien.domain.grid import clean, place
from sangkien.domain.loose_cells import Author, SharesError
from sangkien.render.importing import cell_words

WORDS = cell_words()
KINDS = {"sang-kien": "Sáng kiến", "y-tuong-moi": "Ý tưởng mới", "cach-lam-moi": "Cách làm mới"}
CONTENTS = {"nd1": "Cơ quan", "nd2": "Sản xuất, kinh doanh và hộ gia đình", "nd5": "Người Việt Nam ở nước ngoài"}


def person(name: str, share: int | None = None) -> Author:
    return Author(name=name, share=share, collective=False)


def team(name: str, share: int | None = None) -> Author:
    return Author(name=name, share=share, collective=True)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("05/7/2025", "2025-07-05"), ("5-7-25", "2025-07-05"), ("5.7.2025", "2025-07-05"), ("2025-07-05", "2025-07-05"),
        ("45843", "2025-07-05"), ("45843.75", "2025-07-05"), ("ngày 05 tháng 7 năm 2025", "2025-07-05"),
        ("05/07/2025 8:30:15", "2025-07-05"), ("05/07/2025, 8h30", "2025-07-05"), ("2025-07-05T08:30:00", "2025-07-05"),
        (" 05 / 07 / 2025 ", "2025-07-05"), ("31/2/2025", None), ("7/2025", None), ("2025", None), ("99999", None),
        ("hôm qua", None), ("", None),
    ],
)  # fmt: skip
def test_days(text: str, day: str | None) -> None:
    assert loose_cells.day(text) == day


@given(st.dates(datetime.date(1955, 1, 1), datetime.date(2063, 12, 31)))
def test_a_day_is_the_same_in_every_style(day: datetime.date) -> None:
    serial = (day - datetime.date(1899, 12, 30)).days
    styles = [f"{day:%d/%m/%Y}", f"{day:%d-%m-%Y}", f"{day:%Y-%m-%d}", str(serial), f"{day:%d.%m.%Y} 23:59"]

    assert {loose_cells.day(style) for style in styles} == {day.isoformat()}


@pytest.mark.parametrize(
    ("text", "part"),
    [("7/2025", "2025-07"), ("tháng 7/2025", "2025-07"), ("09.2023", "2023-09"), ("tháng 7 năm 2025", "2025-07"),
     ("2025", "2025"), ("năm 2025", "2025"), ("13/2025", None), ("05/7/2025", None), ("", None)],
)  # fmt: skip
def test_parts_of_a_day(text: str, part: str | None) -> None:
    assert loose_cells.part_of_day(text) == part


def test_a_column_written_as_americans_do_is_told_by_one_of_its_days() -> None:
    column = ["7/5/2025 8:30:15", "7/25/2025 9:00:00"]

    assert loose_cells.is_month_first(column)
    assert not loose_cells.is_month_first(column[:1])
    assert not loose_cells.is_month_first([*column, "25/7/2025"])
    assert loose_cells.day(column[0], month_first=True) == "2025-07-05"


@pytest.mark.parametrize(
    ("text", "answer"),
    [("có", True), ("Rồi", True), ("x", True), ("✓", True), ("TRUE", True), ("1", True), ("Đã áp dụng", True),
     ("không", False), ("Chưa", False), ("ko", False), ("0", False), ("Chưa có", False), ("có thể", True),
     ("thỉnh thoảng", None), ("", None)],
)  # fmt: skip
def test_yes_and_no(text: str, answer: bool | None) -> None:
    assert loose_cells.yes(text, WORDS.answers) is answer


@pytest.mark.parametrize(
    ("text", "key"),
    [("nd2", "nd2"), ("ND 2", "nd2"), ("2", "nd2"), ("02", "nd2"), ("Nội dung 2", "nd2"), ("noi dung 2", "nd2"),
     ("2. Sản xuất, kinh doanh", "nd2"), ("san xuat, kinh doanh va ho gia dinh", "nd2"), ("5", "nd5"), ("3", None),
     ("ND9", None), ("", None)],
)  # fmt: skip
def test_contents(text: str, key: str | None) -> None:
    assert loose_cells.pick(text, CONTENTS, WORDS.numbers) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [("1", "sang-kien"), ("3. Cách làm mới", "cach-lam-moi"), ("CÁCH LÀM MỚI", "cach-lam-moi"),
     ("y tuong", "y-tuong-moi"), ("4", None), ("Khác", None)],
)  # fmt: skip
def test_kinds(text: str, key: str | None) -> None:
    assert loose_cells.pick(text, KINDS, WORDS.numbers) == key


def test_several_choices_of_a_form_s_export_are_seen() -> None:
    assert loose_cells.several("Sáng kiến, Ý tưởng mới", KINDS) == ["sang-kien", "y-tuong-moi"]
    assert loose_cells.several("", KINDS) == []


@pytest.mark.parametrize(
    ("text", "shares", "found"),
    [
        ("Trần Thị Ví Dụ", "", [person("Trần Thị Ví Dụ")]),
        ("ThS. Trần Văn Mẫu\nBS.CKII. Lê Thị Thử", "60\n40", [person("Trần Văn Mẫu", 60), person("Lê Thị Thử", 40)]),
        ("Trần Văn Mẫu; Lê Thị Thử", "60%; 40%", [person("Trần Văn Mẫu", 60), person("Lê Thị Thử", 40)]),
        ("Trần Văn Mẫu\nLê Thị Thử", "0.6\n0.4", [person("Trần Văn Mẫu", 60), person("Lê Thị Thử", 40)]),
        ("1. Trần Văn Mẫu 2. Lê Thị Thử", "", [person("Trần Văn Mẫu"), person("Lê Thị Thử")]),
        ("Ông Trần Văn Mẫu, bà Lê Thị Thử", "", [person("Trần Văn Mẫu"), person("Lê Thị Thử")]),
        ("Ông/Bà Trần Văn Mẫu - Giáo viên (Chủ nhiệm)", "", [person("Trần Văn Mẫu")]),
        ("ThS., BS. Trần Văn Mẫu (60%); Cô Lê Thị Thử", "", [person("Trần Văn Mẫu", 60), person("Lê Thị Thử")]),
        ("Trần Văn Mẫu, 60%, Lê Thị Thử, 40%", "", [person("Trần Văn Mẫu", 60), person("Lê Thị Thử", 40)]),
        ("Trần Văn Mẫu và Lê Thị Thử", "", [person("Trần Văn Mẫu"), person("Lê Thị Thử")]),
        ("Tổ hợp tác ấp 3", "", [team("Tổ hợp tác ấp 3")]),
        ("Tập thể: Tổ tưới chung Mẫu 40%", "", [team("Tổ tưới chung Mẫu", 40)]),
        ("Hội Phụ nữ xã, chi hội 2", "100", [team("Hội Phụ nữ xã, chi hội 2", 100)]),
        ("Tô Văn Thử", "", [person("Tô Văn Thử")]),  # a family's name, no team
        ("", "", []),
    ],
)  # fmt: skip
def test_authors(text: str, shares: str, found: list[Author]) -> None:
    assert loose_cells.authors(text, shares, WORDS.people) == found


@pytest.mark.parametrize("shares", ["60", "60\n30\n10", "nhiều\nít", "60,40"])
def test_shares_that_do_not_go_with_the_names_are_no_guess(shares: str) -> None:
    with pytest.raises(SharesError):
        loose_cells.authors("Trần Văn Mẫu\nLê Thị Thử", shares, WORDS.people)


@given(st.text(max_size=120), st.text(alphabet="0123456789%., \n;-", max_size=30))
def test_no_cell_breaks_a_reader(text: str, shares: str) -> None:
    for read in (loose_cells.day, loose_cells.part_of_day):
        read(text)
    loose_cells.yes(text, WORDS.answers)
    loose_cells.pick(text, KINDS, WORDS.numbers)
    loose_cells.several(text, KINDS)
    try:
        found = loose_cells.authors(text, shares, WORDS.people)
    except SharesError:
        return
    assert found == loose_cells.authors(text, shares, WORDS.people)


@given(st.text())
def test_cleaning_once_is_enough(text: str) -> None:
    once = clean(text)

    assert clean(once) == once or '"' in text or "'" in text


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [("\u00a0Tưới\u00a0tiêu ", "Tưới tiêu"), ("Tu\u031bo\u031b\u0301i", "Tưới"), ('"Tưới tiêu"', "Tưới tiêu"),
     ("'012", "012"), ("a\r\nb", "a\nb"), ("a\u200bb\u202e", "ab"), ("=1+1", "=1+1")],
)  # fmt: skip
def test_cleaning(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_places_are_named_as_a_spreadsheet_does() -> None:
    assert [place(6, 3), place(0, 25), place(0, 26), place(99, 701), place(0, 702)] == [
        "D7",
        "Z1",
        "AA1",
        "ZZ100",
        "AAA1",
    ]
