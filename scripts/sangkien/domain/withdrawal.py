"""The stub a withdrawn idea leaves: enough for novelty to see it, nothing to read."""

import re
from collections.abc import Mapping
from typing import Any

from sangkien.domain import digest
from sangkien.domain.text import fold

_SYLLABLE = re.compile(r"[a-z0-9]{1,40}")
_TEXTS = ("title", "summary", "before", "after", "how_to")
_MOST_TOKENS = 2000


def stub(idea: Mapping[str, Any], day: str) -> dict[str, Any]:
    """Make the record of a withdrawn idea from what was withdrawn (contract §2)."""
    words = {word for key in _TEXTS for word in _SYLLABLE.findall(fold(str(idea.get(key, ""))))}
    return {
        "version": 1,
        "code": idea["code"],
        "date": day,
        "digest": digest.scored_digest(idea),
        "tokens": sorted(words)[:_MOST_TOKENS],
    }
