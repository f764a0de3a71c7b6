import unicodedata
from itertools import pairwise

import pytest

from sangkien.domain import text

VOWELS = "aăâeêioôơuưy"
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
MARKED = sorted({unicodedata.normalize("NFC", v + t) for v in VOWELS for t in TONES} - set("aeiouy") | {"đ"})
MARKED += [letter.upper() for letter in MARKED]


def test_marked_letters_are_all_of_them() -> None:
    assert len(MARKED) == 134


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("letter", MARKED)
def test_fold_every_marked_letter(letter: str, form: str) -> None:
    typed = unicodedata.normalize(form, letter)  # type: ignore[arg-type]  # one of the two forms above

    assert text.fold(typed) in "aeiouyd"


@pytest.mark.parametrize("letter", MARKED)
def test_fold_letters_keeps_places(letter: str) -> None:
    assert text.fold_letters(f"x{letter}y") == f"x{text.fold(letter)}y"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("ĐOÀN  KẾT", "doan ket"), ("hoà", "hoa"), ("hòa", "hoa"), ("Đắk Lua", "dak lua"), ("", "")],
)
def test_fold(typed: str, expected: str) -> None:
    assert text.fold(typed) == expected


def test_slug() -> None:
    assert text.slug("Tính thiết thực, hiệu quả") == "tinh-thiet-thuc-hieu-qua"


def test_sort_key_orders_letters_before_tones() -> None:
    ordered = ["an", "ăn", "ân", "ba", "bà", "bả", "bã", "bá", "bạ", "bác", "da", "đa", "ô", "ơ", "u", "ư"]

    shuffled = sorted(ordered, key=text.fold)[::-1]

    assert sorted(shuffled, key=text.sort_key) == ordered


def test_sort_key_numbers_stand_before_letters_and_words_before_their_longer_kin() -> None:
    ordered = ["2 cách", "an", "an toàn", "anh"]

    assert all(text.sort_key(a) < text.sort_key(b) for a, b in pairwise(ordered))


def test_name_key_sorts_by_given_name_first() -> None:
    names = ["Trần Mẫu Bình", "Nguyễn Mẫu An", "Lê Mẫu Ước", "Lê Mẫu An"]

    assert sorted(names, key=text.name_key) == ["Lê Mẫu An", "Nguyễn Mẫu An", "Trần Mẫu Bình", "Lê Mẫu Ước"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("gọi 0912 345 678 nhé", "gọi … nhé"),
        ("079123456789", "…"),
        ("an@thu.vn", "…"),
        ("2019-02-30", "2019-02-30"),
        ("một\n  hai", "một hai"),
        ("x" * 100, "x" * 59 + "…"),
    ],
)
def test_discreet(value: str, shown: str) -> None:
    assert text.discreet(value) == shown


def test_initials() -> None:
    assert text.initials("Đặng Thị Mẫu") == "Đ.T.M."


def test_canonical_is_nfc_lf_trimmed() -> None:
    assert text.canonical(" Đoa\u0300n\r\nkết\r ") == "Đoàn\nkết"
