"""The words a clerk's sheet is read by and answered with: headings from schemas and registers, the rest from a table.

Whatever a form asks is a heading here too, so that an export of a form made after it is read without more.
"""

import json
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

from sangkien.domain.finding import Code, Finding, Location
from sangkien.domain.grid import place
from sangkien.domain.heading import Vocabulary, plain
from sangkien.domain.loose_cells import PeopleWords
from sangkien.domain.row_reader import CellWords
from sangkien.domain.text import fold
from sangkien.render.forms import Maker
from sangkien.render.messages import message, say
from sangkien.render.reporters import row


@cache
def words() -> dict[str, Any]:
    """Read the words, which stand beside this module."""
    return tomllib.loads(resources.files(__package__).joinpath("import_vi.toml").read_text(encoding="utf-8"))


def questions(maker: Maker) -> dict[str, str]:
    """Name every question of an idea's form by its key."""
    blocks = (block for block in maker.idea()["body"] if "id" in block)
    return {block["id"]: block["attributes"]["label"] for block in blocks}


def labels(maker: Maker) -> dict[str, str]:
    """Name every key a sheet may have a column for, as people are told of it."""
    own = {key: said[0] for key, said in words()["columns"].items()}
    asked = {key: label for key, label in questions(maker).items() if key != "agreement"}
    headed: dict[str, str] = words()["headings"]
    return asked | own | headed


def vocabulary(maker: Maker) -> Vocabulary:
    """Gather all words a heading may be written with."""
    said = words()
    asked = questions(maker)
    columns: dict[str, list[str]] = {key: [*phrases] for key, phrases in said["columns"].items()}
    for key, label in (*asked.items(), *said["headings"].items()):
        if key != "agreement":
            columns.setdefault(key, []).append(label)
    return Vocabulary(
        columns=columns,
        dropped=said["dropped"],
        totals=_plain(said["lines"]["totals"]),
        ends=_plain(said["lines"]["ends"]),
        examples=_plain(said["lines"]["examples"]),
    )


def cell_words() -> CellWords:
    """Gather the words cells may hold."""
    said = words()
    cells: Mapping[str, Any] = said["cells"]
    return CellWords(
        answers={True: _folded(cells["yes"]), False: _folded(cells["no"])},
        displays={key: _folded(phrases) for key, phrases in cells["display"].items()},
        guardians={key: _folded(phrases) for key, phrases in cells["guardian"].items()},
        numbers=_folded(cells["number_words"]),
        people=PeopleWords(
            titles=tuple(title.lower() for title in cells["titles"]),
            collectives=tuple(name.lower() for name in cells["collectives"]),
            joiners=tuple(cells["joiners"]),
        ),
        blank=said["blank"],
        consent_form=said["consent"]["form"],
    )


def _plain(phrases: Sequence[str]) -> tuple[str, ...]:
    return tuple(plain(phrase) for phrase in phrases)


def _folded(phrases: Sequence[str]) -> tuple[str, ...]:
    return tuple(fold(phrase) for phrase in phrases)


def as_text(findings: Sequence[Finding], rows: int, known: int) -> str:
    """Tell what is to be mended in a terminal, sheet by sheet and cell by cell."""
    said = words()["report"]
    lines: list[str] = []
    file = None
    for finding in findings:
        if finding.where.file != file:
            file = finding.where.file
            lines += ["", file.replace("#", " · ")]
        told = message(finding)
        at = place(finding.where.line - 1, finding.where.column - 1) if finding.where.line else said["whole"]
        kind = say(finding.severity)
        lines.append(said["item"].format(cell=at, kind=kind, code=finding.code.value, sentence=told.sentence))
        lines.append(said["cure"].format(cure=told.cure))
    hints = sum(finding.severity == "hint" for finding in findings)
    errors = len(findings) - hints
    lines += ["", said["count" if errors else "fine"].format(rows=rows, errors=errors, hints=hints)]
    if known:
        lines.append(said["known"].format(count=known))
    return "\n".join(lines).lstrip("\n")


def as_json(findings: Sequence[Finding], rows: int, known: Sequence[str]) -> str:
    """Tell the same to a program."""
    told = []
    for finding in findings:
        file, _, sheet = finding.where.file.partition("#")
        cell = place(finding.where.line - 1, finding.where.column - 1) if finding.where.line else ""
        told.append({**row(finding), "file": file, "sheet": sheet, "cell": cell})
    return json.dumps({"findings": told, "rows": rows, "known": list(known)}, ensure_ascii=False, indent=1)


def report(key: str, **params: object) -> str:
    """Give one sentence on what came of an import."""
    return str(words()["report"][key]).format(**params)


def unreadable(file: str, why: str, limits: Mapping[str, int]) -> Finding:
    """Say why a file could not be read as a sheet; `limits` are those it may have broken."""
    where = Location(file=file)
    if why == "size":
        return Finding(code=Code.SHEET_SIZE, where=where, params={key: f"{most}" for key, most in limits.items()})
    return Finding(code=Code.SHEET_UNREADABLE, where=where, params={"why": words()["why"][why]})
