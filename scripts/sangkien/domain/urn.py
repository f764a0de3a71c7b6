"""Reviews as they lie in the urn of one round: what is sealed opened in memory, what came too late marked as such.

The count itself (`tally`) knows neither rounds nor seals: it is handed what stands here (contract §3, §4).
"""

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sangkien.domain import ballot as ballots
from sangkien.domain.review import Review
from sangkien.domain.rubric import Rubric
from sangkien.domain.tally import AFTER_CONCLUSION, AFTER_OPENING, FAULTY, NOT_SEALED

_ALWAYS_OPEN = ("khong-tham-gia", "rut-phieu")
_FULL_FINGERPRINT = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Until when reviews count: what was submitted or edited after one of the moments came too late.

    `opening` is None in an open round and before the opening, `conclusion` before the chair has spoken.
    """

    opening: datetime.datetime | None = None
    conclusion: datetime.datetime | None = None


def cast(
    reviews: Iterable[Review], rubric: Rubric, *, sealed: bool, opened: Mapping[str, str], limits: Limits
) -> list[Review]:
    """Prepare reviews for the count; `opened` gives the plaintext of each armoured text that some key opens."""
    prepared = []
    for review in reviews:
        unsealed = _unsealed(review, rubric, opened) if sealed else review
        prepared.append(_timely(unsealed, limits))
    return prepared


def armoured(reviews: Iterable[Review], rubric: Rubric) -> list[str]:
    """List the sealed texts in reviews, each once."""
    found = (ballots.read(review.body, rubric) for review in reviews)
    return list(dict.fromkeys(reading.sealed.strip() for reading in found if reading.sealed and not reading.findings))


def _unsealed(review: Review, rubric: Rubric, opened: Mapping[str, str]) -> Review:
    reading = ballots.read(review.body, rubric)
    if not reading.sealed:
        said = reading.ballot
        # A faulty block stays what it is: faulty, open or not.
        return replace(review, refused=NOT_SEALED) if said and said.verdict not in _ALWAYS_OPEN else review
    text = opened.get(reading.sealed.strip())
    if text is None:
        return replace(review, refused=FAULTY)
    inner = ballots.read(text, rubric).ballot
    bound = inner and inner.code and inner.member and _FULL_FINGERPRINT.fullmatch(inner.fingerprint)
    if inner is None or not bound or inner.verdict in _ALWAYS_OPEN:
        return replace(review, refused=FAULTY)
    return replace(review, body=text)


def _timely(review: Review, limits: Limits) -> Review:
    for moment, reason in ((limits.opening, AFTER_OPENING), (limits.conclusion, AFTER_CONCLUSION)):
        if moment is None:
            continue
        if review.submitted_at > moment:
            return replace(review, refused=review.refused or reason)
        if review.edited_at is not None and review.edited_at > moment:
            return replace(review, spoilt=reason)
    return review
