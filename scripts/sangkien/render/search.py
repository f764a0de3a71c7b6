"""The search: the files a browser reads to find something, and the part of the search page the register fills."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sangkien.domain import address, search_index
from sangkien.domain.records import ListsRecord
from sangkien.domain.register import Register
from sangkien.domain.search_index import Space
from sangkien.render.page import write
from sangkien.render.search_documents import Facets, idea_document, idea_row, newest_first, other_documents
from sangkien.render.wording import Wording

CATALOGUE = f"{address.SEARCH}muc-luc.json"
SHARD = 1500  # bytes a shard of lists or facets should have
TOGETHER = {"y": 16, "khac": 20, "don-vi": 100}  # rows of a folder that travel together

_LETTERS = {"ideas": ("t", "b"), "others": ("n", "m")}


def files(
    wording: Wording, written: Mapping[str, str], news: Sequence[Mapping[str, str]]
) -> Iterator[tuple[str, bytes]]:
    """Write everything the search needs: the catalogue, lists, facets, titles.

    All but the catalogue stands in a folder named after its contents, so that no reader ever mixes two editions.
    """
    register = wording.register
    ideas = newest_first(register)
    facets = Facets(register, ideas, wording)
    others = list(other_documents(wording, written, news))
    spaces = spaces_of(abbreviations(register.lists))
    rows: list[list[Any]] = []
    for idea in ideas:
        told = facets.of(idea)
        spaces["ideas"].add(idea_document(idea, wording, told))
        rows.append(idea_row(idea, wording, told))
    for other in others:
        spaces["others"].add(other.document)
    yield from edition_files(
        spaces,
        {"y": rows, "khac": [other.row for other in others], "don-vi": facets.units},
        facets=facets.told,
        years=facets.years,
    )


def spaces_of(abbreviations: Iterable[tuple[str, str]]) -> dict[str, Space]:
    """Give the two spaces of a search, ideas and all else, still empty."""
    pairs = list(abbreviations)
    return {name: Space(pairs, title=title, text=text) for name, (title, text) in _LETTERS.items()}


def edition_files(
    spaces: Mapping[str, Space],
    rows: Mapping[str, Sequence[Any]],
    *,
    facets: Sequence[Any],
    years: Sequence[Any],
    codes: Sequence[Mapping[str, int]] = (),
) -> Iterator[tuple[str, bytes]]:
    """Write an edition of full spaces: lists, facets, rows by folder, and last the catalogue.

    `codes` tells which row is of which code, sharded as lists are, where no address can tell it.
    """
    index = search_index.write([*spaces.values()], SHARD)
    edition = {
        **{f"chu/{number}.txt": shard for number, shard in enumerate(index.lists)},
        **{f"loc/{number}.txt": shard for number, shard in enumerate(index.facets)},
        **{f"du/{key}.txt": line for key, line in sorted(index.whole.items())},
    }
    for folder, told in rows.items():
        edition |= _blocks(folder, told)
    edition |= {f"ma/{number}.json": _json(shard) for number, shard in enumerate(codes)}
    name = _name(edition)
    for path, text in edition.items():
        yield f"{address.SEARCH}{name}/{path}", text.encode()
    catalogue = {
        "edition": name,
        "ideas": len(rows["y"]),
        "others": len(rows["khac"]),
        "lists": len(index.lists),
        "sorted": len(index.facets),
        "told": search_index.SORTED,
        "few": search_index.FEW,
        "together": TOGETHER,
        "facets": facets,
        "units": len(rows["don-vi"]),
        "years": years,
        "common": {space: _common(found) for space, found in spaces.items()},
    }
    if codes:
        catalogue["codes"] = len(codes)
    yield CATALOGUE, _json(catalogue).encode()


def parts(register: Register) -> dict[str, str]:
    """Write the search page: the box, and the lists by which everything is found without it."""
    return {
        "search": write(
            "search.html.j2",
            years=[(f"{address.YEARS}{year}/", year, len(ideas)) for year, ideas in register.years.items()],
            fields=[
                (f"{address.FIELDS}{key}/", shelf.record["name"], len(shelf.ideas))
                for key, shelf in register.fields.items()
                if shelf.ideas
            ],
        )
    }


def abbreviations(lists: ListsRecord | None) -> list[tuple[str, str]]:
    """Give the short ways of writing: those of the search, and of levels where they are more than a letter."""
    if not lists:
        return []
    levels = ((short, level["name"]) for level in lists["levels"] for short in level.get("abbreviations", ()))
    own = ((item["short"], item["long"]) for item in lists.get("short_forms", ()))
    return list(dict.fromkeys((*own, *((short, full) for short, full in levels if short.isalpha() and len(short) > 1))))


def _common(space: Space) -> str:
    """Write the keys found by neighbours too, each with a capital for how many."""
    return "".join(f"{key}{chr(64 + count.bit_length())}" for key, count in sorted(space.common().items()))


def _blocks(folder: str, rows: Sequence[Any]) -> dict[str, str]:
    size = TOGETHER[folder]
    return {f"{folder}/{start // size}.json": _json(rows[start : start + size]) for start in range(0, len(rows), size)}


def _name(edition: Mapping[str, str]) -> str:
    digest = hashlib.sha256()
    for path, text in edition.items():
        digest.update(f"{path}\n{text}\n".encode())
    return f"ban-{digest.hexdigest()[:12]}"


def _json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")  # so that it stays text even where someone pastes it into a page
