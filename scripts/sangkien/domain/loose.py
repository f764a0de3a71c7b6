"""Amounts, counts, days and lists of authors as people write them in a form."""

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from sangkien.domain.text import canonical, fold, fold_letters

_SCALES = {"nghin": 10**3, "ngan": 10**3, "k": 10**3, "trieu": 10**6, "tr": 10**6, "ty": 10**9, "ti": 10**9}
_AMOUNT = re.compile(
    r"(?:~|(?:khoang|chung|tam|gan|hon|tong|chi phi)\W+)*(\d[\d.,\s]*\d|\d)"
    rf"(?:\s*({'|'.join(_SCALES)})(?![a-z]))?\.?(?:\s*(dong|vnd|d)(?![a-z]))?"
)
_NOTHING = re.compile(r"(?:khong|0)(?:\s+(?:co|ton|mat|dong|kem|tien|chi phi|gi|them|phi))*\b")
_GROUPED = re.compile(r"\d{1,3}(?:([., ])\d{3})(?:\1\d{3})*")
_COUNT = re.compile(r"([1-9]\d{0,2}(?:\.\d{3})+|\d{1,9})(?:\s+[^\W\d_][^\d]*)?\.?")
_MOST = 10**12
_LONGEST = 300  # characters of one line; more is no amount and no name


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """Money in đồng; the words around the figure are kept as a note."""

    dong: int
    note: str = ""


def amount(text: str) -> Amount | None:
    """Read an amount: `350.000`, `350 nghìn`, `1,5 triệu đồng`, `không tốn`; None when it is not clear."""
    text = canonical(text)
    flat = fold(text) if len(text) <= _LONGEST else ""
    if match := _AMOUNT.match(flat):
        dong, rest = _dong(match[1].strip(), match[2]), flat[match.end() :].strip(" .;,")
        of_money = bool(match[2] or match[3]) or not re.match(r"\w", rest)
        # Two figures, or a figure of something else: what is meant must be asked.
        clear = of_money and not re.match(r"(?:-|–|den|toi|hoac|/)\s*\d", rest)
        return Amount(dong=dong, note=_line(text) if rest else "") if dong is not None and clear else None
    if (match := _NOTHING.match(flat)) and re.match(r"\s*(?:[.,;(]|$)", flat[match.end() :]):
        return Amount(dong=0, note=_line(text) if flat[match.end() :].strip(" .;,") else "")
    return None


def _dong(figure: str, scale: str | None) -> int | None:
    if _GROUPED.fullmatch(figure) and not (scale and len(re.findall(r"[.,]", figure)) == 1 and figure[0] != "0"):
        number = Decimal(re.sub(r"[., ]", "", figure))
    else:
        try:
            number = Decimal(figure.replace(" ", "").replace(",", "."))
        except InvalidOperation:
            return None
    value = number * _SCALES.get(scale or "", 1)
    return int(value) if value == value.to_integral_value() and value <= _MOST else None


def _line(text: str) -> str:
    return " ".join(text.split())


def count(text: str) -> int | None:
    """Read how many: `25`, `1.200`, `30 người`; None when it is not clear."""
    match = _COUNT.fullmatch(fold(text)) if len(text) <= _LONGEST else None
    return int(match[1].replace(".", "")) if match else None


def day(text: str) -> str | None:
    """Read a day written `15/3/2026`, `15-3-2026`, `2026-03-15` or with the words for day, month, year."""
    numbers = re.findall(r"\d+", fold(text[:_LONGEST]))
    if len(numbers) != 3 or any(len(number) > 4 for number in numbers):
        return None
    year_first = len(numbers[0]) == 4
    year, month, of_month = (int(n) for n in (numbers if year_first else reversed(numbers)))
    try:
        return datetime.date(year, month, of_month).isoformat() if year >= 1900 else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorLine:
    """One author as written: a name, its share where one was given, whether it is a collective."""

    name: str
    share: int | None
    collective: bool


_BULLET = re.compile(r"^\s*(?:[-*+•–]\s+|\d{1,2}[.)]\s+)")
_SHARE = re.compile(r"(?<!\d)(\d{1,3}) ?%? ?\)? ?\.?$")
_COLLECTIVE = re.compile(r"tap the\s*[:\-\u2013]\s*")
_NAME = re.compile(r"[^\W\d_][^\d_@<>]*")


def authors(text: str) -> list[AuthorLine | None]:
    """Read authors, one a line; None stands for a line that cannot be read."""
    lines = [_BULLET.sub("", line).strip() for line in canonical(text).split("\n")]
    return [_author(line) for line in lines if line]


def _author(line: str) -> AuthorLine | None:
    share = None
    if len(line) > _LONGEST:
        return None
    line = " ".join(line.split())  # so that no pattern has to walk through a run of blanks
    if match := _SHARE.search(line):
        line, share = line[: match.start()].rstrip(" ,;:(\u2013\u2014-"), int(match[1])
    collective = _COLLECTIVE.match(fold_letters(line))
    name = " ".join(line[collective.end() if collective else 0 :].split()).strip(" ,;:-–")
    if not _NAME.fullmatch(name) or not 2 <= len(name) <= 120 or (share is not None and not 1 <= share <= 100):
        return None
    if not collective and len(name.split()) < 2:
        return None
    return AuthorLine(name=name, share=share, collective=collective is not None)
