"""Text as it is read aloud: numbers, days, measures and abbreviations in full words."""

import re

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", " nghìn", " triệu")
_BILLION = 1_000_000_000
_LONGEST = 15  # digits; a longer run is no number people say, and is left alone
_MEASURES = {
    "%": "phần trăm",
    "kg": "ki-lô-gam",
    "g": "gam",
    "km": "ki-lô-mét",
    "m": "mét",
    "cm": "xăng-ti-mét",
    "mm": "mi-li-mét",
    "m2": "mét vuông",
    "m²": "mét vuông",
    "m3": "mét khối",
    "m³": "mét khối",
    "ha": "héc-ta",
    "l": "lít",
    "ml": "mi-li-lít",
    "kwh": "ki-lô-oát giờ",
    "°c": "độ C",
    "đ": "đồng",
}
_SHORT = {
    "UBND": "Ủy ban nhân dân",
    "HĐND": "Hội đồng nhân dân",
    "MTTQ": "Mặt trận Tổ quốc",
    "UBMTTQ": "Ủy ban Mặt trận Tổ quốc",
    "HTX": "hợp tác xã",
    "THCS": "trung học cơ sở",
    "THPT": "trung học phổ thông",
    "TP": "thành phố",
    "TP.HCM": "Thành phố Hồ Chí Minh",
}
_NUMBER = r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?"
_MEASURE = "|".join(sorted(map(re.escape, _MEASURES), key=len, reverse=True))
_DAY = re.compile(r"(?<![\w/.-])(\d{1,2})/(\d{1,2})/(\d{4})(?![\w/-])")
_SAID = re.compile(
    rf"(?<![\w/.,-])({_NUMBER})(?:\s?[-–]\s?({_NUMBER}))?(?:\s?({_MEASURE})(?!\w))?(?![\w/-])", re.IGNORECASE
)
_ABBREVIATION = re.compile(rf"(?<!\w)({'|'.join(sorted(map(re.escape, _SHORT), key=len, reverse=True))})(?!\w)")


def spoken(text: str) -> str:
    """Write a text out for reading aloud; what is not understood stays as it is."""
    text = _DAY.sub(lambda day: f"{_one(day[1])} tháng {month(int(day[2]))} năm {number(int(day[3]))}", text)
    text = _SAID.sub(_said, text)
    return _ABBREVIATION.sub(lambda short: _SHORT[short[1]], text)


def number(value: int) -> str:
    """Say a whole number that is not negative: 2019 → `hai nghìn không trăm mười chín`."""
    if value >= _BILLION:
        head, rest = divmod(value, _BILLION)
        return f"{number(head)} tỷ" + (f" {_below_billion(rest, led=True)}" if rest else "")
    return _below_billion(value, led=False) or _DIGITS[0]


def month(value: int) -> str:
    """Say a month: the fourth is `tư`."""
    return "tư" if value == 4 else number(value)


def syllables(text: str) -> int:
    """Count the syllables of a spoken text: Vietnamese writes each apart, hyphens part those of borrowed words."""
    return len(re.findall(r"\w+", text))


def _said(match: re.Match[str]) -> str:
    first, last, measure = match.groups()
    if max(len(first), len(last or "")) > _LONGEST:
        return match[0]
    words = _one(first) + (f" đến {_one(last)}" if last else "")
    return f"{words} {_MEASURES[measure.lower()]}" if measure else words


def _one(written: str) -> str:
    whole, _, decimals = written.replace(".", "").partition(",")
    words = number(int(whole))
    return f"{words} phẩy {' '.join(_DIGITS[int(d)] for d in decimals)}" if decimals else words


def _below_billion(value: int, *, led: bool) -> str:
    """Say three groups of three digits; `led` when something greater was said before."""
    parts: list[str] = []
    for power in (2, 1, 0):
        group = value // 1000**power % 1000
        if group:
            parts.append(_group(group, led=led or bool(parts)) + _GROUPS[power])
    return " ".join(parts)


def _group(value: int, *, led: bool) -> str:
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    parts = [f"{_DIGITS[hundreds]} trăm"] if hundreds or led else []
    if tens == 0:
        if ones:
            parts.append(f"lẻ {_DIGITS[ones]}" if parts else _DIGITS[ones])
        return " ".join(parts)
    parts.append("mười" if tens == 1 else f"{_DIGITS[tens]} mươi")
    if ones:
        parts.append(_after_ten(tens, ones))
    return " ".join(parts)


def _after_ten(tens: int, ones: int) -> str:
    if ones == 5:
        return "lăm"
    if tens > 1 and ones in (1, 4):
        return "mốt" if ones == 1 else "tư"
    return _DIGITS[ones]
