"""What can be found: ideas with their facets, and everything else that has a page, each with the row that shows it."""

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

from sangkien.domain import address, views
from sangkien.domain.register import Register
from sangkien.domain.search_index import Document, digits
from sangkien.render import vietnamese as vi
from sangkien.render.wording import Wording

_CONTENT = re.compile(r'id="noi-dung"[^>]*>(.*?)<footer', re.DOTALL)
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_CONTENTS = re.compile(r'<nav class="sk-toc".*?</nav>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_UNSEARCHED = ("404.html", "index.html", f"{address.SEARCH}index.html")


def newest_first(register: Register) -> list[views.Idea]:
    """Put the ideas in the order they are numbered in."""
    return sorted(sorted(register.ideas, key=lambda idea: idea.code), key=lambda idea: idea.on, reverse=True)


class Codes:
    """Writes one value of each facet as one number of as few digits as hold them all; 0 stands for an unknown value."""

    def __init__(self, facets: Sequence[Sequence[str]]) -> None:
        self._sizes = [max(1, len(values)) for values in facets]
        self._places = [{value: place for place, value in enumerate(values)} for values in facets]
        self._width = 1
        while 64**self._width < prod(self._sizes):
            self._width += 1

    def of(self, values: Iterable[str]) -> str:
        """Write a value of each facet, in their order."""
        number = 0
        for value, size, places in zip(values, self._sizes, self._places, strict=True):
            number = number * size + places.get(value, 0)
        return digits(number, self._width)


class Facets:
    """What ideas are sorted by; one idea's values are one number of as few digits as hold them all.

    The year is not among them: ideas are numbered newest first, so the first number of each year tells it.
    """

    def __init__(self, register: Register, ideas: Sequence[views.Idea], wording: Wording) -> None:
        ratings = {
            rating["id"]: rating["label"]
            for rubric in register.rubrics.values()
            for rating in rubric.get("ratings", ())
        }
        used = Counter(idea.brief.unit for idea in ideas)
        units = sorted(used, key=lambda key: (-used[key], key))
        self.units = [[key, vi.capital(wording.unit(key))] for key in units]
        starts: dict[str, int] = {}
        for number, idea in enumerate(ideas):
            starts.setdefault(idea.year, number)
        self.years = [[year, start] for year, start in starts.items()]
        self.told: list[list[Any]] = [
            ["loai", list(vi.KINDS.items())],
            ["ap-dung", [["chua", "Chưa áp dụng"], ["co", "Đã áp dụng"]]],
            ["xep-loai", [["", ""], *ratings.items()]],
            ["noi-dung", [(key, shelf.record["name"]) for key, shelf in register.contents.items()] or [["", ""]]],
            ["linh-vuc", [(key, shelf.record["name"]) for key, shelf in register.fields.items()] or [["", ""]]],
        ]
        self._codes = Codes([*([key for key, _ in values] for _, values in self.told), units])

    def of(self, idea: views.Idea) -> str:
        """Write the values of an idea."""
        brief = idea.brief
        values = (
            brief.kind,
            "co" if idea.applied else "chua",
            idea.rating[1] if idea.rating else "",
            brief.content,
            brief.field,
            brief.unit,
        )
        return self._codes.of(values)


def idea_document(idea: views.Idea, wording: Wording, facets: str) -> Document:
    """Give what an idea is found by: its words, its people named in full, its unit by every name, its field."""
    people = (author.credit.name for author in idea.authors if author.credit.shown == "full")
    return Document(
        title=idea.title,
        texts=(
            idea.record["summary"],
            *_unit_names(idea.brief.unit, wording),
            wording.field(idea),
            *people,
        ),
        facets=facets,
    )


def idea_row(idea: views.Idea, wording: Wording, facets: str) -> list[Any]:
    """Give what the results show of an idea; a sample says so."""
    authors = vi.shortened(vi.capital(wording.authors(idea)), 90)
    row = [idea.code, idea.title, facets, vi.capital(wording.unit(idea.brief.unit)), authors]
    return [*row, 1] if idea.brief.sample else row


def _unit_names(key: str, wording: Wording) -> tuple[str, ...]:
    """Name a unit in every way: as it was, otherwise, and what it is today."""
    unit = wording.register.units.get(key)
    if unit is None:
        return ()
    today = (wording.unit(other) for other in unit.now if other != key)
    return tuple(dict.fromkeys((wording.unit(key), *unit.record.get("aliases", ()), *today)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Something else that has a page: what it is found by, and its row: what it is, its name, a note, its address."""

    document: Document
    row: tuple[str, str, str, str]


def other_documents(wording: Wording, written: Mapping[str, str], news: Sequence[Mapping[str, str]]) -> Iterator[Found]:
    """Give all else that has a page, what many look for first."""
    yield from _units(wording)
    yield from _shelves(wording)
    yield from _written(written, {item["address"] for item in news})
    for person in wording.register.people.values():
        yield _found(
            "Tập thể" if person.credit.collective else "Con người",
            person.credit.name,
            vi.capital(wording.counted(person.ideas)),
            person.credit.address,
            *_unit_names(person.record.get("unit", ""), wording),
        )


def _found(kind: str, title: str, note: str, to: str, *texts: str) -> Found:
    return Found(document=Document(title=title, texts=texts), row=(kind, title, vi.shortened(note, 120), to))


def _units(wording: Wording) -> Iterator[Found]:
    living_first = sorted(wording.register.units.items(), key=lambda item: "valid_to" in item[1].record)
    for key, unit in living_first:
        name, *other = _unit_names(key, wording)
        note = [vi.capital(wording.years_of(unit.record))]
        if "valid_to" in unit.record and unit.now != (key,):
            note.append(f"nay là {vi.listed([wording.unit(heir) for heir in unit.now])}")
        yield _found("Đơn vị", vi.capital(name), " · ".join(note), f"{address.UNITS}{key}/", *other)


def _shelves(wording: Wording) -> Iterator[Found]:
    register = wording.register
    for year, ideas in register.years.items():
        yield _found("Năm", f"Năm {year}", wording.counted(ideas), f"{address.YEARS}{year}/")
    for key, field in register.fields.items():
        yield _found("Lĩnh vực", field.record["name"], wording.counted(field.ideas), f"{address.FIELDS}{key}/")
    for key, content in register.contents.items():
        summary = content.record["summary"]
        yield _found("Nội dung phong trào", content.record["name"], summary, f"{address.CONTENTS}{key}/", summary)
    for key, round_ in register.rounds.items():
        yield _found("Đợt xét", round_.record["name"], wording.counted(round_.ideas), f"{address.ROUNDS}{key}/")
    for key, club in register.clubs.items():
        texts = (club.record["summary"], wording.unit(club.record["unit"]))
        yield _found("Câu lạc bộ", club.record["name"], texts[0], f"{address.CLUBS}{key}/", *texts)
    for key, model in register.models.items():
        texts = (model.record["summary"], wording.unit(model.record["unit"]))
        yield _found("Mô hình", model.record["name"], texts[0], f"{address.MODELS}{key}/", *texts)
    for key, problem in register.problems.items():
        texts = (problem.record["need"], wording.unit(problem.record["unit"]))
        yield _found("Bài toán", problem.record["title"], texts[0], f"{address.PROBLEMS}{key}/", *texts)
    for key, decision in register.decisions.items():
        name, title = wording.decision_name(decision.record), decision.record.get("title", "")
        yield _found("Quyết định", name, title, f"{address.DECISIONS}{key}/", title)


def _written(written: Mapping[str, str], news: set[str]) -> Iterator[Found]:
    """Read the written pages as a reader sees them."""
    for path, page in sorted(written.items()):
        content = _CONTENT.search(page)
        if path in _UNSEARCHED or not content:
            continue
        body = _CONTENTS.sub("", content[1])
        heading = _HEADING.search(body)
        title = _text(heading[1]) if heading else ""
        text = _text(body[heading.end() :] if heading else body)
        to = path.removesuffix("index.html")
        yield _found("Tin tức" if to in news else "Trang viết", title, text, to, text)


def _text(page: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", page)).split())
