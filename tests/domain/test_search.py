"""Words as the search reads them, and the index read back by a reader of its own."""

import random
import unicodedata
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sangkien.domain import search_index
from sangkien.domain.search_index import DIGITS, Document, Space, bitmap, gaps, shard_of, write
from sangkien.domain.search_terms import MARKS, terms
from sangkien.domain.text import fold

VOWELS = "aăâeêioôơuưy"
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
MARKED = sorted({unicodedata.normalize("NFC", v + t) for v in VOWELS for t in TONES} - set("aeiouy") | {"đ"})
MARKED += [letter.upper() for letter in MARKED]
SYLLABLES = [
    "ba", "bà", "bá", "bạ", "đo", "đò", "cá", "cà", "mía", "mìa", "nho", "nhỏ", "giọt", "tưới", "tươi", "hoa", "hòa",
    "hoà", "thủy", "lý", "lí",
]  # fmt: skip


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_marked_letter_has_a_bare_key_and_marks_of_its_own(form: Any) -> None:
    assert len(MARKED) == 134
    read = {letter: next(terms(unicodedata.normalize(form, f"{letter}n"))) for letter in MARKED}

    assert all(key == f"{fold(letter)}n" and marks for letter, (key, marks) in read.items())
    assert len(set(read.values())) == 67  # no two letters are mistaken for each other, a capital is as its small one


@pytest.mark.parametrize(
    ("one", "other"),
    [("hòa", "hoà"), ("thủy", "thuỷ"), ("kỹ", "kĩ"), ("Lý", "lí"), ("quý", "quí"), ("ĐOÀN  KẾT", "đoàn, kết")],
)
def test_ways_of_writing_a_word_are_one(one: str, other: str) -> None:
    assert list(terms(one)) == list(terms(other))


def test_words_that_only_look_alike_stay_apart() -> None:
    assert len({next(terms(word)) for word in ("ma", "má", "mà", "mả", "mã", "mạ")}) == 6
    assert [key for key, _ in terms("thúy thúi y i")] == ["thuy", "thui", "y", "i"]
    assert list(terms("– … \u0301")) == []


@given(st.text(max_size=40))
def test_any_text_is_read(text: str) -> None:
    for key, marks in terms(text):
        assert key.isascii()
        assert set(marks) <= set(MARKS.values())


def numbers(text: str) -> list[int]:
    """Read a list of gaps back."""
    found, value, shift, after = [], 0, 0, 0
    for digit in text:
        value |= (DIGITS.index(digit) & 31) << shift
        shift += 5
        if not DIGITS.index(digit) & 32:
            found.append(after + value)
            value, shift, after = 0, 0, found[-1] + 1
    return found


@settings(deadline=None)  # a bitmap is read digit by digit
@given(st.sets(st.integers(0, 40000), min_size=1, max_size=60))
def test_lists_are_read_back(chosen: set[int]) -> None:
    ascending = sorted(chosen)

    assert numbers(gaps(ascending)) == ascending
    bits = "".join(f"{DIGITS.index(digit):06b}" for digit in bitmap(ascending))
    assert [place for place, bit in enumerate(bits) if bit == "1"] == ascending


def crowd(count: int) -> list[Document]:
    r = random.Random(7)
    return [
        Document(title=" ".join(r.choices(SYLLABLES, k=4)), texts=(" ".join(r.choices(SYLLABLES, k=6)),), facets="AB")
        for _ in range(count)
    ]


def lines_of(documents: list[Document], abbreviations: Any = ()) -> tuple[dict[str, str], search_index.Files]:
    space = Space(abbreviations, title="t", text="b")
    for document in documents:
        space.add(document)
    files = write([space], 500)
    lines = {}
    for place, shard in enumerate(files.lists):
        for line in shard.splitlines():
            key, _, rest = line.partition(" ")
            assert shard_of(key, len(files.lists)) == place
            lines[key] = rest
    return lines, files


def read(line: str) -> dict[str, list[int]]:
    return {part.partition(":")[0]: numbers(part.partition(":")[2]) for part in line.split() if ":" in part}


def test_every_word_leads_to_all_its_documents() -> None:
    documents = crowd(100)
    lines, files = lines_of(documents)

    for key in {key for document in documents for key, _ in terms(document.title)}:
        held = {s: {n for part, listed in read(lines[key]).items() if part[0] == s for n in listed} for s in "tb"}
        in_title = {n for n, document in enumerate(documents) if key in {k for k, _ in terms(document.title)}}
        in_text = {n for n, document in enumerate(documents) if key in {k for k, _ in terms(document.texts[0])}}
        assert held["t"] == in_title
        assert held["b"] | in_title == in_text | in_title
    assert not files.whole


def test_marks_are_told_apart_within_a_word() -> None:
    lines, _ = lines_of([Document(title="bá"), Document(title="bà"), Document(title="ba", texts=("BÁ",))])

    assert read(lines["ba"]) == {"ts": [0], "tf": [1], "t": [2], "bs": [2]}


def test_long_lists_are_cut_and_stand_whole_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "CUT", 20)
    monkeypatch.setattr(search_index, "PAIRED", 30)
    documents = crowd(400)
    lines, files = lines_of(documents)
    common = [key for key in lines if "+" not in key and key in files.whole]

    assert common
    for key in common:
        there = [n for n, d in enumerate(documents) if key in {k for k, _ in terms(f"{d.title} {d.texts[0]}")}]
        how, listed = files.whole[key].split(" ")[1][1], files.whole[key].strip().split(" ")[1][2:]
        bits = "".join(f"{DIGITS.index(digit):06b}" for digit in listed)
        assert (numbers(listed) if how == ":" else [n for n, bit in enumerate(bits) if bit == "1"]) == there
    assert any("~" in line for line in lines.values())
    assert max(len(line) for line in lines.values()) < 400
    pair = read(lines["nho+giot"].replace("~", ":"))
    neighbours = [n for n, d in enumerate(documents) if ("nho", "giot") in pairwise(k for k, _ in terms(d.title))]
    assert sorted(n for part, held in pair.items() if part[0] == "t" for n in held)[:5] == neighbours[:5]


def test_facets_go_along_with_the_documents_a_line_tells_of() -> None:
    documents = [Document(title="bá", facets=search_index.digits(n, 2)) for n in range(20)]
    space = Space((), title="t", text="b")
    for document in documents:
        space.add(document)

    assert write([space], 500).facets == (f"ba {''.join(d.facets for d in documents)}\n",)


def test_abbreviations_lead_both_ways() -> None:
    pairs = [("HTX", "hợp tác xã"), ("---", "vô nghĩa")]
    lines, _ = lines_of(
        [Document(title="Hợp tác xã Mẫu"), Document(title="htx khác"), Document(title="hợp tác")], pairs
    )

    assert [sorted(n for held in read(lines[key]).values() for n in held) for key in ("htx", "hop", "xa")] == [
        [0, 1], [0, 1, 2], [0, 1],
    ]  # fmt: skip


def test_the_same_documents_give_the_same_bytes() -> None:
    assert lines_of(crowd(100))[1] == lines_of(crowd(100))[1]
