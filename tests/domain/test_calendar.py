"""When reports are due, and what days the movement has, told from records alone."""

from typing import Any

import pytest
from site_world import World, world_until

from sangkien.domain import layout
from sangkien.domain.calendar import events, newest_day
from sangkien.domain.due import due_day, due_in
from sangkien.domain.period import Period

HALF = {"kind": "sau-thang", "from_levels": ["xa"], "due": "06-15", "from": "2018-01-01"}
NEXT = {"kind": "nam", "from_levels": ["xa"], "due": "01-10", "next_year": True, "from": "2018-01-01"}
LONG = {"kind": "nam-nam", "from_levels": ["xa"], "due": "12-20", "ends_in": [2020, 2025], "from": "2018-01-01"}


@pytest.mark.parametrize(
    ("rule", "period", "day"),
    [
        (HALF, Period(2019, 2019, half=True), "2019-06-15"),
        (NEXT, Period(2019, 2019), "2020-01-10"),
        (LONG, Period(2016, 2020), "2020-12-20"),
        (HALF | {"due": "02-29"}, Period(2020, 2020, half=True), "2020-02-29"),
        (HALF | {"due": "02-29"}, Period(2019, 2019, half=True), "2019-02-28"),
        (HALF | {"due": "02-29"}, Period(2100, 2100, half=True), "2100-02-28"),
    ],
)
def test_a_report_is_due_by_its_rule(rule: Any, period: Period, day: str) -> None:
    assert due_day(rule, period) == day


@pytest.mark.parametrize(
    ("rule", "year", "due"),
    [
        (HALF, 2019, (Period(2019, 2019, half=True), "2019-06-15")),
        (NEXT, 2020, (Period(2019, 2019), "2020-01-10")),
        (LONG, 2020, (Period(2016, 2020), "2020-12-20")),
        (LONG | {"starts_before": 3}, 2025, (Period(2023, 2025), "2025-12-20")),
        (LONG, 2021, None),
        (HALF | {"from": "2019-06-16"}, 2019, None),
        (HALF | {"to": "2019-06-14"}, 2019, None),
        (HALF | {"to": "2019-06-15"}, 2019, (Period(2019, 2019, half=True), "2019-06-15")),
    ],
)
def test_a_rule_holds_where_it_is_in_force_on_the_day(rule: Any, year: int, due: Any) -> None:
    assert due_in(rule, year) == due


def in_summer() -> World:
    return world_until("2019-08-31")


def test_reports_are_due_in_the_newest_year_and_the_next() -> None:
    found = events(in_summer().register())
    told = [(event.day, str(event.period), event.levels, event.name) for event in found if event.kind == "bao-cao"]

    # The commune's own plan gives its half year a day of its own; the rule speaks for the year after.
    assert told == [
        ("2019-01-10", "2018", ("xa", "truong"), ""),
        ("2019-06-12", "2019-H1", ("xa",), "Báo cáo sáu tháng"),
        ("2020-01-10", "2019", ("xa", "truong"), ""),
        ("2020-06-15", "2020-H1", ("xa",), ""),
    ]


def test_the_plan_of_another_unit_takes_no_rule_away() -> None:
    world = in_summer()
    world.records[layout.path_of("plan", "kh-2019")]["unit"] = "truong-hoa-mai-2012"
    told = [event.day for event in events(world.register()) if str(event.period) == "2019-H1"]

    assert told == ["2019-06-12", "2019-06-15"]


def test_keys_are_each_once_and_stay_where_a_day_is_moved() -> None:
    world = in_summer()
    before = [event.key for event in events(world.register())]
    world.records[layout.path_of("ceremony", "le-2019")]["date"] = "2019-09-09"
    world.records[layout.path_of("lists", "lists")]["report_calendar"][1]["due"] = "01-20"
    after = [event.key for event in events(world.register())]

    assert len(set(before)) == len(before)
    assert sorted(after) == sorted(before)


def test_the_newest_day_is_of_something_done() -> None:
    world = in_summer()
    assert newest_day(world.register()) == "2019-08-01"
    world.records[layout.path_of("round", "dot-2019-1")]["closes_on"] = "2031-01-01"
    assert newest_day(world.register()) == "2019-08-01"
    world.records[layout.path_of("outreach", "tt-2019-1")]["date"] = "2021-03-08"
    assert newest_day(world.register()) == "2021-03-08"
