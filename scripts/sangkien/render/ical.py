"""The movement's days as a list for people and as a calendar for their phones (RFC 5545).

The same records give the same bytes: a calendar's stamp is the newest day the register knows, never a clock's.
"""

import datetime
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from sangkien.domain import address
from sangkien.domain.calendar import Event, events, newest_day
from sangkien.render import vietnamese as vi
from sangkien.render.page import write
from sangkien.render.reporting import period_name
from sangkien.render.wording import Wording

ADDRESS = "lich.ics"
_PRODUCT = "-//Sang Kien//Lich//VI"
_NOWHERE = "sang-kien.invalid"  # stands in keys where the site has no address

_SAID = {
    "dot-mo": "Mở nhận ý: {name}",
    "dot-dong": "Ngày cuối nhận ý: {name}",
    "phien": "Phiên họp: {name}",
    "le": "{name}",
    "phat-dong": "Phát động thi đua: {name}",
    "so-ket": "Sơ kết: {name}",
    "tong-ket": "Tổng kết: {name}",
    "ket-thuc": "Kết thúc đợt thi đua: {name}",
    "moc": "{name}",
}


def file(wording: Wording, site_name: str, site_url: str, zone: datetime.tzinfo) -> Iterator[tuple[str, bytes]]:
    """Write the calendar; a day with an hour is told in UTC, which every calendar turns into its own."""
    import icalendar  # noqa: PLC0415  # slow to load, and a calendar that was kept needs none of it

    found = events(wording.register)
    made = icalendar.Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", site_name)
    stamp = _day(newest_day(wording.register) or "1970-01-01")
    for event in found:
        made.add_component(_told(icalendar.Event(), event, stamp, wording, site_url, zone))
    yield ADDRESS, made.to_ical()


def listed(wording: Wording, site_url: str) -> str:
    """Write the same days for people: those of the newest year and the years after, older ones folded away."""
    found = events(wording.register)
    newest = newest_day(wording.register)[:4]
    years = [(year, list(days)) for year, days in groupby(found, key=lambda event: event.day[:4])]
    return write(
        "calendar.html.j2",
        file=ADDRESS,
        site=site_url,
        years=[(year, _months(days, wording)) for year, days in years if year >= newest],
        past=[(year, _months(days, wording)) for year, days in reversed(years) if year < newest],
    )


def _months(days: Iterable[Event], wording: Wording) -> list[tuple[str, list[dict[str, Any]]]]:
    return [
        (f"Tháng {int(month)}", [_line(event, wording) for event in of_month])
        for month, of_month in groupby(days, key=lambda event: event.day[5:7])
    ]


def _line(event: Event, wording: Wording) -> dict[str, Any]:
    hours = [vi.hour(time) for time in (event.starts, event.ends) if time]
    return {
        "title": said(event, wording),
        "when": ", ".join(filter(None, (" – ".join(hours), vi.day(event.day)))),
        "where": _where(event, wording),
        "page": event.page,
    }


def _where(event: Event, wording: Wording) -> str:
    return ", ".join(filter(None, (event.place, vi.capital(wording.unit(event.unit)))))


def said(event: Event, wording: Wording) -> str:
    """Say in a line what happens that day."""
    if event.kind == "bao-cao" and event.period:
        levels = vi.listed([wording.levels[level]["name"] for level in event.levels if level in wording.levels])
        return f"Hạn {event.name.lower() or f'báo cáo {period_name(event.period)}'}" + (
            f" ({levels} gửi)" if levels else ""
        )
    return _SAID.get(event.kind, "{name}").format(name=event.name)


def _told(made: Any, event: Event, stamp: datetime.date, wording: Wording, site_url: str, zone: datetime.tzinfo) -> Any:
    made.add("uid", f"{event.key}@{urlsplit(site_url).hostname or _NOWHERE}")
    made.add("dtstamp", datetime.datetime.combine(stamp, datetime.time(), datetime.UTC))
    made.add("summary", said(event, wording))
    for name, hour in (("dtstart", event.starts), ("dtend", event.ends if event.starts else "")):
        if hour:
            made.add(name, _moment(event.day, hour, zone))
    if not event.starts:
        made.add("dtstart", _day(event.day))
        made.add("transp", "TRANSPARENT")  # a last day to send something leaves the day itself free
    if where := _where(event, wording):
        made.add("location", where)
    if site_url:
        made.add("url", site_url + (event.page or address.CALENDAR))
    return made


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def _moment(day: str, hour: str, zone: datetime.tzinfo) -> datetime.datetime:
    time = datetime.time.fromisoformat(hour)
    return datetime.datetime.combine(_day(day), time, zone).astimezone(datetime.UTC)
