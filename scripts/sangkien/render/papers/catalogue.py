"""Every kind of paper, in the order an office meets them."""

from collections.abc import Mapping

from sangkien.render.papers import certificate, proposer
from sangkien.render.papers.kinds import Kind

KINDS: Mapping[str, Kind] = {kind.name: kind for kind in (*proposer.KINDS, *certificate.KINDS)}
_ENGLISH = {kind.english: kind.name for kind in KINDS.values()}


def kind_of(said: str) -> Kind | None:
    """Find a kind by either of its names."""
    return KINDS.get(_ENGLISH.get(said.replace("_", "-"), said))
