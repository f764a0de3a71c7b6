"""A newer kit → the program files of an office's repository, on a branch of its own; the office's files stay."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from sangkien.domain import kit
from sangkien.domain.errors import UsageError
from sangkien.render import upgrading
from sangkien.workflow.forge import Forge
from sangkien.workflow.init import Kit, outfit

VERSION_FILE = "scripts/sangkien/__init__.py"


class Place(Kit, Protocol):
    """The office's repository, checked out where nobody else works."""

    def put(self, path: str, data: bytes) -> None: ...
    def remove(self, path: str) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a newer kit brings, and what it would change here."""

    version: str
    brought: Mapping[str, bytes]
    change: kit.Change

    @property
    def is_needed(self) -> bool:
        return bool(self.change.write or self.change.remove or self.change.edited)


def version_of(source: Kit) -> str:
    """Tell a kit's version."""
    return kit.version(source.text(VERSION_FILE))


def plan(source: Kit, place: Place) -> Plan:
    """Hold what was brought last, what is here and what comes now against each other; raises UsageError."""
    if not place.exists(kit.MANIFEST):
        raise UsageError("upgrade-no-manifest", path=kit.MANIFEST)
    brought = outfit(source)
    before = kit.brought(place.text(kit.MANIFEST))
    found = {path: place.plain(path) for path in {*brought, *before}}
    here = {path: kit.digest(data) for path, data in found.items() if data is not None}
    new = {path: kit.digest(data) for path, data in brought.items()}
    return Plan(version=version_of(source), brought=brought, change=kit.compare(before, here, new))


def carry_out(place: Place, plan: Plan) -> None:
    """Write the program files; those changed here and by the kit become the kit's, those changed here alone stay."""
    for path in (*plan.change.write, *plan.change.edited):
        if path in plan.brought:
            place.put(path, plan.brought[path])
        else:
            place.remove(path)
    for path in plan.change.remove:
        place.remove(path)
    place.put(kit.MANIFEST, kit.manifest(plan.brought).encode())


def propose(forge: Forge, branch: str, plan: Plan) -> int:
    """Open the pull request, or find the one that is open; gives its number."""
    for pull in forge.pulls_of(branch):
        if pull.is_open:
            return pull.number
    return forge.open_pull(branch, upgrading.title(plan.version), upgrading.body(plan.version, plan.change)).number
