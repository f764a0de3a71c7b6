"""The evaluate command as it is typed."""

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from judging import set_lists
from sangkien.cli import main

pytestmark = pytest.mark.long

UNIT = ("--unit", "xa-thu-2010", "--year", "2019")
LISTED = """evaluations:
  - id: tap-the
    name: Tập thể thử
    of: don-vi
    conditions:
      - id: ke-hoach
        name: Có kế hoạch
        measure: ke-hoach
    rule:
      - - ke-hoach
    from: 2017-08-28
"""


@pytest.fixture
def judged(repository: Path) -> Path:
    set_lists(repository, LISTED)
    return repository


def run(repository: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--root", str(repository), "evaluate", *words])


def test_a_unit_is_judged_in_the_form_asked_for(judged: Path, tmp_path: Path) -> None:
    assert "| Có kế hoạch | đạt | 1 |" in run(judged, *UNIT).output
    told = json.loads(run(judged, *UNIT, "--format", "json", "--on", "2020-01-31").output)
    assert (told["on"], told["evaluations"][0]["state"]) == ("2020-01-31", "met")
    for form, beginning in (("xlsx", b"PK"), ("md", b"# ")):
        out = tmp_path / "new" / f"xet.{form}"
        assert run(judged, *UNIT, "--format", form, "--out", str(out)).exit_code == 0
        assert out.read_bytes().startswith(beginning)


def test_a_package_is_written_where_asked(judged: Path, tmp_path: Path) -> None:
    out = tmp_path / "goi.zip"
    done = run(judged, *UNIT, "--export", str(out))
    assert (done.exit_code, str(out) in done.output) == (0, True)
    with zipfile.ZipFile(out) as opened:
        assert opened.namelist()[-1] == "MANIFEST.txt"


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--unit", "xa-thu-2010"),
        (*UNIT, "--person", "p-0a1b2c3d"),
        ("--person", "p-0a1b2c3d", "--shortlist"),
        ("--person", "p-0a1b2c3d", "--export", "x.zip"),
        (*UNIT, "--format", "xlsx"),
        (*UNIT, "--shortlist", "--export", "x.zip"),
        ("--unit", "la", "--year", "2019"),
        ("--person", "p-0a1b2c3d"),  # no evaluation of people is listed
    ],
)
def test_wrong_use_is_said_in_a_sentence(judged: Path, words: tuple[str, ...]) -> None:
    done = run(judged, *words)
    assert done.exit_code == 2
    assert done.output.strip().endswith(".")
    assert "Traceback" not in done.output
