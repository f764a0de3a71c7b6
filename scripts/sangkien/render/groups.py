"""Pages of those who think and do together: clubs and models."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from sangkien.domain import address, views
from sangkien.domain import records as r
from sangkien.render import charts
from sangkien.render import vietnamese as vi
from sangkien.render.listing import Entry, index
from sangkien.render.page import Page, write
from sangkien.render.wording import Wording

Fact = tuple[str, str | Markup]
_FOUND = "huong-dan/cau-lac-bo/"
_ACTIVITIES = 24  # the newest that are told one by one


def pages(wording: Wording) -> Iterator[Page]:
    """Write the index of each kind, and the page of each record."""
    clubs, models = wording.register.clubs.values(), wording.register.models.values()
    yield from index(
        address.CLUBS,
        "Câu lạc bộ",
        "Nơi gặp nhau để nghĩ, thử và sửa.",
        [("", [_entry(club.record, address.CLUBS, club.record.get("closed_on"), wording) for club in clubs])],
        "Chưa có câu lạc bộ nào.",
        onward=((_FOUND, "Lập và nuôi một câu lạc bộ"), (address.TELL_MORE, "Giới thiệu câu lạc bộ của bạn")),
    )
    yield from (_club(shelf, wording) for shelf in clubs)
    yield from index(
        address.MODELS,
        "Mô hình",
        "Những nơi cùng nhau làm theo một cách hay.",
        [("", [_entry(one.record, address.MODELS, one.record.get("ended_on"), wording) for one in models])],
        "Chưa có mô hình nào.",
        onward=((address.TELL_MORE, "Giới thiệu một mô hình"),),
    )
    yield from (_model(shelf, wording) for shelf in models)


def _entry(record: r.ClubRecord | r.ModelRecord, to: str, ended_on: str | None, wording: Wording) -> Entry:
    ended = f"đã thôi từ {vi.day(ended_on)}" if ended_on else ""
    return Entry(
        href=f"{to}{record['id']}/",
        title=record["name"],
        note=" · ".join(filter(None, (vi.capital(wording.unit(record["unit"])), ended))),
        sample="sample" in record,
    )


def _club(shelf: views.Shelf[r.ClubRecord], wording: Wording) -> Page:
    record = shelf.record
    counts = sorted(record.get("counts", ()), key=lambda count: count["date"])
    if "members" in record:
        counts.insert(0, {"date": record["founded_on"], "members": record["members"]})
    activities = sorted(record.get("activities", ()), key=lambda activity: activity["date"], reverse=True)
    facts: list[Fact] = [("Đơn vị", wording.unit_link(record["unit"])), ("Lập ngày", vi.day(record["founded_on"]))]
    if counts:
        facts.append(("Thành viên", f"{vi.whole(counts[-1]['members'])} người"))
    if "meets" in record:
        facts.append(("Sinh hoạt", record["meets"]))
    if "closed_on" in record:
        facts.append(("Thôi hoạt động từ", vi.day(record["closed_on"])))
    history = charts.Table(
        caption="Số thành viên theo ngày",
        heads=("Ngày", "Thành viên"),
        rows=tuple(charts.Row(label=vi.day(count["date"]), value=count["members"]) for count in counts),
    )
    beside = write(
        "club.html.j2",
        history=charts.bars(history) if len(counts) > 1 else "",
        activities=activities[:_ACTIVITIES],
        earlier=len(activities[_ACTIVITIES:]),
    )
    return _page(shelf, wording, address.CLUBS, "Câu lạc bộ", facts, ("Ý ra đời từ câu lạc bộ", beside))


def _model(shelf: views.Shelf[r.ModelRecord], wording: Wording) -> Page:
    record = shelf.record
    spread = sorted(record.get("spread", ()), key=lambda place: (place["since"], place["unit"]))
    facts: list[Fact] = [("Đơn vị", wording.unit_link(record["unit"])), ("Từ ngày", vi.day(record["since"]))]
    if "households" in record:
        facts.append(("Số hộ tham gia", vi.whole(record["households"])))
    if spread:
        facts.append(("Đã nhân rộng tới", f"{vi.whole(len(spread))} nơi"))
    if "ended_on" in record:
        facts.append(("Thôi từ ngày", vi.day(record["ended_on"])))
    told = [(wording.unit_link(place["unit"]), place["since"], place.get("households")) for place in spread]
    beside = write("model.html.j2", spread=told)
    return _page(shelf, wording, address.MODELS, "Mô hình", facts, ("Ý làm nên mô hình", beside))


def _page(  # two kinds of one page, told apart by their words
    shelf: views.Shelf[r.ClubRecord] | views.Shelf[r.ModelRecord],
    wording: Wording,
    to: str,
    name: str,
    facts: Sequence[Fact],
    below: tuple[str, str],
) -> Page:
    record, (heading, beside) = shelf.record, below
    return Page(
        address=f"{to}{record['id']}/",
        section=to,
        title=record["name"],
        description=vi.shortened(record["summary"], 200),
        sheets=(charts.SHEET,) if "sk-chart" in beside else (),
        body=write(
            "shelf.html.j2",
            record=record,
            crumb=(to, name),
            kicker=name,
            facts=facts,
            heading=heading,
            rows=wording.rows(shelf.ideas),
            beside=Markup(beside),  # noqa: S704  # written by an autoescaped template
        ),
    )
