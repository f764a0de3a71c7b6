"""Syllables and their marks, over every letter of the alphabet."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.domain.spelling import LETTERS, syllables

MARKED = [*LETTERS, *(letter.upper() for letter in LETTERS)]


def bare(text: str) -> list[str]:
    return [syllable for syllable, _ in syllables(text)]


def test_there_are_134_marked_letters() -> None:
    assert len(set(MARKED)) == 134


@pytest.mark.parametrize("letter", MARKED)
def test_each_letter_is_read_composed_and_decomposed(letter: str) -> None:
    composed, decomposed = syllables(f"b{letter}n"), syllables(unicodedata.normalize("NFD", f"b{letter}n"))

    assert composed == decomposed
    assert composed == [(f"b{LETTERS[letter.lower()][0]}n", LETTERS[letter.lower()][1:])]


def test_no_two_letters_of_one_base_have_the_same_marks() -> None:
    assert len(set(LETTERS.values())) == len(LETTERS)


@pytest.mark.parametrize(
    ("one", "other"),
    [("hoà", "hòa"), ("thuỷ", "thủy"), ("khoẻ", "khỏe"), ("kỹ", "kĩ"), ("lý", "lí"), ("quý", "quí"), ("ĐẤT", "đất")],
)
def test_ways_to_write_one_word_are_one(one: str, other: str) -> None:
    assert syllables(one) == syllables(other)


@pytest.mark.parametrize(("one", "other"), [("ma", "má"), ("da", "đa"), ("muôn", "muộn"), ("thu", "thư")])
def test_other_words_differ_by_their_marks_alone(one: str, other: str) -> None:
    assert bare(one) == bare(other)
    assert syllables(one) != syllables(other)


def test_what_is_no_word_parts_words() -> None:
    assert bare("Tưới 12,5 m³/ngày – “nhỏ giọt” (café)") == ["tuoi", "12", "5", "m", "ngay", "nho", "giot", "cafe"]
    assert bare("may tay thay quay") == ["may", "tay", "thay", "quay"]


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert all(word and word.isascii() and word.isalnum() for word in bare(text))
    assert syllables(unicodedata.normalize("NFD", text)) == syllables(unicodedata.normalize("NFC", text))
