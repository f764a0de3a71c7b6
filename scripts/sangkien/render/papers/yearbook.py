"""The yearbook: every idea of a year on a page of its own, who was commended, and where to find whom."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sangkien.domain import address
from sangkien.domain import records as r
from sangkien.domain.errors import UsageError
from sangkien.domain.paper_source import Source
from sangkien.domain.publicness import Recognition
from sangkien.domain.spreading import has_ended
from sangkien.domain.text import heading_letter, name_key, sort_key
from sangkien.domain.year_account import Honoured, commendations, ideas
from sangkien.render import vietnamese as vi
from sangkien.render.motif import backdrop
from sangkien.render.papers.frame import Wish, called, named, words
from sangkien.render.papers.kinds import Kind
from sangkien.render.prose import how_to
from sangkien.render.sheets import Sheet, bare, breakable, qr

_LAVA = ("#a8492d", "#8f3d23", "#96503a")


def _yearbook(source: Source, wish: Wish) -> Iterator[tuple[str, Sheet]]:
    if len(wish.keys) not in (1, 2):
        raise UsageError("paper-of-what", kind=wish.kind)
    year, unit = wish.keys[0], wish.keys[1] if len(wish.keys) > 1 else ""
    if unit and unit not in source.books.units:
        raise UsageError("report-unit", value=unit)
    honoured = ideas(source, year, unit)
    if not honoured:
        raise UsageError("paper-empty-year", year=year)
    book = _Book(source, year, unit, honoured)
    name = "-".join(filter(None, (wish.kind, year, unit)))
    yield (
        name,
        Sheet(
            template="yearbook.typ",
            form="pdf",
            values=book.values(),
            photos=book.photos,
            secret=source.with_names,  # names that are not public are not kept in any store of prints
        ),
    )


class _Book:
    """One yearbook: its pages in their order, and the places in it that the indexes lead to."""

    def __init__(self, source: Source, year: str, unit: str, honoured: Sequence[Honoured]) -> None:
        self.source, self.year, self.unit = source, year, unit
        books = source.books
        order = {key: (content["order"], key) for key, content in books.contents.items()}
        self.honoured = sorted(honoured, key=lambda one: order.get(one.idea["content"], (len(order) + 1, "")))
        self.commendations = commendations(source, year, honoured, unit)
        self.said: dict[str, Any] = words()["yearbook"]
        self.awards = {award["id"]: award["name"] for award in books.lists["awards"]} if books.lists else {}
        self.photos = {
            one.idea["code"]: f"{one.dossier.folder}/images/{image['file']}"
            for one in self.honoured
            if (image := _photo(one.idea))
        }

    def values(self) -> dict[str, Any]:
        """Give all that the template prints; text as it was written."""
        movement: Mapping[str, Any] = self.source.books.movement or {}
        name = movement.get("short_name", "")
        title = self.said["whole_title"].format(name=name, year=self.year)
        is_sample = any("sample" in record for record in self._records())
        return {
            "words": {key: text for key, text in self.said.items() if isinstance(text, str)},
            "title": f"{title}, {called(self.source, self.unit)}" if self.unit else title,
            "running": self.said["running"].format(name=name, year=self.year),
            "movement": movement.get("name", ""),
            "year": self.said["year"].format(year=self.year),
            "of_unit": self.said["of_unit"].format(unit=called(self.source, self.unit)) if self.unit else "",
            "organiser": movement.get("organiser", ""),
            "cover": backdrop(f"{self.year}{self.unit}", 4, 4, _LAVA),
            "marks": [
                *([self.said["sample"]] if is_sample else []),
                *([self.said["with_names"]] if self.source.with_names else []),
            ],
            "imprint": list(self._imprint(is_sample=is_sample)),
            "figures": self._figures(),
            "tables": list(self._tables()),
            "sections": self._sections(),
            "commendations": [self._commendation(one) for one in self.commendations],
            "people": self._names(collective=False),
            "collectives": self._names(collective=True),
            "units": self._units(),
            "index_about": "" if self.source.with_names else self.said["index_about"],
        }

    def _records(self) -> Iterable[Mapping[str, Any]]:
        return (*(one.idea for one in self.honoured), *self.commendations)

    def _imprint(self, *, is_sample: bool) -> Iterator[str]:
        said, movement = self.said["imprint"], self.source.books.movement
        if movement:
            yield said["organiser"].format(organiser=movement["organiser"])
            yield said["source"].format(site=movement["site_title"], day=vi.day(self.source.on))
        if self.source.site:
            yield said["address"].format(address=bare(self.source.site))
            yield said["later"]
        yield said["chosen"]
        yield said["with_names" if self.source.with_names else "names"]
        yield f"{said['licence']} {said['licence_address']}"
        if is_sample:
            yield said["sample"]

    def _figures(self) -> list[dict[str, str]]:
        authors = {a["person"] for one in self.honoured for a in one.idea["authors"]}
        collectives = sum(self.source.credit(key).collective for key in authors)
        counts = {
            "ideas": len(self.honoured),
            "units": len({one.idea["unit"] for one in self.honoured}),
            "people": len(authors) - collectives,
            "collectives": collectives,
            "spread": sum(len(self._applied(one)) for one in self.honoured),
            "commendations": len(self.commendations),
        }
        said, day = self.said["figures"], vi.day(self.source.on)
        return [{"count": vi.whole(n), "label": said[key].format(day=day)} for key, n in counts.items() if n]

    def _tables(self) -> Iterator[dict[str, Any]]:
        books = self.source.books
        contents = sorted(books.contents.values(), key=lambda record: (record["order"], record["id"]))
        fields = sorted(books.fields.values(), key=lambda record: (record["order"], record["id"]))
        ways = (
            ("content", {c["id"]: c["name"] for c in contents} | {"": self.said["no_content"]}),
            ("kind", vi.KINDS),
            ("field", {f["id"]: f["name"] for f in fields} | {"": self.said["no_field"]}),
        )
        for way, names in ways:
            records: list[Mapping[str, Any]] = [one.idea for one in self.honoured]
            counts = Counter(record[way] if record[way] in names else "" for record in records)
            most = max(counts.values())
            yield {
                "heading": self.said[f"by_{way}"],
                "rows": [
                    {"name": name, "count": vi.whole(counts[key]), "part": round(counts[key] * 100 / most)}
                    for key, name in names.items()
                    if counts[key]
                ],
            }

    def _sections(self) -> list[dict[str, Any]]:
        sections: dict[str, list[dict[str, Any]]] = {}
        contents = self.source.books.contents
        for one in self.honoured:
            content = contents.get(one.idea["content"])
            name = content["name"] if content else self.said["no_content"]
            sections.setdefault(name, []).append(self._idea(one))
        return [{"name": name, "ideas": pages} for name, pages in sections.items()]

    def _idea(self, one: Honoured) -> dict[str, Any]:
        idea, site = one.idea, self.source.site
        field = self.source.books.fields.get(idea["field"])
        leads = site + address.idea(idea["code"]) if site else ""
        return {
            "code": idea["code"],
            "kicker": " · ".join(filter(None, (vi.KINDS[idea["kind"]], field["name"] if field else ""))),
            "title": breakable(idea["title"]),
            "authors": breakable(self._authors(idea)),
            "unit": vi.capital(called(self.source, idea["unit"])),
            "figures": _change(idea),
            "parts": [part for part in self._parts(one) if part["lines"]],
            "recognised": [self._recognised(recognition) for recognition in one.standing.recognitions],
            "address": bare(leads) if leads else "",
            "qr": qr(leads) if leads else None,
            "alt": photo["alt"] if (photo := _photo(idea)) else "",
            "motif": backdrop(idea["code"], 8, 1, _LAVA),
            "sample": "sample" in idea,
        }

    def _parts(self, one: Honoured) -> Iterator[dict[str, Any]]:
        idea, said, steps = one.idea, self.said, how_to(one.idea["how_to"])
        yield _part(said["before"], _lines(idea["before"]))
        yield _part(said["after"], _lines(idea["after"]))
        yield _part(said["how"], steps.steps, "steps" if len(steps.steps) > 1 else "text")
        yield _part(said["caution"], steps.cautions, "list" if len(steps.cautions) > 1 else "text")
        yield _part(said["cost"], self._cost(one))
        # What the council of this year said goes before what any other said later.
        reasons = (recognition.conclusion.get("reasons", "") for recognition in one.standing.recognitions)
        yield _part(said["reasons"], _lines(next(filter(None, reasons), "")))
        yield _part(said["spread"], [f"{'; '.join(places)}."] if (places := list(self._places(one))) else [])
        yield _part(said["correction"], list(self._corrections(one)))

    def _cost(self, one: Honoured) -> list[str]:
        cost = one.idea["cost"]
        is_unsaid = "note" in cost and all("by_decision" in r.conclusion for r in one.standing.recognitions)
        price = vi.money(cost["amount"]) if cost["amount"] else "" if is_unsaid else self.said["free"]
        told = dict.fromkeys(filter(None, (price, cost.get("note", "").rstrip("."))))
        return [f"{'. '.join(told)}."]

    def _places(self, one: Honoured) -> Iterator[str]:
        for application in self._applied(one):
            place = ", ".join(filter(None, (application.get("place", ""), called(self.source, application["unit"]))))
            told = self.said["left_off" if has_ended(application) else "since"]
            yield told.format(place=vi.capital(place), day=vi.day(application["since"]))

    def _applied(self, one: Honoured) -> list[r.ApplicationRecord]:
        """Give where an idea was taken up by the day of the book, the earliest first."""
        found = [a for a in one.dossier.applications if a["since"] <= self.source.on]
        return sorted(found, key=lambda a: (a["since"], a["number"]))

    def _corrections(self, one: Honoured) -> Iterator[str]:
        for correction in sorted(one.dossier.corrections, key=lambda c: (c["date"], c["number"])):
            yield f"{vi.day(correction['date'])}: {' '.join(correction['text'].split())}"
        for notice in one.standing.notices:
            told = self.said["corrected"].format(number=notice["number"], day=vi.day(notice["date"]))
            yield f"{told}: {notice['reason']}" if "reason" in notice else f"{told}."

    def _recognised(self, recognition: Recognition) -> str:
        books, conclusion, decision = self.source.books, recognition.conclusion, recognition.decision
        if decision:
            told = self.said["decided"].format(
                number=decision["number"], day=vi.day(decision["date"]), body=decision["body"]
            )
        else:
            council = books.councils.get(recognition.council)
            told = self.said["concluded"].format(
                council=council["name"] if council else recognition.council, day=vi.day(conclusion["concluded_on"])
            )
        rubric = books.rubrics.get(conclusion.get("rubric", ""))
        ratings = {rating["id"]: rating["label"] for rating in rubric.get("ratings", ())} if rubric else {}
        rating = ratings.get(conclusion.get("rating", ""), "")
        return breakable(", ".join(filter(None, (told, rating and self.said["rating"].format(rating=rating)))))

    def _authors(self, idea: r.IdeaRecord) -> str:
        """Name everybody who may be named; those who may not are counted together."""
        people = [self.source.credit(author["person"]) for author in idea["authors"]]
        names = [credit.name for credit in people if credit.name]
        hidden = [credit for credit in people if not credit.name]
        if len(hidden) == 1 and not names:
            return named(hidden[0])
        if hidden:
            one = len(hidden) == 1
            names.append(self.said["hidden_one"] if one else self.said["hidden"].format(count=len(hidden)))
        return vi.capital(vi.listed(names))

    def _commendation(self, record: r.CommendationRecord) -> dict[str, Any]:
        decision = next(iter(self.source.rulings.on_commendation("khen-thuong", record["id"])), None)
        issuer = called(self.source, record["issuer"])
        if decision:
            by = self.said["commended_decided"].format(
                number=decision["number"], day=vi.day(decision["date"]), body=decision["body"]
            )
        else:
            by = self.said["commended_by"].format(issuer=vi.capital(issuer), day=vi.day(record["date"]))
        return {
            "id": record["id"],
            "award": self.awards.get(record["award"], ""),
            "who": breakable(named(self.source.credit(record["person"]))),
            "reason": breakable(record["reason"]),
            "by": breakable(by),
            "sample": "sample" in record,
        }

    def _names(self, *, collective: bool) -> list[dict[str, Any]]:
        """List who is named in full with their places in the book; namesakes are told apart by their units."""
        places: dict[str, list[str]] = {}
        for one in self.honoured:
            for author in one.idea["authors"]:
                places.setdefault(author["person"], []).append(one.idea["code"])
        for record in self.commendations:
            places.setdefault(record["person"], []).append(record["id"])
        shown = {key: credit for key in places if (credit := self.source.credit(key)).shown == "full"}
        own = {key: credit.name for key, credit in shown.items() if credit.collective == collective}
        often = Counter(own.values())
        key_of = sort_key if collective else name_key

        def line(key: str) -> dict[str, Any]:
            name, person = own[key], self.source.person(key)
            beside = f" ({called(self.source, person['unit'])})" if person and often[name] > 1 else ""
            letter = heading_letter(name if collective else name.split()[-1])
            return {"letter": letter, "name": breakable(name) + beside, "places": places[key]}

        return [line(key) for key in sorted(own, key=lambda key: (key_of(own[key]), key))]

    def _units(self) -> list[dict[str, Any]]:
        places: dict[str, list[str]] = {}
        for one in self.honoured:
            places.setdefault(one.idea["unit"], []).append(one.idea["code"])
        titles = {key: vi.capital(called(self.source, key)) for key in places}
        ordered = sorted(places, key=lambda key: (sort_key(titles[key]), key))
        return [{"letter": "", "name": titles[key], "places": places[key]} for key in ordered]


def _photo(idea: r.IdeaRecord) -> r.Image | None:
    """Choose the picture that speaks for an idea: how it is now, or the first."""
    images = idea.get("images", ())
    return next((image for image in images if image.get("shows") == "sau"), images[0] if images else None)


def _change(idea: r.IdeaRecord) -> dict[str, str] | None:
    figures = idea.get("figures")
    if figures is None:
        return None
    return {
        "label": vi.capital(figures["label"]),
        "before": vi.decimal(figures["before"]),
        "after": vi.decimal(figures["after"]),
        "unit": figures["unit"],
        "change": vi.change(figures["before"], figures["after"]),
    }


def _part(label: str, lines: Iterable[str], form: str = "text") -> dict[str, Any]:
    return {"label": label, "form": form, "lines": [breakable(line) for line in lines]}


def _lines(text: str) -> list[str]:
    """Cut people's text into its lines; how it was set inside a line is left to the book."""
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


KINDS = (Kind(name="ky-yeu", english="yearbook", of="YEAR [UNIT]", prints=_yearbook),)
