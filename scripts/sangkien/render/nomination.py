"""Words of a nomination that leaves this desk: the letter to another desk, the dossier for who works on paper."""

import textwrap
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

from sangkien.domain import nomination_block
from sangkien.domain.books import Books
from sangkien.domain.naming import shown_as
from sangkien.render import vietnamese as vi

_WIDTH = 92


@cache
def words() -> dict[str, Any]:
    """Read the words, which stand beside this module."""
    return tomllib.loads(resources.files(__package__).joinpath("nomination_vi.toml").read_text(encoding="utf-8"))


def marker(key: str) -> str:
    """Mark the letter of a nomination."""
    return f"<!-- sangkien:nomination {key} -->"


def letter_title(code: str) -> str:
    """Give the letter's title: ids only."""
    return str(words()["letter"]["title"]).format(code=code)


def letter(record: Mapping[str, Any], values: Mapping[str, str]) -> str:
    """Write the letter: what is asked in plain words, and the block a program reads; ids only, no reason's words."""
    said = words()["letter"]
    parts = [
        said["head"].format(code=values[nomination_block.CODE]),
        said["about"].format(
            code=values[nomination_block.CODE],
            unit=values["don-vi"],
            council=values[nomination_block.COUNCIL],
            day=vi.day(values["ngay-ket-luan"]),
        ),
        said["page"].format(page=values["trang"]) if "trang" in values else said["no_page"],
        said["next"].format(record=record["id"]),
        nomination_block.write(values),
    ]
    return f"{marker(record['id'])}\n" + "\n\n".join(part.strip() for part in parts) + "\n"


def dossier(
    idea: Mapping[str, Any],
    conclusions: Sequence[Mapping[str, Any]],
    decisions: Sequence[Mapping[str, Any]],
    books: Books,
) -> str:
    """Write an idea and what was concluded on it as plain text, people's words set in so that none passes for ours."""
    said = words()["dossier"]
    criteria = {c["id"]: c["label"] for rubric in books.rubrics.values() for c in rubric["criteria"]}
    parts = [said["head"].format(code=idea["code"]), _own(idea["title"])]
    for key in ("summary", "before", "after", "how_to"):
        parts += [said[key], _own(idea[key])]
    note = idea["cost"].get("note")
    parts += [said["cost"].format(amount=vi.money(idea["cost"]["amount"])), *([_own(note)] if note else [])]
    parts += [said["applied" if idea["applied"] else "not_applied"]]
    for key, text in idea["statements"].items():
        parts += [said["statement"].format(criterion=criteria.get(key, key)), _own(text)]
    for conclusion in conclusions:
        parts += _conclusion(conclusion, criteria, books)
    for decision in decisions:
        parts.append(
            said["decision"].format(number=decision["number"], day=vi.day(decision["date"]), body=decision["body"])
        )
    parts.append(said["sums"])
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _conclusion(conclusion: Mapping[str, Any], criteria: Mapping[str, str], books: Books) -> list[str]:
    said = words()["dossier"]
    if "by_decision" in conclusion:  # nothing was counted
        sums = said["digests"].format(scored=conclusion["scored_digest"], concluded=conclusion["digest"])
        return [said["by_decision"], sums]
    council = books.councils.get(conclusion["council"])
    name = council["name"] if council else conclusion["council"]
    lines = [
        said["criterion"].format(label=criteria.get(one["id"], one["id"]), mean=_figure(one["mean"]))
        for one in conclusion["criteria"]
    ]
    lines.append(said["total"].format(mean=_figure(conclusion["total"]["mean"])))
    counted = len(conclusion["counted"])
    parts = [
        said["conclusion"].format(council=name, day=vi.day(conclusion["concluded_on"])),
        said["counted"].format(count=counted, agree=conclusion["agree"]),
        "\n".join(lines),
    ]
    if "reasons" in conclusion:
        parts += [said["reasons"], _own(conclusion["reasons"])]
    return [*parts, said["digests"].format(scored=conclusion["scored_digest"], concluded=conclusion["digest"])]


def names(idea: Mapping[str, Any], people: Mapping[str, Any]) -> str:
    """List the authors by name; who did not agree to be named in public is marked so."""
    said = words()["names"]
    lines = [said["head"].format(code=idea["code"])]
    for author in idea["authors"]:
        person = people.get(author["person"])
        if not isinstance(person, dict):
            lines.append(said["gone"].format(person=author["person"], share=author["share"]))
            continue
        key = "open" if shown_as(person) == "full" else "kept"  # type: ignore[arg-type]  # read from the register
        lines.append(said[key].format(name=person["name"], person=author["person"], share=author["share"]))
    return "\n".join([*lines, "", said["care"], ""])


def _own(text: str) -> str:
    """Set people's text in, line by line."""
    lines = (textwrap.fill(line, _WIDTH, break_long_words=False, break_on_hyphens=False) for line in text.splitlines())
    return textwrap.indent("\n".join(lines), "    ")


def _figure(mean: str | None) -> str:
    return vi.decimal(mean) if mean is not None else "–"
