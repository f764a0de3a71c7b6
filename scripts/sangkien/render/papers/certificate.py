"""Certificates of what was recognised and of who was commended: printed by our own press, or filled in for Word."""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

import segno

from sangkien.domain import authenticity
from sangkien.domain.certificate import Barred, Honour, honours
from sangkien.domain.errors import UsageError
from sangkien.domain.finding import Code, Finding, Location
from sangkien.domain.letterhead import letterhead
from sangkien.domain.naming import Credit
from sangkien.domain.paper_source import Source
from sangkien.domain.text import fold
from sangkien.render import vietnamese as vi
from sangkien.render.papers.frame import Frame, Paper, Picture, Wish, by_hand, called, day_line, frame, left_out, words
from sangkien.render.papers.kinds import Kind
from sangkien.render.sheets import Sheet, bare, breakable

DESIGNS = ("da-bazan", "day-tieu", "tho-cam", "chom-chom", "giay-in-san")
_MASK = 3  # of a QR code; to try all eight takes four times as long, and each of them can be read
_WIDE = 24  # mm, of a code in a file for Word


def _printed(source: Source, wish: Wish) -> Iterator[tuple[str, Sheet]]:
    """Print all that are asked for in one file, a page each."""
    found, findings = _gathered(source, wish)
    pages = [_page(source, wish, honour) for honour in found]
    yield (
        _name(wish, found),
        Sheet(
            template="certificate.typ",
            parts=("certificate-ornaments.typ",),
            form="pdf",
            secret=True,  # it bears names
            findings=findings,
            values={"words": _on_every_page(), "certificates": pages},
        ),
    )


def _filled(source: Source, wish: Wish) -> Iterator[Paper]:
    """Fill in a file for each; what there is to tell is told with the first."""
    found, findings = _gathered(source, wish)
    for place, honour in enumerate(found):
        made, link = _frame(source, wish, honour), _link(source, honour)
        yield Paper(
            kind=wish.kind,
            name=f"{wish.kind}-{honour.key.lower()}",
            layout=made.layout,
            findings=() if place else findings,
            values={
                **made.values,
                **_told(source, honour),
                "words": _on_every_page(),
                "names": [by_hand(credit) for credit in _credits(source, honour)],
                "qr": Picture(data=_png(link), width=_WIDE) if link else "",
            },
        )


def _page(source: Source, wish: Wish, honour: Honour) -> dict[str, Any]:
    link = _link(source, honour)
    return {
        **_frame(source, wish, honour).values,
        **_told(source, honour),
        "told": breakable(honour.told),
        "design": _design(source, wish, honour),
        "names": [breakable(credit.name) for credit in _credits(source, honour)],
        "qr": _svg(link) if link else "",
    }


def _told(source: Source, honour: Honour) -> dict[str, Any]:
    said, decision = words()["certificate"], honour.decision
    own: Mapping[str, Any] = honour.words or {}
    unit = vi.capital(called(source, honour.unit))
    is_author = unit.lower() in (credit.name.lower() for credit in _credits(source, honour))
    return {
        "heading": own.get("heading") or said["heading"],
        "phrase": own.get("phrase") or said["award_phrase" if honour.is_award else "phrase"],
        "told": honour.told,
        "unit": said["unit"].format(unit=unit) if unit and not is_author else "",
        "rating": said["rating"].format(rating=honour.rating) if honour.rating else "",
        "decision": said["decision"].format(number=decision["number"], day=day_line(decision["date"])),
        "decided_by": said["decided_by"].format(body=decision["body"]),
        "code": honour.key,
        "address": bare(_link(source, honour)),
        "digest": authenticity.printed(honour.digest),
        "sample": said["sample"] if honour.sample else "",
    }


def _on_every_page() -> dict[str, str]:
    return {key: words()["certificate"][key] for key in ("nation", "motto", "to", "code", "digest", "check")}


def _gathered(source: Source, wish: Wish) -> tuple[list[Honour], tuple[Finding, ...]]:
    """Find what certificates are made of, and what is to be told; raises UsageError where there is nothing."""
    found: dict[str, Honour] = {}
    barred: dict[str, Finding] = {}
    for key in wish.wanted():
        every = list(honours(source, key))
        for one in every:
            if isinstance(one, Honour):
                found.setdefault(one.key, one)
            elif key not in source.books.decisions:
                raise UsageError(f"certificate-{one.why}", value=one.key)
            else:
                barred[one.key] = _barred(one)
        if all(isinstance(one, Barred) for one in every):
            raise UsageError("certificate-none", value=key)
    heads = {(h.decision["issuer"], h.decision["date"]): _frame(source, wish, h).findings for h in found.values()}
    blank = left_out([credit for honour in found.values() for credit in _credits(source, honour)])
    return list(found.values()), (*barred.values(), *(f for told in heads.values() for f in told), *blank)


def _barred(one: Barred) -> Finding:
    where = Location(file="content/register/decisions")
    return Finding(code=Code.CERTIFICATE_LEFT_OUT, where=where, params={"value": one.key})


def _frame(source: Source, wish: Wish, honour: Honour) -> Frame:
    """Make the frame of who took the decision; of the letterhead, where that is the same."""
    decision = honour.decision
    own, signer = letterhead(source.books, decision["issuer"], decision["date"]), decision["signer"]
    is_own = own is not None and fold(decision["body"]).startswith(fold(own["body"]))
    credit = source.credit(signer["person"]) if "person" in signer else None
    return frame(
        source,
        wish.kind,
        decision["issuer"],
        day=decision["date"],
        superior=None if is_own else "",
        body="" if is_own else decision["body"],
        authority=None if is_own else "",
        position=signer["position"],
        name=credit.name if credit and credit.shown == "full" else "",
    )


def _credits(source: Source, honour: Honour) -> Sequence[Credit]:
    return [source.credit(person) for person in honour.people]


def _design(source: Source, wish: Wish, honour: Honour) -> str:
    own: Mapping[str, Any] = letterhead(source.books, honour.decision["issuer"], honour.decision["date"]) or {}
    asked = wish.design or own.get("design", DESIGNS[0])
    if asked not in DESIGNS:
        raise UsageError("certificate-design", value=asked, designs=", ".join(DESIGNS))
    return str(asked)


def _name(wish: Wish, found: Sequence[Honour]) -> str:
    if len(wish.keys) == 1:
        return f"{wish.kind}-{wish.keys[0] if wish.keys[0] in _ids(found) else found[0].key.lower()}"
    return f"{wish.kind}-{found[0].key.lower()}-va-{len(found) - 1}-giay-khac"


def _ids(found: Sequence[Honour]) -> set[str]:
    return {honour.decision["id"] for honour in found}


def _link(source: Source, honour: Honour) -> str:
    return source.site + honour.proof if source.site else ""


def _svg(link: str) -> str:
    """Draw a code for a sheet, which is white around it."""
    drawn = BytesIO()
    _code(link).save(drawn, kind="svg", xmldecl=False, omitsize=True, border=0)
    return drawn.getvalue().decode()


def _png(link: str) -> bytes:
    drawn = BytesIO()
    _code(link).save(drawn, kind="png", scale=8, border=1)
    return drawn.getvalue()


def _code(link: str) -> segno.QRCode:
    return segno.make(link, error="m", micro=False, mask=_MASK)


KINDS = (
    Kind(
        name="giay-chung-nhan",
        english="certificate",
        of="CODE…, COMMENDATION…, DECISION…",
        makes=_filled,
        prints=_printed,
    ),
)
