"""Pages of people and collectives: worth sending to one's mother."""

from collections.abc import Iterator

from markupsafe import Markup

from sangkien.domain import address, views
from sangkien.domain.naming import Credit
from sangkien.domain.records import PersonRecord
from sangkien.render import linked_data
from sangkien.render import vietnamese as vi
from sangkien.render.listing import Entry, index
from sangkien.render.page import Page, write
from sangkien.render.wording import Wording


def lists(wording: Wording) -> Iterator[Page]:
    """Write the lists of people and of collectives."""
    everyone = wording.register.people.values()
    single = [p for p in everyone if not p.credit.collective]
    collectives = [p for p in everyone if p.credit.collective]
    yield from index(
        address.PEOPLE,
        "Con người",
        "Những người đã góp ý hay cho cộng đồng và đồng ý để tên ở đây. Xếp theo tên.",
        [("", [_entry(person, wording) for person in single])],
        "Chưa có ai ở đây. Người được ghi nhận chỉ hiện tên khi chính mình đồng ý.",
    )
    yield from index(
        address.COLLECTIVES,
        "Tập thể",
        "Những tập thể cùng nhau nghĩ, cùng nhau làm.",
        [("", [_entry(person, wording) for person in collectives])],
        "Chưa có tập thể nào ở đây.",
    )


def _entry(person: views.Person, wording: Wording) -> Entry:
    return Entry(
        href=person.credit.address,
        title=person.credit.name,
        note=" · ".join(filter(None, [_about(person, wording), vi.capital(wording.unit(person.record["unit"]))])),
        sample="sample" in person.record,
    )


def _about(person: views.Person, wording: Wording) -> str:
    occupation = person.record.get("occupation") or wording.strata.get(person.record.get("stratum", ""), "")
    return vi.capital(occupation)


def _sums(person: views.Person) -> str:
    parts = []
    if person.ideas:
        parts.append(f"{len(person.ideas)} ý được ghi nhận")
    if person.commendations:
        parts.append(f"{len(person.commendations)} lần được biểu dương")
    if person.titles:
        parts.append(f"{len(person.titles)} danh hiệu cấp trên ghi nhận")
    return vi.listed(parts)


def page(person: views.Person, wording: Wording) -> Page:
    """Write the page of somebody named in full."""
    about = ". ".join(filter(None, [_about(person, wording), vi.capital(_sums(person))])) + "."
    to = person.credit.address
    return Page(
        address=to,
        section=address.COLLECTIVES if person.credit.collective else address.PEOPLE,
        title=person.credit.name,
        description=f"{person.credit.name}: {_sums(person)}.",
        noindex=person.credit.unlisted,
        data=linked_data.person(person),
        body=write(
            "person.html.j2",
            person=person,
            about=about,
            unit=wording.unit_link(person.record["unit"]),
            unit_today=wording.unit_today(person.record["unit"]),
            thanks=f"Cảm ơn {person.credit.name} đã nghĩ ra, đã làm, và đã chỉ lại cho mọi người.",
            ideas=[
                _gift(idea, person.credit, wording)
                for idea in sorted(person.ideas, key=lambda idea: idea.on, reverse=True)
            ],
            commendations=[commendation_entry(c, wording, named=False) for c in person.commendations],
            titles=list(_titles(person, wording)),
        ),
    )


def erased_page(person: PersonRecord) -> Page:
    """Write what stands at the address of somebody who asked to be forgotten: kind words, and nothing that leads on."""
    collective = person["kind"] == "tap-the"
    return Page(
        address=address.person(person),
        section=address.COLLECTIVES if collective else address.PEOPLE,
        title=vi.NAMELESS[collective, True],
        description="",
        noindex=True,
        body=write(
            "erased.html.j2", title=vi.NAMELESS[collective, True], who="tập thể ấy" if collective else "người ấy"
        ),
    )


def _gift(idea: views.Idea, maker: Credit, wording: Wording) -> dict[str, object]:
    """Tell an idea on its maker's page: what it does, and what the council said of it."""
    return {
        "idea": idea,
        "about": " · ".join(filter(None, [wording.kind(idea), wording.field(idea), vi.day(idea.on)])),
        "rating": wording.rating(idea),
        "with": wording.partners(idea, maker),
        "reasons": idea.recognitions[-1].conclusion.get("reasons"),
    }


def _titles(person: views.Person, wording: Wording) -> Iterator[Markup]:
    for nomination in person.titles:
        if title := wording.titles.get(nomination.get("title", "")):
            yield Markup("{}, {} ghi nhận").format(title, wording.unit_link(nomination["to_unit"]) or "cấp trên")


def commendation_entry(commendation: views.Commendation, wording: Wording, *, named: bool) -> Entry:
    """Write a commendation in one line, with the name where it is not told already."""
    record = commendation.record
    award = wording.awards.get(record["award"], "Biểu dương")
    return Entry(
        href=f"{address.COMMENDATIONS}{record['id']}/",
        title=f"{award}: {wording.name(commendation.credit)}" if named else award,
        note=f"{vi.day(record['date'])} · {record['reason']}",
        sample="sample" in record,
    )
