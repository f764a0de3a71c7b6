"""Pages of units: what each was and became, and what was recognised there."""

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from sangkien.domain import address, views
from sangkien.render import vietnamese as vi
from sangkien.render.listing import Entry, Listing, beginning, index, the_rest
from sangkien.render.page import Page, write
from sangkien.render.wording import Wording


def pages(wording: Wording) -> Iterator[Page]:
    """Write the index of units, group by group, and the page of each."""
    units = wording.register.units
    groups: dict[str, list[Entry]] = {group: [] for group in vi.UNIT_GROUPS}
    for key, unit in units.items():
        level = wording.levels.get(unit.record["level"])
        groups[level["group"] if level else "dia-ban"].append(
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
        [(vi.UNIT_GROUPS[group], entries) for group, entries in groups.items()],
        "Chưa có đơn vị nào.",
    )
    for unit in units.values():
        yield _page(unit, wording)
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
    if found := unit.ideas or unit.below:
        words.append(wording.counted(found))
    return Markup(" · ").join(words)


def _page(unit: views.Unit, wording: Wording) -> Page:
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
        body=write(
            "unit.html.j2",
            unit=unit,
            name=name,
            kicker=vi.UNIT_GROUPS[level["group"]] if level else "Đơn vị",
            years=wording.years_of(record),
            ended="valid_to" in record and unit.now != (record["id"],),
            today=wording.unit_today(record["id"]),
            predecessors=_linked(unit.predecessors, wording),
            successors=_linked(unit.successors, wording),
            parents=parents,
            children=_linked(unit.children, wording),
            homeland=wording.unit_link(record.get("homeland", "")),
            basis=wording.basis(basis) if basis else "",
            **{name: beginning(ideas, f"{to}{way}/", wording) for name, way, _, ideas in _sections(unit)},
        ),
    )


def _linked(keys: Iterable[str], wording: Wording) -> list[tuple[Markup, str]]:
    units = wording.register.units
    return [(wording.unit_link(key), wording.years_of(units[key].record)) for key in keys]
