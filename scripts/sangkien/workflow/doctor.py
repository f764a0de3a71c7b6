"""The repository's settings on the forge → what is fine, what is missing, what is weaker; mended where it may be."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from sangkien.domain import branch_rules, showcase
from sangkien.domain.council import holders
from sangkien.domain.diagnosis import diagnose, loose_actions, sweeps
from sangkien.domain.records import MovementRecord
from sangkien.domain.settings import ENVIRONMENT, Check, Remedy, Seat, Settings, Wanted
from sangkien.render import desk, forms
from sangkien.workflow import reading
from sangkien.workflow.ports import Files
from sangkien.workflow.sync import issue_forms_of

_WORKFLOWS = (".github/workflows", ".github/actions")


class Board(Protocol):
    """The settings of a repository on a forge; raises OutsideError when it cannot be reached."""

    def read(self, environment: str, branches: tuple[str, ...], folder: str) -> Settings: ...
    def apply(self, remedy: Remedy) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was found, after what was changed; a remedy the forge refused is told too."""

    settings: Settings
    wanted: Wanted
    checks: tuple[Check, ...]
    changed: tuple[tuple[Check, Remedy], ...] = ()
    refused: tuple[tuple[Check, Remedy], ...] = ()


def examine(board: Board, files: Files, blob_id: Callable[[str], str], today: str) -> Report:
    """Look at everything and change nothing."""
    wanted = wants(files, blob_id, today)
    settings = _read(board)
    return Report(settings=settings, wanted=wanted, checks=tuple(diagnose(settings, wanted)))


def mend(board: Board, files: Files, blob_id: Callable[[str], str], today: str) -> Report:
    """Carry out every remedy, then look again; a second time there is nothing left to carry out."""
    before = examine(board, files, blob_id, today)
    changed: list[tuple[Check, Remedy]] = []
    refused: list[tuple[Check, Remedy]] = []
    for check in before.checks:
        for remedy in check.remedies:
            (changed if board.apply(remedy) else refused).append((check, remedy))
    settings = _read(board) if changed else before.settings
    return Report(
        settings=settings,
        wanted=before.wanted,
        checks=tuple(diagnose(settings, before.wanted)),
        changed=tuple(changed),
        refused=tuple(refused),
    )


def wants(files: Files, blob_id: Callable[[str], str], today: str) -> Wanted:
    """Read from the repository's own files what the desk wants on the forge."""
    schemas = reading.load_schemas(files)
    books = reading.read_registers(files, schemas).books
    councils = [council for council in books.councils.values() if holders(council, today)]
    paths = [path for area in _WORKFLOWS for path in files.files(area) if path.endswith((".yml", ".yaml"))]
    scripts = {path: files.text(path) for path in paths}
    return Wanted(
        topology=books.movement["topology"] if books.movement else "closed",
        labels=desk.labels() | forms.labels(),
        forms={path: blob_id(text) for path, text in issue_forms_of(schemas, books).items()},
        loose_actions=loose_actions(scripts),
        site_branch=_site_branch(books.movement),
        sweeps=sweeps(scripts.values()),
        seats=tuple(
            Seat(council=str(council["id"]), seat=holder.seat, role=holder.role, account=holder.github_id)
            for council in councils
            for holder in holders(council, today)
            if holder.github_id is not None
        ),
        sample_councils=tuple(str(council["id"]) for council in councils if council.get("sample")),
        sealed_rounds=tuple(
            key
            for key, round_ in books.rounds.items()
            if round_["ballots"] == "sealed" and round_["opens_on"] <= today <= round_["closes_on"]
        ),
    )


def _site_branch(movement: MovementRecord | None) -> str:
    return movement.get("public_branch", showcase.BRANCH) if movement else showcase.BRANCH


def _read(board: Board) -> Settings:
    return board.read(ENVIRONMENT, branch_rules.SAMPLE_BRANCHES, forms.FOLDER)
