"""References resolve: every field whose schema says `x-refers` names a record that exists."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from sangkien.domain.finding import Code, Finding, Path
from sangkien.domain.notation import Document
from sangkien.domain.rules.index import Index
from sangkien.domain.schema import SchemaSet
from sangkien.domain.text import discreet

# A way to a reference: the keys to follow, `*` for every item of a list or value of a mapping.
Way = tuple[tuple[str, ...], str]


@cache
def ways(schemas: SchemaSet, kind: str) -> tuple[Way, ...]:
    """List the references of a kind as its schema declares them."""
    # A record's own id is no reference.
    return tuple(way for way in _ways(schemas, schemas.schemas[kind], ()) if way[0] != ("id",))


def _ways(schemas: SchemaSet, schema: Mapping[str, Any], at: tuple[str, ...]) -> Iterator[Way]:
    schema = schemas.resolve(schema)
    if target := schema.get("x-refers"):
        yield at, target
    for key, inner in schema.get("properties", {}).items():
        yield from _ways(schemas, inner, (*at, key))
    if "items" in schema:
        yield from _ways(schemas, schema["items"], (*at, "*"))


def follow(record: Any, way: tuple[str, ...], at: Path = ()) -> Iterator[tuple[Path, str]]:
    """Give each value a way leads to, with its path."""
    if not way:
        if isinstance(record, str):
            yield at, record
    elif way[0] == "*":
        for index, item in enumerate(record if isinstance(record, list) else ()):
            yield from follow(item, way[1:], (*at, index))
    elif isinstance(record, dict) and way[0] in record:
        yield from follow(record[way[0]], way[1:], (*at, way[0]))


def unresolved(schemas: SchemaSet, kind: str, document: Document, index: Index) -> list[Finding]:
    """Find references to nothing, and real records that lean on samples.

    References to ideas are judged only when the index knows all ideas.
    """
    found = []
    is_sample = bool(document.record.get("sample"))
    for way, target in ways(schemas, kind):
        if target == "idea" and index.ideas is None:
            continue
        for path, key in follow(document.record, way):
            sample = index.sample_of(target, key)
            if sample is not None and (not sample or is_sample):
                continue
            label = schemas.label(kind, path)
            if sample is None:
                of, _, part = target.partition(".")
                kind_label = schemas.label(of, (part,) if part else ())
                found.append(
                    document.finding(Code.NO_SUCH_RECORD, path, label=label, value=discreet(key), kind=kind_label)
                )
            else:
                found.append(document.finding(Code.SAMPLE_UNDER_REAL, path, label=label, value=key))
    return found
