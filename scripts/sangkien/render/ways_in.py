"""What pages say of where to send an idea and of who reads it then: it follows the topology, the relay, the forms."""

from collections.abc import Mapping
from typing import Any

from sangkien.domain.disclosure import is_open
from sangkien.domain.records import MovementRecord
from sangkien.render.page import write

_PARTS = {"ways-in": "ways_in.html.j2", "who-reads": "who_reads.html.j2", "kept-where": "kept_where.html.j2"}


def parts(movement: MovementRecord | None) -> dict[str, str]:
    """Write every such part of a written page, by the name of its mark."""
    return {name: write(template, **told(movement)) for name, template in _PARTS.items()}


def told(movement: MovementRecord | None) -> dict[str, Any]:
    """Give the values the templates ask for; a closed desk's repository is nobody's to know."""
    is_told = is_open(movement)
    said: Mapping[str, Any] = movement or {}
    return {
        "open": is_told,
        "intake": said.get("intake"),
        "relay": said.get("relay"),
        "repository": said.get("repository") if is_told else None,
    }
