"""All that is held on a person, as a text to hand over and as data."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sangkien.domain.books import Books
from sangkien.domain.holdings import Holding
from sangkien.domain.schema import SchemaSet
from sangkien.render.privacy import told, words
from sangkien.render.vietnamese import day as day_in_words

Path = tuple[str | int, ...]

_HIDDEN = ("version", "contact")  # what concerns nobody, and what is told apart: sealed, or opened with a key
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Teller:
    """Tells records in the words of their schemas, and what they refer to by its name."""

    def __init__(self, schemas: SchemaSet, books: Books) -> None:
        self._schemas, self._books = schemas, books
        self._criteria = {c["id"]: c["label"] for rubric in books.rubrics.values() for c in rubric["criteria"]}

    def text(
        self, people: Sequence[str], holdings: Sequence[Holding], contacts: Mapping[str, str | None], day: str
    ) -> str:
        """Write a text to hand over; `contacts` are the opened ones by person, None where one did not open."""
        said = words()["held"]
        lines = [told("held", "head", people=", ".join(people)), told("held", "about", day=day_in_words(day)), ""]
        own = [holding for holding in holdings if holding.kind == "person"]
        for title, part in ((said["own"], own), (said["others"], [h for h in holdings if h.kind != "person"])):
            lines += [title, "=" * len(title), ""] if part else []
            for holding in part:
                lines += [f"{self._schemas.label(holding.kind, ())} ({holding.path})"]
                lines += self._fields(holding.kind, holding.record, (), 1)
                if holding.kind == "person" and "contact" in holding.record:
                    lines.append(f"  {said['contact']}: {_contact(contacts, holding.record['id'])}")
                lines.append("")
        return "\n".join([*lines, said["elsewhere"].strip(), ""])

    def _fields(self, kind: str, value: Mapping[str, Any], path: Path, depth: int) -> Iterator[str]:
        indent = "  " * depth
        for key, inner in value.items():
            if not path and key in _HIDDEN:
                continue
            at = (*path, key)
            label = self._criteria.get(key, key) if path == ("statements",) else self._schemas.label(kind, at)
            if isinstance(inner, dict):
                yield f"{indent}{label}:"
                yield from self._fields(kind, inner, at, depth + 1)
            elif isinstance(inner, list):
                yield f"{indent}{label}:"
                for place, item in enumerate(inner):
                    if isinstance(item, dict):
                        yield f"{indent}  {place + 1}."
                        yield from self._fields(kind, item, (*at, place), depth + 2)
                    else:
                        yield f"{indent}  - {self._shown(kind, (*at, place), item)}"
            else:
                first, *rest = self._shown(kind, at, inner).splitlines()
                yield f"{indent}{label}: {first}"
                yield from (f"{indent}  {line}".rstrip() for line in rest)

    def _shown(self, kind: str, path: Path, value: Any) -> str:
        if isinstance(value, bool):
            return str(words()["held"]["yes" if value else "no"])
        schema = self._schemas.at(kind, path)
        if not isinstance(value, str):
            return str(value)
        if _DAY.fullmatch(value):
            return day_in_words(value)
        name = self._named(schema.get("x-refers", ""), value)
        return f"{name} ({value})" if name else self._schemas.choices(schema).get(value, value)

    def _named(self, target: str, key: str) -> str:
        """Give the name of what a field refers to; ideas and people are told by their ids."""
        lists: Mapping[str, Any] = self._books.lists or {}
        if target.startswith("lists."):
            listed = lists.get(target.removeprefix("lists."), ())
            return next((str(entry.get("name", "")) for entry in listed if entry["id"] == key), "")
        known = target and target not in ("idea", "person")
        return str((self._books.of(target).get(key) or {}).get("name", "")) if known else ""


def as_json(people: Sequence[str], holdings: Sequence[Holding], contacts: Mapping[str, str | None], day: str) -> str:
    """Give the same as data: the records as they are."""
    told_ = {
        "people": list(people),
        "on": day,
        "records": [{"kind": h.kind, "path": h.path, "record": h.record} for h in holdings],
        "contacts": dict(contacts),
        "elsewhere": [line.removeprefix("- ") for line in words()["held"]["elsewhere"].strip().splitlines()[1:]],
    }
    return json.dumps(told_, ensure_ascii=False, indent=1)


def _contact(contacts: Mapping[str, str | None], person: str) -> str:
    if person not in contacts:
        return str(words()["held"]["contact_sealed"])
    opened = contacts[person]
    return opened if opened is not None else str(words()["held"]["contact_unopened"])
