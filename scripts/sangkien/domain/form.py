"""GitHub's issue forms: templates, and answers written into an issue's body as GitHub writes them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import yaml

from sangkien.domain.text import fold

Kind = Literal["input", "textarea", "dropdown", "checkboxes", "upload"]
_KINDS = ("input", "textarea", "dropdown", "checkboxes", "upload")

NO_RESPONSE = "_No response_"
NONE = "None"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One checkbox of an answer."""

    label: str
    checked: bool


Answer = str | list[str] | list[Box] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice of a dropdown, or one box, which may have to be ticked."""

    label: str
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question of a form; `render` names the language of the fence GitHub puts around the answer."""

    key: str
    kind: Kind
    label: str
    options: tuple[Option, ...] = ()
    multiple: bool = False
    required: bool = False
    render: str = ""

    @property
    def keeps_headings(self) -> bool:
        """Only long answers may hold headings of their own."""
        return self.kind in ("textarea", "upload")


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """An issue form: its fields in the order they are asked."""

    name: str
    title: str
    labels: tuple[str, ...]
    fields: tuple[Field, ...]


def read_template(text: str) -> Template:
    """Read an issue form's YAML; every scalar is text, as a form shows it.

    Raises ValueError on what is no issue form.
    """
    try:
        record = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  # builds nothing but text, lists and mappings
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error
    if not isinstance(record, dict) or not isinstance(record.get("body"), list):
        raise ValueError("no body")  # noqa: TRY004  # a file's content is wrong, not a caller's type
    entries = [entry for entry in record["body"] if isinstance(entry, dict) and entry.get("type") in _KINDS]
    if not entries:
        raise ValueError("no field")
    labels = record.get("labels") or ()
    return Template(
        name=str(record.get("name", "")),
        title=str(record.get("title", "")),
        labels=tuple(part.strip() for part in labels.split(",")) if isinstance(labels, str) else tuple(labels),
        fields=tuple(_field(entry, key) for entry, key in zip(entries, _keys(entries), strict=True)),
    )


def _keys(entries: Sequence[Mapping[str, Any]]) -> list[str]:
    """Give each field its id, or the key made from its label; no two are the same and none is empty."""
    keys: list[str] = []
    for place, entry in enumerate(entries, 1):
        key = str(entry.get("id") or field_key(_label(entry)) or f"field-{place}")
        keys.append(key if key not in keys else f"{key}-{place}")
    return keys


def _label(entry: Mapping[str, Any]) -> str:
    return " ".join(str((entry.get("attributes") or {}).get("label", "")).split())


def _field(entry: Mapping[str, Any], key: str) -> Field:
    attributes = entry.get("attributes") or {}
    return Field(
        key=key,
        kind=entry["type"],
        label=_label(entry),
        options=tuple(_option(option) for option in attributes.get("options") or ()),
        multiple=attributes.get("multiple") == "true",
        required=(entry.get("validations") or {}).get("required") == "true",
        render=str(attributes.get("render") or ""),
    )


def _option(option: Any) -> Option:
    if isinstance(option, Mapping):
        return Option(label=str(option.get("label", "")).strip(), required=option.get("required") == "true")
    return Option(label=str(option).strip())


def field_key(label: str) -> str:
    """Name a field without an id by GitHub's rule: the label in ASCII, lower case, joined by hyphens."""
    return re.sub(r"-{2,}", "-", re.sub(r"[^a-z0-9_-]+", "-", fold(label))).strip("-")


def body_of(template: Template, answers: Mapping[str, Answer]) -> str:
    """Write answers as GitHub writes them into the body of a new issue."""
    return "\n\n".join(f"### {f.label}\n\n{_written(f, answers.get(f.key))}" for f in template.fields)


def _written(field: Field, answer: Answer) -> str:
    if not answer:
        return NO_RESPONSE
    if isinstance(answer, str):
        return f"```{field.render}\n{answer}\n```" if field.render else answer
    if all(isinstance(part, str) for part in answer):
        return ", ".join(str(part) for part in answer)
    return "\n".join(f"- [{'x' if b.checked else ' '}] {b.label}" for b in answer if isinstance(b, Box))
