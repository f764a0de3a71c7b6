"""Rows are handed in once, whoever brings them and in whatever file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sangkien.adapters.ledger import Ledger
from sangkien.adapters.outbox import Outbox
from sangkien.adapters.slips import Slips
from sangkien.domain import sheet_row
from sangkien.domain.paper import Paper, errand_of
from sangkien.domain.sheet_row import SheetRow
from sangkien.relay import handing_in

DAY, SECRET = "2026-11-23", b"k" * 32
CODES = ("2026-7K3Q-F2TZ", "2019-B8M4-R0XT")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = Ledger(tmp_path / "relay.sqlite")
    yield opened
    opened.close()


def row(code: str, file: str = "f1", **cells: str) -> SheetRow:
    paper = Paper("idea", code, f"idea/{code}", {"ideas/x.yml": "x"})
    return SheetRow(line=2, paper=paper, slip={"code": code}, key=sheet_row.key(file, code, cells))


def test_each_row_gets_one_slip_and_one_errand(ledger: Ledger) -> None:
    slips, rows = Slips(ledger), [row(code) for code in CODES]

    first = handing_in.hand_in(slips, SECRET, DAY, rows)
    again = handing_in.hand_in(slips, SECRET, DAY, rows)
    other = handing_in.hand_in(slips, SECRET, DAY, [row(code, "f2") for code in CODES])

    assert (first, again, other) == (list(CODES), [], [])
    assert Outbox(ledger).counts() == (2, 0)
    assert handing_in.there(slips, [*rows, row("2026-VGTT-DBQ8")]) == set(CODES)


def test_two_clerks_at_the_same_moment(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    slips = Slips(ledger)
    handing_in.hand_in(slips, SECRET, DAY, [row(CODES[0])])
    before = Outbox(ledger).waiting(errand_of(CODES[0]))
    monkeypatch.setattr(slips, "has", lambda _: False)

    assert handing_in.hand_in(slips, SECRET, DAY, [row(CODES[0], "f2"), row(CODES[1], "f2")]) == [CODES[1]]
    assert Outbox(ledger).waiting(errand_of(CODES[0])) == before


def test_a_pin_is_known_by_the_very_file_alone(ledger: Ledger) -> None:
    slips = Slips(ledger)
    handing_in.hand_in(slips, SECRET, DAY, [row(CODES[0], authors="A")])

    def pins(*rows: SheetRow) -> list[str]:
        return [*handing_in.pins(slips, SECRET, rows)]

    assert pins(row(CODES[0], authors="A"), row(CODES[1])) == [CODES[0]]
    assert pins(row(CODES[0], "f2", authors="A")) == []
    assert pins(row(CODES[0], authors="B")) == []
