"""Pages of units: what each was and became, and what was recognised there."""

from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from sangkien.domain import address, views
from sangkien.render import linked_data, plans
from sangkien.render import vietnamese as vi
from sangkien.render.listing import Entry, Listing, beginning, index, the_rest
from sangkien.render.page import Page, write
from sangkien.render.sheets import poster_address
from sangkien.render.wording import Wording

_FORMER = "truoc-day"


def lists(wording: Wording) -> Iterator[Page]:
    """Write the index of units, group by group."""
    units = wording.register.units
    groups: dict[str, list[Entry]] = {group: [] for group in (*vi.UNIT_GROUPS, _FORMER)}
    for key, unit in units.items():
        level = wording.levels.get(unit.record["level"])
        groups[_FORMER if "valid_to" in unit.record else level["group"] if level else "dia-ban"].append(
            Entry(
                href=f"{address.UNITS}{key}/",
                title=vi.capital(wording.unit(key)),
                note=_note(unit, wording),
                sample="sample" in unit.record,
            )
        )
    yield from index(
        address.UNITS,
        "Đơn vị",
        "Mỗi nơi được ghi theo tên và cấp của ngày ấy; đơn vị đã sáp nhập hay đổi tên vẫn giữ trang của mình.",
        [(vi.UNIT_GROUPS.get(group, "Đơn vị trước đây"), entries) for group, entries in groups.items()],
        "Chưa có đơn vị nào.",
    )


def pages(unit: views.Unit, wording: Wording) -> Iterator[Page]:
    """Write the page of a unit, and the lists that it has no room for."""
    yield _page(unit, wording.residents.get(unit.record["id"], ()), wording)
    to, name = f"{address.UNITS}{unit.record['id']}/", vi.capital(wording.unit(unit.record["id"]))
    for _, way, title, ideas in _sections(unit):
        listing = Listing(
            address=f"{to}{way}/",
            section=address.UNITS,
            title=f"{name}: {title}",
            description=f"{name}: {title}.",
            crumbs=((address.UNITS, "Đơn vị"), (to, name)),
        )
        yield from the_rest(listing, ideas, wording)


def _sections(unit: views.Unit) -> tuple[tuple[str, str, str, tuple[views.Idea, ...]], ...]:
    """Name the lists of a unit: in the template, in addresses, in words."""
    return (
        ("own", "tai-day", "ra đời tại đây", unit.ideas),
        ("below", "cap-duoi", "ở các đơn vị trực thuộc", unit.below),
        ("earlier", "truoc-kia", "từ các đơn vị tiền thân", unit.earlier),
        ("adopted", "ap-dung", "học từ nơi khác", unit.adopted),
    )


def _note(unit: views.Unit, wording: Wording) -> Markup:
    """Write the line under a unit's name; where another took its place, that one is named."""
    words: list[str | Markup] = [vi.capital(wording.years_of(unit.record))]
    if "valid_to" in unit.record and unit.now != (unit.record["id"],):
        heirs = vi.listed([wording.unit(key) for key in unit.now])
        words.append(f"nay là {heirs}")
    if found := unit.everything:
        words.append(wording.counted(found))
    return Markup(" · ").join(words)


def _page(unit: views.Unit, makers: Sequence[views.Person], wording: Wording) -> Page:
    record = unit.record
    name = wording.unit(record["id"])
    to = f"{address.UNITS}{record['id']}/"
    level = wording.levels.get(record["level"])
    parents = [
        (
            wording.unit_link(parent["unit"]),
            vi.span(parent["from"], parent.get("to"), approximate=record.get("approximate", False)),
        )
        for parent in record.get("parents", ())
        if parent["unit"] in wording.register.units
    ]
    basis = wording.register.legal_bases.get(record.get("legal_basis", ""))
    return Page(
        address=to,
        section=address.UNITS,
        title=vi.capital(name),
        description=f"{vi.capital(name)}: {wording.counted(unit.ideas or unit.below)}.",
        feed=to if unit.everything else "",
        data=linked_data.unit(record["id"], wording),
        body=write(
            "unit.html.j2",
            unit=unit,
            name=name,
            kicker=vi.UNIT_GROUPS[level["group"]] if level else "Đơn vị",
            story=list(_story(unit, name, wording)),
            numbers=list(_numbers(unit, len(makers))),
            makers=[wording.person_link(p.credit.address, p.credit.name) for p in makers[:_MAKERS]],
            plans=plans.on_unit(unit, wording),
            neighbours=wording.cards(_neighbours(unit, wording)),
            posters=[
                (poster_address(record["id"], month), f"tháng {int(month[5:])} năm {month[:4]}", len(ideas))
                for month, ideas in wording.months.get(record["id"], {}).items()
            ],
            years=wording.years_of(record),
            predecessors=_linked(unit.predecessors, wording),
            successors=_linked(unit.successors, wording),
            parents=parents,
            children=_linked(unit.children, wording),
            homeland=wording.unit_link(record.get("homeland", "")),
            basis=wording.basis(basis) if basis else "",
            **{name: beginning(ideas, f"{to}{way}/", wording) for name, way, _, ideas in _sections(unit)},
        ),
    )


def _story(unit: views.Unit, name: str, wording: Wording) -> Iterator[str | Markup]:
    """Greet whoever comes from here: what was honoured, or a kind word where nothing was yet."""
    ended = "valid_to" in unit.record and unit.now != (unit.record["id"],)
    if ended:
        yield Markup("{} nay là {}.").format(vi.capital(name), wording.unit_today(unit.record["id"]))
    if unit.ideas:
        newest = max(unit.ideas, key=lambda idea: (idea.on, idea.code))
        yield f"Ở {name}, {wording.counted(unit.ideas)}; mới nhất là “{newest.title}”."
    elif unit.below:
        yield f"Ở các đơn vị thuộc {name}, {wording.counted(unit.below)}."
    elif unit.earlier:
        yield f"Từ các đơn vị tiền thân của {name}, {wording.counted(unit.earlier)}."
    elif not ended:
        yield f"Chưa có ý nào ở {name} được ghi nhận. Chắc hẳn nơi đây đã có cách làm hay mà chưa ai kể ra."
        yield "Một mẹo đỡ tốn công, một việc cả xóm cùng làm đều đáng quý; người kể đầu tiên có thể là bạn."


def _numbers(unit: views.Unit, makers: int) -> Iterator[tuple[int, str]]:
    """Give what can be counted here; nothing is said of what there is none of."""
    counted = (
        (len(unit.ideas), "ý ra đời tại đây"),
        (len(unit.below), "ý ở các đơn vị trực thuộc"),
        (len(unit.earlier), "ý từ các đơn vị tiền thân"),
        (makers, "người và tập thể đứng tên"),
        (sum(len(idea.brief.adoptions) for idea in unit.ideas), "lượt nơi khác làm theo"),
        (len(unit.adopted), "ý học từ nơi khác"),
    )
    return ((number, label) for number, label in counted if number)


def _neighbours(unit: views.Unit, wording: Wording) -> Sequence[views.Idea]:
    """Choose ideas from nearby for a place that has none of its own yet."""
    if unit.ideas or unit.below or unit.earlier or unit.successors:
        return ()
    units = wording.register.units
    around = next((p["unit"] for p in reversed(unit.record.get("parents", ())) if units.get(p["unit"])), "")
    return wording.outstanding(around if around and units[around].below else "", _NEIGHBOURS)


_MAKERS, _NEIGHBOURS = 40, 3


def _linked(keys: Iterable[str], wording: Wording) -> list[tuple[Markup, str]]:
    units = wording.register.units
    return [(wording.unit_link(key), wording.years_of(units[key].record)) for key in keys]
