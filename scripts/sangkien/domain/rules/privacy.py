"""What must never stand in a public text: phones, e-mails, ID numbers, birth dates, people's names.

Grouped thousands are money unless they start with 0; a date is a birth date only near a word that says so; office
contacts stand on an allow-list with a reason (design §6).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sangkien.domain import text as vietnamese
from sangkien.domain.finding import Code, Finding, Path
from sangkien.domain.notation import Document

_SEALED = "contact"  # armoured text, not prose

_DATE = r"(?:0?[1-9]|[12]\d|3[01])\s?[./-]\s?(?:0?[1-9]|1[0-2])\s?[./-]\s?(?:19|20)?\d{2}"
_ANY_DATE = re.compile(rf"(?<![\d.]){_DATE}(?!\d)|(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d)")
_RUN = re.compile(r"(?<![\w])[+(]{0,2}\d(?:[\s().\-\u2010-\u2015_·]{0,3}\d){7,}(?!\w)")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:[.\s]\d{3})+")
_PHONE = re.compile(r"0[35789]\d{8}|01[2689]\d{8}|02\d{8,9}")
_ABROAD = re.compile(r"(?:\+|00)?84(?=[235789]\d{8,9}$|1[2689]\d{8}$)")
# Begun where a run of signs begins only, or a long one is walked through from each of its signs.
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]+(?:\s?[\[(]\s?(?:at|a còng)\s?[\])]\s?|\s?[@＠]\s?)"
    r"[\w-]+(?:\s?(?:\.|\(dot\)|\[dot\])\s?[\w-]+)*"
    r"(?:\.|\(dot\)|\[dot\])\s?[a-z]{2,}",
    re.IGNORECASE,
)
_ID_WORD = re.compile(r"cmnd|cccd|cmt|can cuoc|chung minh|dinh danh|ho chieu|passport")
# “học sinh ngày …”, “vệ sinh năm …” are no births.
_NOT_BIRTH = r"(?<!hoc )(?<!ve )(?<!phat )(?<!an )(?<!hy )(?<!hi )(?<!san )(?<!nay )(?<!tan )(?<!thi )(?<!ky )(?<!ki )"
_NOT_BIRTH += r"(?<!vi )(?<!giao )(?<!mon )(?<!khi )(?<!duong )(?<!tai )(?<!tiet )(?<!so )(?<!khang )(?<!dan )"
_BIRTH = re.compile(
    r"\b(?:ngay,?\s+(?:thang,?\s+nam\s+)?sinh|nam\s+sinh|date of birth|birthday|dob|"
    rf"{_NOT_BIRTH}sinh\s+(?:vao\s+)?(?:ngay|nam)|{_NOT_BIRTH}sinh\s*:|{_NOT_BIRTH}sinh(?=\s+\d)|sn(?=\s*[:.]?\s*\d))"
    rf"\W{{0,6}}(?:la\W+|vao\W+)?(?:ngay\s+|mung\s+)?"
    rf"(?:{_DATE}|(?:0?[1-9]|[12]\d|3[01])\s+thang\s+\d\d?(?:\W+nam)?\W+(?:19|20)\d\d|(?:\d\d?[./-])?(?:19|20)\d\d)(?!\d)"
)
_WORD = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")
_OTHER_DIGIT = re.compile(r"[^\D0-9]")
_AT = re.compile(r"[@＠]|[\[(]\s?(?:at|a còng)\s?[\])]", re.IGNORECASE)
# A day that stands alone, so that no other date overlaps it.
_DAY = re.compile(r"(?<![\d./-])(?<![./-]\s)(?:19|20)\d\d-\d\d-\d\d(?![\d./-])")
_CODE = re.compile(r"\d{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")  # of an idea; decisions list a hundred of them
_SHORTEST = 6  # letters of an e-mail, and of anything else that may not stand here


@dataclass(frozen=True, slots=True)
class Allowed:
    """Office contacts that may stand in public: digits of phones, folded e-mails."""

    phones: frozenset[str]
    emails: frozenset[str]

    @classmethod
    def of(cls, contacts: Iterable[str]) -> "Allowed":
        texts = list(contacts)
        return cls(
            frozenset(_national(_digits(text)) for text in texts if "@" not in text),
            frozenset(text.strip().lower() for text in texts if "@" in text),
        )


class Names:
    """The names of people, ready to be looked for in a text."""

    def __init__(self, names: Iterable[str]) -> None:
        self._exact: set[str] = set()
        self._folded: set[str] = set()
        self._beginnings: set[str] = set()
        self._longest = 2
        for name in set(names):  # people share names
            words = _WORD.findall(vietnamese.canonical(name))
            if len(words) >= 2:
                self._exact.add(" ".join(words).lower())
                self._beginnings.add(vietnamese.fold(" ".join(words[:2])))
                self._longest = max(self._longest, len(words))
            if len(words) >= 3:  # two bare syllables are too often two common words
                self._folded.add(vietnamese.fold(" ".join(words)))

    def within(self, text: str) -> Iterator[tuple[int, str]]:
        """Give place and words of each person's name that stands in a text with capitals."""
        if not self._exact:
            return
        words = [m for m in _WORD.finditer(text) if m[0][0].isupper()]
        for first, start in enumerate(words):
            for last in range(first + 1, min(first + self._longest, len(words))):
                if text[words[last - 1].end() : words[last].start()].strip():
                    break
                found = " ".join(m[0] for m in words[first : last + 1])
                if found.lower() in self._exact or (last - first > 1 and vietnamese.fold(found) in self._folded):
                    yield start.start(), found

    def may_stand_in(self, text: str) -> bool:
        """Tell whether two words with capitals, one after the other, begin a person's name."""
        before = ""
        for word in _WORD.findall(text):
            if not word[0].isupper():
                before = ""
                continue
            if before and vietnamese.fold(f"{before} {word}") in self._beginnings:
                return True
            before = word
        return False


def exposed(document: Document, allowed: Allowed, names: Names | None) -> list[Finding]:
    """Find personal data in every text of a record, on the line where it stands."""
    if not _is_suspect("\0".join(_long_texts(document.record)), names):
        return []
    return [
        document.finding_within(code, path, offset, shown=shown)
        for path, text in _texts(document.record)
        for code, offset, shown in in_text(text, allowed, names)
    ]


def _is_suspect(text: str, names: Names | None) -> bool:
    """Tell whether all texts of a record, read as one, may hold what none of them may: true rather too often."""
    if _AT.search(text) or _RUN.search(_DAY.sub("x", text)):
        return True
    flat = _flat(text)
    if any(sign in flat for sign in ("sinh", "sn", "birth", "dob")) and _BIRTH.search(flat):
        return True
    return names is not None and names.may_stand_in(text)


def _long_texts(record: Any) -> Iterator[str]:
    waiting = [record]
    while waiting:
        value = waiting.pop()
        if type(value) is str:
            if len(value) >= _SHORTEST and not _CODE.fullmatch(value):
                yield value
        elif type(value) is dict:
            waiting.extend(value.values())
        elif type(value) is list:
            waiting.extend(value)


def in_text(text: str, allowed: Allowed, names: Names | None) -> Iterator[tuple[Code, int, str]]:
    """Find personal data in one text: code, offset, and a masked form that is safe to show."""
    if _DIGIT.search(text):
        yield from _numbers(text, allowed)
    if "@" in text or "＠" in text or "at" in text or "còng" in text:
        for match in _EMAIL.finditer(text):
            if match[0].lower() not in allowed.emails:
                yield Code.EMAIL, match.start(), _masked(match[0])
    if names:
        for offset, name in names.within(text):
            yield Code.PERSON_NAME, offset, vietnamese.initials(name)


def _numbers(text: str, allowed: Allowed) -> Iterator[tuple[Code, int, str]]:
    flat = _flat(text)
    for match in _BIRTH.finditer(flat):
        yield Code.BIRTH_DATE, match.start(), _masked(text[match.start() : match.end()])
    dateless = _ANY_DATE.sub(lambda m: "x" * len(m[0]), flat)
    for match in _RUN.finditer(dateless):
        yield from _in_run(match[0], match.start(), allowed)
    for match in re.finditer(r"(?<![\d.,])\d{9}(?![\d]|[.,]\d)", flat):
        if _ID_WORD.search(flat[max(0, match.start() - 40) : match.start()]):
            yield Code.ID_NUMBER, match.start(), _masked(match[0])


def _in_run(run: str, start: int, allowed: Allowed) -> Iterator[tuple[Code, int, str]]:
    """Judge a run of digits and separators: any whole groups of it may make a number."""
    groups = list(re.finditer(r"\+?\d+", run))
    first = 0
    while first < len(groups):
        for last in range(first, len(groups)):
            raw = run[groups[first].start() : groups[last].end()]
            digits = _digits(raw)
            if len(digits) > 14:
                break
            if _GROUPED.fullmatch(raw) and not raw.startswith("0"):
                continue
            code = _kind_of_number(raw, digits)
            if code is None or (code is Code.PHONE and _national(digits) in allowed.phones):
                continue
            yield code, start + groups[first].start(), _masked(raw)
            first = last
            break
        first += 1


def _kind_of_number(raw: str, digits: str) -> Code | None:
    if _PHONE.fullmatch(_national(digits)) and (raw.startswith(("0", "+")) or raw.isdigit()):
        return Code.PHONE
    if raw.startswith("+") and 9 <= len(digits) <= 14:
        return Code.PHONE
    if len(digits) == 12 and (raw.isdigit() or raw.startswith("0")):
        return Code.ID_NUMBER
    return None


def _flat(text: str) -> str:
    """Fold a text letter by letter, and write every digit as 0 to 9: keyboards of the East have wide ones."""
    return _OTHER_DIGIT.sub(lambda m: str(unicodedata.decimal(m[0])), vietnamese.fold_letters(text))


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def _national(digits: str) -> str:
    return _ABROAD.sub("0", digits, count=1)


def _masked(text: str) -> str:
    """Show enough to be found again, too little to be used."""
    return text[:3] + "…" + text[-2:] if len(text) > 7 else "…"


def _texts(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key != _SEALED:
                yield from _texts(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*path, index))
