"""Reports on the sample, as people and programs read them."""

import json
import os
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from places import ROOT
from sangkien.cli import main
from sangkien.domain.errors import UsageError
from sangkien.domain.statement import Statement
from sangkien.render.report_data import as_json
from sangkien.render.report_markdown import as_markdown
from sangkien.workflow.report import report
from sangkien.workflow.survey import Survey
from surveying import surveyed

GOLDEN = Path(__file__).parent / "golden"
DISTRICT, CITY, DAY = "huyen-thong-nhat-2003", "thanh-pho-dong-nai-2026", "2026-11-29"
TOLD = [(DISTRICT, "2019-H1"), (DISTRICT, "2019"), (DISTRICT, "2020"), (DISTRICT, "2015..2019"), (CITY, "2026")]
pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def survey() -> Survey:
    return surveyed(ROOT)


def told(survey: Survey, unit: str, period: str) -> Statement:
    return report(survey, unit, period, DAY)


def is_as_kept(text: str, name: str) -> bool:
    golden = GOLDEN / name
    if os.environ.get("SANGKIEN_GOLDEN") == "write":
        golden.write_text(text, encoding="utf-8")
    return text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize(("unit", "period"), TOLD)
def test_a_report_as_people_read_it(survey: Survey, unit: str, period: str) -> None:
    assert is_as_kept(as_markdown(told(survey, unit, period)), f"bao-cao-{unit}-{period.lower()}.md")


@pytest.mark.parametrize(("unit", "period"), [(DISTRICT, "2019"), (CITY, "2026")])
def test_a_report_as_programs_read_it(survey: Survey, unit: str, period: str) -> None:
    assert is_as_kept(as_json(told(survey, unit, period)), f"bao-cao-{unit}-{period.lower()}.json")


def test_every_number_of_the_register_is_as_many_records_as_it_names(survey: Survey) -> None:
    data = json.loads(as_json(told(survey, DISTRICT, "2015..2019")))
    rows = [row for row in data["figures"] if row["class"] == "theo-so"]
    assert [row["id"] for row in rows if row["value"] != len(set(row["records"]))] == []
    assert sum(row["value"] for row in rows) > 100


def test_no_name_of_a_person_stands_in_a_report(survey: Survey) -> None:
    names = {person["name"] for person in survey.books.people.values()}
    for unit, period in TOLD:
        statement = told(survey, unit, period)
        text = as_markdown(statement) + as_json(statement)
        assert [name for name in names if name in text] == []


def test_without_samples_a_sample_counts_nowhere(survey: Survey) -> None:
    statement = report(survey, DISTRICT, "2015..2019", DAY, samples=False)
    assert [row.figure.id for row in statement.account.rows if row.figure.known == "theo-so" and row.value] == []


def test_what_is_no_unit_and_what_is_no_period_is_said(survey: Survey) -> None:
    for unit, period, key in (("xa-khong-co", "2019", "report-unit"), (DISTRICT, "2019-H2", "report-period")):
        with pytest.raises(UsageError, match=key):
            told(survey, unit, period)


def test_the_command_writes_a_file_of_a_fit_name_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    words = ["--root", str(ROOT), "report", "--unit", DISTRICT, "--period", "2019-H1", "--on", DAY]
    for form, head in (("docx", b"PK"), ("xlsx", b"PK")):
        said = CliRunner().invoke(main, [*words, "--format", form])
        path = tmp_path / f"bao-cao-{DISTRICT}-2019-h1.{form}"
        assert (said.exit_code, path.name in said.output) == (0, True), said.output
        assert path.read_bytes().startswith(head)
    said = CliRunner().invoke(main, [*words, "--format", "json"])
    assert json.loads(said.output)["period"] == "2019-H1"


def test_both_doors_draw_up_the_same_paper_in_the_layout_of_its_letterhead(tmp_path: Path) -> None:
    unit = "tinh-dong-nai-1976"  # its letterhead asks for the Front's layout
    root, out = ["--root", str(ROOT)], tmp_path / "tinh.docx"
    asked = ["--unit", unit, "--period", "2019", "--on", "2019-12-20"]

    CliRunner().invoke(main, [*root, "report", *asked, "--format", "docx", "--out", str(out)])
    CliRunner().invoke(main, [*root, "paper", "report", unit, "2019", "--on", "2019-12-20", "--out", str(tmp_path)])

    assert out.read_bytes() == (tmp_path / f"bao-cao-{unit}-2019.docx").read_bytes()
    with zipfile.ZipFile(out) as made:
        assert "word/footer2.xml" in made.namelist()  # where that layout numbers its pages
