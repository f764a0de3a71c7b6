"""The page of statistics: every chart headed by what it says, every number in a table, and what was counted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from sangkien.domain import address
from sangkien.domain import statistics as stats
from sangkien.domain.tile_map import tile_map
from sangkien.render import charts
from sangkien.render import vietnamese as vi
from sangkien.render.charts import Matrix, Row, Table
from sangkien.render.headline import Words, middle_day, most_ideas, taken_up, waiting
from sangkien.render.page import Page, write
from sangkien.render.tiles import named, says, tiles
from sangkien.render.wording import Wording

_UNITS = 10  # named one by one; the rest are counted together
# How many places took an idea up: as many columns as a phone holds.
_PLACES = ((0, 0), (1, 1), (2, 4), (5, None))
_UNRATED = "Không xếp loại"
_UNTOLD = "Chưa ghi"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One section: its anchor, what it is about, what it says, the chart, and what is to be known about it."""

    id: str
    kicker: str
    heading: str
    body: Markup
    note: str | Markup = ""


def page(wording: Wording) -> Page:
    """Write the page of statistics."""
    register = wording.register
    counted = stats.figures(register.ideas)
    parts = list(_parts(wording, counted))
    newest = stats.newest_day(register)
    return Page(
        address=address.STATISTICS,
        section=address.STATISTICS,
        title="Thống kê",
        description="Bao nhiêu ý được ghi nhận theo năm, theo nơi, theo lĩnh vực; chờ bao lâu; nơi nào đã làm theo.",
        body=write(
            "statistics.html.j2",
            parts=parts,
            some=bool(register.ideas),
            counted=wording.counted(register.ideas),
            newest=vi.day(newest) if newest else "",
            smallest=register.movement.get("small_group") if register.movement else None,
        ),
        sheets=(charts.SHEET,),
    )


def year_charts(figures: stats.Figures, wording: Wording) -> Markup:
    """Draw one year in short: month by month and by field; nothing where there is too little to compare."""
    if figures.ideas < 2:
        return Markup("")
    months = tuple(Row(label=month.lstrip("0"), value=count) for month, count in figures.months.items())
    table = Table(caption="Số ý được ghi nhận theo tháng", heads=("Tháng", "Số ý"), rows=months)
    says_ = most_ideas([(f"tháng {row.label}", row.value or 0) for row in months], _MONTHS)
    drawn = [(says_, charts.columns(table, f"Biểu đồ cột theo tháng. {says_}.", marked=_highest(table)))]
    shelves = {key: shelf.record["name"] for key, shelf in wording.register.fields.items()}
    fields = {key: figures.fields[key] for key in shelves if figures.fields.get(key)}
    drawn.append(_shelf(fields, shelves, "Lĩnh vực", "lĩnh vực"))
    return Markup(write("year_charts.html.j2", drawn=drawn))  # noqa: S704  # written by a template


def _parts(wording: Wording, counted: stats.Figures) -> Iterator[Part]:
    register = wording.register
    contents = {key: shelf.record["name"] for key, shelf in register.contents.items()}
    fields = {key: shelf.record["name"] for key, shelf in register.fields.items()}
    if counted.ideas:
        yield _years(counted)
    yield from _map(wording)
    if not counted.ideas:
        return
    yield _units(counted, wording)
    yield _named("theo-linh-vuc", counted.fields, fields, "Lĩnh vực", "lĩnh vực")
    yield _named("theo-noi-dung", counted.contents, contents, "Nội dung phong trào", "nội dung")
    yield _named("theo-loai", counted.kinds, vi.KINDS, "Loại", "loại")
    ratings = stats.ladder(register)
    yield _ratings(counted, ratings)
    yield _outcomes(stats.outcomes(register))
    yield _days(counted.days)
    yield _reach(counted, ratings)
    yield from _strata(wording)


def _years(counted: stats.Figures) -> Part:
    rows = tuple(Row(label=year, value=count) for year, count in counted.years.items())
    table = Table(
        caption="Số ý được ghi nhận theo năm",
        heads=("Năm", "Số ý"),
        rows=rows,
        foot=(Row(label="Tất cả", value=counted.ideas),),
    )
    heading = most_ideas([(f"năm {y}", n) for y, n in counted.years.items()], _YEARS)
    return Part(
        id="theo-nam",
        kicker="Theo năm",
        heading=heading,
        body=charts.columns(table, f"Biểu đồ cột theo năm. {heading}.", marked=_highest(table)),
        note="Năm tính theo ngày được công nhận. Năm ghi số 0 là năm đã đếm mà không có ý nào.",
    )


def _map(wording: Wording) -> Iterator[Part]:
    day = stats.newest_day(wording.register)
    tiled = tile_map(wording.register, day)
    if not tiled.groups:
        return
    yield Part(
        id="ban-do",
        kicker="Bản đồ ô",
        heading=says(tiled, wording),
        body=tiles(tiled, wording),
        note=" ".join(_about_map(day, tiled.outside, tiled.shared)),
    )


def _about_map(day: str, outside: int, shared: int) -> Iterator[str]:
    yield f"Mỗi ô là một nơi, theo tên gọi vào ngày {vi.day(day)}; bấm vào ô để xem trang của nơi ấy."
    yield "Ý của xã, thị trấn trước đây được tính cho nơi kế tục, cùng với ý của trường, cơ quan, tổ nhóm thuộc nơi ấy."
    if shared:
        yield (
            f"{vi.whole(shared)} ý ở nơi đã chia ra nhiều phần được tính cho từng phần, nên cộng các ô sẽ hơn tổng số."
        )
    if outside:
        yield f"{vi.whole(outside)} ý của đơn vị không thuộc nơi nào trên bản đồ thì không nằm trong ô nào."


def _units(counted: stats.Figures, wording: Wording) -> Part:
    first, others, rest = stats.top(counted.units, list(wording.register.units), _UNITS)
    names = named((key for key in first if key in wording.register.units), wording)
    rows = tuple(Row(label=names.get(key, "Đơn vị chưa rõ"), value=count) for key, count in first.items())
    foot = (Row(label=f"{vi.whole(others)} đơn vị khác cộng lại", value=rest),) if others else ()
    heading = most_ideas([(wording.unit(key), count) for key, count in counted.units.items()], _PLACES_SAID)
    return Part(
        id="theo-don-vi",
        kicker="Theo đơn vị",
        heading=heading,
        body=charts.bars(Table(caption="Số ý theo đơn vị", heads=("Đơn vị", "Số ý"), rows=rows, foot=foot)),
        note="Đơn vị ghi theo tên của ngày nộp, dù nay đã đổi tên hay sáp nhập.",
    )


def _named(id_: str, counts: Mapping[str, int], names: Mapping[str, str], head: str, each: str) -> Part:
    """Show the ideas on each shelf, the fullest first, the empty ones too."""
    heading, body = _shelf({key: counts.get(key, 0) for key in names}, names, head, each)
    return Part(id=id_, kicker=f"Theo {each}", heading=heading, body=body)


def _shelf(counts: Mapping[str, int], names: Mapping[str, str], head: str, each: str) -> tuple[str, Markup]:
    ordered = sorted(counts, key=lambda key: -counts[key])  # shelves of equal counts keep their order
    rows = tuple(Row(label=names[key], value=counts[key]) for key in ordered)
    heading = most_ideas([(f"{each} “{names[key]}”", counts[key]) for key in counts], Words(each=each))
    return heading, charts.bars(Table(caption=f"Số ý theo {each}", heads=(head, "Số ý"), rows=rows))


def _ratings(counted: stats.Figures, names: Mapping[str, str]) -> Part:
    shown = {key: counted.ratings.get(key, 0) for key in names}
    shown |= {key: n for key, n in counted.ratings.items() if key not in shown}
    words = {key: names.get(key) or _UNRATED for key in shown}
    rows = tuple(Row(label=words[key], value=n) for key, n in shown.items())
    said = [(f"loại “{words[key]}”" if key in names else "nhóm không xếp loại", n) for key, n in shown.items()]
    return Part(
        id="theo-xep-loai",
        kicker="Theo xếp loại",
        heading=most_ideas(said, Words(each="loại")),
        body=charts.bars(Table(caption="Số ý theo xếp loại", heads=("Xếp loại", "Số ý"), rows=rows)),
        note="Xếp loại do hội đồng cho, theo bộ tiêu chí của từng đợt; cùng tên gọi thì đếm chung.",
    )


def _outcomes(found: stats.Outcomes) -> Part:
    rows = [Row(label="Đã được công nhận", value=found.recognised)]
    if found.awaiting:
        rows.append(Row(label="Hội đồng đề nghị công nhận, chờ quyết định", value=found.awaiting))
    rows.append(Row(label="Công nhận rồi thu hồi", value=found.revoked))
    heading = (
        f"{vi.whole(found.recognised)} ý đang được công nhận, {vi.whole(found.revoked)} ý đã thu hồi"
        if found.revoked
        else f"{vi.whole(found.recognised)} ý đang được công nhận, chưa ý nào phải thu hồi"
    )
    note = (
        "Ý đang xét, cần bổ sung hay chưa được công nhận không đưa lên trang này để giữ kín cho người gửi, "
        "nên cũng không đếm ở đây."
    )
    return Part(
        id="theo-ket-qua",
        kicker="Theo kết quả",
        heading=heading,
        body=charts.bars(Table(caption="Số ý theo kết quả", heads=("Kết quả", "Số ý"), rows=tuple(rows))),
        note=note,
    )


def _days(spread: stats.Spread) -> Part:
    heading = waiting(spread)
    found = stats.bins(spread)
    rows = tuple(Row(label=_bin(b), value=b.ideas) for b in found)
    if spread.unknown:
        rows += (Row(label="Không tính được", value=spread.unknown),)
    table = Table(caption="Số ý theo số ngày từ khi nộp đến khi được công nhận", heads=("Số ngày", "Số ý"), rows=rows)
    middle = spread.median
    if middle is None or not found:
        body = charts.bars(table)
    else:
        body = charts.histogram(
            table,
            f"Biểu đồ: trục ngang là số ngày, cột càng cao càng nhiều ý. {heading}.",
            edges=[b.start for b in found] + [found[-1].end],
            middle=float(middle),
            word=f"ở giữa: {middle_day(spread)} ngày",
        )
    return Part(
        id="cho-doi",
        kicker="Từ khi nộp đến khi được công nhận",
        heading=heading,
        body=body,
        note="Tính từ ngày nộp lần đầu đến ngày của quyết định công nhận đầu tiên, kể cả thời gian bổ sung. "
        "Xếp mọi ý theo số ngày, ý đứng giữa cho biết thường chờ bao lâu.",
    )


def _bin(found: stats.Bin) -> str:
    if found.end - found.start == 1:
        return f"{vi.whole(found.start)} ngày"
    return f"{vi.whole(found.start)}–{vi.whole(found.end - 1)} ngày"


def _reach(counted: stats.Figures, names: Mapping[str, str]) -> Part:
    order = [*names, *(key for key, _ in counted.reach if key not in names)]
    most = max((places for _, places in counted.reach), default=0)
    columns = [(low, high) for low, high in _PLACES if low <= most]
    rows = [
        (names.get(rating) or _UNRATED, tuple(_within(counted.reach, rating, low, high) for low, high in columns))
        for rating in dict.fromkeys(order)
    ]
    matrix = Matrix(
        caption="Số ý theo xếp loại và số nơi khác làm theo",
        head="Xếp loại",
        columns=tuple(_span(low, high, most) for low, high in columns),
        rows=tuple(row for row in rows if any(row[1])),
    )
    spread_wide = sum(n for (_, places), n in counted.reach.items() if places)
    return Part(
        id="lan-toa",
        kicker="Lan tỏa và đánh giá",
        heading=taken_up(spread_wide, counted.ideas),
        body=charts.dots(matrix),
        note=f"Từ trên xuống là xếp loại của hội đồng, từ trái sang là số nơi khác báo đã làm theo; chấm càng to càng "
        f"nhiều ý. Số 0 nghĩa là chưa nơi nào báo lại, không phải chắc chắn chưa ai làm. {_measured(counted)} "
        "Mỗi ý đo một thứ khác nhau (giờ, tiền, lít nước…), nên không đem các số đo so với nhau trên một trục.",
    )


def _measured(counted: stats.Figures) -> str:
    if not counted.measured:
        return "Chưa ý nào có số đo trước và nay."
    return f"{vi.whole(counted.measured)} trong {vi.whole(counted.ideas)} ý có số đo trước và nay trên trang của mình."


def _within(reach: Mapping[tuple[str, int], int], rating: str, low: int, high: int | None) -> int:
    return sum(
        n for (r, places), n in reach.items() if r == rating and low <= places and (high is None or places <= high)
    )


def _span(low: int, high: int | None, most: int) -> str:
    """Name a column of places, no wider than what there is."""
    end = most if high is None else min(high, most)
    if not end:
        return "chưa có"
    return f"{low} nơi" if low == end else f"{vi.whole(low)}–{vi.whole(end)} nơi"


def _strata(wording: Wording) -> Iterator[Part]:
    found, total = stats.strata(wording.register), stats.authors(wording.register)
    if found is None or not total:
        return
    smallest = wording.register.movement["small_group"] if wording.register.movement else 0
    told = sorted((key for key, count in found.items() if count is not None), key=lambda key: -(found[key] or 0))
    rows = [Row(label=wording.strata.get(key, _UNTOLD), value=found[key]) for key in told if key or found[key]]
    if hidden := [wording.strata.get(key, _UNTOLD) for key, count in found.items() if count is None]:
        rows.append(Row(label="; ".join(hidden), value=None, instead="để trống"))
    shown = stats.leading({key: count for key, count in found.items() if key and count})
    names = vi.listed([wording.strata[key] for key in shown.keys])
    each = ", mỗi nhóm" if len(shown.keys) > 1 else ""
    heading = (
        f"{names}{each} có {vi.whole(shown.count)} trong {vi.whole(total)} người đứng tên"
        if names
        else f"{vi.whole(total)} người đứng tên, mỗi nhóm còn ít nên để trống"
    )
    yield Part(
        id="con-nguoi",
        kicker="Các tầng lớp nhân dân",
        heading=heading,
        body=charts.bars(
            Table(
                caption="Số người đứng tên theo tầng lớp",
                heads=("Tầng lớp", "Số người"),
                rows=tuple(rows),
                foot=(Row(label="Tất cả", value=total),),
            )
        ),
        note="Chỉ đếm người đồng ý để tên, mỗi người một lần dù có nhiều ý. "
        f"Nhóm dưới {vi.whole(smallest)} người để trống, để không ai bị nhận ra; "
        "khi cần, một nhóm đông hơn cũng để trống cho khỏi trừ ra mà biết.",
    )


def _highest(table: Table) -> list[str]:
    most = max((row.value or 0 for row in table.rows), default=0)
    return [str(row.label) for row in table.rows if most and row.value == most]


_YEARS = Words(each="năm", within="được ghi nhận trong")
_MONTHS = Words(each="tháng", within="được ghi nhận trong")
_PLACES_SAID = Words(each="đơn vị", within="đến từ")
