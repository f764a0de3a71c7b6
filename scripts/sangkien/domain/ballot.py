"""The body of a review → a ballot, a sealed ballot, or nothing (contract §3).

Faults are findings on their own lines; no body, however odd, raises.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, cast

from markdown_it import MarkdownIt

from sangkien.domain.finding import Code, Finding, Location
from sangkien.domain.rubric import Criterion, Rubric
from sangkien.domain.text import canonical, discreet, fold, slug

Verdict = Literal["cong-nhan", "bo-sung", "khong-cong-nhan", "khong-tham-gia", "phieu-trang", "rut-phieu"]
VERDICTS = ("cong-nhan", "bo-sung", "khong-cong-nhan")
WITHOUT_MARKS = ("khong-tham-gia", "phieu-trang", "rut-phieu")

OPEN, SEALED = "phieu-cham", "phieu-kin"
_PROSE = ("nhan-xet", "ly-do")
_KEYS = ("bo-tieu-chi", "ket-luan", *_PROSE, "ma-so", "van-tay", "ghe", "xac-nhan", "thanh-vien")
_SPELLINGS = {key: key for key in _KEYS} | {"li-do": "ly-do"}

_MARK = re.compile(r"([0-9]{1,6})(?:[.,]([0-9]{1,9}))?(?:\s*/\s*([0-9]{1,6}(?:[.,][0-9]{1,9})?))?")
_COLON = re.compile("[:：]")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))  # pasted along from chats and Word
_LITERAL = re.compile(r"[|>][+-]?")
_ARMOUR = re.compile(r"-----BEGIN AGE ENCRYPTED FILE-----\n.+\n-----END AGE ENCRYPTED FILE-----", re.DOTALL)
_MARKDOWN = MarkdownIt("commonmark").disable("inline")  # only blocks matter here, and a body of `![` stays cheap


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """One valid ballot: exact marks by criterion, empty where the verdict needs none."""

    rubric: str
    verdict: Verdict
    marks: dict[str, Fraction] = field(default_factory=dict)
    comment: str = ""
    reason: str = ""
    code: str = ""
    fingerprint: str = ""
    seat: str = ""
    member: str = ""

    @property
    def total(self) -> Fraction | None:
        """The sum of the marks; None where there are none."""
        return sum(self.marks.values(), Fraction(0)) if self.marks else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one review body holds.

    `has_block` tells that somebody meant to vote, well or not; `confirms` lists reviews of paper sheets confirmed.
    """

    ballot: Ballot | None = None
    sealed: str = ""
    has_block: bool = False
    confirms: tuple[int, ...] = ()
    findings: tuple[Finding, ...] = ()


def read(body: str, rubric: Rubric) -> Reading:
    """Read a review body against a rubric."""
    body = body.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    blocks = [block for block in fences(body) if block.info in (OPEN, SEALED)]
    if len(blocks) > 1:
        return Reading(has_block=True, findings=(_fault(Code.SEVERAL_BALLOTS, blocks[1].line),))
    if not blocks:
        near = _is_near(body, rubric)
        return Reading(findings=(_fault(Code.NEAR_BALLOT, 1),) if near else ())
    block = blocks[0]
    if block.info == SEALED:
        sound = _ARMOUR.fullmatch(block.text.strip())
        return Reading(sealed=block.text, findings=() if sound else (_fault(Code.SEALED_FORM, block.line),))
    return _Block(rubric).read(block)


@dataclass(frozen=True, slots=True)
class Fence:
    """A fence with the first word of its info string, and the line it opens at."""

    info: str
    text: str
    line: int


def fences(body: str) -> Iterator[Fence]:
    """Give the fences that GitHub shows as such and that stand in no quote."""
    depth = 0
    for token in _MARKDOWN.parse(body):
        if token.type == "blockquote_open":
            depth += 1
        elif token.type == "blockquote_close":
            depth -= 1
        elif token.type == "fence" and not depth and token.map:
            yield Fence((token.info.split() or [""])[0], token.content, token.map[0] + 1)


def _is_near(body: str, rubric: Rubric) -> bool:
    """Tell whether a body without a block names three or more criteria outside quotes."""
    depth, said = 0, []
    for token in _MARKDOWN.parse(body):
        if token.type == "blockquote_open":
            depth += 1
        elif token.type == "blockquote_close":
            depth -= 1
        elif not depth and token.content:
            said.append(token.content)
    words = f" {re.sub(r'[^a-z0-9]+', ' ', fold(' '.join(said)))} "
    named = {id_ for name, id_ in rubric.names().items() if f" {name.replace('-', ' ')} " in words}
    return len(named) >= 3


def _fault(code: Code, line: int, key: str = "", /, **params: str) -> Finding:
    return Finding(code=code, where=Location(line=line, column=1, path=(key,) if key else ()), params=params)


class _Block:
    """Read the lines of one block; every fault is kept, the ballot only when there is none."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric
        self.names = rubric.names() | _SPELLINGS
        self.values: dict[str, str] = {}
        self.lines: dict[str, int] = {}
        self.findings: list[Finding] = []

    def read(self, block: Fence) -> Reading:
        self._collect(block)
        confirms = self._confirmed()
        if confirms and "ket-luan" not in self.values and not self.findings:
            return Reading(has_block=False, confirms=confirms)
        verdict = self._verdict(block.line)
        self._compare_rubric(block.line)
        marks = self._marks(block.line) if verdict not in WITHOUT_MARKS else {}
        if verdict == "khong-tham-gia" and not self.values.get("ly-do", "").strip():
            self._add(Code.NO_REASON, "ly-do", block.line)
        if self.findings or verdict is None:
            self.findings.sort(key=lambda finding: finding.where.line)
            return Reading(has_block=True, confirms=confirms, findings=tuple(self.findings))
        value = self.values.get
        ballot = Ballot(
            rubric=self.rubric.id,
            verdict=verdict,
            marks=marks,
            comment=value("nhan-xet", "").strip(),
            reason=value("ly-do", "").strip(),
            code=value("ma-so", ""),
            fingerprint=value("van-tay", "").lower(),
            seat=value("ghe", ""),
            member=value("thanh-vien", ""),
        )
        return Reading(ballot=ballot, has_block=True, confirms=confirms)

    def _add(self, code: Code, key: str, line: int, /, **params: str) -> None:
        self.findings.append(_fault(code, self.lines.get(key, line), key, **params))

    def _collect(self, block: Fence) -> None:
        prose = ""  # the key whose text goes on over indented lines
        for number, raw in enumerate(block.text.split("\n"), block.line + 1):
            if prose and (not raw.strip() or raw[0] in " \t\u00a0"):
                self.values[prose] += f"\n{canonical(raw)}"
                continue
            line = canonical(raw.translate(_INVISIBLE))
            if not line or line.startswith("#"):
                continue
            key_text, *value = _COLON.split(line, maxsplit=1)
            key = self.names.get(slug(key_text), "") if value else ""
            prose = ""
            if not value:
                self._add(Code.BALLOT_LINE, "", number, shown=discreet(line))
            elif not key:
                self._add(Code.UNKNOWN_KEY, "", number, key=discreet(key_text))
            elif key in self.values:
                self._add(Code.REPEATED_MARK, "", number, key=discreet(key_text))
            else:
                self.values[key] = _unquoted(value[0].strip())
                self.lines[key] = number
            if key in _PROSE:
                prose = key
                if _LITERAL.fullmatch(self.values[key]):
                    self.values[key] = ""

    def _verdict(self, line: int) -> Verdict | None:
        said = self.values.get("ket-luan", "")
        verdict = slug(said)
        if not said:
            self._add(Code.NO_VERDICT, "ket-luan", line)
        elif verdict not in (*VERDICTS, *WITHOUT_MARKS):
            self._add(Code.UNKNOWN_VERDICT, "ket-luan", line, value=discreet(said))
        else:
            return cast("Verdict", verdict)
        return None

    def _compare_rubric(self, line: int) -> None:
        named = self.values.get("bo-tieu-chi", "")
        if named.casefold() != self.rubric.id.casefold():
            self._add(Code.WRONG_RUBRIC, "bo-tieu-chi", line, value=discreet(named), rubric=self.rubric.id)

    def _marks(self, line: int) -> dict[str, Fraction]:
        marks = {}
        for criterion in self.rubric.criteria:
            said = self.values.get(criterion.id, "")
            if not said:
                self._add(Code.MISSING_MARK, criterion.id, line, criterion=criterion.label)
            elif (mark := self._mark(said, criterion, line)) is not None:
                marks[criterion.id] = mark
        return marks

    def _mark(self, said: str, criterion: Criterion, line: int) -> Fraction | None:
        params = {"criterion": criterion.label, "value": discreet(said), "max": plain(criterion.max_score)}
        match = _MARK.fullmatch(said)
        if not match or len(match[2] or "") > 2:
            self._add(Code.MARK_FORM, criterion.id, line, **params)
            return None
        if match[3] and Fraction(match[3].replace(",", ".")) != criterion.max_score:
            self._add(Code.DENOMINATOR, criterion.id, line, **params)
            return None
        mark = Fraction(f"{match[1]}.{match[2] or 0}")
        if mark > criterion.max_score:
            self._add(Code.MARK_RANGE, criterion.id, line, **params)
            return None
        return mark

    def _confirmed(self) -> tuple[int, ...]:
        numbers = re.findall(r"[0-9]{1,18}", self.values.get("xac-nhan", ""))
        return tuple(map(int, numbers))


def plain(number: Fraction) -> str:
    """Write an exact decimal as short as it is: 12.5, 80.5, 30."""
    cents = number * 100
    whole, rest = divmod(round(cents), 100)
    return f"{whole}.{rest:02d}".rstrip("0") if rest else str(whole)


def _unquoted(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].strip()
    return value
