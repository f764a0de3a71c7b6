"""The one comment under a pull request: what to mend, the idea to read, its nearest neighbours, a blank score sheet."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sangkien.domain import layout
from sangkien.domain.books import Books
from sangkien.domain.finding import Finding
from sangkien.domain.passages import Nearest, Segment, differences
from sangkien.domain.text import discreet
from sangkien.render import neutral
from sangkien.render.desk import REVIEW, words
from sangkien.render.messages import message, say
from sangkien.render.novelty import standing
from sangkien.render.vietnamese import day, listed, money

_MOST = 60_000  # characters; GitHub takes 65,536
_ROOM = (6_000, 3_000, 1_200, 400, 120)  # for one text of people's, tried in turn until all fits
_MOST_FINDINGS = 60
_NEAR_OPEN = 3
_PLAIN_STEP = re.compile(r"[\w.-]+", re.ASCII)
_PERSONAL = {"E331", "E332", "E333", "E334", "E335"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Idea:
    """An idea with what is needed to show it; `score_page` is empty where there is none.

    `nomination` puts it before another council, or before the same once more; `higher` names who above that council
    recognised it or its neighbours: code → unit and day.
    """

    record: Mapping[str, Any]
    books: Books
    unit: str
    near: tuple[Nearest, ...]
    score_page: str
    nomination: Mapping[str, Any] | None = None
    higher: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)

    @property
    def round(self) -> str:
        """The round it is scored in."""
        return str((self.nomination or self.record)["round"])


def comment(kind: str, findings: Sequence[Finding], idea: Idea | None = None) -> str:
    """Write the comment, short enough to be taken; people's text in it is text alone."""
    text = ""
    for room in _ROOM:
        text = "\n\n".join(part for part in _parts(kind, findings, idea, room) if part)
        if len(text) <= _MOST:
            break
    return f"{REVIEW}\n{text[:_MOST]}\n"


def _parts(kind: str, findings: Sequence[Finding], idea: Idea | None, room: int) -> list[str]:
    said = words()["review"]
    errors = [f for f in findings if f.severity == "error"]
    hints = [f for f in findings if f.severity == "hint"]
    head = said["head_mend"].format(count=len(errors)) if errors else said["head_fine"]
    parts = [head, said["other"].format(kind=said["kinds"][kind]), _findings(errors)]
    if hints:
        parts += [said["hints"], _findings(hints)]
    # What should not stand in public is not said once more.
    if idea and not any(f.code.value in _PERSONAL for f in findings):
        parts += [_case(idea, room), said["idea"], _idea(idea, room), _higher_itself(idea)]
        parts += [said["near"], _near(idea, room), said["score"], _sheet(idea)]
    return parts


def _case(idea: Idea, room: int) -> str:
    """Say what the council is asked, and why."""
    nomination, said = idea.nomination, words()["review"]
    if nomination is None:
        return ""
    council, round_ = idea.books.councils.get(nomination["council"]), idea.books.rounds.get(nomination["round"])
    asked = said["case"][nomination.get("purpose", "cap-tren")].format(
        council=neutral.line(council["name"] if council else nomination["council"]),
        round=neutral.line(round_["name"] if round_ else nomination["round"]),
    )
    return "\n\n".join([asked, *([neutral.quote(_cut(nomination["reason"], room))] if "reason" in nomination else [])])


def _higher_itself(idea: Idea) -> str:
    """Say that somebody above recognised this idea, or one it says to be the same as, already."""
    codes = (idea.record["code"], *idea.record.get("same_as", ()))
    return "\n\n".join(
        words()["review"]["higher_itself"].format(code=code, by=_by(idea.higher[code]))
        for code in codes
        if code in idea.higher
    )


def _by(higher: Sequence[tuple[str, str]]) -> str:
    said = words()["review"]["higher_by"]
    return listed([said.format(unit=neutral.line(unit), day=day(on)) for unit, on in higher])


def _findings(findings: Sequence[Finding]) -> str:
    said = words()["review"]
    lines = []
    for number, finding in enumerate(findings[:_MOST_FINDINGS], 1):
        veiled = finding.veiled()
        path = {"path": _shown(finding.params["path"])} if "path" in finding.params else {}
        told = message(replace(veiled, params={**veiled.params, **path}))
        at = neutral.code(_shown(finding.where.file)) if finding.where.file else ""
        at += ", " + said["line"].format(line=finding.where.line) if at and finding.where.line else ""
        lines.append(f"{number}. {at + ': ' if at else ''}{neutral.line(told.sentence)}")
        lines.append(f"   {say('cure')}: {neutral.line(told.cure)}")
    if len(findings) > _MOST_FINDINGS:
        lines.append(said["several"].format(count=len(findings) - _MOST_FINDINGS))
    return "\n".join(lines)


def _shown(path: str) -> str:
    """Show a path, but not what people may have written into it; a stray file's name is all their own."""
    steps = [step if _PLAIN_STEP.fullmatch(step) and discreet(step) == step else "…" for step in path.split("/")]
    if layout.is_record_area(path) and layout.place_of(path) is None:
        ending = re.search(r"\.[a-z]{1,5}$", steps[-1])
        steps[-1] = f"…{ending[0] if ending else ''}"
    return "/".join(steps)


def _idea(idea: Idea, room: int) -> str:
    record, said = idea.record, words()["review"]
    content = idea.books.contents.get(record["content"])
    field = idea.books.fields.get(record["field"])
    about = [idea.unit, content["name"] if content else "", field["name"] if field else "", record["code"]]
    amount = money(record["cost"]["amount"])
    note = record["cost"].get("note", "")
    criteria = {c["id"]: c["label"] for rubric in idea.books.rubrics.values() for c in rubric["criteria"]}
    parts = [
        f"**{neutral.line(record['title'])}**",
        " · ".join(neutral.line(part) for part in about if part),
        neutral.quote(_cut(record["summary"], room)),
        *(f"**{said[key]}**\n\n{_paragraph(record[name], room)}" for key, name in _PROSE),
        f"**{said['cost']}:** {amount}{' (' + neutral.line(note) + ')' if note else ''}",
        f"**{said['authors']}:** " + ", ".join(f"`{a['person']}` {a['share']}%" for a in record["authors"]),
    ]
    if record["statements"]:
        parts.append(f"**{said['statements']}**")
        parts += [
            f"*{neutral.line(criteria.get(key, key))}:* {_paragraph(text, room)}"
            for key, text in record["statements"].items()
        ]
    return "\n\n".join(parts)


_PROSE = (("before", "before"), ("after", "after"), ("steps", "how_to"))


def _near(idea: Idea, room: int) -> str:
    """List the nearest ideas, the first few open, the rest folded away."""
    said = words()["review"]
    if not idea.near:
        return str(said["near_none"])
    items = [
        _neighbour(number, other, room, idea.higher.get(other.code, ())) for number, other in enumerate(idea.near, 1)
    ]
    parts = [said["near_about"], "\n".join(items[:_NEAR_OPEN])]
    if items[_NEAR_OPEN:]:
        summary = said["near_more"].format(count=len(items) - _NEAR_OPEN)
        rest = "\n".join(items[_NEAR_OPEN:])
        parts.append(f"<details><summary>{summary}</summary>\n\n{rest}\n\n</details>")
    return "\n\n".join(parts)


def _neighbour(number: int, other: Nearest, room: int, higher: Sequence[tuple[str, str]]) -> str:
    said = words()["review"]
    title = neutral.line(_cut(other.title, room)) if other.title else said["near_gone"]
    lines = [said["near_item"].format(number=number, title=title, code=other.code, status=standing(other.status))]
    indent = " " * len(f"{number}. ")
    if higher:
        lines.append(f"{indent}- {said['higher_near'].format(by=_by(higher))}")
    for passage in other.passages:
        new, old = differences(passage)
        lines.append(f"{indent}- {said['near_new']}: {_marked(new, room)}")
        lines.append(f"{indent}- {said['near_old']}: {_marked(old, room)}")
    return "\n".join(lines)


def _marked(segments: Sequence[Segment], room: int) -> str:
    """Show a passage with the words that differ in bold."""
    shown, left = [], room
    for segment in segments:
        text = neutral.line(segment.text[:left])
        left -= len(segment.text)
        if text:
            shown.append(text if segment.same else f"**{text}**")
        if left <= 0:
            break
    return " ".join(shown)


def _sheet(idea: Idea) -> str:
    """Write a blank score sheet; in a sealed round it can only be written on the score page."""
    said, record = words()["review"], idea.record
    round_ = idea.books.rounds.get(idea.round)
    rubric = idea.books.rubrics.get(round_["rubric"]) if round_ else None
    if round_ is None or rubric is None:
        return ""
    about = said["score_about"].format(address=idea.score_page) if idea.score_page else said["score_none"]
    if round_["ballots"] == "sealed":
        return str(said["score_sealed"].format(address=idea.score_page))
    lines = [f"bo-tieu-chi: {rubric['id']}", f"ma-so: {record['code']}"]
    lines += [f"{criterion['id']}: " for criterion in rubric["criteria"]]
    lines += ["ket-luan: ", "nhan-xet: |", "  "]
    return "\n".join([about, "", "````text", "```phieu-cham", *lines, "```", "````"])


def _paragraph(text: str, room: int) -> str:
    return neutral.paragraph(_cut(text, room))


def _cut(text: str, room: int) -> str:
    """Cut a text at a word's end."""
    if len(text) <= room:
        return text
    return text[:room].rsplit(None, 1)[0] + " " + str(words()["review"]["cut"])
