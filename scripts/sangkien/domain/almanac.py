"""What day it is where the movement is, when the clock of a lone machine may be wrong."""

import datetime
from dataclasses import dataclass
from typing import Literal

_BEHIND = datetime.timedelta(days=2)
_AHEAD = datetime.timedelta(days=400)  # a movement may rest for a year between rounds


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The day something counts as sent on; `doubt` says why the clock cannot be believed."""

    day: str
    doubt: Literal["", "behind", "ahead"] = ""


def reckon(now: datetime.datetime, zone: datetime.tzinfo, *seen: str) -> Reckoning:
    """Give today, never before the days (ISO) that were seen already; `now` knows its time zone.

    A clock set back a little is overlooked; one that is days before, or a year past, all that was seen is not believed.
    """
    today = now.astimezone(zone).date()
    days = [datetime.date.fromisoformat(day) for day in seen if day]
    newest = max(days, default=today)
    if today < newest - _BEHIND:
        return Reckoning(newest.isoformat(), "behind")
    if today > newest + _AHEAD:
        return Reckoning(newest.isoformat(), "ahead")
    return Reckoning(max(today, newest).isoformat())
