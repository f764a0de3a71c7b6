from typing import Any

import pytest

from sangkien.domain.period import Period
from sangkien.domain.unit_history import UnitHistory


@pytest.mark.parametrize(
    ("text", "start", "end", "kind", "before"),
    [
        ("2019-H1", "2019-01-01", "2019-06-30", "sau-thang", "2018-H1"),
        ("2019", "2019-01-01", "2019-12-31", "nam", "2018"),
        ("2015..2019", "2015-01-01", "2019-12-31", "nam-nam", "2010..2014"),
    ],
)
def test_a_period_knows_its_days_its_kind_and_the_one_before(
    text: str, start: str, end: str, kind: str, before: str
) -> None:
    period = Period.read(text)
    assert period is not None
    assert (str(period), period.start, period.end, period.kind, str(period.before)) == (text, start, end, kind, before)
    assert start in period
    assert end in period


@pytest.mark.parametrize(
    "text", ["", "2019-H2", "19", "2019..2015", "2019..2019", "2019-h1", "2019 ", "0001..9999", "２０１９"]
)
def test_what_is_no_period_is_none(text: str) -> None:
    assert Period.read(text) is None


def unit(
    since: str, until: str = "", parents: tuple[tuple[str, str, str], ...] = (), before: tuple[str, ...] = ()
) -> Any:
    return {
        "valid_from": since,
        **({"valid_to": until} if until else {}),
        "parents": [{"unit": p, "from": f, **({"to": t} if t else {})} for p, f, t in parents],
        "predecessors": list(before),
    }


# A district with two communes; in the middle of 2025 it ends, one commune is renamed, the other is split in two.
UNITS: Any = {
    "tinh": unit("2000-01-01"),
    "huyen": unit("2000-01-01", "2025-06-30", (("tinh", "2000-01-01", "2025-06-30"),)),
    "xa-a": unit("2000-01-01", "2025-06-30", (("huyen", "2000-01-01", "2025-06-30"),)),
    "xa-b": unit("2000-01-01", "2025-06-30", (("huyen", "2000-01-01", "2025-06-30"),)),
    "phuong-a": unit("2025-07-01", "", (("tinh", "2025-07-01", ""),), ("xa-a",)),
    "xa-b1": unit("2025-07-01", "", (("tinh", "2025-07-01", ""),), ("xa-b",)),
    "xa-b2": unit("2025-07-01", "", (("tinh", "2025-07-01", ""),), ("xa-b",)),
}


def test_a_sole_heir_carries_on_and_a_split_unit_is_carried_on_by_none() -> None:
    history = UnitHistory(UNITS)
    assert history.line("phuong-a") == ("phuong-a", "xa-a")
    assert history.line("xa-b1") == ("xa-b1",)


@pytest.mark.parametrize(
    ("key", "day", "to", "counts"),
    [
        ("xa-a", "2025-03-01", "xa-a", True),
        ("xa-a", "2025-03-01", "huyen", True),
        ("xa-a", "2025-03-01", "tinh", True),
        ("xa-a", "2025-03-01", "phuong-a", True),
        ("xa-a", "2025-09-01", "phuong-a", True),  # decided after it had ended
        ("xa-a", "2025-09-01", "huyen", False),  # which had ended too
        ("xa-a", "2025-09-01", "tinh", True),
        ("xa-b", "2025-03-01", "xa-b1", False),
        ("xa-b", "2025-03-01", "tinh", True),
        ("phuong-a", "2025-09-01", "xa-a", False),
        ("nowhere", "2025-09-01", "tinh", False),
    ],
)
def test_what_was_done_counts_for_those_above_and_for_heirs(key: str, day: str, to: str, *, counts: bool) -> None:
    assert UnitHistory(UNITS).belongs(key, day, to) is counts


def test_a_community_abroad_counts_for_its_homeland_and_whoever_carries_that_on() -> None:
    abroad: Any = {"valid_from": "2010-01-01", "homeland": "huyen"}
    history = UnitHistory(UNITS | {"kieu-bao": abroad})
    assert history.belongs("kieu-bao", "2025-03-01", "huyen")
    assert history.belongs("kieu-bao", "2026-03-01", "tinh")  # the homeland was in it to the end
    assert not history.belongs("kieu-bao", "2026-03-01", "phuong-a")
    assert history.counted_for("kieu-bao", "2025-03-01") == ("kieu-bao", "huyen", "tinh")
    assert "kieu-bao" in history.children("huyen", "2025-03-01")
    assert history.above("kieu-bao", "2025-03-01") == ()  # it is under none


def test_children_are_those_of_the_day() -> None:
    history = UnitHistory(UNITS)
    assert history.children("huyen", "2025-12-31") == ("xa-a", "xa-b")  # on its last day
    assert history.children("tinh", "2025-06-30") == ("huyen",)
    assert history.children("tinh", "2025-12-31") == ("phuong-a", "xa-b1", "xa-b2")
