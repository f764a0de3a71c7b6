"""GitHub issue forms: what a template asks, and the body its answers become."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

FOLDER = ".github/ISSUE_TEMPLATE"
NO_RESPONSE = "_No response_"
QUESTIONS = {"input", "textarea", "dropdown", "checkboxes"}


@dataclass(frozen=True)
class Choice:
    """One box to tick."""

    label: str
    required: bool = False


@dataclass(frozen=True)
class Element:
    """One part of a form: words to read, or a question."""

    kind: str
    place: int
    id: str | None
    label: str = ""
    description: str = ""
    placeholder: str = ""
    value: str = ""
    render: str | None = None
    required: bool = False
    multiple: bool = False
    options: tuple[str, ...] = ()
    default: int | None = None
    choices: tuple[Choice, ...] = ()

    @property
    def name(self) -> str:
        return f"field-{self.place}"


@dataclass(frozen=True)
class Form:
    """An issue template."""

    name: str
    description: str
    title: str = ""
    labels: tuple[str, ...] = ()
    elements: tuple[Element, ...] = ()


@dataclass(frozen=True)
class Chooser:
    """What `config.yml` says about opening issues."""

    blank: bool = True
    links: tuple[Mapping[str, str], ...] = field(default=())


class FormError(Exception):
    """A template that cannot be read."""


def _load(text: str) -> dict[str, Any]:
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as problem:
        raise FormError(str(problem)) from problem
    if not isinstance(data, dict):
        raise FormError("not a mapping")
    return data


def read(text: str) -> Form:
    """Read a template."""
    data = _load(text)
    if not isinstance(data.get("body"), list) or not data.get("name"):
        raise FormError("name or body is missing")
    labels = data.get("labels") or []
    if isinstance(labels, str):
        labels = [word.strip() for word in labels.split(",")]
    elements = tuple(_element(place, row) for place, row in enumerate(data["body"]))
    return Form(
        str(data["name"]), str(data.get("description", "")), str(data.get("title") or ""), tuple(labels), elements
    )


def _element(place: int, row: dict[str, Any]) -> Element:
    attributes = row.get("attributes") or {}
    rules = row.get("validations") or {}
    options = attributes.get("options") or []
    boxes = row.get("type") == "checkboxes"
    return Element(
        kind=str(row.get("type")),
        place=place,
        id=row.get("id"),
        label=str(attributes.get("label", "")),
        description=str(attributes.get("description") or ""),
        placeholder=str(attributes.get("placeholder") or ""),
        value=str(attributes.get("value") or ""),
        render=attributes.get("render"),
        required=rules.get("required") is True,
        multiple=attributes.get("multiple") is True,
        options=() if boxes else tuple(map(str, options)),
        default=attributes.get("default"),
        choices=tuple(Choice(str(o.get("label", "")), o.get("required") is True) for o in options) if boxes else (),
    )


def read_chooser(text: str | None) -> Chooser:
    """Read `config.yml`."""
    if text is None:
        return Chooser()
    data = _load(text)
    return Chooser(data.get("blank_issues_enabled", True) is not False, tuple(data.get("contact_links") or ()))


Answers = Mapping[str, list[str]]


def missing(form: Form, answers: Answers) -> list[str]:
    """Name the required questions left open."""
    found = []
    for element in form.elements:
        given = [value for value in answers.get(element.name, []) if value.strip()]
        if element.required and not given:
            found.append(element.label)
        found += [box.label for place, box in enumerate(element.choices) if box.required and str(place) not in given]
    return found


def body(form: Form, answers: Answers) -> str:
    """Write the issue's body exactly as GitHub does."""
    questions = [element for element in form.elements if element.kind in QUESTIONS]
    return "\n\n".join(f"### {one.label}\n\n{_answer(one, answers.get(one.name, []))}" for one in questions)


def _answer(element: Element, given: list[str]) -> str:
    if element.kind == "checkboxes":
        return "\n".join(
            f"- [{'x' if str(place) in given else ' '}] {box.label}" for place, box in enumerate(element.choices)
        )
    if element.kind == "dropdown":
        return ", ".join(option for option in element.options if option in given) or NO_RESPONSE
    text = given[0] if given else ""
    if not text.strip():
        return NO_RESPONSE
    return f"```{element.render}\n{text}\n```" if element.render else text
