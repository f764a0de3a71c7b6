"""The whole register as pages: in sheaves, each of which can be written by itself, beside the others."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple, TypeVar

from sangkien.domain import address
from sangkien.domain.views import Idea, Person
from sangkien.render import (
    acts,
    ceremony,
    groups,
    honours,
    member_orgs,
    movement_life,
    outreach,
    people,
    places,
    plans,
    problems,
    proof,
    share,
    statistics,
    ways_in,
    years,
)
from sangkien.render import vietnamese as vi
from sangkien.render.idea_page import idea_page, notice_page
from sangkien.render.listing import Entry, Listing, idea_list, index
from sangkien.render.page import Page, write
from sangkien.render.surroundings import Surroundings
from sangkien.render.wording import Wording

Item = TypeVar("Item")
Pages = Callable[[], Iterator[Page]]
_MANY = 32  # units of one sheaf: those of high units have long lists, and all of a sheaf is held at once


class Sheaf(NamedTuple):
    """Pages that are written and kept together under a name, all of them or none."""

    name: str
    pages: Pages


class Leaf(NamedTuple):
    """A page that may be kept: its address, the key that names all it shows, and how it is written."""

    address: str
    key: str
    write: Callable[[], Page]


class Bundle(NamedTuple):
    """Pages that are written together under a name, each kept by itself."""

    name: str
    leaves: Callable[[], Iterator[Leaf]]


def sheaves(wording: Wording, site_name: str, site_url: str) -> Iterator[Sheaf | Bundle]:
    """Give all pages of the register, the longest work first."""
    register, around = wording.register, Surroundings(wording)
    lists = {
        "ghi-nhan": _ideas,
        "noi-dung": _contents,
        "linh-vuc": _fields,
        "loai": _kinds,
        "nam": years.pages,
        "viec": acts.pages,
        "bieu-duong": honours.pages,
        "giay-bieu-duong": proof.of_commendations,
        "nhom": groups.pages,
        "bai-toan": problems.pages,
        "phong-trao": movement_life.pages,
        "ke-hoach": plans.pages,
        "tuyen-truyen": outreach.pages,
        "to-chuc": member_orgs.pages,
        "nguoi": people.lists,
        "noi": places.lists,
    }
    for name, make in lists.items():
        yield Sheaf(f"to-{name}", partial(make, wording))
    for number, units in enumerate(_in_parts([*register.units.values()])):
        yield Sheaf(f"to-don-vi-{number}", partial(_each, units, partial(places.pages, wording=wording)))
    # Records of one year and neighbouring codes are kept together, so their pages are too.
    for name, ideas in _bundled(register.ideas, lambda idea: f"{idea.code[:4]}-{idea.code[5]}").items():
        yield Bundle(name, partial(_idea_leaves, ideas, around, wording, site_name, site_url))
    for name, persons in _bundled(register.people.values(), lambda person: person.record["id"][:3]).items():
        yield Bundle(name, partial(_person_leaves, persons, around, wording))
    yield Sheaf("to-khac", partial(_others, wording, site_name))


def pages(wording: Wording, site_name: str, site_url: str) -> Iterator[Page]:
    """Write all pages, one after the other."""
    for sheaf in sheaves(wording, site_name, site_url):
        yield from (leaf.write() for leaf in sheaf.leaves()) if isinstance(sheaf, Bundle) else sheaf.pages()


def _idea_leaves(
    ideas: Iterable[Idea], around: Surroundings, wording: Wording, site_name: str, site_url: str
) -> Iterator[Leaf]:
    for idea in ideas:
        key = around.of_idea(idea)
        yield Leaf(idea.address, key, partial(idea_page, idea, wording, site_url))
        yield Leaf(address.proof(idea.code), key, partial(proof.of_idea, idea, wording))
        if idea.code in wording.shared:
            yield Leaf(idea.address + share.FOLDER, key, partial(share.page, idea, wording, site_name, site_url))


def _person_leaves(persons: Iterable[Person], around: Surroundings, wording: Wording) -> Iterator[Leaf]:
    for person in persons:
        yield Leaf(person.credit.address, around.of_person(person), partial(people.page, person, wording))


def _others(wording: Wording, site_name: str) -> Iterator[Page]:
    for idea in wording.register.notices:
        yield notice_page(idea, wording)
        yield proof.of_idea(idea, wording)
    yield from map(people.erased_page, wording.register.erased)
    yield from map(people.left_page, wording.register.left)
    yield from ceremony.scripts(wording, site_name)
    yield statistics.page(wording)
    yield _take_part(wording)


def _bundled(items: Iterable[Item], name: Callable[[Item], str]) -> dict[str, list[Item]]:
    """Sort into bundles by their names, as they come."""
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault(name(item), []).append(item)
    return dict(sorted(found.items()))


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
        ("Phong trào gắn kết", member_orgs.facet(wording)),
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
    return Page(
        address=address.TAKE_PART,
        section=address.TAKE_PART,
        title="Gửi ý của bạn",
        description="Viết ý của mình ra, nộp ở đâu, được xét thế nào.",
        body=write(
            "take_part.html.j2",
            **ways_in.told(wording.register.movement),
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
