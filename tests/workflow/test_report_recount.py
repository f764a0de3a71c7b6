"""A report is counted twice: by the program, and from the raw YAML by a script that knows nothing of the program."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import history
import pytest
from click.testing import CliRunner
from history_ground import CITY, DISTRICT, LATER_PROVINCE, MERGED, METROPOLIS, OLD_END, PROVINCE, TODAY, TOWN, WARD
from recount import Period, Recount

from places import ROOT
from sangkien.adapters.pool import Pool
from sangkien.adapters.store import Store
from sangkien.cli import main
from sangkien.domain.finding import Code
from sangkien.workflow.validate import validate

pytestmark = pytest.mark.long

CELLS = (
    (DISTRICT, "2019-H1"),
    (DISTRICT, "2019"),
    (DISTRICT, "2020"),
    (DISTRICT, "2015..2019"),
    (TOWN, "2019"),
    (MERGED, "2025"),
    (WARD, "2026"),
    (PROVINCE, "2018"),
    (LATER_PROVINCE, "2025"),
    (LATER_PROVINCE, "2021..2025"),
    (METROPOLIS, "2026-H1"),
    (METROPOLIS, "2026"),
)
Cell = tuple[str, str]


class Said(NamedTuple):
    """One row of a report, or one part of a row, as both ways of counting tell it."""

    value: int | None
    before: int | None = None
    change: int | None = None
    children: tuple[tuple[str, int], ...] = ()  # of those below with anything at all
    records: tuple[str, ...] = ()
    against: tuple[int, ...] = ()  # what those below sum up to, what of it is not ours, shared, and our own beside it


@pytest.fixture(scope="module", params=[1])
def root(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("history")
    history.write(folder, request.param)
    return folder


def drawn_up(root: Path, unit: str, period: str, *more: str) -> dict[str, Said]:
    """Let the program draw up a report."""
    asked = ["report", "--root", str(root), "--unit", unit, "--period", period, "--format", "json", "--on", TODAY]
    told = json.loads(CliRunner().invoke(main, [*asked, *more], catch_exceptions=False).stdout)
    return dict(_of_program(told["figures"]))


def _of_program(figures: list[dict[str, Any]]) -> Iterator[tuple[str, Said]]:
    for figure in figures:
        why = figure["reconciliation"] if figure["class"] == "theo-so" else None
        yield (
            figure["id"],
            Said(
                figure["value"],
                figure["before"],
                figure["change"],
                _known(figure["children"]),
                tuple(sorted(figure["records"])),
                tuple(why[key] for key in ("children", "outside", "shared", "own")) if why else (),
            ),
        )
        for name, parts in figure["parts"].items():
            yield from ((f"{figure['id']} {name}={part}", Said(value)) for part, value in parts.items() if value)


def counted_again(count: Recount, unit: str, period: str) -> dict[str, Said]:
    """Count the same from the raw YAML."""
    found = {}
    for row in count.report(unit, Period.read(period))["rows"]:
        if row["part"]:
            if row["value"]:
                found[f"{row['id']} {row['part']}"] = Said(row["value"])
            continue
        against = tuple(row["against"].values()) if row["against"] else ()
        children, records = _known(row["children"]), tuple(row["records"])
        found[row["id"]] = Said(row["value"], row["before"], row["change"], children, records, against)
    return found


def _known(children: dict[str, int | None]) -> tuple[tuple[str, int], ...]:
    """Leave out those with nothing; a report may fold them."""
    return tuple(sorted((child, value) for child, value in children.items() if value))


@pytest.fixture(scope="module")
def both(root: Path) -> dict[Cell, tuple[dict[str, Said], dict[str, Said]]]:
    count = Recount(root)
    return {cell: (drawn_up(root, *cell), counted_again(count, *cell)) for cell in CELLS}


def test_every_cell_is_the_same_by_both_ways(both: dict[Cell, tuple[dict[str, Said], dict[str, Said]]]) -> None:
    differences = {
        (*cell, row): (told.get(row), again.get(row))
        for cell, (told, again) in both.items()
        for row in told.keys() | again.keys()
        if told.get(row) != again.get(row)
    }

    assert differences == {}


def test_no_figure_stays_empty_in_all_cells(both: dict[Cell, tuple[dict[str, Said], dict[str, Said]]]) -> None:
    filled = {row for _, again in both.values() for row, said in again.items() if said.value}

    assert {row for _, again in both.values() for row in again} - filled == set()


def test_samples_are_left_out_by_both_ways(root: Path) -> None:
    cell = (DISTRICT, "2019")
    without = counted_again(Recount(root, without_samples=True), *cell)

    assert drawn_up(root, *cell, "--without-samples") == without
    assert without["y-da-gui"].value == (counted_again(Recount(root), *cell)["y-da-gui"].value or 0) - 1


def test_what_is_recorded_later_changes_both_alike(tmp_path: Path) -> None:
    """The program keeps what it read before: it must see each change nevertheless."""
    history.write(tmp_path, 2)
    cell = (DISTRICT, "2019")
    before = drawn_up(tmp_path, *cell)
    count = Recount(tmp_path)
    (code, *_) = before["y-duoc-ghi-nhan"].records
    listing = next(d for d in count.books.of("decisions").values() if code in d.get("codes", ()))
    day = max(str(listing["date"]), "2019-12-30")
    revocation = (
        f"version: 1\nid: th-sau\nkind: thu-hoi\nnumber: 99/QĐ\ndate: {day}\nissuer: {DISTRICT}\nbody: Ban thử\n"
        f"signer:\n  position: Chủ tịch\nlegal_bases: []\nreason: Trùng.\namends: {listing['id']}\ncodes:\n  - {code}\n"
    )
    (tmp_path / "content/register/decisions/th-sau.yml").write_text(revocation, encoding="utf-8")
    (commended, *_) = (key for key in count.books.of("commendations") if key in before["bieu-duong"].records)
    (tmp_path / f"content/register/commendations/{commended}.yml").unlink()

    after = drawn_up(tmp_path, *cell)

    assert after == counted_again(Recount(tmp_path), *cell)
    assert after["luot-ghi-nhan"].value == (before["luot-ghi-nhan"].value or 0) - 1
    assert commended not in after["bieu-duong"].records


def test_the_history_is_as_sound_as_a_register_must_be(root: Path) -> None:
    """All that is wrong in it is meant: ideas that nobody has cleared for publication."""
    found = validate(Store(root), Pool(1)).findings

    assert {finding.code for finding in found if finding.severity == "error"} == {Code.NO_CLEARANCE}


def test_the_history_crosses_every_change_of_units(root: Path) -> None:
    decided = [d["date"] for d in Recount(root).books.of("decisions").values() if d["kind"] == "thu-hoi"]

    assert min(decided) < OLD_END < max(decided)
    assert any(day >= CITY for day in decided)


def test_the_recount_knows_nothing_of_the_program() -> None:
    for script in (ROOT / "tests" / "independent").glob("recount*.py"):
        imported = re.findall(r"^(?:from|import) (\w+)", script.read_text(encoding="utf-8"), re.MULTILINE)
        assert not {"sangkien", "history"} & set(imported), script.name
