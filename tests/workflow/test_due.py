"""Who reported in time, as the office reads it."""

import json
import os
from pathlib import Path

from click.testing import CliRunner, Result

from places import ROOT
from sangkien.cli import main

GOLDEN = Path(__file__).parent / "golden" / "bao-cao-2019.md"
DISTRICT, CITY = "huyen-thong-nhat-2003", "thanh-pho-dong-nai-2026"


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["--root", str(ROOT), "due", *words])


def test_the_matrix_as_the_office_reads_it() -> None:
    told = run("--unit", DISTRICT, "--year", "2019", "--on", "2020-01-05").output

    if os.environ.get("SANGKIEN_GOLDEN") == "write":
        GOLDEN.write_text(told, encoding="utf-8")
    assert told == GOLDEN.read_text(encoding="utf-8")


def test_two_of_one_name_are_told_apart_by_their_years() -> None:
    told = run("--unit", CITY, "--year", "2025", "--on", "2026-05-01").output

    assert told.count("| Xã Gia Kiệm (lập năm ") == told.count("| Xã Gia Kiệm") == 2


def test_for_programs() -> None:
    data = json.loads(run("--unit", DISTRICT, "--year", "2019", "--on", "2020-01-05", "--format", "json").output)

    assert data["summary"]["2019-H1"] == {"expected": 10, "on_time": 8, "late": 1, "missing": 1, "ahead": 0}
    late = next(row for row in data["units"] if row["unit"] == "xa-gia-tan-2-2003")["reports"][0]
    assert (late["state"], late["days_late"], late["due"]) == ("tre", 5, "2019-06-15")


def test_a_year_without_a_calendar_and_a_unit_nobody_knows() -> None:
    assert "report_calendar" in run("--unit", DISTRICT, "--year", "2003").output
    assert run("--unit", "xa-khong-co-2003", "--year", "2019").exit_code == 2
