"""The index, read back by a reader of its own."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sangkien.domain.search_index import MOST, Entry, Postings, blocks, shard_of, shards
from sangkien.domain.spelling import syllables

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
SYLLABLE = st.sampled_from(["ma", "má", "Mả", "tưới", "nhỏ", "giọt", "đoàn", "kết", "hoà", "xe", "12"])
TITLES = st.lists(st.lists(SYLLABLE, min_size=1, max_size=6).map(" ".join), min_size=1, max_size=30)


def index(entries: list[Entry]) -> list[str]:
    postings = Postings()
    for number, entry in enumerate(entries):
        postings.add(number, entry)
    return shards(postings)


def values(coded: str) -> Iterator[int]:
    value = shift = 0
    for digit in map(DIGITS.index, coded):
        value |= (digit & 31) << shift
        shift += 5
        if digit < 32:
            yield value
            value = shift = 0


def read(files: list[str], term: str) -> tuple[int, list[tuple[int, bool, str]]]:
    """Give how many entries hold a term, and of those listed: number, in the title or not, marks."""
    for line in files[shard_of(term, len(files))].splitlines():
        name, _, rest = line.partition("\t")
        if name == term:
            total, spellings, coded = rest.split("\t")
            found, number, numbers = [], 0, values(coded)
            for value in numbers:
                number += value >> 2
                found.append((number, bool(value & 2), spellings.split(",")[next(numbers) if value & 1 else 0]))
            return int(total), found
    return 0, []


@given(TITLES)
def test_every_word_and_pair_of_a_title_leads_to_it(titles: list[str]) -> None:
    files = index([Entry(title=title) for title in titles])

    for number, title in enumerate(titles):
        spelt = syllables(title)
        pairs = [(f"{a} {b}", f"{m} {n}" if m or n else "") for (a, m), (b, n) in pairwise(spelt)]
        for term, marks in [*spelt, *pairs]:
            total, found = read(files, term)
            assert (number, True, marks) in found
            assert total == len({number for number, _, _ in found})


def test_a_word_of_the_text_is_told_from_one_of_the_title() -> None:
    files = index([Entry(title="Lưới đỡ", words="sầu riêng", others=("Xã Mẫu",)), Entry(title="Sầu riêng")])

    assert read(files, "sau rieng") == (2, [(0, False, "af a"), (1, True, "af a")])
    assert read(files, "rieng xa") == (0, [])  # other texts do not follow on
    assert read(files, "xa mau")[0] == 1


def test_spellings_are_kept_apart() -> None:
    _, found = read(index([Entry(title=title) for title in ("ma", "má", "mả", "má ma")]), "ma")

    assert found == [(0, True, ""), (1, True, "s"), (2, True, "r"), (3, True, ""), (3, True, "s")]


def test_codes_are_found_as_they_are() -> None:
    assert read(index([Entry(title="Xe", codes=("20197k3qf2ty",))]), "20197k3qf2ty") == (1, [(0, True, "")])


def test_a_long_list_keeps_its_first_and_its_count() -> None:
    total, found = read(index([Entry(title="xe") for _ in range(MOST + 7)]), "xe")

    assert total == MOST + 7
    assert [number for number, _, _ in found] == list(range(MOST))


def test_shards_stay_small_and_their_number_is_a_power_of_two() -> None:
    files = index([Entry(title=f"từ{n} khác{n * 7}", words=f"nghĩa{n % 90} nữa{n % 13}") for n in range(3000)])

    assert len(files) & (len(files) - 1) == 0
    assert max(map(len, files)) < 12_000


def test_blocks_hold_all_rows_in_order() -> None:
    rows: list[Any] = [str(n) for n in range(20)]

    assert [(number, text.count("\n")) for number, text in blocks(rows, 8)] == [(0, 8), (1, 8), (2, 4)]
