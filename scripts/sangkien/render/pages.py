"""The whole register as pages: in sheaves, each of which can be written by itself, beside the others."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple, TypeVar

from sangkien.domain import address
from sangkien.domain.views import Idea
from sangkien.render import acts, ceremony, people, places, share, statistics, years
from sangkien.render import vietnamese as vi
from sangkien.render.idea_page import idea_page, notice_page
from sangkien.render.listing import Entry, Listing, idea_list, index
from sangkien.render.page import Page, write
from sangkien.render.wording import Wording

Item = TypeVar("Item")
Pages = Callable[[], Iterator[Page]]
_MANY = 250  # pages of one sheaf, where there may be any number


class Sheaf(NamedTuple):
    """Pages that are written together."""

    kind: str
    pages: Pages


def sheaves(wording: Wording, site_name: str, site_url: str) -> Iterator[Sheaf]:
    """Give all pages of the register, the longest work first."""
    register = wording.register
    for make in (_ideas, _contents, _fields, _kinds, years.pages, acts.pages, people.lists, places.lists):
        yield Sheaf("lists", partial(make, wording))
    for units in _in_parts([*register.units.values()]):
        yield Sheaf("lists", partial(_each, units, partial(places.pages, wording=wording)))
    for ideas in _together(register.ideas):
        yield Sheaf("ideas", partial(map, partial(idea_page, wording=wording, site_url=site_url), ideas))
    for persons in _in_parts([*register.people.values()]):
        yield Sheaf("people", partial(map, partial(people.page, wording=wording), persons))
    for ideas in _in_parts([*wording.shared.values()]):
        yield Sheaf("share", partial(share.pages, ideas, wording, site_name, site_url))
    yield Sheaf("lists", partial(_others, wording, site_name))


def pages(wording: Wording, site_name: str, site_url: str) -> Iterator[Page]:
    """Write all pages, one after the other."""
    for sheaf in sheaves(wording, site_name, site_url):
        yield from sheaf.pages()


def _others(wording: Wording, site_name: str) -> Iterator[Page]:
    for idea in wording.register.notices:
        yield notice_page(idea, wording)
    yield from ceremony.scripts(wording, site_name)
    yield statistics.page(wording)
    yield _take_part(wording)


def _together(ideas: Sequence[Idea]) -> Iterator[Sequence[Idea]]:
    """Put ideas of one year and neighbouring codes together, since their records are kept together."""
    yield from _in_parts(sorted(ideas, key=lambda idea: idea.code))


def _in_parts(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), _MANY):
        yield items[start : start + _MANY]


def _each(items: Sequence[Item], make: Callable[[Item], Iterator[Page]]) -> Iterator[Page]:
    for item in items:
        yield from make(item)


def _ideas(wording: Wording) -> Iterator[Page]:
    register = wording.register
    facets = (
        ("Năm", [(f"{address.YEARS}{y}/", y, len(i)) for y, i in register.years.items()]),
        (
            "Lĩnh vực",
            [(f"{address.FIELDS}{k}/", s.record["name"], len(s.ideas)) for k, s in register.fields.items() if s.ideas],
        ),
        (
            "Nội dung phong trào",
            [
                (f"{address.CONTENTS}{k}/", s.record["name"], len(s.ideas))
                for k, s in register.contents.items()
                if s.ideas
            ],
        ),
        (
            "Loại",
            [
                *((f"{address.KINDS}{k}/", vi.KINDS[k], len(register.kinds.get(k, ()))) for k in vi.KINDS),
                (address.APPLIED, "Đã áp dụng", len(register.applied)),
            ],
        ),
    )
    yield from idea_list(
        Listing(
            address=address.IDEAS,
            section=address.IDEAS,
            title="Những ý được ghi nhận",
            description="Tất cả sáng kiến, ý tưởng mới, cách làm mới đã được ghi nhận, xếp theo tên.",
            lead=f"{vi.capital(wording.counted(register.ideas))}, xếp theo tên. Chọn một mục để tìm nhanh hơn.",
            facets=tuple(facet for facet in facets if facet[1]),
            empty="Chưa có ý nào được ghi nhận. Rất mong ý đầu tiên là của bạn.",
        ),
        register.ideas,
        wording,
    )


def _contents(wording: Wording) -> Iterator[Page]:
    contents = wording.register.contents
    entries = [
        Entry(
            href=f"{address.CONTENTS}{key}/",
            title=shelf.record["name"],
            note=wording.counted(shelf.ideas),
            sample="sample" in shelf.record,
        )
        for key, shelf in contents.items()
    ]
    yield from index(
        address.CONTENTS,
        "Nội dung phong trào",
        "Phong trào có mấy nội dung thi đua, mỗi nội dung dành cho một nhóm.",
        [("", entries)],
        _NONE,
    )
    for key, shelf in contents.items():
        yield from idea_list(
            Listing(
                address=f"{address.CONTENTS}{key}/",
                section=address.CONTENTS,
                title=shelf.record["name"],
                description=vi.shortened(shelf.record["summary"], 200),
                lead=shelf.record["summary"],
                kicker="Nội dung phong trào",
                feed=f"{address.CONTENTS}{key}/" if shelf.ideas else "",
                crumbs=((address.CONTENTS, "Nội dung phong trào"),),
            ),
            shelf.ideas,
            wording,
        )


def _fields(wording: Wording) -> Iterator[Page]:
    fields = wording.register.fields
    entries = [
        Entry(
            href=f"{address.FIELDS}{key}/",
            title=shelf.record["name"],
            note=wording.counted(shelf.ideas),
            sample="sample" in shelf.record,
        )
        for key, shelf in fields.items()
    ]
    yield from index(address.FIELDS, "Lĩnh vực", "Chọn lĩnh vực gần với việc của bạn.", [("", entries)], _NONE)
    for key, shelf in fields.items():
        yield from idea_list(
            Listing(
                address=f"{address.FIELDS}{key}/",
                section=address.FIELDS,
                title=shelf.record["name"],
                description=f"Những ý được ghi nhận trong lĩnh vực {shelf.record['name']}.",
                lead=f"{vi.capital(wording.counted(shelf.ideas))}.",
                kicker="Lĩnh vực",
                crumbs=((address.FIELDS, "Lĩnh vực"),),
            ),
            shelf.ideas,
            wording,
        )


def _kinds(wording: Wording) -> Iterator[Page]:
    register = wording.register
    entries = [
        Entry(href=f"{address.KINDS}{key}/", title=name, note=wording.counted(register.kinds.get(key, ())))
        for key, name in vi.KINDS.items()
    ]
    yield from index(address.KINDS, "Theo loại", _KINDS_LEAD, [("", entries)], _NONE)
    for key, name in vi.KINDS.items():
        yield from idea_list(
            Listing(
                address=f"{address.KINDS}{key}/",
                section=address.IDEAS,
                title=name,
                description=_KIND_SAYS[key],
                lead=_KIND_SAYS[key],
                crumbs=((address.IDEAS, "Ghi nhận"), (address.KINDS, "Theo loại")),
            ),
            register.kinds.get(key, ()),
            wording,
        )
    yield from idea_list(
        Listing(
            address=address.APPLIED,
            section=address.IDEAS,
            title="Đã áp dụng",
            description="Những ý đã đem dùng thật ở ít nhất một nơi.",
            lead="Những ý đã đem dùng thật ở ít nhất một nơi.",
            crumbs=((address.IDEAS, "Ghi nhận"),),
        ),
        register.applied,
        wording,
    )


def _take_part(wording: Wording) -> Page:
    movement = wording.register.movement
    return Page(
        address=address.TAKE_PART,
        section=address.TAKE_PART,
        title="Gửi ý của bạn",
        description="Viết ý của mình ra, nộp ở đâu, được xét thế nào.",
        body=write(
            "take_part.html.j2",
            intake=movement.get("intake") if movement else None,
            rounds=[round_.record for round_ in wording.register.rounds.values()],
        ),
    )


def under_review(to: str) -> Page:
    """Write what stands in the place of a written page that has something to mend."""
    return Page(
        address=to,
        section="",
        title="Trang đang được xem lại",
        description="",
        body=write("under_review.html.j2"),
        noindex=True,
    )


_NONE = "Mục này chưa có gì."
_KINDS_LEAD = (
    "Sáng kiến là điều đã đem áp dụng; ý tưởng mới còn chờ nơi thử; cách làm mới là việc quen làm theo lối mới."
)
_KIND_SAYS = {
    "sang-kien": "Những giải pháp mới đã đem áp dụng và có kết quả.",
    "y-tuong-moi": "Những ý tưởng mới, đang chờ một nơi thử làm.",
    "cach-lam-moi": "Những việc quen nay làm theo lối mới, gọn hơn, đỡ tốn hơn.",
}
