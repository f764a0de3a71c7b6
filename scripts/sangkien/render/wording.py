"""Names and short lines about ideas, people and units, worded once and used on every page."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from markupsafe import Markup, escape

from sangkien.domain import address, views
from sangkien.domain import records as r
from sangkien.domain.chronicle import by_month, outstanding
from sangkien.domain.kinship import Kinship
from sangkien.domain.naming import Credit
from sangkien.domain.register import Ideas, Register
from sangkien.domain.spreading import Lineage
from sangkien.render import vietnamese as vi
from sangkien.render.page import write
from sangkien.render.pictures import Pictures, Shown, pictures_of
from sangkien.render.unit_names import unit_name

# What is printed costs room, and a site has a gigabyte: cards for so many ideas, posters for as many months of units.
PRINTED = 2_000
_NOTHING = Markup("")


class Wording:
    """The words of one register; rows of ideas are written once, however many lists they stand in."""

    def __init__(self, register: Register, pictures: Pictures) -> None:
        self.register = register
        self._pictures = pictures
        lists = register.lists
        self.levels = {level["id"]: level for level in lists["levels"]} if lists else {}
        self.awards = {award["id"]: award["name"] for award in lists["awards"]} if lists else {}
        self.titles = {title["id"]: title["name"] for title in lists.get("titles", ())} if lists else {}
        self.strata = {stratum["id"]: stratum["name"] for stratum in lists["strata"]} if lists else {}
        self._rows: dict[str, Markup] = {}
        self._outstanding: dict[tuple[str, int], Sequence[views.Idea]] = {}

    def unit(self, key: str) -> str:
        """Name a unit in the middle of a sentence: `xã Suối Mẫu`."""
        return self._unit_names.get(key, "")

    def unit_link(self, key: str) -> Markup:
        """Name a unit with a link to its page."""
        return self._unit_links.get(key, _NOTHING)

    def unit_today(self, key: str) -> Markup:
        """Say what a unit of its day has become; empty when it lives on as it was."""
        return self._heirs.get(key, _NOTHING)

    @cached_property
    def _unit_names(self) -> Mapping[str, str]:
        return {key: unit_name(unit.record, self.levels) for key, unit in self.register.units.items()}

    @cached_property
    def _unit_links(self) -> Mapping[str, Markup]:
        link = Markup('<a href="~/{}{}/">{}</a>')
        return {key: link.format(address.UNITS, key, name) for key, name in self._unit_names.items()}

    @cached_property
    def _heirs(self) -> Mapping[str, Markup]:
        """Who took the place of each unit that did not live on as it was."""
        units = self.register.units.items()
        changed = {key: unit.now for key, unit in units if unit.now not in ((), (key,))}
        return {key: Markup(", ").join(self._heir(k, self.unit(key)) for k in now) for key, now in changed.items()}

    def _heir(self, key: str, once: str) -> Markup:
        """Link to what took a unit's place; one of the same name is told apart by its year."""
        link = self.unit_link(key)
        year = self.register.units[key].record["valid_from"][:4]
        return Markup("{} lập năm {}").format(link, year) if self.unit(key) == once else link

    @staticmethod
    def years_of(unit: r.UnitRecord) -> str:
        """Say from when to when a unit was in force."""
        return vi.span(unit["valid_from"], unit.get("valid_to"), approximate=unit.get("approximate", False))

    @staticmethod
    def name(credit: Credit) -> str:
        """Name someone as the public may see them."""
        if credit.name:
            return credit.name
        return vi.NAMELESS[credit.collective, credit.erased]

    def authors(self, idea: views.Idea) -> str:
        """Name an idea's authors in one line; those without a public name are counted together."""
        return vi.listed(self._authors(idea.authors, self.name))

    def every_author(self, idea: views.Idea) -> str:
        """Name them all, however many."""
        return vi.listed(self._authors(idea.authors, self.name, len(idea.authors)))

    def partners(self, idea: views.Idea, one: Credit) -> str:
        """Name those with whom one author did it; nothing where that one did it alone."""
        return vi.listed(self._authors([a for a in idea.authors if a.credit.address != one.address], self.name))

    def authors_linked(self, idea: views.Idea) -> Markup:
        """Name them with a link to the page of each who has one."""
        names = [escape(name) for name in self._authors(idea.authors, self.credit_link)]
        return Markup(" và ").join(part for part in (Markup(", ").join(names[:-1]), names[-1]) if part)

    @staticmethod
    def _authors(authors: Sequence[views.Author], name: Callable[[Credit], str], most: int = 3) -> list[str]:
        names = [name(author.credit) for author in authors if author.credit.name]
        hidden = len(authors) - len(names)
        erased = hidden == sum(author.credit.erased for author in authors)
        if len(names) > most:
            rest = len(authors) - most + 1
            return [*names[: most - 1], f"{rest} tác giả khác"]
        if hidden:
            count = f"{hidden} " if names or hidden > 1 else ""
            names.append(f"{count}tác giả {'đã yêu cầu ẩn danh' if erased else 'không công khai tên'}")
        return names

    def makers(self, idea: views.Idea, *, beside: str) -> str:
        """Name an idea's authors and, where it is another than the one spoken of, their unit."""
        unit = idea.brief.unit
        return vi.capital(", ".join(filter(None, (self.authors(idea), self.unit(unit) if unit != beside else ""))))

    def kind(self, idea: views.Idea) -> str:
        """Name the kind of an idea."""
        return vi.KINDS[idea.brief.kind]

    def field(self, idea: views.Idea) -> str:
        """Name the field of an idea."""
        shelf = self.register.fields.get(idea.brief.field)
        return shelf.record["name"] if shelf else ""

    def content(self, idea: views.Idea) -> str:
        """Name the content of the movement an idea belongs to."""
        shelf = self.register.contents.get(idea.brief.content)
        return shelf.record["name"] if shelf else ""

    def rating(self, idea: views.Idea) -> str:
        """Name the rating of an idea; empty when it has none."""
        return self.rating_label(*idea.rating) if idea.rating else ""

    def rating_label(self, rubric: str, rating: str) -> str:
        """Name a rating of a rubric; empty when it is not there."""
        found = self.register.rubrics.get(rubric)
        return next((r["label"] for r in found.get("ratings", ()) if r["id"] == rating), "") if found else ""

    def row(self, idea: views.Idea) -> Markup:
        """Write the line that stands for an idea in every list."""
        code = idea.brief.code
        if code not in self._rows:
            about = [self.kind(idea), self.field(idea), vi.capital(self.unit(idea.brief.unit)), idea.year]
            rating, tags = self.rating(idea), ""
            if rating:
                tags += f'<span class="sk-tag sk-tag--rating">{escape(rating)}</span>'
            if idea.brief.sample:
                tags += "<span class=sk-tag>Hồ sơ mẫu</span>"
            self._rows[code] = Markup(  # noqa: S704  # every text in it is escaped
                # Without a template, which takes ten times as long, for every idea there is.
                f'<li class=sk-row><a class=sk-row__title href="~/{idea.address}">{escape(idea.title)}</a>'
                f"<p class=sk-row__about>{escape(' · '.join(filter(None, about)))}"
                f"<p class=sk-row__who>{escape(vi.capital(self.authors(idea)))}"
                + (f"<p class=sk-row__tags>{tags}" if tags else "")
            )
        return self._rows[code]

    def card(self, idea: views.Idea, *, level: int = 3) -> Markup:
        """Write the card that stands for an idea where there is room for its picture; `level` is its heading's."""
        shown = self.pictures(idea)
        return Markup(  # noqa: S704  # written by an autoescaped template
            write(
                "card.html.j2",
                idea=idea,
                level=level,
                kind=self.kind(idea),
                field=self.field(idea),
                authors=self.authors(idea),
                unit=self.unit(idea.brief.unit),
                rating=self.rating(idea),
                figures=idea.record.get("figures"),
                photo=next((s for s in shown if s.shows == "sau"), shown[0] if shown else None),
            )
        )

    def cards(self, ideas: Iterable[views.Idea], *, level: int = 3) -> Markup:
        """Write cards in the order given."""
        return Markup("").join(self.card(idea, level=level) for idea in ideas)

    def pictures(self, idea: views.Idea) -> list[Shown]:
        """List an idea's pictures."""
        images = idea.record.get("images", ()) if idea.brief.pictured else ()
        return pictures_of(idea.code, images, self._pictures)

    def photo(self, idea: views.Idea) -> str:
        """Give the file of the picture that speaks for an idea: how it is now, or the first; empty without any."""
        if not idea.brief.pictured:
            return ""
        images = [image for image in idea.record.get("images", ()) if (idea.code, image["file"]) in self._pictures]
        return next((i["file"] for i in images if i.get("shows") == "sau"), images[0]["file"] if images else "")

    @cached_property
    def shared(self) -> Mapping[str, views.Idea]:
        """The ideas that have cards to send on, by code: the newest."""
        return {idea.code: idea for idea in self.register.newest(PRINTED)}

    @cached_property
    def months(self) -> Mapping[str, Mapping[str, Ideas]]:
        """What was honoured by unit and month, the newest months first, as far as there are posters."""
        return by_month(self.register.units.values(), PRINTED)

    @cached_property
    def residents(self) -> Mapping[str, Sequence[views.Person]]:
        """Who lives or works in each unit, of those named in full."""
        found: dict[str, list[views.Person]] = {}
        for person in self.register.people.values():
            found.setdefault(person.record["unit"], []).append(person)
        return found

    def rows(self, ideas: Iterable[views.Idea]) -> Markup:
        """Write a list of ideas, in the order given."""
        return Markup("".join([self.row(idea) for idea in ideas]))  # noqa: S704  # of rows, which are markup

    def outstanding(self, below: str, count: int) -> Sequence[views.Idea]:
        """Choose ideas to show of those under a unit; of all where none is named."""
        if (below, count) not in self._outstanding:
            ideas = self.register.units[below].below if below else self.register.ideas
            self._outstanding[below, count] = outstanding(ideas, self.register.rubrics, count)
        return self._outstanding[below, count]

    def kin(self, idea: views.Idea) -> Markup:
        """Name the ideas nearest to one in short, since every page of an idea does."""
        lines = (
            (other, " · ".join((self.kind(other), self.unit(other.brief.unit), other.year)))
            for other in self.near(idea)
        )
        return Markup(  # noqa: S704  # every text in it is escaped
            "".join(
                f'<li><a href="~/{other.address}">{escape(other.title)}</a> <small>{escape(about)}</small>'
                for other, about in lines
            )
        )

    def followed_up(self, person: views.Person) -> int:
        """Count the ideas of others that grew out of somebody's."""
        own = {idea.code for idea in person.ideas}
        return len({one.code for idea in person.ideas for one in self.lineage.improvements(idea)} - own)

    def near(self, idea: views.Idea) -> list[views.Idea]:
        """Give the ideas nearest to one."""
        return [self._by_day[number] for number in self.kinship.near(self._number[idea.code])]

    @cached_property
    def kinship(self) -> Kinship:
        """Which ideas are near each other, by their places in the order of days."""
        return Kinship((idea.brief.field, idea.brief.kinship) for idea in self._by_day)

    @cached_property
    def lineage(self) -> Lineage:
        """Which ideas grew out of which."""
        return Lineage(self.register.ideas)

    @cached_property
    def posed(self) -> Mapping[str, Sequence[views.Shelf[r.ProblemRecord]]]:
        """The problems that each unit posed."""
        found: dict[str, list[views.Shelf[r.ProblemRecord]]] = {}
        for problem in self.register.problems.values():
            found.setdefault(problem.record["unit"], []).append(problem)
        return found

    @cached_property
    def _by_day(self) -> Ideas:
        return tuple(sorted(self.register.ideas, key=lambda idea: (idea.on, idea.code)))

    @cached_property
    def _number(self) -> Mapping[str, int]:
        return {idea.code: number for number, idea in enumerate(self._by_day)}

    def basis(self, basis: r.LegalBasisRecord) -> str:
        """Cite a legal basis."""
        text = f"{basis['kind']} số {basis['number']} ngày {vi.day(basis['issued_on'])} của {basis['issuer']}"
        return f"{text}: {basis['title']}" + ("" if basis["confirmed"] else " (chưa đối chiếu bản gốc)")

    def decision_name(self, decision: r.DecisionRecord) -> str:
        """Name a decision by its number and day."""
        return f"Quyết định số {decision['number']} ngày {vi.day(decision['date'])}"

    def decision_link(self, decision: r.DecisionRecord) -> Markup:
        """Name a decision, with a link where it has a page."""
        return self._decision_links.get(decision["id"]) or escape(self.decision_name(decision))

    @cached_property
    def _decision_links(self) -> Mapping[str, Markup]:
        link = Markup('<a href="~/{}{}/">{}</a>')
        decisions = self.register.decisions.items()
        return {key: link.format(address.DECISIONS, key, self.decision_name(view.record)) for key, view in decisions}

    def credit_link(self, credit: Credit) -> Markup:
        """Name someone, with a link where they have a page."""
        name = self.name(credit)
        return self.person_link(credit.address, name) if self.has_page(credit) else escape(name)

    def has_page(self, credit: Credit) -> bool:
        """Tell whether someone has a page of their own."""
        return bool(credit.address) and credit.address.split("/")[1] in self.register.people

    @staticmethod
    def person_link(to: str, name: str) -> Markup:
        """Link to a person's page."""
        return Markup(f'<a href="~/{to}">{escape(name)}</a>')  # noqa: S704  # the name is escaped

    @staticmethod
    def price(idea: views.Idea) -> str:
        """Tell what it costs to do likewise; where an old list did not say, its note says so alone."""
        cost = idea.record["cost"]
        is_unsaid = "note" in cost and all("by_decision" in r.conclusion for r in idea.recognitions)
        return vi.money(cost["amount"]) if cost["amount"] else "" if is_unsaid else "Không tốn tiền"

    @staticmethod
    def counted(ideas: Sequence[views.Idea]) -> str:
        """Say how many ideas there are."""
        return f"{vi.whole(len(ideas))} ý được ghi nhận" if ideas else "chưa có ý nào được ghi nhận"
