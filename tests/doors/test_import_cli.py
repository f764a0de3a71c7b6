"""The import command as it is typed."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from messy_sheets import FIRST, HEAD, SECOND, xlsx
from places import ROOT
from sangkien.cli import main

pytestmark = pytest.mark.long  # processes of their own

NOBODY = {"GITHUB_REPOSITORY": "", "GITHUB_TOKEN": "", "GITHUB_API_URL": ""}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    for part in ("content/register", "schemas", ".github", "ideas"):
        shutil.copytree(ROOT / part, tmp_path / "kho" / part)
    (tmp_path / "a.xlsx").write_bytes(xlsx([HEAD, FIRST, SECOND]))
    (tmp_path / "b.xlsx").write_bytes(xlsx([HEAD, (*FIRST[:5], "xã Không Đâu", *FIRST[6:])]))
    return tmp_path


def run(place: Path, *words: str) -> Result:
    return CliRunner(env=NOBODY).invoke(
        main, ["--root", str(place / "kho"), "import", *words, "--by", "xa gia kiem", "--on", "2026-11-23"]
    )


def test_a_sound_sheet_is_tried_out_in_a_folder_with_its_slips(place: Path) -> None:
    words = (str(place / "a.xlsx"), "--dry-run", str(place / "thu"), "--slips", str(place / "phieu.pdf"))
    done = run(place, *words)
    files = {path: path.read_bytes() for path in (place / "thu").rglob("*.yml")}
    again = run(place, *words)

    assert (done.exit_code, again.exit_code) == (0, 0), done.output
    assert "2 dòng đọc được" in done.output
    assert len(files) == 5
    assert files == {path: path.read_bytes() for path in (place / "thu").rglob("*.yml")}
    assert (place / "phieu.pdf").read_bytes().startswith(b"%PDF")
    assert not list((place / "kho").rglob("*.new"))


def test_a_faulty_sheet_is_told_of_and_given_back(place: Path) -> None:
    done = run(place, str(place / "b.xlsx"), "--marked", str(place / "sua.xlsx"), "--dry-run", str(place / "thu"))

    assert done.exit_code == 1
    assert "F2" in done.output
    assert (place / "sua.xlsx").read_bytes().startswith(b"PK")
    assert not (place / "thu").exists()


def test_json_names_sheet_and_cell(place: Path) -> None:
    done = CliRunner(env=NOBODY).invoke(
        main,
        ["--root", str(place / "kho"), "import", str(place / "b.xlsx"), "--by", "xa-gia-kiem-2025", "--format", "json"],
    )
    told = json.loads(done.stdout)

    (finding,) = told["findings"]
    assert (finding["file"], finding["sheet"], finding["cell"], finding["code"]) == (
        "b.xlsx",
        "Danh sách",
        "F2",
        "E611",
    )
    assert told["rows"] == 1


def test_stationery(place: Path) -> None:
    done = run(place, "--template", str(place / "mau.xlsx"), "--paper", str(place / "phieu.pdf"))

    assert done.exit_code == 0, done.output
    assert (place / "mau.xlsx").read_bytes().startswith(b"PK")
    assert (place / "phieu.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), 2),
        (("a.xlsx",), 2),  # nowhere to file
        (("a.xlsx", "--check"), 0),
        (("a.xlsx", "--round", "dot-khac"), 2),
        (("a.xlsx", "--fill", "Màu=xanh"), 2),
        (("a.xlsx", "--recognised", "a.xlsx", "--round", "dot-2018-1"), 2),
        (("khac.xlsx",), 2),
        (("kho/schemas/idea.schema.json",), 1),
    ],
)
def test_exit_codes(place: Path, words: tuple[str, ...], code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)

    assert run(place, *words).exit_code == code


def test_a_unit_that_is_gone_enters_nothing(place: Path) -> None:
    gone = CliRunner(env=NOBODY).invoke(main, ["--root", str(place / "kho"), "import", str(place / "a.xlsx")])

    assert gone.exit_code == 2
    assert "--by" in gone.output
