"""The questions of the relay's form, one screen each: the issue form's, in an order that begins with the easy ones."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from sangkien.domain.finding import Path
from sangkien.domain.gazetteer import Gazetteer
from sangkien.render.forms import Block, Maker

Sort = Literal["choice", "line", "prose", "unit", "authors", "more", "photos", "names", "guardian", "contact"]

# What belongs to the armed forces must be known before a word is typed, so the content comes first: one touch.
_ORDER = ("content", "title", "before", "after", "how_to", "cost", "applied", "kind", "field", "unit", "authors")
_SORTS: Mapping[str, Sort] = {"unit": "unit", "authors": "authors"}
_OF_BLOCK: Mapping[str, Sort] = {"dropdown": "choice", "input": "line", "textarea": "prose"}
_BY_THEMSELVES = ("display", "agreement")
# The texts whose length the schema of an idea limits.
_TEXTS: Mapping[str, Path] = {
    "title": ("title",), "before": ("before",), "after": ("after",), "how_to": ("how_to",), "summary": ("summary",),
    "cost": ("cost", "note"),
}  # fmt: skip
_OF_APPLICATION = ("result", "place", "applied_by", "changes")
_LEFT_OUT = ("learned_from",)  # a number only who has the idea's page open can tell
_LONGEST_LINE, _LONGEST_PROSE, _LONGEST_QUESTION = 300, 8000, 2000


@cache
def words() -> dict[str, Any]:
    """Read the words of the relay, which stand beside this module."""
    return tomllib.loads(resources.files(__package__).joinpath("relay_vi.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice: the words the form sends, what they mean; whether choosing it ends the form, or hides a name."""

    word: str
    note: str = ""
    closes: bool = False
    hides: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question: its key and words, and how it is answered; `least` and `most` count characters."""

    key: str
    sort: Sort
    label: str
    ask: str
    help: str = ""
    example: str = ""
    options: tuple[Option, ...] = ()
    required: bool = False
    least: int = 0
    most: int = 8000
    parts: tuple["Question", ...] = ()


def questions(maker: Maker, *, contact: bool) -> list[Question]:
    """Give the questions of a new idea."""
    own = words()
    asked = editable(maker)
    blocks = _blocks(maker)
    names = _names(maker, blocks)
    photos = Question(
        key="photos", sort="photos", label=own["photos"]["label"], ask=own["photos"]["title"],
        help=own["photos"]["help"], options=_options(maker, "idea", ("images", 0, "shows"), {}),
    )  # fmt: skip
    guardian = Question(
        key="guardian", sort="guardian", label=own["names"]["guardian_label"], ask=own["names"]["guardian_title"],
        help=own["names"]["guardian_help"], options=_options(maker, "person", ("guardian", "relation"), {}),
    )  # fmt: skip
    authors = [_of_block(maker, blocks["authors"])] if "authors" in blocks else []
    place = next((n for n, q in enumerate(asked) if q.sort == "more"), len(asked))
    return [*asked[:place], *authors, *asked[place:], photos, *names, guardian, *([_contact()] if contact else [])]


def about_idea(maker: Maker, form: str, *, contact: bool) -> list[Question]:
    """Give the questions of a form about an idea that stands: `application` or `follow`."""
    asked = (maker.application() if form == "application" else maker.follow())["body"]
    questions = [_of_block(maker, block, form) for block in asked if "id" in block and block["id"] not in _LEFT_OUT]
    return [*questions, *([_contact()] if contact and form == "follow" else [])]


def editable(maker: Maker) -> list[Question]:
    """Give the questions whose answers may be changed after sending: no names, no consent, no contact, no photos."""
    blocks = _blocks(maker)
    required = [key for key, block in blocks.items() if block.get("validations", {}).get("required")]
    alone = [key for key in (*_ORDER, *required) if key in blocks and key not in ("authors", *_BY_THEMSELVES)]
    told = [key for key in blocks if key not in (*alone, "authors", *_BY_THEMSELVES)]
    said = words()["more"]
    more = Question(
        key="more", sort="more", label=said["label"], ask=said["title"], help=said["help"],
        parts=tuple(_of_block(maker, blocks[key]) for key in told),
    )  # fmt: skip
    return [*(_of_block(maker, blocks[key]) for key in dict.fromkeys(alone)), *([more] if more.parts else [])]


def labels(maker: Maker) -> dict[str, str]:
    """Name every key an answer may come under, as findings name them."""
    own = words()
    named = {key: block["attributes"]["label"] for key, block in _blocks(maker).items()}
    return named | {"photos": own["photos"]["label"], "contact": own["contact"]["label"]}


def units(maker: Maker) -> list[str]:
    """Name the units that live on, each once; of those that share a name, the unit they stand in too."""
    gazetteer, books = Gazetteer(maker.books), maker.books.units
    named: dict[str, list[str]] = {}
    for key, unit in books.items():
        if "valid_to" not in unit:
            named.setdefault(gazetteer.title(key), []).append(key)
    found = []
    for title, keys in named.items():
        found += [title] if len(keys) == 1 else [f"{title}, {_around(gazetteer, books[key])}" for key in keys]
    return sorted(set(found))


def _around(gazetteer: Gazetteer, unit: Mapping[str, Any]) -> str:
    parents = unit.get("parents") or ()
    return gazetteer.title(parents[-1]["unit"]) if parents else unit["name"]


def _blocks(maker: Maker) -> dict[str, Block]:
    return {block["id"]: block for block in maker.idea()["body"] if "id" in block}


def _names(maker: Maker, blocks: Mapping[str, Block]) -> list[Question]:
    """Ask how the first author's name is shown, with the two boxes of the issue form."""
    if not {*_BY_THEMSELVES} <= blocks.keys():
        return []
    boxes = tuple(Option(word=box["label"]) for box in blocks["agreement"]["attributes"]["options"])
    said = blocks["agreement"]["attributes"]
    agreement = Question(key="agreement", sort="names", label=said["label"], ask=said["label"], options=boxes)
    display = _of_block(maker, blocks["display"])
    return [
        Question(
            key="display",
            sort="names",
            label=display.label,
            ask=display.ask,
            help=display.help,
            options=_options(maker, "person", ("display",), words()["choice"]["display"]),
            parts=(agreement,),
        )
    ]


def _contact() -> Question:
    said = words()["contact"]
    return Question(
        key="contact", sort="contact", label=said["label"], ask=said["title"], help=said["help"],
        example=said["example"], most=200,
    )  # fmt: skip


def _of_block(maker: Maker, block: Block, form: str = "idea") -> Question:
    own = words() if form == "idea" else words()["likewise"][form]
    key, said = block["id"], block["attributes"]
    sort = _SORTS.get(key, _OF_BLOCK[block["type"]])
    least, most = _limits(maker, key, form)
    return Question(
        key=key,
        sort=sort,
        label=said["label"],
        ask=own["ask"].get(key, said["label"]),
        help=own["help"].get(key, said.get("description", "")),
        example=own["example"].get(key, "" if sort == "authors" else said.get("placeholder", "")),
        options=_offered(maker, key, said),
        required=bool(block.get("validations", {}).get("required")),
        least=least,
        most=most,
    )


def _offered(maker: Maker, key: str, said: Mapping[str, Any]) -> tuple[Option, ...]:
    if key == "content":
        return _contents(maker)
    if key == "kind":
        return _options(maker, "idea", ("kind",), words()["choice"]["kind"])
    return tuple(Option(word=word) for word in said.get("options", ()))


def _contents(maker: Maker) -> tuple[Option, ...]:
    """Offer every content in its order; those that are not taken over the network end the form."""
    books = maker.books
    held_back = books.movement.get("clearance_contents", []) if books.movement else []
    ordered = sorted(books.contents.items(), key=lambda item: item[1]["order"])
    return tuple(
        Option(word=record["name"], note=record.get("summary", ""), closes=key in held_back) for key, record in ordered
    )


def _options(maker: Maker, kind: str, path: Path, notes: Mapping[str, str]) -> tuple[Option, ...]:
    choices = maker.schemas.choices(maker.schemas.at(kind, path))
    return tuple(Option(word=word, note=notes.get(key, ""), hides=key == "hidden") for key, word in choices.items())


def _limits(maker: Maker, key: str, form: str) -> tuple[int, int]:
    """Give how short and how long the record's schema lets an answer be, in characters."""
    if form == "application" and key in _OF_APPLICATION:
        return 0, maker.schemas.at(form, (key,))["maxLength"]
    if form != "idea":
        return 0, _LONGEST_QUESTION if key in ("question", "measures") else _LONGEST_LINE
    if key not in _TEXTS:
        return 0, _LONGEST_LINE if key == "unit" else _LONGEST_PROSE
    shape = maker.schemas.at("idea", _TEXTS[key])
    least = 0 if key == "cost" else shape["minLength"]
    return least if least > 1 else 0, shape["maxLength"]
