"""The stub a withdrawn idea leaves: enough for novelty to see it, nothing to read."""

from collections.abc import Mapping
from typing import Any

from sangkien.domain import digest
from sangkien.domain.novelty import kept_tokens

_TEXTS = ("summary", "before", "after", "how_to")


def stub(idea: Mapping[str, Any], day: str) -> dict[str, Any]:
    """Make the record of a withdrawn idea from what was withdrawn (contract §2)."""
    return {
        "version": 1,
        "code": idea["code"],
        "date": day,
        "digest": digest.scored_digest(idea),
        "tokens": kept_tokens(str(idea["title"]), [str(idea.get(key, "")) for key in _TEXTS]),
    }
