"""A commit gives the same site as its work tree, also where the records were never written down."""

import shutil
from pathlib import Path

import pytest
import yaml
from site_tools import contents, sangkien
from site_world import small_world

from committed import commit_all, git
from places import ROOT

pytestmark = pytest.mark.site
THEME = "scripts/sangkien/render/theme"
URL = "https://vi-du.example/repo/"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the small world as a repository that holds its own theme."""
    root = small_world().write(tmp_path_factory.mktemp("source") / "world")
    shutil.copy(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    shutil.copytree(ROOT / THEME, root / THEME)
    (root / ".gitignore").write_text("/.cache/\n", encoding="utf-8")
    return commit_all(root)


@pytest.fixture(scope="module")
def expected(source: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("expected") / "site"
    run = sangkien(source, "publish", "--out", str(out), SITE_URL=URL)
    assert run.returncode == 0, run.stderr
    return contents(out)


def test_a_work_tree_without_records_as_the_workflow_checks_it_out(
    source: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "publish.yml").read_text(encoding="utf-8"))
    asked = workflow["jobs"]["build"]["steps"][0]["with"]
    root = tmp_path / "sparse"
    git(
        tmp_path,
        "clone",
        "-q",
        "--no-checkout",
        "--depth",
        "1",
        f"--filter={asked['filter']}",
        source.as_uri(),
        root.name,
    )
    git(root, "sparse-checkout", "set", "--no-cone", *asked["sparse-checkout"].split())
    git(root, "checkout", "-q", "main")
    git(root, "remote", "set-url", "origin", (tmp_path / "gone").as_uri())  # nothing may be fetched later
    shutil.copytree(source / ".cache", root / ".cache")  # of the same commit: all of it must fit
    records = sorted((root / ".cache" / "records").rglob("*"))
    kept = [place.stat().st_mtime_ns for place in records]
    (root / "content" / "index.md").write_text("Một trang viết dở", encoding="utf-8")

    run = sangkien(root, "publish", "--commit", "HEAD", "--out", str(tmp_path / "site"), SITE_URL=URL)

    assert run.returncode == 0, run.stderr
    assert not (root / "ideas").exists()
    assert not (root / "content" / "register").exists()
    assert contents(tmp_path / "site") == expected
    assert [place.stat().st_mtime_ns for place in records] == kept


def test_a_bare_shallow_clone(source: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--bare", "--depth", "1", source.as_uri(), "bare.git")
    root = tmp_path / "bare.git"
    for kept in ("press", "pictures"):  # slow to make, and the same wherever they come from
        shutil.copytree(source / ".cache" / kept, root / ".cache" / kept)

    run = sangkien(root, "publish", "--commit", "main", "--out", str(tmp_path / "site"), SITE_URL=URL)

    assert run.returncode == 0, run.stderr
    assert contents(tmp_path / "site") == expected


def test_a_commit_that_is_not_there_is_told(source: Path, tmp_path: Path) -> None:
    run = sangkien(source, "publish", "--commit", "nhánh-lạ", "--out", str(tmp_path / "site"))

    assert run.returncode == 2
    assert "nhánh-lạ" in run.stderr
    assert not (tmp_path / "site").exists()
