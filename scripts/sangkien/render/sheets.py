"""What is printed for the site: cards to send on, posters to hang up. Each sheet is a template and its values.

Printing costs more than stamping, and the room of a site is bounded; only the newest are printed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from io import BytesIO
from typing import Any, Literal
from urllib.parse import urlsplit

import segno

from sangkien.domain import address, views
from sangkien.domain.finding import Finding
from sangkien.domain.records import MovementRecord
from sangkien.domain.register import Ideas
from sangkien.render import vietnamese as vi
from sangkien.render.motif import backdrop
from sangkien.render.page import SITE_CARD
from sangkien.render.wording import Wording

_LONGEST = 24  # letters; what has no space for so long may be broken anywhere
_BREAK = "\u200b"
_ON_A_POSTER, _FEW = 12, 4  # ideas: as many as fit, so few that each may be told
_LAVA = ("#a8492d", "#8f3d23", "#96503a")  # quiet enough for words to stand on


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One thing to print.

    `photo` is the place in the repository of what its `picture` is to be; its `qr` is the text of a code yet to be
    drawn, since drawing takes longer than looking whether the sheet was printed before. A book has many `photos`, each
    by the name of its drawing, `<name>.svg`; those that could be developed are named under its `photos`. What is
    `secret` is printed and not kept. A template may stand on `parts` beside it; `findings` are told to whoever asked.
    """

    template: str
    values: Mapping[str, Any]
    form: Literal["png", "jpg", "pdf"]
    photo: str = ""
    photos: Mapping[str, str] = field(default_factory=dict)
    ppi: int = 72  # of a picture: at 72, a point is a pixel
    secret: bool = False
    parts: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def place_of(name: str) -> Traversable:
    """Find a template or what it stands on."""
    return resources.files(__package__).joinpath("print", name)


@cache
def source(name: str) -> bytes:
    """Read it."""
    return place_of(name).read_bytes()


def sheets(wording: Wording, site_name: str, site_url: str) -> Iterator[tuple[str, Sheet]]:
    """Give every sheet with its address on the site."""
    if site_url:
        yield SITE_CARD, site_card(wording.register.movement, site_name, site_url)
    for idea in wording.shared.values():
        for tall in (False, True):
            yield card_address(idea, wording, tall=tall), _card(idea, wording, site_name, site_url, tall=tall)
    for key, month, ideas in posters(wording):
        yield poster_address(key, month), _poster(key, month, ideas, wording, site_name, site_url)


def count(wording: Wording, site_url: str) -> int:
    """Tell how many sheets there are, without making them."""
    return bool(site_url) + 2 * len(wording.shared) + len(posters(wording))


def card_address(idea: views.Idea, wording: Wording, *, tall: bool) -> str:
    """Give the address of an idea's card: lying for chats, tall for stories."""
    name = "anh-dung" if tall else "anh-chia-se"
    return f"{idea.address}{name}.{'jpg' if wording.photo(idea) else 'png'}"


def poster_address(unit: str, month: str) -> str:
    """Give the address of a unit's poster for a month, `2026-09`."""
    return f"{address.UNITS}{unit}/ap-phich/{month}.pdf"


def posters(wording: Wording) -> list[tuple[str, str, Ideas]]:
    """List the months of units that have a poster, the newest first, each with its ideas."""
    return [(unit, month, ideas) for unit, months in wording.months.items() for month, ideas in months.items()]


def _card(idea: views.Idea, wording: Wording, site_name: str, site_url: str, *, tall: bool) -> Sheet:
    photo = wording.photo(idea)
    makers, unit = vi.capital(wording.authors(idea)), vi.capital(wording.unit(idea.brief.unit))
    columns, rows = (4, 3) if tall else (2, 3)
    return Sheet(
        template="card.typ",
        ppi=48 if tall else 72,  # 720 × 1280 is what a story on a phone shows
        form="jpg" if photo else "png",
        photo=f"{idea.folder}/images/{photo}" if photo else "",
        values={
            "tall": tall,
            "picture": "" if photo else backdrop(idea.code, columns, rows, _LAVA),
            "kicker": " · ".join(filter(None, (wording.kind(idea), wording.field(idea)))),
            "title": idea.title,
            "makers": makers,
            "place": "" if unit == makers else unit,
            "figures": _figures(idea),
            "honoured": f"Ghi nhận ngày {vi.day(idea.on)}",
            "site": site_name,
            "qr": site_url + idea.address if tall and site_url else None,
            **_marked(idea.record),
        },
    )


def site_card(movement: MovementRecord | None, site_name: str, site_url: str) -> Sheet:
    """Give the card that chats show of a page without a picture of its own."""
    return Sheet(
        template="card.typ",
        form="png",
        values={
            "tall": False,
            "picture": backdrop(site_name, 2, 3, _LAVA),
            "kicker": movement["short_name"] if movement else "",
            "title": movement["site_description"] if movement else site_name,
            "makers": "",
            "place": "",
            "figures": None,
            "honoured": bare(site_url),
            "site": site_name,
            "qr": None,
            "sample": False,
            "sample_words": "",
        },
    )


def _poster(key: str, month: str, ideas: Ideas, wording: Wording, site_name: str, site_url: str) -> Sheet:
    shown, more = ideas[:_ON_A_POSTER], len(ideas) - _ON_A_POSTER
    to = site_url + f"{address.UNITS}{key}/" if site_url else ""
    year, number = month.split("-")
    return Sheet(
        template="poster.typ",
        form="pdf",
        values={
            "picture": backdrop(key, 6, 2, _LAVA),
            "kicker": f"Tháng {int(number)} năm {year}",
            "title": f"Những ý hay được ghi nhận ở {wording.unit(key)}",
            "ideas": [
                {
                    "title": idea.title,
                    "makers": wording.makers(idea, beside=key),
                    "says": _effect(idea, told=len(ideas) <= _FEW),
                }
                for idea in shown
            ],
            "more": f"Và {more} ý khác, xin xem trên trang." if more > 0 else "",
            "qr": to or None,
            "site": site_name,
            "invitation": _SCAN if to else _ASK,
            "address": bare(to),
            **_marked(*(idea.record for idea in shown)),
        },
    )


def qr(text: str) -> str:
    """Draw a QR code (ISO/IEC 18004, level M) as a picture that stands alone."""
    drawn = BytesIO()
    segno.make(text, error="m", micro=False).save(
        drawn, kind="svg", xmldecl=False, omitsize=True, border=2, dark="#2b211b"
    )
    return drawn.getvalue().decode()


def bare(url: str) -> str:
    """Write an address as people type it."""
    parts = urlsplit(url)
    return (parts.netloc + parts.path).rstrip("/")


def breakable(text: str) -> str:
    """Let what has no space for very long be broken, so that it stays on its page."""
    return " ".join(
        word if len(word) <= _LONGEST else _BREAK.join(word[n : n + _LONGEST] for n in range(0, len(word), _LONGEST))
        for word in text.split(" ")
    )


def _figures(idea: views.Idea) -> dict[str, str] | None:
    figures = idea.record.get("figures")
    if figures is None:
        return None
    return {
        "label": vi.capital(figures["label"]),
        "was": "Trước",
        "is": "Nay",
        "before": vi.decimal(figures["before"]),
        "after": vi.decimal(figures["after"]),
        "unit": figures["unit"],
    }


def _effect(idea: views.Idea, *, told: bool) -> str:
    """Say in a line what came of an idea; where there is room, what it is as well."""
    figures = _figures(idea)
    line = ""
    if figures:
        line = f"{figures['label']}: trước {figures['before']}, nay {figures['after']} {figures['unit']}."
    summary = "" if line and not told else vi.shortened(idea.record["summary"], 320 if told else 160)
    return " ".join(filter(None, (summary, line)))


def _marked(*records: Mapping[str, Any]) -> dict[str, object]:
    """Say of a made-up record that it is one."""
    return {"sample": any("sample" in record for record in records), "sample_words": "Hồ sơ mẫu, không có thật"}


_ASK = "Muốn biết cách làm từng ý, xin hỏi nơi tiếp nhận ý của phong trào."
_SCAN = "Mở máy ảnh điện thoại, đưa vào ô vuông bên cạnh để xem cách làm từng ý."
