"""Commands in comments, however they are typed: the secretary's, the chair's, a member's."""

import re
from dataclasses import dataclass, field
from typing import Literal

from sangkien.domain.text import canonical, fold_letters

Word = Literal["receive", "return", "open", "conclude", "recuse"]

_WORDS: dict[str, Word] = {
    "tiepnhan": "receive",
    "tralai": "return",
    "mophieu": "open",
    "ketluan": "conclude",
    "khongthamgia": "recuse",
}
_SPELT = "|".join(("tiep[- ]?nhan", "tra[- ]?lai", "mo[- ]?phieu", "ket[- ]?luan", "khong[- ]?tham[- ]?gia"))
_LINE = re.compile(rf"[ \t]*/[ \t]*({_SPELT})(?![\w/-])[ \t]*[:.,\-\u2013]?[ \t]*(.*)", re.IGNORECASE)
_OUTCOMES = ("khong-cong-nhan", "cong-nhan", "bo-sung")
_OUTCOME = re.compile(
    r"(khong[- ]?cong[- ]?nhan|cong[- ]?nhan|bo[- ]?sung)(?![\w-])[ \t]*[:;.,\-\u2013]?[ \t]*(.*)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command and what was said with it: `reason` is everything after the word, begun on its line or below it."""

    word: Word
    reason: str
    on_line: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What a chair says of an idea: an outcome (empty: the result) and the council's words.

    `known` is False when something stands where the outcome belongs that is none.
    """

    outcome: str = ""
    reasons: str = ""
    known: bool = True


def read(body: str) -> Command | None:
    """Find the command a comment begins with; None when its first written line is none."""
    text = canonical(body)
    first, _, rest = text.partition("\n")
    match = _LINE.fullmatch(fold_letters(first))
    if match is None:
        return None
    word = re.sub("[- ]", "", match[1].lower())
    reason = f"{first[match.start(2) :]}\n{rest}".strip()
    return Command(word=_WORDS[word], reason=reason, on_line=bool(match[2].strip()))


def ruling(said: Command) -> Ruling:
    """Read an outcome with the council's words; words alone below the command leave the outcome to the count."""
    first, _, rest = said.reason.partition("\n")
    match = _OUTCOME.fullmatch(fold_letters(first))
    if match is None or (match[2] and not said.on_line):
        return Ruling(reasons=said.reason, known=not said.on_line)
    spelt = re.sub("[- ]", "", match[1].lower())
    outcome = next(o for o in _OUTCOMES if o.replace("-", "") == spelt)
    return Ruling(outcome=outcome, reasons=f"{first[match.start(2) :]}\n{rest}".strip())
