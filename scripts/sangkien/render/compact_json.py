"""JSON that is as short as can be, and safe wherever it is pasted."""

from typing import Any

import orjson


def compact(value: Any) -> bytes:
    """Write a value on one line."""
    # Valid JSON either way; so it stays text even where someone pastes it into a page.
    return orjson.dumps(value).replace(b"<", b"\\u003c")
