"""Records of an older version → the newest: one pure function for each kind and version, applied in turn.

What was scored and what was concluded never changes: a migration that would is a fault of the program.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sangkien.domain.digest import record_digest, scored_digest
from sangkien.domain.errors import SangKienError

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """Takes a record of one kind from one version to the next; the version itself is counted on for it."""

    kind: str
    version: int
    change: Callable[[Record], Record]


MIGRATIONS: Sequence[Migration] = ()


class DigestError(SangKienError):
    """A migration would change what a digest was taken of."""


def migrated(kind: str, record: Record, migrations: Sequence[Migration]) -> Record:
    """Bring a record to the newest version; the same record where it is there. Raises DigestError."""
    steps = {step.version: step for step in migrations if step.kind == kind}
    new = record
    while step := steps.get(new["version"]):
        new = {**step.change(new), "version": step.version + 1}
    if new is not record and _digest(kind, new) != _digest(kind, record):
        raise DigestError(f"{kind} {record['version']} → {new['version']}")
    return new


def _digest(kind: str, record: Record) -> str:
    """Digest what of a record must stay; a conclusion stays whole, its version with it."""
    if kind == "idea":
        return scored_digest(record)
    return record_digest(record) if kind == "conclusion" else ""
