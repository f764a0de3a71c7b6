"""What people write into the cells of a sheet, read as far as it is certain.

Beside `domain/loose.py`, which reads the answers of a form: a cell may hold a serial day, a moment, several people.
"""

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache

from sangkien.domain import loose
from sangkien.domain.gazetteer import choose
from sangkien.domain.text import canonical, fold, fold_letters

_MOMENT = re.compile(r"^(\d{1,4}[./-]\d{1,2}[./-]\d{1,4})[ T,]+\d{1,2}[:h]\d{2}.*$", re.IGNORECASE | re.DOTALL)
_THREE = re.compile(r"^(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{2}|\d{4})$")
_SERIAL = re.compile(r"^(\d{5})(?:[.,]\d+)?$")
_PART = re.compile(r"^(?:thang\s*)?(?:(\d{1,2})\s*(?:[./-]|nam|\s)\s*)?(?:nam\s*)?((?:19|20)\d\d)$")
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 60_000  # 1954 and 2064
_EPOCH = datetime.date(1899, 12, 30)  # as both Excel and LibreOffice count
_WORDS = re.compile(r"[^\W_]+")
_LONGEST = 300
_MOST_TEXT = 4000


def day(text: str, *, month_first: bool = False) -> str | None:
    """Read a day in any of the styles sheets have; `month_first` where the column writes days as Americans do."""
    text = canonical(text[:_LONGEST])
    if match := _SERIAL.fullmatch(text):
        serial = int(match[1])
        in_range = _FIRST_SERIAL <= serial <= _LAST_SERIAL
        return (_EPOCH + datetime.timedelta(serial)).isoformat() if in_range else None
    if match := _MOMENT.fullmatch(text):
        text = match[1]
    if match := _THREE.fullmatch(text):
        of_month, month = (match[2], match[1]) if month_first else (match[1], match[2])
        year = match[3] if len(match[3]) == 4 else f"20{match[3]}"
        text = f"{of_month}/{month}/{year}"
    return loose.day(text)


def part_of_day(text: str) -> str | None:
    """Read a month or a year alone, as `2025-07` or `2025`; None for anything else."""
    match = _PART.fullmatch(fold(text[:_LONGEST]))
    if not match or (match[1] and not 1 <= int(match[1]) <= 12):
        return None
    return f"{match[2]}-{int(match[1]):02}" if match[1] else match[2]


def is_month_first(texts: Iterable[str]) -> bool:
    """Tell whether a column writes the month before the day: one of its days says so, and none the contrary."""
    seen = False
    for text in texts:
        bare = _MOMENT.sub(r"\1", canonical(text[:_LONGEST]))
        if match := _THREE.fullmatch(bare):
            if int(match[1]) > 12:
                return False
            seen = seen or int(match[2]) > 12
    return seen


def yes(text: str, words: Mapping[bool, Sequence[str]]) -> bool | None:
    """Read yes or no, as a word of its own or at the beginning; `words` are folded."""
    flat = " ".join(re.findall(r"\w+", fold(text[:_LONGEST]))) or text.strip()
    for answer in (False, True):  # “chưa có” begins like no, “có” alone is yes
        if any(flat == word or flat.startswith(f"{word} ") for word in words[answer]):
            return answer
    return None


def pick(text: str, names: Mapping[str, str], prefixes: Iterable[str] = ()) -> str | None:
    """Find a choice by name, id, or number in its order: `1`, `ND1`, `Nội dung 1`, `1. Sáng kiến`; None when unsure."""
    flat = " ".join(re.findall(r"\w+", fold(text[:_LONGEST])))
    for prefix in prefixes:
        flat = flat.removeprefix(f"{prefix} ")
    flat = re.sub(r"^([a-z]{1,3}) (\d{1,2})$", r"\1\2", flat)
    if re.fullmatch(r"0?\d{1,2}", flat):
        number = int(flat)
        ending = [key for key in names if re.search(rf"(?<!\d){number}$", key)]
        if len(ending) == 1:
            return ending[0]
        counted = not any(re.search(r"\d$", key) for key in names)  # by their order, where no key bears a number
        return list(names)[number - 1] if counted and 1 <= number <= len(names) else None
    if (found := choose(flat, names).key) is None and (rest := re.sub(r"^(?:nd)?0?\d{1,2} ", "", flat)) != flat:
        found = choose(rest, names).key
    return found


def several(text: str, names: Mapping[str, str]) -> list[str]:
    """Find the choices of an answer that may hold several, joined by commas as a form's export does."""
    found = (choose(part, names).key for part in re.split(r"[,;\n]", text[:_MOST_TEXT]))
    return list(dict.fromkeys(key for key in found if key))


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleWords:
    """Words around names: titles to be split off, what a collective's name begins with, what joins two names.

    All in small letters.
    Their marks count, or “Tô Văn …” would be a team (tổ).
    """

    titles: tuple[str, ...]
    collectives: tuple[str, ...]
    joiners: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """One author of a cell; `share` is None where none is told."""

    name: str
    share: int | None
    collective: bool


class SharesError(ValueError):
    """There are as many shares as authors, or one for each line, or none: this is neither."""


_NUMBERED = re.compile(r"(?:^|(?<=\s))\(?\d{1,2}\s?[.)]\s+(?=[^\W\d_])")
_BULLET = re.compile(r"^\s*(?:[-*+•–—]\s*|\(?\d{1,2}\s?[.)]\s*)")
_SHARE = re.compile(r"[\s,:;(–—-]*\(?\s*(\d{1,3}(?:[.,]\d{1,2})?)\s*%?\s*\)?\s*\.?$")
_ASIDE = re.compile(r"\s*\([^()\d]*\)\s*")
_ROLE = re.compile(r"\s+[-–—]\s+.*$", re.DOTALL)


def authors(text: str, shares: str, words: PeopleWords) -> list[Author]:
    """Read the authors of a cell, with shares in the same cell or in one beside it, line by line.

    Raises SharesError when the shares beside do not go with the names.
    """
    found = [_author(part, words) for part in _parts(canonical(text[:_MOST_TEXT]), words)]
    found = [author for author in found if author.name]
    beside = [_figure(line) for line in re.split(r"[\n;]", shares[:_LONGEST].strip()) if line.strip()]
    if beside:
        if len(beside) != len(found) or None in beside:
            raise SharesError
        values = [figure for figure in beside if figure is not None]
        if sum(values) <= Decimal("1.01") and len(values) >= 1:  # 0,6 is how a sheet keeps 60%
            values = [value * 100 for value in values]
        found = [
            Author(name=a.name, share=int(v) if v == int(v) else None, collective=a.collective)
            for a, v in zip(found, values, strict=True)
        ]
    return found


def _figure(text: str) -> Decimal | None:
    bare = _BULLET.sub("", text) if "%" in text or re.search(r"\d+\s?[.)]\s+\d", text) else text
    match = re.fullmatch(r"\s*(\d{1,3}(?:[.,]\d{1,4})?)\s*%?\s*", bare)
    try:
        return Decimal(match[1].replace(",", ".")) if match else None
    except InvalidOperation:
        return None


def _parts(text: str, words: PeopleWords) -> list[str]:
    """Take a cell apart: by lines and semicolons; by commas, “và” and numbers only where whole names result."""
    parts: list[str] = []
    for line in re.split(r"[\n;]", text):
        numbered = [piece for piece in _NUMBERED.split(line) if piece.strip(" ,")]
        for piece in numbered if len(numbered) > 1 else [line]:
            parts += _by_commas(_BULLET.sub("", piece).strip(" ,"), words)
    return [part for part in parts if part]


def _by_commas(line: str, words: PeopleWords) -> list[str]:
    if _is_collective(line, words):
        return [line]
    pieces = [p for comma in re.split(r",(?!\d)", line) for p in _joint(words.joiners).split(comma)]
    pieces = [piece.strip() for piece in pieces if piece.strip()]
    # “ThS., BS. Trần Văn Mẫu” is one person; “Trần Văn Mẫu, 60%” too.
    joined: list[str] = []
    waiting = ""
    for piece in pieces:
        bare = _without_titles(_SHARE.sub("", piece), words)
        if not bare and not re.search(r"\d", piece):
            waiting = f"{waiting}{piece} "
        elif not bare and joined:
            joined[-1] = f"{joined[-1]} {piece}"
        else:
            joined.append(waiting + piece)
            waiting = ""
    names = [_without_titles(_SHARE.sub("", piece), words) for piece in joined]
    whole = all(len(name.split()) >= 2 and name[:1].isupper() for name in names)
    return joined if whole else [line]


def _author(part: str, words: PeopleWords) -> Author:
    share = None
    match = _SHARE.search(part)
    if match and ("%" in match[0] or not _is_collective(part, words)):  # “Tổ hợp tác ấp 3” has no share
        value = Decimal(match[1].replace(",", "."))
        share = int(value) if value == int(value) else None
        part = part[: match.start()]
    bare = _ROLE.sub("", _ASIDE.sub(" ", part)).strip(" ,;:.-–—")
    collective = _is_collective(bare, words)
    prefix = re.match(r"tap the\s*[:\-–]\s*", fold_letters(bare))
    name = bare[prefix.end() :] if prefix else bare if collective else _without_titles(bare, words)
    return Author(name=" ".join(name.split()), share=share, collective=collective)


def _is_collective(text: str, words: PeopleWords) -> bool:
    flat = " ".join(_WORDS.findall(text.lower())) + " "
    bare = flat.isascii()
    return any(flat.startswith(f"{fold(word) if bare and ' ' in word else word} ") for word in words.collectives)


def _without_titles(name: str, words: PeopleWords) -> str:
    """Take titles off the beginning of a name: `ThS. BS. Trần Văn Mẫu`, `Ông/Bà Lê Thị Thử`."""
    name = name.strip()
    while (head := _titles(words.titles).match(name.lower())) and head.end() and _is_title(name, head.end()):
        name = name[head.end() :].strip()
    return name


@cache
def _joint(joiners: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{'|'.join(map(re.escape, joiners))})\s+", re.IGNORECASE)


@cache
def _titles(titles: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(titles, key=lambda title: (-len(title), title))
    return re.compile(rf"(?:{'|'.join(map(re.escape, longest_first))})(?:[.:/,]+\s*|\s+|$)")


def _is_title(name: str, end: int) -> bool:
    """Tell a title from a name's own first syllable: a dot stands after it, or two words at least."""
    rest = name[end:].split()
    return name[:end].rstrip()[-1:] in ".:/," or not rest or len(rest) >= 2
