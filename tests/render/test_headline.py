"""The line above a chart is true whatever the figures are."""

import pytest

from sangkien.domain.statistics import Spread
from sangkien.render.headline import Words, middle_day, most_ideas, taken_up, waiting

YEARS = Words(each="năm", within="được ghi nhận trong")


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([], "Chưa có ý nào được ghi nhận"),
        ([("năm 2023", 0)], "Chưa có ý nào được ghi nhận"),
        ([("năm 2023", 1)], "Mới có 1 ý, được ghi nhận trong năm 2023"),
        ([("năm 2022", 0), ("năm 2023", 12)], "Cả 12 ý đều được ghi nhận trong năm 2023"),
        ([("năm 2022", 3), ("năm 2023", 12)], "Năm 2023 có nhiều ý được ghi nhận nhất: 12 ý"),
        ([("năm 2022", 2), ("năm 2023", 2)], "Năm 2022 và năm 2023 có số ý bằng nhau: mỗi năm 2 ý"),
        (
            [("năm 2021", 1), ("năm 2022", 2), ("năm 2023", 2)],
            "Năm 2022 và năm 2023 cùng có nhiều ý được ghi nhận nhất: mỗi năm 2 ý",
        ),
        (
            [("năm 2019", 1), *((f"năm 202{n}", 1234) for n in range(4))],
            "4 năm cùng có nhiều ý được ghi nhận nhất: mỗi năm 1.234 ý",
        ),
        ([(f"năm 202{n}", 1) for n in range(4)], "4 năm có số ý bằng nhau: mỗi năm 1 ý"),
    ],
)
def test_where_most_ideas_are(counts: list[tuple[str, int]], said: str) -> None:
    assert most_ideas(counts, YEARS) == said


@pytest.mark.parametrize(
    ("counts", "said", "middle"),
    [
        ({}, "Chưa có ý nào để tính số ngày", ""),
        ({42: 1}, "Ý duy nhất được ghi nhận sau 42 ngày", "42"),
        ({0: 1}, "Ý duy nhất được ghi nhận ngay trong ngày nộp", "0"),
        ({42: 3}, "Cả 3 ý đều được ghi nhận sau 42 ngày", "42"),
        ({10: 1, 15: 1}, "Ít nhất một nửa số ý được ghi nhận trong vòng 12 ngày kể từ ngày nộp", "12,5"),
        ({0: 2, 90: 1}, "Ít nhất một nửa số ý được ghi nhận ngay trong ngày nộp", "0"),
        ({1: 1, 20: 1, 1200: 1}, "Ít nhất một nửa số ý được ghi nhận trong vòng 20 ngày kể từ ngày nộp", "20"),
    ],
)
def test_how_long_ideas_wait(counts: dict[int, int], said: str, middle: str) -> None:
    assert waiting(Spread(counts=counts)) == said
    assert middle_day(Spread(counts=counts)) == middle


@pytest.mark.parametrize(
    ("some", "total", "said"),
    [
        (0, 0, "Chưa có ý nào được ghi nhận"),
        (0, 1, "Chưa ý nào có nơi khác báo đã làm theo"),
        (1, 1, "Ý duy nhất đã có nơi khác làm theo"),
        (2, 2, "Cả 2 ý đều đã có nơi khác làm theo"),
        (5, 2600, "5 trong 2.600 ý đã có nơi khác làm theo"),
    ],
)
def test_how_many_were_taken_up(some: int, total: int, said: str) -> None:
    assert taken_up(some, total) == said
