"""The secretary's commands in comments, however they are typed."""

import re
from dataclasses import dataclass
from typing import Literal

from sangkien.domain.text import canonical, fold_letters

Word = Literal["receive", "return"]

_WORDS: dict[str, Word] = {"tiep-nhan": "receive", "tra-lai": "return"}
_LINE = re.compile(r"[ \t]*/[ \t]*(tiep[- ]?nhan|tra[- ]?lai)(?![\w/-])[ \t]*[:.,\-\u2013]?[ \t]*(.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command and the reason given with it."""

    word: Word
    reason: str


def read(body: str) -> Command | None:
    """Find the command a comment begins with; None when its first written line is none."""
    text = canonical(body)
    first, _, rest = text.partition("\n")
    match = _LINE.fullmatch(fold_letters(first))
    if match is None:
        return None
    word = re.sub(r"[- ]?(?=nhan|lai)", "-", match[1].lower(), count=1)
    reason = f"{first[match.start(2) :]}\n{rest}".strip()
    return Command(word=_WORDS[word], reason=reason)
