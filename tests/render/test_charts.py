"""Charts drawn from plain values: in proportion, from zero, readable when narrow, and text stays text."""

import re
from itertools import pairwise

import pytest

from sangkien.render.charts import Matrix, Row, Table, bars, columns, dots, folded, histogram

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=a()>'


def table(*values: int | None, label: str = "mục {}") -> Table:
    rows = tuple(Row(label=label.format(n), value=value, instead="để trống") for n, value in enumerate(values))
    return Table(caption="Số ý", heads=("Mục", "Số ý"), rows=rows)


def numbers(pattern: str, html: str) -> list[float]:
    return [float(found) for found in re.findall(pattern, html)]


def test_bars_are_as_long_as_their_numbers() -> None:
    html = bars(table(50, 25, 0, None, 1))

    assert numbers(r'<rect width="([\d.]+)"', html) == [100, 50, 0, 0, 2]
    assert "để trống" in html
    assert "style=" not in html


def test_a_bar_that_is_not_nothing_can_be_seen() -> None:
    assert numbers(r'<rect width="([\d.]+)"', bars(table(1_000_000, 1))) == [100, 0.1]


def test_columns_stand_on_one_ground_in_proportion() -> None:
    html = columns(table(10, 5, 0), "Ba cột.")
    tops, heights = numbers(r' y="(\d+)" width', html), numbers(r'[\d.]%" height="(\d+)"/', html)

    assert heights == [124, 62, 0]
    assert {top + height for top, height in zip(tops, heights, strict=True)} == {170}
    assert 'role="img" aria-label="Ba cột."' in html
    assert "<table" in html


@pytest.mark.parametrize("width", [280, 600])
@pytest.mark.parametrize("count", [1, 2, 7, 9, 12, 40, 130])
@pytest.mark.parametrize("value", [0, 7, 117, 1_234_567])
def test_no_two_words_of_an_axis_meet(count: int, value: int, width: int) -> None:
    html = columns(table(*[value] * count, label="20{:02}"), "Năm.").split("<details")[0]
    texts = re.findall(r'<text(?: class="([^"]*)")? x="([\d.]+)%" y="(\d+)"[^>]*>([^<]+)<', html)
    texts = [text for text in texts if width > 280 or "spare" not in text[0]]
    for y in {text[2] for text in texts}:
        words = sorted((float(x) * width / 100, len(text) * 4.7) for _, x, at, text in texts if at == y)
        assert all(left[0] + left[1] <= right[0] - right[1] for left, right in pairwise(words))
    assert f"20{count - 1:02}" in [text[3] for text in texts]  # the newest always is named


def test_the_marked_column_keeps_its_number_where_others_have_no_room() -> None:
    html = columns(table(*[100_000] * 20, 999_999), "Cột.", marked=["mục 20"])

    assert "999.999" in html.split("<details")[0]
    assert "100.000" not in html.split("<details")[0]


def test_the_middle_stands_where_it_belongs() -> None:
    html = histogram(table(1, 2, 3, 4, 5, 6), "Ngày.", edges=[0, 30, 60, 90, 120, 150, 180], middle=45.0, word="giữa")

    assert numbers(r'x1="([\d.]+)%" x2="25%"', html) == [25]
    assert html.count("<rect") == 6


def test_rows_without_a_span_are_in_the_table_alone() -> None:
    html = histogram(table(1, 2), "Ngày.", edges=[0, 1], middle=0.5, word="giữa")

    assert html.count("<rect") == 1
    assert "mục 1" in html


def test_dots_compare_by_area() -> None:
    html = dots(Matrix(caption="Số ý", head="Loại", columns=("0", "1", "2"), rows=(("a", (100, 25, 0)),)))

    assert numbers(r'<circle r="(\d+)"', html) == [19, 9]
    assert "<span>100</span>" in html
    assert "<span class=sk-chart__none>0</span>" in html


@pytest.mark.parametrize("draw", [bars, folded, lambda t: columns(t, HOSTILE, marked=[HOSTILE])])
def test_text_stays_text(draw: object) -> None:
    hostile = Table(caption=HOSTILE, heads=(HOSTILE, HOSTILE), rows=(Row(label=HOSTILE, value=1),))
    html = draw(hostile)  # type: ignore[operator]

    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script" in html


def test_the_same_values_give_the_same_bytes() -> None:
    assert columns(table(3, 1, 2), "x") == columns(table(3, 1, 2), "x")
