"""What a reader can find, and how each thing is shown among the results."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from sangkien.domain import address, idea_code, views
from sangkien.domain.search_index import Entry, Postings, blocks, shards
from sangkien.domain.spelling import syllables
from sangkien.render import vietnamese as vi
from sangkien.render.compact_json import compact
from sangkien.render.wording import Wording

PER_BLOCK = 8
_APPLIED = {True: "Đã áp dụng", False: "Chưa áp dụng"}
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)"')
_HEADING = re.compile(r"<h[23][^>]*>(.*?)</h[23]>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")

Found = tuple[Entry, list[str]]  # what is looked for, and what is shown: title, address, who, about


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A way to narrow results: the values an idea may have, and each idea's."""

    key: str
    name: str
    value: Callable[[views.Idea], str]
    label: Callable[[str], str]


def files(wording: Wording, written: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Write the index: a table of contents under a fixed name, all else in a folder named by what it holds."""
    register = wording.register
    ideas = sorted(register.ideas, key=lambda idea: (idea.on, idea.code), reverse=True)
    short = _short_forms(wording)
    postings, rows = Postings(), []
    others = [*_places(wording), *_shelves(wording), *_pages(written)]
    people = list(_people(wording))
    for number, (entry, row) in enumerate([*others, *(_idea(idea, wording) for idea in ideas), *people]):
        postings.add(number, _spelt_out(entry, short))
        rows.append(compact(row).decode())
    lists = shards(postings)
    found = [(f"chu/{number}.txt", text) for number, text in enumerate(lists)]
    found += [(f"ten/{number}.json", text) for number, text in blocks(rows, PER_BLOCK)]
    facets = [facet for facet in _facets(wording) if len({facet.value(idea) for idea in ideas}) > 1]
    found += [(f"nhom/{facet.key}.json", _facet(facet, ideas)) for facet in facets]
    digest = hashlib.sha256("\0".join(part for pair in found for part in pair).encode()).hexdigest()[:12]
    contents = {
        "folder": digest,
        "shards": len(lists),
        "block": PER_BLOCK,
        "entries": len(rows),
        "ideas": [len(others), len(others) + len(ideas)],
        "facets": [[facet.key, facet.name] for facet in facets],
        "short": short | _levels(wording),
    }
    yield f"{address.SEARCH}muc-luc.json", compact(contents).decode() + "\n"
    for path, text in found:
        yield f"{address.SEARCH}{digest}/{path}", text


def _idea(idea: views.Idea, wording: Wording) -> Found:
    record = idea.record
    unit, kind, field = wording.unit(record["unit"]), wording.kind(idea), wording.field(idea)
    today = [wording.unit(key) for key in wording.register.units[record["unit"]].now] if unit else []
    authors = wording.authors(idea)
    compact = idea_code.compact(idea.code)
    entry = Entry(
        title=idea.title,
        words=record["summary"],
        others=(authors, unit, *today, kind, field, record["cost"].get("note", "")),
        codes=(idea.code[:4] + compact, compact),
    )
    about = " · ".join(filter(None, (kind, field, vi.capital(unit), idea.year)))
    return entry, [idea.title, idea.address, vi.capital(authors), about]


def _people(wording: Wording) -> Iterator[Found]:
    for person in wording.register.people.values():
        about = "Tập thể" if person.credit.collective else "Người"
        unit = vi.capital(wording.unit(person.record["unit"]))
        entry = Entry(title=person.credit.name, others=(unit,), codes=())
        yield entry, [person.credit.name, person.credit.address, "", " · ".join(filter(None, (about, unit)))]


def _places(wording: Wording) -> Iterator[Found]:
    for key, unit in wording.register.units.items():
        name = vi.capital(wording.unit(key))
        others = [*unit.record.get("aliases", ()), *(wording.unit(k) for k in (*unit.predecessors, *unit.now))]
        about = " · ".join(("Đơn vị", vi.capital(wording.years_of(unit.record))))
        yield Entry(title=name, others=others), [name, f"{address.UNITS}{key}/", "", about]


def _shelves(wording: Wording) -> Iterator[Found]:
    register = wording.register
    kept: tuple[tuple[str, str, Mapping[str, Any]], ...] = (
        (address.FIELDS, "Lĩnh vực", register.fields),
        (address.CONTENTS, "Nội dung phong trào", register.contents),
        (address.CLUBS, "Câu lạc bộ", register.clubs),
        (address.MODELS, "Mô hình", register.models),
    )
    for base, about, shelves in kept:
        for key, shelf in shelves.items():
            words = str(shelf.record.get("summary", ""))
            yield Entry(title=shelf.record["name"], words=words), [shelf.record["name"], f"{base}{key}/", "", about]
    for key, round_ in register.rounds.items():
        yield Entry(title=round_.record["name"]), [round_.record["name"], f"{address.ROUNDS}{key}/", "", "Đợt xét"]


def _pages(written: Mapping[str, str]) -> Iterator[Found]:
    """Give the written pages, by what stands in their heads and headings."""
    for path, html in sorted(written.items()):
        match = _TITLE.search(html)
        if not path.endswith("/index.html") or not match:
            continue
        title = unescape(match[1]).rpartition(" · ")[0] or unescape(match[1])
        said = _DESCRIPTION.search(html)
        headings = [unescape(_TAG.sub("", heading)) for heading in _HEADING.findall(html)]
        words = unescape(said[1]) if said else ""
        yield Entry(title=title, words=words, others=headings), [title, path.removesuffix("index.html"), "", "Bài viết"]


def _facets(wording: Wording) -> Iterator[Facet]:
    register = wording.register
    ratings = {t["id"]: t["label"] for rubric in register.rubrics.values() for t in rubric.get("ratings", ())}

    def named(shelves: Mapping[str, Any]) -> Callable[[str], str]:
        return lambda key: str(shelves[key].record["name"]) if key in shelves else key

    yield Facet(key="nam", name="Năm", value=lambda i: i.year, label=lambda key: key)
    yield Facet(key="linh-vuc", name="Lĩnh vực", value=lambda i: i.record["field"], label=named(register.fields))
    yield Facet(key="noi-dung", name="Nội dung", value=lambda i: i.record["content"], label=named(register.contents))
    yield Facet(
        key="don-vi",
        name="Nơi ra đời",
        value=lambda i: i.record["unit"],
        label=lambda key: vi.capital(wording.unit(key)),
    )
    yield Facet(key="loai", name="Loại", value=lambda i: i.record["kind"], label=lambda key: vi.KINDS[key])
    yield Facet(
        key="xep-loai",
        name="Xếp loại",
        value=lambda i: i.rating[1] if i.rating else "",
        label=lambda key: ratings.get(key, "Không xếp loại"),
    )
    yield Facet(
        key="ap-dung",
        name="Áp dụng",
        value=lambda i: "co" if i.applied else "chua",
        label=lambda key: _APPLIED[key == "co"],
    )


def _facet(facet: Facet, ideas: Sequence[views.Idea]) -> str:
    """Write a facet: its values, and for each idea in its order the value's place in as many digits as it takes."""
    values = list(dict.fromkeys(sorted(facet.value(idea) for idea in ideas)))
    if facet.key == "nam":
        values.reverse()
    width = 1 if len(values) <= len(_DIGITS) else 2 if len(values) <= len(_DIGITS) ** 2 else 3
    place = {value: _place(n, width) for n, value in enumerate(values)}
    told = {
        "values": [[value, facet.label(value)] for value in values],
        "width": width,
        "ideas": "".join(place[facet.value(idea)] for idea in ideas),
    }
    return compact(told).decode() + "\n"


def _place(number: int, width: int) -> str:
    digits = ""
    for _ in range(width):
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return digits


def _short_forms(wording: Wording) -> dict[str, str]:
    """Give abbreviations as a search reads them, with what they stand for."""
    lists = wording.register.lists
    return {form["short"].lower(): form["long"] for form in (lists.get("short_forms", ()) if lists else ())}


def _levels(wording: Wording) -> dict[str, str]:
    """Give the abbreviations people write before a unit's name."""
    return {
        short.replace(".", ""): level["name"]
        for level in wording.levels.values()
        for short in level.get("abbreviations", ())
    }


def _spelt_out(entry: Entry, short: Mapping[str, str]) -> Entry:
    """Let whoever types words in full find what was written short."""
    bare = {word for text in (entry.title, entry.words, *entry.others) for word, _ in syllables(text)}
    if long := [short[word] for word in sorted(bare & short.keys())]:
        return Entry(title=entry.title, words=entry.words, others=(*entry.others, *long), codes=entry.codes)
    return entry


def letters_module(table: Mapping[str, str], with_y: str, longest: int) -> str:
    """Write the table of letters as a module for the browser."""
    lines: Iterable[str] = (f'  "{letter}": "{spelt}",' for letter, spelt in table.items())
    return "\n".join(
        (
            "// Generated by `sangkien sync` from scripts/sangkien/domain/spelling.py. Do not edit.",
            "export const LETTERS = {",
            *lines,
            "};",
            f"export const ENDS_IN_Y = /^({with_y})y$/;",
            f"export const LONGEST = {longest};",
            "",
        )
    )
