"""Letters to the authors of an idea the council has concluded on, drafted from the council's own words."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from sangkien.domain.feedback import Feedback
from sangkien.render.vietnamese import day as day_in_words


@cache
def words() -> dict[str, Any]:
    """Read the letters' words, which stand beside this module."""
    return tomllib.loads(resources.files(__package__).joinpath("letters_vi.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What one letter is about; `names` only where the secretary asked for them, `page` where the idea is public."""

    idea: Mapping[str, Any]
    conclusion: Mapping[str, Any]
    feedback: Feedback
    round: str
    rating: str = ""
    decision: Mapping[str, Any] | None = None
    near: tuple[str, str, str] | None = None  # title, code, address of a recognised idea
    names: Sequence[str] = ()
    page: str = ""
    place: str = ""
    signed: str = ""


def letter(occasion: Occasion) -> str:
    """Write one letter as Markdown, at most a page."""
    said, idea, outcome = words(), occasion.idea, occasion.conclusion["outcome"]
    own = said[outcome]
    named = said["whom_named"].format(names=_listed(occasion.names), title=idea["title"])
    whom = named if occasion.names else said["whom"].format(title=idea["title"])
    parts = [
        f"# {own['title']}",
        said["draft"],
        said["greeting"].format(whom=whom),
        said["about"].format(code=idea["code"], round=occasion.round),
        own["open"].format(rating=own["rating"].format(rating=occasion.rating) if occasion.rating else ""),
    ]
    if reasons := occasion.conclusion.get("reasons"):
        parts += [said["words"], "\n".join(f"> {line}".rstrip() for line in str(reasons).split("\n"))]
    parts += _middle(occasion)
    parts += [own["close"]]
    parts += [said["ask"].format(place=occasion.place)] if occasion.place else []
    return "\n\n".join([*parts, said["thanks"], occasion.signed]) + "\n"


def _middle(occasion: Occasion) -> list[str]:
    said, outcome = words(), occasion.conclusion["outcome"]
    own, parts = said[outcome], []
    if occasion.feedback.good:
        parts.append(said["good"].format(criteria=_listed([_lower(c) for c in occasion.feedback.good])))
    if outcome != "cong-nhan" and occasion.feedback.short:
        parts.append(said["short"].format(criteria=_listed([_lower(c) for c in occasion.feedback.short])))
    if outcome == "cong-nhan":
        decision = occasion.decision
        about = {"number": decision["number"], "day": day_in_words(decision["date"])} if decision else {}
        parts.append(own["decided"].format(**about) if decision else own["waits"])
        parts += [own["page"].format(address=occasion.page)] if occasion.page else []
    elif occasion.near:
        title, code, address = occasion.near
        parts.append(said["near"].format(title=title, code=code, address=f", {address}" if address else ""))
    return parts


def _listed(items: Sequence[str]) -> str:
    *first, last = items or [""]
    return ", ".join(first) + words()["and"] + last if first else last


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]
