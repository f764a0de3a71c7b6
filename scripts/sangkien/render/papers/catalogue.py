"""Every kind of paper, in the order an office meets them."""

from collections.abc import Mapping

from sangkien.render.papers import confirming, consents, filing, proposer
from sangkien.render.papers.kinds import Kind

_GROUPS = (proposer, filing, consents, confirming)
KINDS: Mapping[str, Kind] = {kind.name: kind for group in _GROUPS for kind in group.KINDS}
_ENGLISH = {kind.english: kind.name for kind in KINDS.values()}


def kind_of(said: str) -> Kind | None:
    """Find a kind by either of its names."""
    return KINDS.get(_ENGLISH.get(said.replace("_", "-"), said))
