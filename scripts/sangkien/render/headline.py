"""What a chart says, in one line above it: true for one, for many, for a tie and for none."""

from collections.abc import Sequence
from dataclasses import dataclass

from sangkien.domain.statistics import Spread, leading
from sangkien.render import vietnamese as vi

_NAMED = 3  # more names than this in a tie are only counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """How to speak of one way of dividing ideas: `each` is the noun, `within` joins ideas to the only one there is."""

    each: str
    within: str = "thuộc"


def most_ideas(counts: Sequence[tuple[str, int]], words: Words) -> str:
    """Say where most ideas are; the names come as they stand in the middle of a sentence."""
    names = [name for name, _ in counts]
    found = leading({str(place): count for place, (_, count) in enumerate(counts)})
    total = sum(count for _, count in counts)
    first = [names[int(key)] for key in found.keys]
    if not total:
        return "Chưa có ý nào được ghi nhận"
    if found.alone:
        return f"Mới có 1 ý, {words.within} {first[0]}" if total == 1 else f"{_all(total)} {words.within} {first[0]}"
    if len(first) == 1:
        return f"{vi.capital(first[0])} có nhiều ý được ghi nhận nhất: {vi.whole(found.count)} ý"
    together = vi.capital(vi.listed(first)) if len(first) <= _NAMED else f"{vi.whole(len(first))} {words.each}"
    alike = "có số ý bằng nhau" if found.even else "cùng có nhiều ý được ghi nhận nhất"
    return f"{together} {alike}: mỗi {words.each} {vi.whole(found.count)} ý"


def waiting(spread: Spread) -> str:
    """Say how long ideas waited, from the middle one."""
    middle, total = spread.median, spread.ideas
    if middle is None:
        return "Chưa có ý nào để tính số ngày"
    if len(spread.counts) == 1:
        (days,) = spread.counts
        when = f"sau {vi.whole(days)} ngày" if days else "ngay trong ngày nộp"
        return f"{'Ý duy nhất' if total == 1 else _all(total)} được ghi nhận {when}"
    days = int(middle)
    if not days:
        return "Ít nhất một nửa số ý được ghi nhận ngay trong ngày nộp"
    return f"Ít nhất một nửa số ý được ghi nhận trong vòng {vi.whole(days)} ngày kể từ ngày nộp"


def taken_up(some: int, total: int) -> str:
    """Say how many ideas were taken up elsewhere."""
    if not total:
        return "Chưa có ý nào được ghi nhận"
    if not some:
        return "Chưa ý nào có nơi khác báo đã làm theo"
    if some == total:
        return f"{'Ý duy nhất' if total == 1 else _all(total)} đã có nơi khác làm theo"
    return f"{vi.whole(some)} trong {vi.whole(total)} ý đã có nơi khác làm theo"


def middle_day(spread: Spread) -> str:
    """Write the middle number of days."""
    middle = spread.median
    if middle is None:
        return ""
    return vi.whole(int(middle)) + (",5" if middle.denominator == 2 else "")


def _all(total: int) -> str:
    return f"Cả {vi.whole(total)} ý đều" if total > 1 else f"{vi.whole(total)} ý"
