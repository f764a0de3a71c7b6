"""The page that tells how people were told: every time, its form and audience, and how many it reached."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from sangkien.domain import address
from sangkien.domain.movement_life import Telling
from sangkien.render import vietnamese as vi
from sangkien.render.listing import batched, pager
from sangkien.render.member_orgs import names
from sangkien.render.page import Page, write
from sangkien.render.wording import Wording

_TITLE = "Tuyên truyền"


def pages(wording: Wording) -> Iterator[Page]:
    """Write the log of outreach by year, with figures on its first page; nothing where nothing was told."""
    log = wording.register.life.outreach
    parts = list(batched(log)) if log else []
    forms, audiences = _lists(wording)
    for number, part in enumerate(parts, 1):
        first = number == 1
        yield Page(
            address=address.numbered(address.OUTREACH, number),
            section=address.MOVEMENT,
            title=_TITLE if first else f"{_TITLE}, trang {number}",
            description="Những lần kể cho bà con nghe về phong trào: bài báo, tọa đàm, buổi họp lồng ghép.",
            body=write(
                "outreach.html.j2",
                title=_TITLE,
                lead="Ý hay chỉ đi xa khi có người kể. Đây là những lần đã kể, bằng cách nào, với ai." if first else "",
                numbers=_numbers(log) if first else [],
                tables=_tables(log, forms, audiences) if first else [],
                years=[
                    (year, [_told(telling, forms, audiences, wording) for telling in tellings])
                    for year, tellings in groupby(part, key=lambda telling: telling.record["date"][:4])
                ],
                pages=pager(address.OUTREACH, number, len(parts)),
            ),
        )


def _lists(wording: Wording) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Name the forms and the audiences by their ids, in the order of the lists."""
    lists = wording.register.lists
    if lists is None:
        return {}, {}
    return (
        {form["id"]: form["name"] for form in lists.get("outreach_forms", ())},
        {audience["id"]: audience["name"] for audience in lists.get("audiences", ())},
    )


def _numbers(log: Sequence[Telling]) -> list[tuple[int, str]]:
    counts = (
        (len(log), "lần kể"),
        (sum(telling.record.get("reach", 0) for telling in log), "lượt người nghe, xem, dự"),
        (len({idea.code for telling in log for idea in telling.ideas}), "ý được kể"),
    )
    return [(number, label) for number, label in counts if number]


def _tables(
    log: Sequence[Telling], forms: Mapping[str, str], audiences: Mapping[str, str]
) -> list[tuple[str, str, list[tuple[str, int, str]]]]:
    by_form = [(name, [one for one in log if one.record["form"] == key]) for key, name in forms.items()]
    by_audience = [(name, [one for one in log if key in one.record["audiences"]]) for key, name in audiences.items()]
    return [
        ("hinh-thuc", "Theo hình thức", _counts(by_form)),
        ("doi-tuong", "Theo đối tượng", _counts(by_audience)),
    ]


def _counts(groups: Iterable[tuple[str, list[Telling]]]) -> list[tuple[str, int, str]]:
    """Count the times and the people reached; where nobody counted the people, a dash tells so."""
    return [
        (name, len(found), vi.whole(sum(reached)) if (reached := _reached(found)) else "–")
        for name, found in groups
        if found
    ]


def _reached(found: Iterable[Telling]) -> list[int]:
    return [telling.record["reach"] for telling in found if "reach" in telling.record]


def _told(telling: Telling, forms: Mapping[str, str], audiences: Mapping[str, str], wording: Wording) -> dict[str, Any]:
    record = telling.record
    about = [
        forms.get(record["form"], ""),
        vi.capital(wording.unit(record["unit"])),
        ", ".join(audiences[key] for key in record["audiences"] if key in audiences),
        f"{vi.whole(record['reach'])} người" if "reach" in record else "",
    ]
    return {
        "record": record,
        "about": " · ".join(filter(None, about)),
        "partners": names(record.get("partners", ()), wording),
        "ideas": telling.ideas,
    }
