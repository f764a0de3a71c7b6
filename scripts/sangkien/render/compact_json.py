"""JSON that is as short as can be, and safe wherever it is pasted."""

import json
from typing import Any


def compact(value: Any) -> bytes:
    """Write a value on one line."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # Valid JSON either way; so it stays text even where someone pastes it into a page.
    return text.replace("<", "\\u003c").encode()
