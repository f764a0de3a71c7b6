"""The schemas at work: which record fits which, what is wrong where, in what order keys are written."""

import datetime
import json
import re
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any, cast

import jsonschema_rs

from sangkien.domain.finding import Code, Finding, Path
from sangkien.domain.notation import Document
from sangkien.domain.text import discreet

Schema = Mapping[str, Any]

_SUFFIX = ".schema.json"
_COMMON = "common"


class SchemaSet:
    """All schemas of a project, by kind.

    A fast validator says whether a record fits; the slower one that explains runs only on those that do not.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        """Take the schema files: name → JSON text."""
        self.schemas: dict[str, dict[str, Any]] = {
            name.removesuffix(_SUFFIX): json.loads(text) for name, text in sorted(texts.items())
        }

    @property
    def kinds(self) -> list[str]:
        return [kind for kind in self.schemas if kind != _COMMON]

    @cached_property
    def _registry(self) -> Any:
        import referencing.jsonschema  # noqa: PLC0415  # slow to load, and needed by what does not fit alone

        return referencing.Registry().with_resources(
            (f"{kind}{_SUFFIX}", referencing.jsonschema.DRAFT202012.create_resource(schema))
            for kind, schema in self.schemas.items()
        )

    @cached_property
    def _fast(self) -> dict[str, jsonschema_rs.Draft202012Validator]:
        registry = jsonschema_rs.Registry([(f"{k}{_SUFFIX}", s) for k, s in self.schemas.items()])
        return {kind: jsonschema_rs.Draft202012Validator(self.schemas[kind], registry=registry) for kind in self.kinds}

    def resolve(self, schema: Schema) -> Schema:
        """Follow a `$ref`; the words beside it (title, description) win over those it points to."""
        if "$ref" not in schema:
            return schema
        file, _, pointer = schema["$ref"].partition("#/$defs/")
        target = self.schemas[file.removesuffix(_SUFFIX)]["$defs"][pointer]
        return {**target, **{key: value for key, value in schema.items() if key != "$ref"}}

    def at(self, kind: str, path: Path) -> Schema:
        """Give the schema of the value at a path of a record; an empty one outside what is described."""
        schema = self.resolve(self.schemas[kind])
        for step in path:
            if isinstance(step, int):
                inner = schema.get("items", {})
            else:
                inner = schema.get("properties", {}).get(step, schema.get("additionalProperties", {}))
            schema = self.resolve(inner) if isinstance(inner, Mapping) else {}
        return schema

    def label(self, kind: str, path: Path) -> str:
        """Give the name people know a field by, the field's own key where the schema has none."""
        named = [step for step in path if isinstance(step, str)]
        return str(self.at(kind, path).get("title") or (named[-1] if named else kind))

    def choices(self, schema: Schema) -> dict[str, str]:
        """Give the choices of a field: value → name shown to people."""
        return {str(choice["const"]): str(choice.get("title", choice["const"])) for choice in schema.get("oneOf", ())}

    def ordered(self, kind: str, record: Any) -> Any:
        """Put a record's keys in schema order, at every depth; unknown keys go last."""
        return self._ordered(self.schemas[kind], record)

    def _ordered(self, schema: Schema, value: Any) -> Any:
        schema = self.resolve(schema)
        if isinstance(value, list):
            return [self._ordered(schema.get("items", {}), item) for item in value]
        if not isinstance(value, dict):
            return value
        known = schema.get("properties", {})
        keys = [key for key in known if key in value] + [key for key in value if key not in known]
        return {key: self._ordered(known.get(key, {}), value[key]) for key in keys}

    def fits(self, kind: str, record: object) -> bool:
        """Tell quickly whether a record has the shape of its kind and only days that exist."""
        return self._fast[kind].is_valid(record) and not any(_impossible_days(record))

    def check(self, kind: str, document: Document) -> list[Finding]:
        """List everything wrong with the shape of a document, each at its own line."""
        record = document.record
        if not isinstance(record, dict):
            return [] if document.findings else [document.finding(Code.NOT_A_RECORD)]
        if self._fast[kind].is_valid(record) and not _may_be_impossible(document.text, record):
            return []
        import jsonschema  # noqa: PLC0415  # the same

        validator = jsonschema.Draft202012Validator(self.schemas[kind], registry=self._registry)
        found = [f for error in validator.iter_errors(record) for f in self._explain(kind, document, error)]
        found += [document.finding(Code.NO_SUCH_DAY, path, value=day) for path, day in _impossible_days(record)]
        return found

    def _explain(self, kind: str, document: Document, error: Any) -> Iterator[Finding]:
        path: Path = tuple(error.absolute_path)
        keyword, limit, value = str(error.validator), cast("Any", error.validator_value), cast("Any", error.instance)
        label = self.label(kind, path)
        if keyword == "required":
            for key in (k for k in limit if k not in value):
                if f"'{key}'" in error.message:
                    yield document.finding(Code.MISSING_FIELD, path, field=key, label=self.label(kind, (*path, key)))
        elif keyword in ("additionalProperties", "propertyNames"):
            known = set(self.at(kind, path).get("properties", {}))
            for key in (k for k in value if k not in known) if isinstance(value, dict) else [str(value)]:
                yield document.finding(
                    Code.UNKNOWN_FIELD, (*path, key), field=discreet(key), known=", ".join(sorted(known))
                )
        elif keyword == "oneOf":
            choices = self.choices(self.at(kind, path))
            yield document.finding(
                Code.NOT_A_CHOICE,
                path,
                label=label,
                value=_shown(value),
                choices=", ".join(f"{const} ({name})" for const, name in choices.items()),
            )
        elif keyword == "type":
            types = limit if isinstance(limit, str) else " ".join(limit)
            yield document.finding(Code.WRONG_TYPE, path, label=label, value=_shown(value), type=types)
        else:
            code = _CODE_OF_KEYWORD.get(keyword, Code.OTHER_SHAPE)
            help_text = str(self.at(kind, path).get("description", ""))
            limit_text = str(limit) if isinstance(limit, int) else ""
            yield document.finding(code, path, label=label, value=_shown(value), limit=limit_text, help=help_text)


_CODE_OF_KEYWORD = {
    "const": Code.NOT_A_CHOICE,
    "maxLength": Code.TOO_LONG,
    "minLength": Code.TOO_SHORT,
    "pattern": Code.WRONG_FORM,
    "minItems": Code.TOO_FEW,
    "minProperties": Code.TOO_FEW,
    "maxItems": Code.TOO_MANY,
    "maxProperties": Code.TOO_MANY,
    "minimum": Code.OUT_OF_RANGE,
    "maximum": Code.OUT_OF_RANGE,
    "uniqueItems": Code.REPEATED_ITEM,
}


def _shown(value: object) -> str:
    return discreet(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _may_be_impossible(text: str, record: object) -> bool:
    """Tell whether a day in a file's text, or where that is not known in its record, may be on no calendar."""
    return not all(map(_exists, _DAY.findall(text))) if text else any(_impossible_days(record))


@lru_cache(maxsize=1 << 14)
def _exists(day: str) -> bool:
    try:
        datetime.date.fromisoformat(day)
    except ValueError:
        return False
    return True


def _impossible_days(value: object, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Find days that look right but are on no calendar (30 February)."""
    if isinstance(value, str):
        if len(value) == 10 and _DAY.fullmatch(value) and not _exists(value):
            yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _impossible_days(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _impossible_days(inner, (*path, index))


def bundle(schemas: Mapping[str, Schema]) -> dict[str, Any]:
    """Join all schemas into one, so that record types are made in one piece with their own names."""
    defs: dict[str, Any] = {}
    for kind, schema in schemas.items():
        if kind == _COMMON:
            defs |= {_class_name(name): body for name, body in schema["$defs"].items()}
        else:
            defs[f"{_class_name(kind)}Record"] = {k: v for k, v in schema.items() if k not in ("$schema", "$id")}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": _rewired(defs)}


def _rewired(node: Any) -> Any:
    if isinstance(node, list):
        return [_rewired(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: f"#/$defs/{_class_name(value.rpartition('/')[2])}" if key == "$ref" else _rewired(value)
        for key, value in node.items()
    }


def _class_name(kind: str) -> str:
    return "".join(part.capitalize() for part in kind.split("_"))
