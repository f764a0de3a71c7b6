"""Every kind of paper, in the order an office meets them."""

from collections.abc import Mapping

from sangkien.render.papers import (
    certificate,
    confirming,
    consents,
    council,
    decision,
    filing,
    nomination_papers,
    office,
    proposer,
    reports,
    yearbook,
)
from sangkien.render.papers.kinds import Kind

_MAKERS = (
    council, decision, reports, certificate, nomination_papers,
    proposer, filing, consents, confirming, office, yearbook,
)  # fmt: skip
KINDS: Mapping[str, Kind] = {kind.name: kind for maker in _MAKERS for kind in maker.KINDS}
_ENGLISH = {kind.english: kind.name for kind in KINDS.values()}


def kind_of(said: str) -> Kind | None:
    """Find a kind by either of its names."""
    return KINDS.get(_ENGLISH.get(said.replace("_", "-"), said))
