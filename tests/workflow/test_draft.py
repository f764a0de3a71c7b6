"""Drafts of reports as files."""

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from sangkien.adapters.pool import Pool
from sangkien.adapters.store import Store
from sangkien.cli import main
from sangkien.domain import notation
from sangkien.domain.figure_ids import REPORTED
from sangkien.workflow.validate import validate

pytestmark = pytest.mark.long

REPORTS = "content/register/reports"
UNIT = "xa-thu-2010"
LISTS = {
    "report_calendar": [
        {"kind": "sau-thang", "from_levels": ["xa", "huyen"], "due": "06-15", "draft_days": 14, "from": "2018-01-01"}
    ],
    "report_figures": [
        {"id": "nguoi-tham-gia", "name": "Số người", "measure": "người", "section": "chi-dao", "from": "2018-01-01"},
        {
            "id": "thoi-dung",
            "name": "Số thôi dùng",
            "measure": "người",
            "section": "chi-dao",
            "from": "2018-01-01",
            "to": "2019-12-31",
        },
    ],
}


@pytest.fixture
def office(repository: Path) -> Path:
    store, lists = Store(repository), "content/register/lists.yml"
    store.write(lists, notation.write({**store.read(lists).record, **LISTS}))
    return repository


def run(office: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--root", str(office), "draft", *words])


def reports(office: Path) -> set[str]:
    return {path.name for path in (office / REPORTS).iterdir()}


def test_what_falls_due_is_drawn_up_once_and_is_a_report_the_gate_takes(office: Path) -> None:
    before = reports(office)
    assert run(office, "--on", "2026-05-31").exit_code == 0
    assert {n for n in reports(office) - before if "2026" in n} == set()
    run(office, "--on", "2026-06-01")
    fresh = f"bc-{UNIT}-2026-h1-1.yml"
    assert {n for n in reports(office) - before if "2026" in n} == {fresh}  # this office's own alone

    written = (office / REPORTS / fresh).read_text(encoding="utf-8")
    record = yaml.load(written, Loader=yaml.BaseLoader)
    assert (record["status"], record["drafted_on"]) == ("nhap", "2026-06-01")
    assert {"figure": "nguoi-tham-gia"} in record["figures"]
    assert "thoi-dung" not in written  # not in use any more
    assert validate(Store(office), Pool(1), [REPORTS]).findings == ()
    (office / REPORTS / fresh).write_text(written.replace("    #value: ", "    value: 5"), encoding="utf-8")
    run(office, "--on", "2026-06-02")
    assert "value: 5" in (office / REPORTS / fresh).read_text(encoding="utf-8")


def test_what_the_register_does_not_know_waits_behind_marks(office: Path) -> None:
    run(office, "--on", "2026-06-01")
    place = office / REPORTS / f"bc-{UNIT}-2026-h1-1.yml"
    written = place.read_text(encoding="utf-8")
    known = {figure["figure"] for figure in yaml.safe_load(written)["figures"]}

    place.write_text(written.replace("  #- ", "  - ").replace("  #  value: ", "    value: 3"), encoding="utf-8")

    told = {figure["figure"]: figure.get("value") for figure in yaml.safe_load(place.read_text("utf-8"))["figures"]}
    assert set(told) - known == set(REPORTED) - known != set()
    assert {told[key] for key in set(told) - known} == {3}
    assert validate(Store(office), Pool(1), [REPORTS]).findings == ()


def test_the_next_version_is_a_copy_of_the_newest(office: Path) -> None:
    for _ in range(2):
        assert run(office, "--again", "--unit", UNIT, "--period", "2019-H1", "--on", "2019-07-01").exit_code == 0

    assert f"bc-{UNIT}-2019-h1-3.yml" not in reports(office)
    record = yaml.safe_load((office / REPORTS / f"bc-{UNIT}-2019-h1-2.yml").read_text(encoding="utf-8"))
    assert (record["number"], record["status"], str(record["drafted_on"])) == (2, "nhap", "2019-07-01")
    assert record["figures"] == [{"figure": "luot-nguoi-nghe", "value": 120}]
    assert not {"sent_on", "accepted_on"} & set(record)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--unit", UNIT), 2),
        (("--unit", UNIT, "--period", "2019-H3"), 2),
        (("--again",), 2),
        (("--again", "--unit", UNIT, "--period", "2018"), 2),
        (("--unit", "xa-khong-co-2003", "--period", "2019"), 2),
        (("--unit", UNIT, "--period", "2019-H1"), 0),  # it has one: nothing is written
        (("--unit", UNIT, "--period", "2015..2019"), 0),  # nobody asked for it, and it may be written
    ],
)
def test_exit_codes(office: Path, words: tuple[str, ...], code: int) -> None:
    before = reports(office)
    done = run(office, *words)

    assert done.exit_code == code
    assert reports(office) - before == ({f"bc-{UNIT}-2015-2019-1.yml"} if "2015..2019" in words else set())
