"""Numbers and texts as they are read aloud."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.render.spoken import number, spoken, syllables

_UNITS = {"không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5}
_UNITS |= {"sáu": 6, "bảy": 7, "tám": 8, "chín": 9}
_POWERS = {"nghìn": 1_000, "triệu": 1_000_000}


def heard(words: str) -> int:
    """Understand a spoken number, the other way round than it is made."""
    above, total, group, last = 0, 0, 0, 0
    for word in words.split():
        if word in _UNITS:
            last = _UNITS[word]
        elif word == "mười":
            group, last = group + 10, 0
        elif word == "mươi":
            group, last = group + last * 10, 0
        elif word == "trăm":
            group, last = group + last * 100, 0
        elif word in _POWERS:
            total, group, last = total + (group + last) * _POWERS[word], 0, 0
        elif word == "tỷ":
            above, total, group, last = (above + total + group + last) * 1_000_000_000, 0, 0, 0
        else:
            assert word == "lẻ", words
    return above + total + group + last


@given(st.one_of(st.integers(0, 2_100), st.integers(0, 10**15 - 1)))
def test_a_spoken_number_is_understood(value: int) -> None:
    assert heard(number(value)) == value


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "không"),
        (4, "bốn"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (55, "năm mươi lăm"),
        (101, "một trăm lẻ một"),
        (104, "một trăm lẻ bốn"),
        (110, "một trăm mười"),
        (1_005, "một nghìn không trăm lẻ năm"),
        (1_650, "một nghìn sáu trăm năm mươi"),
        (2_019, "hai nghìn không trăm mười chín"),
        (1_000_000, "một triệu"),
        (1_000_005, "một triệu không trăm lẻ năm"),
        (1_400_000, "một triệu bốn trăm nghìn"),
        (2_000_050_000, "hai tỷ không trăm năm mươi nghìn"),
    ],
)
def test_numbers_are_said_as_people_say_them(value: int, words: str) -> None:
    assert number(value) == words


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Tốn 1.400.000 đồng.", "Tốn một triệu bốn trăm nghìn đồng."),
        ("Ngày 20/12/2019", "Ngày hai mươi tháng mười hai năm hai nghìn không trăm mười chín"),
        ("và 3/4/2020", "và ba tháng tư năm hai nghìn không trăm hai mươi"),
        ("bán thêm 30 kg, 12,5kg", "bán thêm ba mươi ki-lô-gam, mười hai phẩy năm ki-lô-gam"),
        ("giảm 60%", "giảm sáu mươi phần trăm"),
        ("từ 3-4 ngày", "từ ba đến bốn ngày"),
        ("0,5 ha rẫy, 200 m2 sân", "không phẩy năm héc-ta rẫy, hai trăm mét vuông sân"),
        ("UBND xã và HTX", "Ủy ban nhân dân xã và hợp tác xã"),
        ("5 mùa, 5 m dây", "năm mùa, năm mét dây"),
        ("Kết quả: 9. Xong.", "Kết quả: chín. Xong."),
        ("mã 2019-1G4V-Y5MH, máy A12, 24/7", "mã 2019-1G4V-Y5MH, máy A12, 24/7"),
        ("12345678901234567", "12345678901234567"),
    ],
)  # fmt: skip
def test_texts_are_written_out(written: str, said: str) -> None:
    assert spoken(written) == said


@given(st.text(alphabet="0123456789.,-–/% kgm2đ ệa\n", max_size=60))
def test_any_text_can_be_read_and_a_second_reading_changes_nothing(text: str) -> None:
    once = spoken(text)
    assert spoken(once) == once


def test_syllables_are_what_is_said() -> None:
    assert syllables("Tưới nhỏ giọt: ba ki-lô-gam.") == 7
