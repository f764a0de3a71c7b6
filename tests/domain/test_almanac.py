"""The day of a lone machine's clock."""

import datetime
import zoneinfo

import pytest

from sangkien.domain.almanac import Reckoning, reckon

HERE = zoneinfo.ZoneInfo("Asia/Ho_Chi_Minh")


def at(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text + "+00:00")


@pytest.mark.parametrize(
    ("now", "seen", "day", "doubt"),
    [
        ("2026-11-29T03:00", (), "2026-11-29", ""),
        ("2026-11-29T17:30", (), "2026-11-30", ""),  # it is tomorrow there
        ("2026-11-29T03:00", ("", "2026-11-20"), "2026-11-29", ""),
        ("2026-11-29T03:00", ("2026-11-30",), "2026-11-30", ""),  # set back: never an earlier day
        ("2026-11-29T03:00", ("2026-12-02",), "2026-12-02", "behind"),
        ("1970-01-01T00:00", ("2026-11-20", "2026-11-29"), "2026-11-29", "behind"),
        ("2027-12-20T03:00", ("2026-11-29",), "2027-12-20", ""),  # a quiet year
        ("2029-01-01T03:00", ("2026-11-29",), "2026-11-29", "ahead"),
    ],
)
def test_the_day(now: str, seen: tuple[str, ...], day: str, doubt: str) -> None:
    assert reckon(at(now), HERE, *seen) == Reckoning(day, doubt)  # type: ignore[arg-type]  # one of its words
