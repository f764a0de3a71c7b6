"""The body of an issue read back into the answers of its form.

People edit bodies freely, type headings into their answers and leave fences open. So the template's labels are the
anchors: the reading that finds most of them in the template's order wins, the earliest one among equals.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from sangkien.domain.finding import Code, Finding, Location
from sangkien.domain.form import NO_RESPONSE, NONE, Answer, Box, Field, Template
from sangkien.domain.text import discreet, fold

_EXACT = re.compile(r"### (.*)")
_LOOSE = re.compile(r" {0,3}(?:#{1,6}|\*\*)")
_ANY_HEADING = re.compile(r" {0,3}###(?:\s|$)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_BOX = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+\[([ xX])\](?:\s+(.*))?")

# What speaks for a line being the form's own heading; the first outweighs all the others together.
_FOUND, _EXACTLY, _OUT_OF_FENCE, _FITTING_ANSWER, _BLANK_AROUND = 1000, 500, 100, 30, 3
_NO_ANSWER = -200
_MOST_PER_LABEL = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """The answers by field, and what is to be mended in them."""

    answers: dict[str, Answer]
    findings: tuple[Finding, ...]


def parse(template: Template, body: str) -> Submission:
    """Read the answers of a form out of an issue's body; never raises on any text."""
    lines = _lines(body)
    anchors = _anchors(template.fields, lines)
    ends = [*sorted(anchors.values()), len(lines)]
    answers: dict[str, Answer] = {}
    findings: list[Finding] = []
    for place, field in enumerate(template.fields):
        start = anchors.get(place)
        if start is None:
            answers[field.key] = None
            findings.append(_finding(Code.FORM_NO_HEADING, field))
            continue
        answer, faults = _answer(field, lines[start + 1 : ends[bisect_right(ends, start)]])
        answers[field.key] = answer
        findings += faults
    return Submission(answers=answers, findings=tuple(findings))


def headings(template: Template, body: str) -> int:
    """Count the template's headings found in a body."""
    return len(_anchors(template.fields, _lines(body)))


def _lines(body: str) -> list[str]:
    return body.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _finding(code: Code, field: Field, **params: str) -> Finding:
    return Finding(code=code, where=Location(path=(field.key,)), params={"label": field.label, **params})


@dataclass(frozen=True, slots=True)
class _Candidate:
    place: int  # of the field in the template
    line: int
    exact: bool
    blank_around: bool


def _anchors(fields: tuple[Field, ...], lines: list[str]) -> dict[int, int]:
    """Choose the line of each field's heading: field's place → line."""
    candidates = sorted(_candidates(fields, lines), key=lambda c: (c.line, c.place))
    fences = [(number, match[1], match[2]) for number, line in enumerate(lines) if (match := _FENCE.fullmatch(line))]
    written = [number for number, line in enumerate(lines) if line.strip()]
    best: dict[int, tuple[int, int | None]] = {}  # candidate → score from here on, the next one chosen
    for at in range(len(candidates) - 1, -2, -1):
        here = candidates[at] if at >= 0 else None
        line, place = (here.line, here.place) if here else (-1, -1)
        fenced = _fenced(line, fences, candidates)
        top, chosen = _fits(fields, here, len(lines), lines, written), None
        for later in range(at + 1, len(candidates)):
            other = candidates[later]
            if other.place <= place or other.line <= line:
                continue
            score = best[later][0] + _weight(other, fenced=other.line in fenced)
            score += _fits(fields, here, other.line, lines, written)
            if score > top:
                top, chosen = score, later
        best[at] = (top, chosen)
    anchors: dict[int, int] = {}
    step = best[-1][1]
    while step is not None:
        anchors[candidates[step].place] = candidates[step].line
        step = best[step][1]
    return anchors


def _fits(fields: tuple[Field, ...], here: _Candidate | None, end: int, lines: list[str], written: list[int]) -> int:
    """Weigh whether what stands between a heading and the next looks like an answer GitHub would write there."""
    if here is None:
        return 0
    first, last = bisect_right(written, here.line), bisect_right(written, end - 1)
    if first == last:
        return _NO_ANSWER  # GitHub writes `_No response_` where there is none
    field, begin, finish = fields[here.place], lines[written[first]], lines[written[last - 1]]
    alone = last - first == 1
    known = {NONE, *(option.label for option in field.options)}
    fitting = {
        "input": alone,
        "dropdown": alone and (field.multiple or begin in known),
        "checkboxes": _BOX.fullmatch(begin) is not None,
    }.get(field.kind, not field.render or (begin.startswith("```") and finish == "```"))
    return _FITTING_ANSWER if fitting or (alone and begin == NO_RESPONSE) else 0


def _candidates(fields: tuple[Field, ...], lines: list[str]) -> Iterator[_Candidate]:
    exact: dict[str, list[int]] = {}
    loose: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        if line.startswith("### "):
            match = _EXACT.fullmatch(line)
            exact.setdefault(_squeezed(match[1] if match else ""), []).append(number)
        if match := _LOOSE.match(line):
            loose.setdefault(_folded(_bare(line[match.end() :])), []).append(number)
    for place, field in enumerate(fields):
        found = exact.get(_squeezed(field.label)) or loose.get(_folded(field.label)) or []
        if len(found) > _MOST_PER_LABEL:  # the first and the last ones tell enough of a body full of copies
            found = found[: _MOST_PER_LABEL // 2] + found[-_MOST_PER_LABEL // 2 :]
        for number in found:
            blank = not "".join(lines[max(number - 1, 0) : number]).strip() and not "".join(
                lines[number + 1 : number + 2]
            )
            is_exact = lines[number].startswith("### ") and _squeezed(lines[number][4:]) == _squeezed(field.label)
            yield _Candidate(place, number, is_exact, blank)


def _squeezed(label: str) -> str:
    return " ".join(label.split())


def _bare(rest: str) -> str:
    """Take the closing marks off a heading; no pattern does it, since one that looks for an end takes for ever."""
    rest = rest.strip()
    return rest.removesuffix("**") if rest.endswith("**") else rest.rstrip("#")


def _folded(label: str) -> str:
    return fold(label).rstrip(" :?*.")


def _weight(candidate: _Candidate, *, fenced: bool) -> int:
    return (
        _FOUND
        + (_EXACTLY if candidate.exact else 0)
        + (0 if fenced else _OUT_OF_FENCE)
        + (_BLANK_AROUND if candidate.blank_around else 0)
    )


def _fenced(start: int, fences: list[tuple[int, str, str]], candidates: list[_Candidate]) -> set[int]:
    """Tell which candidates' lines stand within a fence opened after the line `start`."""
    at = [candidate.line for candidate in candidates]
    inside: set[int] = set()
    opened: str | None = None
    since = 0
    for number, mark, rest in fences[bisect_right(fences, start, key=lambda fence: fence[0]) :]:
        if not at or since > at[-1]:
            break
        if opened is None:
            if not (mark[0] == "`" and "`" in rest):  # else a code span
                opened, since = mark, number
        elif mark[0] == opened[0] and len(mark) >= len(opened) and not rest.strip():
            inside.update(at[bisect_right(at, since) : bisect_right(at, number)])
            opened = None
    return inside  # what is never closed fences nothing


def _answer(field: Field, lines: list[str]) -> tuple[Answer, list[Finding]]:
    if not field.keeps_headings:
        end = next((n for n, line in enumerate(lines) if _ANY_HEADING.match(line)), len(lines))
        lines = lines[:end]
    text = "\n".join(lines).strip()
    if field.render:
        text = _unwrapped(text)
    if field.kind == "checkboxes":
        return _boxes(field, lines)
    if text in ("", NO_RESPONSE) or (field.kind == "dropdown" and text == NONE):
        return None, [_finding(Code.FORM_NO_ANSWER, field)] if field.required else []
    if field.kind != "dropdown":
        return text, []
    known = [option.label for option in field.options]
    chosen = _split(text, known) if field.multiple else [text]
    strange = [part for part in chosen if part not in known]
    faults = [_finding(Code.FORM_NOT_AN_OPTION, field, choices="; ".join(known)) for _ in strange[:1]]
    return (chosen if field.multiple else text), faults


def _unwrapped(text: str) -> str:
    """Take off the fence GitHub puts around an answer."""
    first, _, rest = text.partition("\n")
    opening = _FENCE.fullmatch(first)
    inner, _, last = f"\n{rest}".rpartition("\n")
    if opening and rest and last.strip() and set(last.strip()) == {opening[1][0]}:
        return inner.strip()
    return text


def _split(text: str, known: list[str]) -> list[str]:
    """Split a comma-joined answer, where options themselves may hold commas; the longest option wins."""
    parts: list[str] = []
    rest = " ".join(text.split())
    by_length = sorted(known, key=len, reverse=True)
    while rest:
        fitting = next((o for o in by_length if rest == o or rest.startswith((f"{o}, ", f"{o},"))), None)
        part = fitting if fitting is not None else rest.partition(",")[0]
        parts.append(part.strip())
        rest = rest[len(part) :].lstrip(" ").removeprefix(",").lstrip(" ")
    return [part for part in parts if part]


def _boxes(field: Field, lines: list[str]) -> tuple[Answer, list[Finding]]:
    boxes = [
        Box(label=(match[2] or "").strip(), checked=match[1] != " ")
        for line in lines
        if (match := _BOX.fullmatch(line))
    ]
    ticked = {box.label for box in boxes if box.checked}
    needed = [option.label for option in field.options if option.required]
    if field.required and not ticked and not needed:
        return boxes or None, [_finding(Code.FORM_NO_ANSWER, field)]
    faults = [
        _finding(Code.FORM_UNTICKED, field, value=discreet(label, 120)) for label in needed if label not in ticked
    ]
    return boxes or None, faults
