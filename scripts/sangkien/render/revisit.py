"""The places to be asked anew, told on the command line and in the desk's one issue about them."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from itertools import accumulate
from urllib.parse import urlencode

from sangkien.domain.revisit import Visit
from sangkien.render import forms, neutral
from sangkien.render.desk import words
from sangkien.render.vietnamese import day

REVISIT = "<!-- sangkien:revisit -->"
# An issue has an end, at 65,536 characters; the oldest stand first.
_MOST = 100
_MOST_SHOWN = 60_000

Names = Callable[[str], Sequence[str]]  # a unit → its name of that time, then those of what it has become


def label() -> str:
    """Give the label of the issue: that of the form its links lead to."""
    return str(forms.words()["visit"]["label"])


def title() -> str:
    """Give the issue's title."""
    return str(words()["revisit"]["title"])


def issue(visits: Sequence[Visit], names: Names, home: str) -> str:
    """Write the issue; `home` is the repository's address, where the form to answer with is opened filled in."""
    said = words()["revisit"]
    parts = [said["head"].format(count=len(visits)), said["about"].strip()] if visits else [said["none"]]
    items = [_item(number, visit, names, home) for number, visit in enumerate(visits[:_MOST], 1)]
    fitting = sum(length <= _MOST_SHOWN for length in accumulate(len(item) + 1 for item in items))
    if visits:
        parts.append("\n".join(items[:fitting]))
    if len(visits) > fitting:
        parts.append(said["more"].format(count=len(visits) - fitting))
    return "\n\n".join([REVISIT, *parts]) + "\n"


def text(visits: Sequence[Visit], names: Names) -> str:
    """Tell the same in plain lines."""
    said = words()["revisit"]
    return "\n".join([said["line"].format(**_told(visit, names)) for visit in visits] or [said["none"]])


def as_json(visits: Sequence[Visit]) -> str:
    """Give the list to other programs."""
    return json.dumps([asdict(visit) for visit in visits], ensure_ascii=False, indent=2)


def _item(number: int, visit: Visit, names: Names, home: str) -> str:
    answers = {"template": forms.VISIT, "code": visit.code, "number": visit.number}
    told = _told(visit, names)
    told |= {key: neutral.line(told[key]) for key in ("title", "where")}
    link = f"{home}/issues/new?{urlencode(answers)}"
    return str(words()["revisit"]["item"]).format(order=number, link=link, **told)


def _told(visit: Visit, names: Names) -> dict[str, str]:
    unit, *later = names(visit.unit)
    unit += words()["revisit"]["became"].format(units=", ".join(later)) if later else ""
    return {
        "title": visit.title,
        "code": visit.code,
        "number": str(visit.number),
        "where": f"{visit.place}, {unit}" if visit.place else unit,
        "since": day(visit.since),
        "months": str(visit.months),
        "due_on": day(visit.due_on),
    }
