"""The ceremony of a round: slides on a screen that needs no network, and the words of who leads through it.

Slides and words are made together, so that a cue always names the slide that is on the screen.
"""

import base64
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from markupsafe import Markup

from sangkien.domain import address, views
from sangkien.domain.chronicle import outstanding
from sangkien.render import vietnamese as vi
from sangkien.render.motif import motif
from sangkien.render.page import Page, write
from sangkien.render.share import seconds
from sangkien.render.sheets import bare, qr
from sangkien.render.wording import PRINTED, Wording

STAGE, SCRIPT = "le/", "loi-dan/"
_ON_STAGE = 40  # seconds for coming up, a gift and a photograph
_WEIGHTS = (400, 700)

Photo = Callable[[views.Idea], bytes | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slide:
    """One slide with the words said while it is shown."""

    said: tuple[str, ...]
    title: str
    kicker: str = ""
    lines: tuple[str, ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    figures: Mapping[str, str] | None = None
    idea: views.Idea | None = None
    closing: bool = False
    on_stage: bool = False


def ceremonies(wording: Wording) -> dict[str, views.Round]:
    """Give the rounds that have a ceremony: those with something to honour, the newest, as far as there is room."""
    found: dict[str, views.Round] = {}
    room = PRINTED
    for key, view in wording.register.rounds.items():
        if view.ideas and (not found or len(view.ideas) <= room):
            found[key] = view
            room -= len(view.ideas)
    return found


def scripts(wording: Wording, site_name: str) -> Iterator[Page]:
    """Write the words of each ceremony, to be printed and read from."""
    for key, view in ceremonies(wording).items():
        slides = _slides(view, wording, site_name)
        time = sum(seconds(list(slide.said)) + _ON_STAGE * slide.on_stage for slide in slides)
        yield Page(
            address=f"{address.ROUNDS}{key}/{SCRIPT}",
            section=address.ROUNDS,
            title=f"Lời dẫn chương trình: {view.record['name']}",
            description="Lời cho người dẫn chương trình, từng trang chiếu một.",
            noindex=True,
            body=write(
                "script.html.j2", round=view, slides=slides, minutes=max(1, round(time / 60)), stage=f"../{STAGE}"
            ),
        )


def stage(view: views.Round, wording: Wording, site_name: str, site_url: str, photo: Photo) -> bytes:
    """Write the slides as one file with all it needs in it: it opens from a stick as it does from the site."""
    style, script = _style(), _source("le.js")
    to = f"{address.ROUNDS}{view.record['id']}/"
    slides = _slides(view, wording, site_name)
    return write(
        "stage.html.j2",
        title=f"{view.record['name']} · {site_name}",
        policy="default-src 'none'; img-src data:; font-src data:; base-uri 'none'; form-action 'none';"
        f" style-src '{_hash(style)}'; script-src '{_hash(script)}'",
        style=Markup(style),  # noqa: S704  # our own files
        script=Markup(script),  # noqa: S704
        slides=[(slide, _picture(slide, photo), slide.idea and motif(slide.idea.code)) for slide in slides],
        qr=Markup(qr(site_url + to)) if site_url else "",  # noqa: S704  # drawn from an address
        address=bare(site_url + to) if site_url else "",
        sample="sample" in view.record,
    ).encode()


def _slides(view: views.Round, wording: Wording, site_name: str) -> list[Slide]:
    record, movement = view.record, wording.register.movement
    whose = view.council["name"] if view.council else vi.capital(wording.unit(record["unit"]))
    credits_ = {a.credit for idea in view.ideas for a in idea.authors if a.credit.name}
    numbers = (
        (vi.whole(len(view.ideas)), "ý được ghi nhận"),
        (vi.whole(len(credits_)), "người và tập thể"),
        (vi.whole(len({idea.brief.unit for idea in view.ideas})), "đơn vị"),
    )
    opening = Slide(
        kicker=movement["short_name"] if movement else site_name,
        title=record["name"],
        lines=("Lễ ghi nhận những ý hay", whose),
        said=(
            "Kính thưa quý vị, kính thưa bà con.",
            "Hôm nay chúng ta gặp nhau để chúc mừng những người đã nghĩ ra và làm được điều hay.",
            f"Đây là lễ ghi nhận của {_within(record['name'])}, do {whose} xét.",
        ),
    )
    counted = Slide(
        kicker=record["name"],
        title="Kết quả của đợt",
        numbers=numbers,
        said=(
            f"Đợt này có {numbers[0][0]} ý được ghi nhận, ở {numbers[2][0]} đơn vị.",
            f"Đứng tên là {numbers[1][0]} người và tập thể.",
            "Sau đây, xin giới thiệu từng ý.",
        ),
    )
    closing = Slide(
        title="Xin chúc mừng và cảm ơn",
        lines=("Mỗi ý đều có cách làm, ai cũng làm theo được.",),
        closing=True,
        said=(
            "Xin một lần nữa chúc mừng và cảm ơn tất cả.",
            f"Cách làm của từng ý đều có trên trang {site_name}.",
            "Mong bà con về làm thử, và kể cho nhau nghe ý của mình.",
        ),
    )
    first = outstanding(view.ideas, wording.register.rubrics, len(view.ideas))
    honoured = (_idea(idea, wording) for idea in reversed(first))  # what stands out most comes last
    awards = (_award(c, wording) for c in _commendations(view, wording))
    return [opening, counted, *honoured, *awards, closing]


def _idea(idea: views.Idea, wording: Wording) -> Slide:
    kind, unit, makers = wording.kind(idea), wording.unit(idea.brief.unit), wording.authors(idea)
    invited = [a.credit.name for a in idea.authors if a.credit.shown == "full"]
    figures, said = None, []
    if given := idea.record.get("figures"):
        before, after = vi.decimal(given["before"]), vi.decimal(given["after"])
        figures = {"label": vi.capital(given["label"]), "before": before, "after": after, "unit": given["unit"]}
        said.append(f"{figures['label']}: trước {before}, nay {after} {given['unit']}.")
    else:
        said.append(vi.shortened(idea.record["summary"], 240))
    rating = wording.rating(idea)
    thanks = f"Xin mời {vi.listed(invited)} lên nhận lời chúc mừng." if invited else _UNNAMED
    return Slide(
        kicker=" · ".join(filter(None, (kind, wording.field(idea), rating and f"Xếp loại {rating}"))),
        title=idea.title,
        lines=tuple(dict.fromkeys((vi.capital(makers), vi.capital(unit)))),
        figures=figures,
        idea=idea,
        on_stage=bool(invited),
        said=(
            f"{kind} “{idea.title}”, của {', '.join(dict.fromkeys((makers, unit)))}"
            + (f", xếp loại {rating}." if rating else "."),
            *said,
            thanks,
        ),
    )


def _commendations(view: views.Round, wording: Wording) -> Iterator[views.Commendation]:
    codes = {idea.code for idea in view.ideas}
    return (c for c in wording.register.commendations.values() if any(idea.code in codes for idea in c.ideas))


def _award(commendation: views.Commendation, wording: Wording) -> Slide:
    record, who = commendation.record, wording.name(commendation.credit)
    award = wording.awards.get(record["award"], "Biểu dương")
    invited = commendation.credit.shown == "full"
    return Slide(
        kicker=award,
        title=who,
        lines=(record["reason"],),
        on_stage=invited,
        said=(f"{award}: {who}.", record["reason"], f"Xin mời {who} lên nhận." if invited else _UNNAMED),
    )


def _within(name: str) -> str:
    """Write a round's name in the middle of a sentence: `đợt đầu năm 2020`."""
    return name[:1].lower() + name[1:]


def _picture(slide: Slide, photo: Photo) -> str:
    data = photo(slide.idea) if slide.idea else None
    return f"data:image/webp;base64,{base64.b64encode(data).decode()}" if data else ""


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@cache
def _style() -> str:
    faces = "".join(
        f'@font-face{{font-family:"Be Vietnam Pro";font-weight:{weight};'
        f"src:url(data:font/woff2;base64,{_font(weight)})}}"
        for weight in _WEIGHTS
    )
    return faces + _source("le.css")


def _font(weight: int) -> str:
    file = resources.files(__package__).joinpath(f"theme/assets/fonts/{weight}.woff2")
    return base64.b64encode(file.read_bytes()).decode()


@cache
def _source(name: str) -> str:
    return resources.files(__package__).joinpath("stage", name).read_text(encoding="utf-8")


_UNNAMED = "Người làm ra ý này xin không nêu tên; xin một tràng pháo tay để cảm ơn."
