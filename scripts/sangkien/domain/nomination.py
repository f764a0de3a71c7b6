"""A nomination that puts an idea in the register before a council of this desk, once more or for the first time."""

from collections.abc import Mapping
from typing import Any


def case_of(record: Mapping[str, Any]) -> tuple[str, str, str] | None:
    """Give code, council and round of a nomination a council here is to judge; None for any other."""
    about = (record.get("code"), record.get("council"), record.get("round"))
    return about if all(isinstance(part, str) for part in about) else None  # type: ignore[return-value]  # just checked
