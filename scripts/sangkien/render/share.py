"""What helps to spread the word of an idea: words to send, pictures to show, a bulletin to read on the loudspeaker."""

import re
from decimal import Decimal

from sangkien.domain import address, views
from sangkien.render import vietnamese as vi
from sangkien.render.page import Page, write
from sangkien.render.sheets import card_address
from sangkien.render.spoken import month, number, spoken, syllables
from sangkien.render.wording import Wording

FOLDER = "chia-se/"
# A loudspeaker is read slowly: three syllables a second, a breath at every full stop.
_PACE, _BREATH = 3.0, 0.5
_MINUTE = 60.0
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")


def page(idea: views.Idea, wording: Wording, site_name: str, site_url: str) -> Page:
    """Write the page for spreading the word of one of the newest ideas; it shows nothing that the idea's does not."""
    bulletin = spoken_bulletin(idea, wording, site_name)
    return Page(
        address=idea.address + FOLDER,
        section=address.IDEAS,
        title=f"Chúc mừng, chia sẻ: {idea.title}",
        description="Lời chúc mừng, ảnh để gửi và bản tin đọc trên loa.",
        noindex=True,
        image=card_address(idea, wording, tall=False),
        scripts=("share.js",),
        body=write(
            "share.html.j2",
            idea=idea,
            congratulation=congratulation(idea, wording, site_url),
            wide=card_address(idea, wording, tall=False).rpartition("/")[2],
            tall=card_address(idea, wording, tall=True).rpartition("/")[2],
            bulletin=bulletin,
            seconds=seconds(bulletin),
        ),
    )


def congratulation(idea: views.Idea, wording: Wording, site_url: str) -> str:
    """Write a few lines to send in a chat."""
    where = wording.unit(idea.brief.unit)
    named = any(author.credit.name for author in idea.authors)
    who = wording.authors(idea) if named else "tác giả"
    lines = [
        f"Xin chúc mừng {', '.join(dict.fromkeys(filter(None, (who, where))))}!",
        f"{wording.kind(idea)} “{idea.title}” đã được ghi nhận ngày {vi.day(idea.on)}.",
    ]
    if figures := idea.record.get("figures"):
        before, after = vi.decimal(figures["before"]), vi.decimal(figures["after"])
        lines.append(f"{vi.capital(figures['label'])}: trước {before}, nay {after} {figures['unit']}.")
    if site_url:
        lines.append(f"Xem cách làm: {site_url}{idea.address}")
    return "\n".join(lines)


def spoken_bulletin(idea: views.Idea, wording: Wording, site_name: str) -> list[str]:
    """Write a bulletin that takes a minute to read, in full words; the summary gives way where time is short."""
    record, movement = idea.record, wording.register.movement
    named = any(author.credit.name for author in idea.authors)
    year, month_, day = (int(part) for part in idea.on.split("-"))
    who = wording.authors(idea) if named else "một tác giả xin không nêu tên"
    where = wording.unit(record["unit"])
    opening = [
        "Kính thưa bà con.",
        f"Ngày {number(day)} tháng {month(month_)} năm {number(year)}, {wording.kind(idea).lower()} “{idea.title}”"
        f" của {', '.join(dict.fromkeys(filter(None, (who, where))))} đã được ghi nhận"
        + (f" trong phong trào {movement['short_name']}." if movement else "."),
    ]
    effect = []
    if figures := record.get("figures"):
        unit = figures["unit"]
        before = f"{vi.decimal(figures['before'])} {unit}" if Decimal(figures["before"]) else "chưa có"
        after = f"{vi.decimal(figures['after'])} {unit}" if Decimal(figures["after"]) else "không còn"
        effect.append(f"{vi.capital(figures['label'])}: trước đây {before}, nay {after}.")
    if price := wording.price(idea):
        effect.append(f"Chi phí làm là {price}." if record["cost"]["amount"] else "Làm theo không tốn tiền.")
    closing = [
        f"Bà con muốn làm theo, xin xem trên trang {site_name}, hoặc hỏi nơi tiếp nhận ý của phong trào.",
        "Xin chúc mừng và cảm ơn tác giả." if not named else f"Xin chúc mừng và cảm ơn {wording.authors(idea)}.",
    ]
    first, then, last = (spoken(" ".join(part)) for part in (opening, effect, closing))
    told = ""
    for sentence in _SENTENCE.split(" ".join(record["summary"].split())):
        longer = f"{told}{spoken(sentence)} "
        if seconds([first, longer + then, last]) > _MINUTE:
            break
        told = longer
    return [first, told + then, last]


def seconds(lines: list[str]) -> int:
    """Say how long lines take to read on a loudspeaker, in seconds."""
    return round(sum(syllables(line) / _PACE + _BREATH * len(_SENTENCE.split(line)) for line in lines))
