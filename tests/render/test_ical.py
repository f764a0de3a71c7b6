"""The calendar, as a phone reads it."""

import datetime
import os
import zoneinfo
from pathlib import Path
from typing import Any

import icalendar
from site_world import World, small_world, world_until

from sangkien.domain import layout
from sangkien.render import ical
from sangkien.render.wording import Wording

GOLDEN = Path(__file__).parent / "golden" / "lich.ics"
ZONE = zoneinfo.ZoneInfo("Asia/Ho_Chi_Minh")
SITE = "https://vi-du.example/so/"


def written(world: World, site: str = SITE) -> bytes:
    ((path, data),) = ical.file(Wording(world.register(), {}), "Bảng vàng", site, ZONE)
    assert path == "lich.ics"
    return data


def read(data: bytes) -> dict[str, Any]:
    return {str(event["uid"]): event for event in icalendar.Calendar.from_ical(data.decode()).walk("VEVENT")}


def test_golden() -> None:
    data = written(world_until("2019-08-31"))
    if os.environ.get("SANGKIEN_GOLDEN") == "write":
        GOLDEN.write_text(data.decode().replace("\r\n", "\n"), encoding="utf-8")

    assert data == written(world_until("2019-08-31"))
    assert GOLDEN.read_text(encoding="utf-8").replace("\n", "\r\n") == data.decode()


def test_lines_are_ended_and_folded_as_the_standard_says() -> None:
    world = small_world()
    world.records[layout.path_of("ceremony", "le-2019")]["name"] = "Buổi gặp mặt; biểu dương, cảm ơn\\ bà con " * 5
    data = written(world)

    assert data.endswith(b"\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")
    assert max(map(len, data.split(b"\r\n"))) <= 75
    assert read(data)["le-le-2019@vi-du.example"]["summary"] == "Buổi gặp mặt; biểu dương, cảm ơn\\ bà con " * 5


def test_hours_are_those_of_the_movement_and_days_without_hours_last_all_day() -> None:
    found = read(written(small_world()))
    sitting, opens = found["phien-phien-2019@vi-du.example"], found["dot-dot-2019-1-mo@vi-du.example"]

    assert sitting["dtstart"].dt == datetime.datetime(2019, 6, 10, 13, 30, tzinfo=ZONE)
    assert sitting["dtend"].dt == datetime.datetime(2019, 6, 10, 16, 0, tzinfo=ZONE)
    assert opens["dtstart"].dt == datetime.date(2019, 1, 2)
    assert str(opens["url"]) == f"{SITE}dot/dot-2019-1/"


def test_a_last_day_keeps_nobody_busy_and_every_day_says_where_and_leads_on() -> None:
    found = read(written(small_world()))
    sitting, opens = found["phien-phien-2019@vi-du.example"], found["dot-dot-2019-1-mo@vi-du.example"]

    assert str(opens["transp"]) == "TRANSPARENT"
    assert "transp" not in sitting
    assert str(sitting["location"]) == "Xã Suối Mẫu"
    assert str(sitting["url"]) == f"{SITE}phong-trao/lich/"
    assert str(found["le-le-2019@vi-du.example"]["location"]) == "Nhà văn hóa, Xã Suối Mẫu"


def test_a_site_without_an_address_has_a_calendar_too() -> None:
    found = read(written(small_world(), ""))

    assert all("url" not in event for event in found.values())
    assert "le-le-2019@sang-kien.invalid" in found


def test_nothing_to_tell_is_a_calendar_without_days() -> None:
    data = written(World())

    assert read(data) == {}
    assert "Chưa có ngày nào" in ical.listed(Wording(World().register(), {}), "")
