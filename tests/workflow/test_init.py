"""Another office's repository: whole, its own, and the same again."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from committed import git
from offices import OFFICES, TODAY, answers_file, found_office, mentions, run, words_of_the_sample
from places import ROOT
from sangkien.adapters.store import Store
from sangkien.cli import main
from sangkien.render import setup_talk
from sangkien.render.interview import Interview
from sangkien.workflow import init as init_step

pytestmark = pytest.mark.long
ADDRESSES = {
    "commune": "https://mat-tran-suoi-mo.github.io/trang-sang-kien/",
    "school": "https://truong-mai-anh.github.io/sang-kien/",
    "company": "https://yhay.saomai.example/",
}


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    room = tmp_path_factory.mktemp("offices")
    return {name: found_office(room / name, name) for name in OFFICES}


def own(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the program that stands in a repository, as its office does."""
    return subprocess.run(
        [sys.executable, "-m", *words],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root / "scripts"), "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", OFFICES)
def test_no_word_of_the_sample_is_left_in_any_file(offices: Mapping[str, Path], name: str) -> None:
    words = words_of_the_sample()

    assert len(words) > 150
    assert [*mentions(offices[name], words)] == []
    assert [*mentions(offices[name] / "content" / "register", {"sample: true"})] == []


@pytest.mark.parametrize("name", OFFICES)
def test_nothing_is_to_be_mended_in_it(offices: Mapping[str, Path], name: str) -> None:
    root = offices[name]

    for words in (["validate"], ["sync", "--check"], ["fmt", "--check"], ["verify", "--all"]):
        done = run(root, *words)
        assert done.exit_code == 0, done.output
    assert git(root, "status", "--porcelain") == ""
    assert git(root, "rev-list", "--count", "HEAD") == "1"


def test_it_draws_up_a_report_to_sign_from_its_first_day(offices: Mapping[str, Path], tmp_path: Path) -> None:
    place = tmp_path / "bao-cao.docx"
    unit = ("--unit", "xa-suoi-mo-2025", "--period", "2026-H1")

    done = run(offices["commune"], "report", *unit, "--format", "docx", "--out", str(place))

    assert done.exit_code == 0, done.output
    assert zipfile.is_zipfile(place)


@pytest.mark.parametrize("name", OFFICES)
def test_its_own_program_builds_its_site(offices: Mapping[str, Path], name: str, tmp_path: Path) -> None:
    site = tmp_path / "site"
    door = ["sangkien", "publish", "--out"] if name == "company" else ["mkdocs", "build", "--strict", "--site-dir"]

    done = own(offices[name], *door, str(site))

    assert done.returncode == 0, done.stderr
    assert f"<loc>{ADDRESSES[name]}gui/</loc>" in (site / "sitemap-1.xml").read_text()
    claimed = (site / "CNAME").read_text() if (site / "CNAME").is_file() else ""
    assert claimed == ("yhay.saomai.example\n" if name == "company" else "")


def test_the_same_answers_give_the_same_bytes_and_an_office_can_found_another(
    offices: Mapping[str, Path], tmp_path: Path
) -> None:
    kept = offices["school"] / ".kit" / "answers.yml"
    for name, source in (("one", ROOT), ("two", offices["school"])):
        done = run(source, "init", str(tmp_path / name), "--answers", str(kept), "--on", TODAY)
        assert done.exit_code == 0, done.output

    trees = {git(root, "rev-parse", "HEAD^{tree}") for root in (offices["school"], tmp_path / "one", tmp_path / "two")}
    assert len(trees) == 1


def test_private_keys_stay_outside_and_are_used_again(offices: Mapping[str, Path]) -> None:
    keys = offices["company"].with_name("office-khoa")

    assert sorted(file.name for file in keys.iterdir()) == ["ban-lam-viec.key", "chu-tich.key", "lien-he.key"]
    assert {file.stat().st_mode & 0o777 for file in keys.iterdir()} == {0o600}
    assert [*mentions(offices["company"], {file.read_text().strip() for file in keys.iterdir()})] == []
    round_ = (offices["company"] / "content/register/rounds/dot-2026-1.yml").read_text()
    assert round_.count("age1") == 2


def test_faults_are_all_said_at_once_by_question_and_nothing_is_written(tmp_path: Path) -> None:
    answers = {"name": "Mơ", "topology": "half", "since": "1/7/2025", "colour": "red"}

    done = run(ROOT, "init", str(tmp_path / "x"), "--answers", str(answers_file(tmp_path / "a.yml", answers)))

    assert done.exit_code == 1
    for told in ("Bàn kín hay kho mở?", "Nơi này có từ ngày nào?", "“colour”"):
        assert told in done.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.yml"]


def test_a_folder_that_is_not_empty_and_keys_inside_are_refused(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("x")
    inside = str(tmp_path / "new" / "keys")

    assert run(ROOT, "init", str(tmp_path / "full"), "--set", "name=Mơ").exit_code == 2
    assert run(ROOT, "init", str(tmp_path / "new"), "--set", "name=Mơ", "--keys", inside).exit_code == 2
    assert run(ROOT, "init", str(tmp_path / "new"), "--set", "name").exit_code == 2
    assert not (tmp_path / "new").exists()


def test_every_question_has_a_default_and_a_reason() -> None:
    desk = init_step.open_desk(Store(ROOT), TODAY)
    told: list[str] = []

    def ask(question: str) -> str:
        told.append(question)
        return ""

    said = setup_talk.ask_all(
        Interview(ask=ask, tell=told.append), desk.answers, {}, desk.complete, desk.names_of_levels
    )

    assert said == {}
    assert sum("Enter:" in line for line in told) == 21
    assert any("không thu lại được" in line for line in told)  # what an open desk means


def test_answers_are_taken_by_number_and_by_line_and_asked_again() -> None:
    desk = init_step.open_desk(Store(ROOT), TODAY)
    given = {
        "Nơi này tên gì?": ["Hoa Sen"],
        "Là cấp hay loại nào?": ["Xã!", "8"],
        "Bàn kín hay kho mở?": ["2"],
        "Lĩnh vực": ["Dạy", "Học", ""],
    }
    current: list[str] = []

    def tell(line: str) -> None:
        title = line.strip().split("\n")[0]
        if line.startswith("\n"):
            current[:] = next((given[key] for key in given if title.startswith(key)), [])

    talk = Interview(ask=lambda _: current.pop(0) if current else "", tell=tell)
    said = setup_talk.ask_all(talk, desk.answers, {}, desk.complete, desk.names_of_levels)

    assert said == {"name": "Hoa Sen", "level": "truong", "topology": "open", "fields": ["Dạy", "Học"]}


def test_what_does_not_go_together_is_asked_again_at_the_keyboard(tmp_path: Path) -> None:
    days = ["2027-05-01", "2027-04-01"]  # closes before it opens
    keys = ["name", "level", "parents", "organiser", "intake", "movement", "short_name", "site_title", "topology"]
    keys += ["plan", "repository", "site_repository", "address", "contents", "fields", "criteria", "seats"]
    first = "\n" * len(keys) + "\n".join(days) + "\n" * 3
    done = CliRunner().invoke(
        main,
        ["--root", str(ROOT), "init", str(tmp_path / "x"), "--on", TODAY],
        input=f"{first}2027-06-01\n",
        catch_exceptions=False,
    )

    assert done.exit_code == 0, done.output
    assert "E312" in done.output
    round_ = (tmp_path / "x/content/register/rounds/dot-2027-1.yml").read_text(encoding="utf-8")
    assert "opens_on: 2027-05-01\ncloses_on: 2027-06-01" in round_
