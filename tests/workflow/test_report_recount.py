"""A report is counted twice: by the program, and from the raw YAML by a script that knows nothing of the program."""

import json
import re
import sys
from collections.abc import Iterator
from functools import cache
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
    (DISTRICT, "2021"),
    (DISTRICT, "2015..2019"),
    (TOWN, "2019"),
    (MERGED, "2025"),
    (WARD, "2026"),
    (DISTRICT, "2025"),
    (PROVINCE, "2021"),
    (LATER_PROVINCE, "2025"),
    (LATER_PROVINCE, "2021..2025"),
    (METROPOLIS, "2026-H1"),
    (METROPOLIS, "2026"),
)


class Said(NamedTuple):
    """One row of a report, or one part of a row, as both ways of counting tell it."""

    value: int | None
    before: int | None = None
    change: int | None = None
    children: tuple[tuple[str, int], ...] = ()  # of those below with anything at all
    records: tuple[str, ...] = ()
    against: tuple[int | None, ...] = ()  # what those below sum up to, and what else explains the whole


class Pair(NamedTuple):
    """A report's rows as the program tells them, and as they are counted again."""

    told: dict[str, Said]
    again: dict[str, Said]

    def differences(self) -> dict[str, tuple[Said | None, Said | None]]:
        rows = self.told.keys() | self.again.keys()
        return {row: both for row in rows if (both := (self.told.get(row), self.again.get(row)))[0] != both[1]}


@pytest.fixture(scope="module", params=[1])
def root(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("history")
    history.write(folder, request.param)
    return folder


def both_ways(root: Path, unit: str, period: str, *, without_samples: bool = False) -> Pair:
    """Let the program draw up a report, and count again."""
    asked = ["report", "--root", str(root), "--unit", unit, "--period", period, "--format", "json", "--on", TODAY]
    if without_samples:
        asked.append("--without-samples")
    told = json.loads(CliRunner().invoke(main, asked, catch_exceptions=False).stdout)
    assert told["withheld"] == []
    count = reading(root, without_samples=without_samples)
    return Pair(dict(_of_program(told["figures"])), counted_again(count, unit, period))


@cache
def reading(root: Path, *, without_samples: bool) -> Recount:
    return Recount(root, without_samples=without_samples)


def _of_program(figures: list[dict[str, Any]]) -> Iterator[tuple[str, Said]]:
    for figure in figures:
        why, is_set = figure["reconciliation"], figure["class"] == "theo-so"
        named = ("children", "outside", "shared", "own") if is_set else ("children", "shared", "own", "difference")
        yield (
            figure["id"],
            Said(
                figure["value"],
                figure["before"],
                figure["change"],
                _known(figure["children"]),
                tuple(sorted(figure["records"])),
                tuple(why[key] for key in named) if why else (),
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


def test_every_cell_is_the_same_by_both_ways(root: Path) -> None:
    pairs = {cell: both_ways(root, *cell) for cell in CELLS}

    assert {(*cell, row): said for cell, pair in pairs.items() for row, said in pair.differences().items()} == {}
    # Where nothing was to be counted, equal figures would prove nothing.
    filled = {row for pair in pairs.values() for row, said in pair.again.items() if said.value}
    assert {row for pair in pairs.values() for row in pair.again} - filled == set()


def test_samples_are_left_out_by_both_ways(root: Path) -> None:
    cell = (DISTRICT, "2019")
    pair = both_ways(root, *cell, without_samples=True)

    assert pair.differences() == {}
    assert pair.again["y-da-gui"].value == (both_ways(root, *cell).again["y-da-gui"].value or 0) - 1


def test_what_is_taken_back_later_changes_both_alike(tmp_path: Path) -> None:
    """The program keeps what it read before: it must see each change nevertheless."""
    history.write(tmp_path, 2)
    cell = (PROVINCE, "2018")
    before = both_ways(tmp_path, *cell).again
    decisions = Recount(tmp_path).books.of("decisions").values()
    own = [d for d in decisions if d["kind"] in ("cong-nhan", "khen-thuong") and d["date"].startswith(cell[1])]
    for field, row in (("codes", "y-duoc-ghi-nhan"), ("commendations", "bieu-duong")):
        listing = next(d for d in own if set(d.get(field, ())) & set(before[row].records))
        key = next(key for key in listing[field] if key in before[row].records)
        revocation = (
            f"version: 1\nid: th-{field}\nkind: thu-hoi\nnumber: 99/QĐ\ndate: {listing['date']}\n"
            f"issuer: {listing['issuer']}\nbody: Ban thử\nsigner:\n  position: Chủ tịch\nlegal_bases: []\n"
            f"reason: Trùng.\namends: {listing['id']}\n{field}:\n  - {key}\n"
        )
        (tmp_path / f"content/register/decisions/th-{field}.yml").write_text(revocation, encoding="utf-8")

    reading.cache_clear()
    after = both_ways(tmp_path, *cell)

    assert after.differences() == {}
    for row in ("luot-ghi-nhan", "bieu-duong"):
        assert after.again[row].value == (before[row].value or 0) - 1


def test_the_history_is_as_sound_as_a_register_must_be(root: Path) -> None:
    """All that is wrong in it is meant: ideas that nobody has cleared for publication, sums that nobody explains."""
    found = validate(Store(root), Pool(1)).findings

    assert {finding.code for finding in found if finding.severity == "error"} == {Code.NO_CLEARANCE, Code.REPORT_SUM}


def test_the_history_crosses_every_change_of_units(root: Path) -> None:
    decided = [d["date"] for d in Recount(root).books.of("decisions").values() if d["kind"] == "thu-hoi"]

    assert min(decided) < OLD_END < max(decided)
    assert any(day >= CITY for day in decided)


def test_the_recount_knows_nothing_of_the_program() -> None:
    scripts = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "tests/independent").glob("recount*.py")}
    imported = {
        name for text in scripts.values() for name in re.findall(r"^ *(?:from|import) (\w+)", text, re.MULTILINE)
    }

    assert imported - sys.stdlib_module_names == {"yaml", *scripts} - {"recount"}
