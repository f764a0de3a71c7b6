"""The earlier ideas nearest to a new one, told to people and to programs; never as a percentage."""

import json
from collections.abc import Sequence

from sangkien.domain.passages import Nearest, Segment, differences
from sangkien.render.messages import catalogue, say


def as_json(found: Sequence[Nearest]) -> str:
    """Tell the list to a program (contract §5)."""
    rows = [
        {
            "code": near.code,
            "title": near.title,
            "status": near.status,
            "score": near.score,
            "passages": [{"new": passage.new, "old": passage.old} for passage in near.passages],
        }
        for near in found
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def as_text(found: Sequence[Nearest]) -> str:
    """Tell the list in a terminal; the words that differ stand in square brackets."""
    if not found:
        return say("similar-none")
    lines = []
    for number, near in enumerate(found, 1):
        title = _plain(near.title) or say("similar-untitled")
        lines.append(f"{number}. {near.code} · {title} ({standing(near.status)})")
        for passage in near.passages:
            new, old = differences(passage)
            lines.append("     " + say("similar-new", text=_marked(new)))
            lines.append("     " + say("similar-old", text=_marked(old)))
    return "\n".join([*lines, "", say("similar-how")])


def standing(status: str) -> str:
    """Say where an idea stands."""
    return catalogue()["values"].get(status, status)


def _marked(segments: Sequence[Segment]) -> str:
    return " ".join(text if segment.same else f"[{text}]" for segment in segments if (text := _plain(segment.text)))


def _plain(text: str) -> str:
    """Keep what a terminal would obey out of what it shows."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
