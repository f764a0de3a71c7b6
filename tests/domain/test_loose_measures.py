import pytest

from sangkien.domain.loose_measures import measures


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("nước tưới: 40 → 25 lít/gốc", ("nước tưới", "40", "25", "lít/gốc")),
        ("- Nước tưới : 40 lít -> 25 lít", ("Nước tưới", "40", "25", "lít")),
        ("1) công tưới: 2,5 => 1.5 công mỗi tuần.", ("công tưới", "2.5", "1.5", "công mỗi tuần")),
        ("Thời gian chờ: 45 phút xuống còn 10 phút", ("Thời gian chờ", "45", "10", "phút")),
        ("thoi gian: 45 xuong 10 phut", ("thoi gian", "45", "10", "phut")),
        ("chi phí: 350.000 → 120.000 đồng", ("chi phí", "350000", "120000", "đồng")),
        ("chi phí: 1.250,5 → 1.000 nghìn đồng", ("chi phí", "1250.5", "1000", "nghìn đồng")),
        ("tiêu sống: 92%", ("tiêu sống", None, "92", "%")),
        ("năng suất: 3 → 3,4 tấn/1000 m2", ("năng suất", "3", "3.4", "tấn/1000 m2")),
        ("bò nuôi: 3 con → 5 con", ("bò nuôi", "3", "5", "con")),
        ("nước: 0,50 m3", ("nước", None, "0.50", "m3")),
    ],
)
def test_a_measure_is_read_with_its_unit(line: str, read: tuple[str, str | None, str, str]) -> None:
    label, before, after, unit = read

    assert measures(line) == [
        {"label": label, "unit": unit} | ({"before": before} if before else {}) | {"after": after}
    ]


@pytest.mark.parametrize(
    "line",
    [
        "đỡ công tưới nhiều lắm",
        "nước tưới 40 → 25 lít",  # nothing tells where the words end
        "nước tưới: 40 → 25",  # of what?
        "nước tưới: 25 - 30 lít",
        "nước tưới: 25 đến 30 lít",
        "nước tưới: 40 → 25 → 20 lít",
        "thời gian: 2 giờ → 30 phút",  # two units
        "nước: 1,250 lít",  # a thousand and more to some, one and a quarter to others
        "nước: 0.125 lít",
        "tiền: 1.200.000 đồng",  # more digits than a record holds
        "nước: nhiều → ít lít",
        ": 40 → 25 lít",
        "nước: -5 lít",
        "nước: 5 lít 3 lần",
        "a" * 400 + ": 5 lít",
    ],
)
def test_what_is_not_certain_is_asked_back(line: str) -> None:
    assert measures(line) == [None]


def test_every_line_is_read_by_itself() -> None:
    assert [m is None for m in measures("nước: 5 lít\n\nnhiều\ncông: 3 → 1 công")] == [False, True, False]
    assert measures("") == []
