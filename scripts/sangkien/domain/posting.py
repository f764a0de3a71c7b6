"""What may be posted to the relay, field by field, and the answers it amounts to.

The keys of the answers are those of `render/forms.py`; what else a page sends is named here.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from sangkien.domain import notation, slip
from sangkien.domain.finding import Code, Finding, Location
from sangkien.domain.form import Answer, Box, Template
from sangkien.domain.submission import Choices
from sangkien.domain.text import canonical

MOST_PHOTOS = 3
PLACES = range(1, MOST_PHOTOS + 1)
PHOTOS = tuple(f"photo-{place}" for place in PLACES)
_LINE, _LINES, _PROSE = 600, 6_000, 12_000  # characters; what a record may hold is the schema's to say
_LONG = {"authors": _LINES, "summary": 2_000, "contact": 4_000, "altcha": 4_000, "token": 200, "question": 2_000}
_PROSES = ("before", "after", "how_to")
_OF_SENDER = ("agreement", "minor", "guardian", "guardian_relation", "photo_consent", "contact", "authors")
_ASIDE = ("request", "altcha", "similar_seen", *_OF_SENDER)
_YES = ("agreement", "minor", "guardian", "photo_consent")
_ARMOUR = re.compile(  # it begins with age's own name, lest anything written in base64 pass for sealed
    r"-----BEGIN AGE ENCRYPTED FILE-----\n"
    r"YWdlLWVuY3J5cHRpb24ub3JnL3Yx[A-Za-z0-9+/=\n]+\n"
    r"-----END AGE ENCRYPTED FILE-----\n?"
)
_BYTES_OF_A_LETTER = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A picture as sent, with what is seen on it and when it was taken, in the page's words."""

    place: int
    data: bytes
    alt: str
    shows: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """A form as posted, taken apart; what is amiss with it so far stands in `findings`."""

    answers: Mapping[str, Answer]
    photos: tuple[Photo, ...] = ()
    minor: bool = False
    guardian: str = ""  # the word for who agreed
    photo_consent: bool = False
    contact: str = ""
    findings: tuple[Finding, ...] = ()


@cache
def limits(template: Template, *, amending: bool) -> Mapping[str, int]:
    """Give the fields that may be posted, each with the bytes it may have; files are not among them."""
    asked = [field.key for field in template.fields if field.key not in _OF_SENDER]
    if amending:
        return {key: _limit(key, template) for key in ("token", *asked) if key != "display"}
    shown = [f"{photo}-{part}" for photo in PHOTOS for part in ("alt", "shows")]
    return {key: _limit(key, template) for key in (*_ASIDE, *asked, *shown)}


@cache
def likewise_limits(template: Template, *, contact: bool) -> Mapping[str, int]:
    """Give the fields of a form about an idea that stands, each with the bytes it may have."""
    beside = ("request", "altcha", *(("contact",) if contact else ()))
    return {key: _limit(key, template) for key in (*beside, *(field.key for field in template.fields))}


def _limit(key: str, template: Template) -> int:
    long = any(field.key == key and field.keeps_headings for field in template.fields)
    letters = _LONG.get(key, _PROSE if key in _PROSES or long else _LINE)
    return letters * _BYTES_OF_A_LETTER


def read(
    fields: Mapping[str, str], files: Mapping[str, bytes], template: Template, choices: Choices, *, amending: bool
) -> Posting:
    """Take a posted form apart; unknown fields were refused before."""
    texts, findings = _texts(fields)
    left_out = ("authors",) if amending else ()
    answers = _answers(texts, template, left_out, findings)
    given = {key: texts.get(key) == "yes" for key in _YES}
    ticked = zip(choices.boxes, (given["agreement"], given["minor"]), strict=True)
    answers["agreement"] = [Box(label=label, checked=checked) for label, checked in ticked]
    contact = _contact(texts, findings)
    return Posting(
        answers=answers,
        photos=tuple(_photos(texts, files)),
        minor=given["minor"],
        guardian=texts.get("guardian_relation", "") if given["minor"] and given["guardian"] else "",
        photo_consent=given["photo_consent"],
        contact=contact,
        findings=tuple(findings),
    )


def read_likewise(fields: Mapping[str, str], template: Template) -> Posting:
    """Take a posted form about an idea that stands apart."""
    texts, findings = _texts(fields)
    answers = _answers(texts, template, (), findings)
    contact = _contact(texts, findings)
    return Posting(answers=answers, contact=contact, findings=tuple(findings))


def request_of(fields: Mapping[str, str]) -> str | None:
    """Give the key a device drew for what it sends; None when it drew none."""
    request = fields.get("request", "")
    return request if slip.REQUEST.fullmatch(request) else None


def _texts(fields: Mapping[str, str]) -> tuple[dict[str, str], list[Finding]]:
    texts = {key: canonical(text) for key, text in fields.items()}
    forbidden = {key: character for key, text in texts.items() if (character := notation.forbidden(text))}
    return texts, [_fault(Code.FORBIDDEN_CHARACTER, key, character=sign) for key, sign in forbidden.items()]


def _answers(
    texts: Mapping[str, str], template: Template, left_out: Collection[str], findings: list[Finding]
) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    for field in template.fields:
        if field.kind != "checkboxes" and field.key not in left_out:
            answers[field.key] = texts.get(field.key) or None
            if field.required and not answers[field.key]:
                findings.append(_fault(Code.FORM_NO_ANSWER, field.key, label=field.label))
    return answers


def _contact(texts: Mapping[str, str], findings: list[Finding]) -> str:
    contact = texts.get("contact", "")
    if contact and not _ARMOUR.fullmatch(contact):
        findings.append(_fault(Code.WRONG_FORM, "contact", label="contact"))
    return contact


def _photos(texts: Mapping[str, str], files: Mapping[str, bytes]) -> Iterable[Photo]:
    for place, name in zip(PLACES, PHOTOS, strict=True):
        if data := files.get(name):
            yield Photo(place=place, data=data, alt=texts.get(f"{name}-alt", ""), shows=texts.get(f"{name}-shows", ""))


def _fault(code: Code, key: str, **params: str) -> Finding:
    return Finding(code=code, where=Location(path=(key,)), params=params)
