"""The same records give the same bytes: in any number of processes, in a folder or a tar, from any copy, any time."""

import os
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

import crowd
import pytest
from click.testing import CliRunner
from site_fixtures import Blank
from site_tools import contents
from site_world import small_world

from sangkien.adapters.press import Press
from sangkien.cli import main

pytestmark = pytest.mark.site
CORRECTION = """\
version: 1
code: {code}
number: 1
date: '2026-11-01'
by: nguoi-de-xuat
text: Mấy lít nước cũng được.
"""
URL = "https://vi-du.example/repo/"


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("crowd") / "one"
    crowd.write_repository(root, 30, seed=3)
    return root


@pytest.fixture(autouse=True)
def blank(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sangkien.adapters.workshop.Press", lambda *_: Blank())  # cards would only take time
    monkeypatch.setenv("SITE_URL", URL)


def publish(root: Path, out: Path, processes: int) -> tuple[dict[str, bytes], bytes]:
    """Build into a folder and a tar; gives both."""
    tar = out.with_name(f"{out.name}.tar")
    words = ["--root", str(root), "publish", "--processes", str(processes), "--out", str(out), "--tar", str(tar)]
    run = CliRunner().invoke(main, words, catch_exceptions=False)
    assert run.exit_code == 0, run.output
    return contents(out), tar.read_bytes()


def copied_backwards(root: Path, to: Path) -> Path:
    """Copy a repository so that its files come in another order, with other times, without what was kept of it."""
    places = [p for p in sorted(root.rglob("*")) if p.is_file() and ".cache" not in p.parts]
    for day, place in enumerate(reversed(places)):
        there = to / place.relative_to(root)
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(place, there)
        os.utime(there, (day * 86_400, day * 86_400))
    return to


def test_processes_runs_copies_and_caches_change_nothing(repository: Path, tmp_path: Path) -> None:
    there = copied_backwards(repository, tmp_path / "there")
    cold, cold_tar = publish(repository, tmp_path / "cold", 1)

    assert sum(path.endswith("index.html") for path in cold) > 150
    for root, processes in ((repository, 2), (repository, 3), (there, 2)):
        folder, tar = publish(root, tmp_path / "again", processes)
        assert folder == cold, (root.name, processes)
        assert tar == cold_tar, (root.name, processes)


def test_tar_is_what_pages_takes(repository: Path, tmp_path: Path) -> None:
    folder, _ = publish(repository, tmp_path / "site", 2)
    with tarfile.open(tmp_path / "site.tar") as tar:
        entries = tar.getmembers()
        packed = {entry.name.removeprefix("./"): tar.extractfile(entry).read() for entry in entries}  # type: ignore[union-attr]  # all are files

    assert packed == folder
    assert len(entries) == len(folder), "a file twice"
    for entry in entries:
        assert entry.name.startswith("./")
        assert entry.isreg()
        assert (entry.mode, entry.uid, entry.gid, entry.uname, entry.gname, entry.mtime) == (0o644, 0, 0, "", "", 0)
    (tmp_path / "unpacked").mkdir()
    said = subprocess.run(
        ["tar", "--extract", "--verbose", "--file", "site.tar", "--directory", "unpacked"],
        cwd=tmp_path, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert said.stderr == ""
    assert contents(tmp_path / "unpacked") == folder


def test_a_changed_idea_is_read_anew_beside_its_neighbours(repository: Path, tmp_path: Path) -> None:
    """What was kept of its neighbours has other places in the file that is kept after."""
    root = tmp_path / "one"
    shutil.copytree(repository, root)
    publish(root, tmp_path / "site", 1)
    for folder in sorted(root.glob("ideas/*/*/*"))[::2]:
        if (folder / "idea.yml").is_file() and not (folder / "corrections").exists():
            code = re.findall(r"^code: (\S+)", (folder / "idea.yml").read_text(encoding="utf-8"), re.MULTILINE)[0]
            (folder / "corrections").mkdir()
            (folder / "corrections" / "1.yml").write_text(CORRECTION.format(code=code), encoding="utf-8")
    warm, _ = publish(root, tmp_path / "site", 1)
    shutil.rmtree(root / ".cache")

    assert (
        sum("Mấy lít nước cũng được.".encode() in page for path, page in warm.items() if path.startswith("ghi-nhan/20"))
        > 5
    )
    assert publish(root, tmp_path / "site", 2)[0] == warm


@pytest.fixture
def printing(blank: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sangkien.adapters.workshop.Press", Press)


def test_prints_are_the_same_anew_and_kept(printing: None, tmp_path: Path) -> None:
    root = small_world().write(tmp_path / "world")
    anew, _ = publish(root, tmp_path / "one", 1)
    kept, _ = publish(root, tmp_path / "two", 2)
    shutil.rmtree(root / ".cache")
    again, _ = publish(root, tmp_path / "one", 2)

    assert any(path.endswith(".pdf") for path in anew)
    assert anew == kept == again
