"""A commit is read as the work tree it would be checked out to."""

import multiprocessing
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from committed import commit_all, git
from sangkien.adapters.git import Git
from sangkien.adapters.object_store import ObjectStore, Settled
from sangkien.adapters.pool import Pool
from sangkien.adapters.store import Store
from sangkien.domain.errors import OutsideError, UsageError
from sangkien.domain.finding import Code
from sangkien.domain.notation import MAX_BYTES
from sangkien.workflow.identity import Identity

IDEA = "ideas/2026/7k/7k3qf2tz"
ODD = ("a b.yml", "tab\tline\n.yml", "dấu hỏi?.yml", '"quoted".yml', "-dash.yml", os.fsdecode(b"not-utf8-\xff.yml"))


def plant(root: Path) -> None:
    """Write a folder that holds whatever a commit may."""
    texts = {
        f"{IDEA}/idea.yml": "code: 2026-7K3Q-F2TZ\n",
        f"{IDEA}/conclusions/hd-xa-1.yml": "outcome: cong-nhan\n",
        f"{IDEA}/a/b/c/d/e/deep.yml": "deep: true\n",
        f"{IDEA}.yml": "stray: sorts between a folder and its files\n",
        "ideas/stray.yml": "x: 1\n",
        "ideas/2026/.gitkeep": "",
        "ideas/2026/7k/stray.yml": "x: 2\n",
        "content/register/movement.yml": "name: Phong trào\n",
        "content/register/big.yml": "a: " + "x" * (3 * MAX_BYTES) + "\n",
        "content/register/empty.yml": "",
        "content/register/run.yml": "x: 3\n",
        "content/index.md": "Dòng một\r\nDòng hai\r",
        "schemas/idea.schema.json": "{}",
        **{f"content/odd/{name}": f"n: {number}\n" for number, name in enumerate(ODD)},
    }
    for path, text in texts.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode())
    (root / "content/register/run.yml").chmod(0o755)
    (root / "content/register/link.yml").symlink_to("movement.yml")
    (root / "content/register/outside.yml").symlink_to("/etc/hostname")
    (root / "content/register/round.yml").symlink_to("round.yml")
    (root / "ideas/2026/7m").symlink_to("7k")
    (root / f"{IDEA}/images").mkdir()
    (root / f"{IDEA}/images/truoc.jpg").write_bytes(bytes(range(256)) * 1000)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "world").mkdir()
    plant(tmp_path / "world")
    return commit_all(tmp_path / "world")


@pytest.fixture
def both(root: Path) -> tuple[Store, ObjectStore]:
    return Store(root), ObjectStore(root, "HEAD")


def test_lists_are_the_work_tree_s(both: tuple[Store, ObjectStore]) -> None:
    tree, commit = both
    areas = ("ideas", "content", "content/register", IDEA, f"{IDEA}/a", "schemas", "nowhere", "content/index.md/x")

    for area in areas:
        assert list(commit.files(area)) == list(tree.files(area)), area
    assert list(commit.files("content", but="content/register")) == list(tree.files("content", but="content/register"))
    assert any("not-utf8" in path for path in commit.files("content"))
    assert [commit.folders(area) for area in areas[:-1]] == [tree.folders(area) for area in areas[:-1]]
    assert list(commit.idea_folders()) == list(tree.idea_folders()) == [IDEA]
    assert list(commit.stray_files()) == list(tree.stray_files())


def test_files_are_the_work_tree_s(both: tuple[Store, ObjectStore]) -> None:
    tree, commit = both
    paths = [*tree.files("ideas"), *tree.files("content"), "ideas/2026/7m/7k3qf2tz/idea.yml", "nowhere.yml", IDEA]

    for path in paths:
        assert commit.read(path) == tree.read(path), path
        assert commit.plain(path) == tree.plain(path), path
    assert {f.code for f in commit.read("content/register/link.yml").findings} == {Code.SYMLINK}
    assert {f.code for f in commit.read("content/register/big.yml").findings} == {Code.TOO_LARGE}
    assert {f.code for f in commit.read("nowhere.yml").findings} == {Code.UNREADABLE}
    assert commit.text("content/index.md") == tree.text("content/index.md") == "Dòng một\nDòng hai\n"


def test_links_lead_to_files_of_the_commit_alone(both: tuple[Store, ObjectStore]) -> None:
    tree, commit = both
    through = "ideas/2026/7m/7k3qf2tz/idea.yml"

    assert commit.text("content/register/link.yml") == tree.text("content/register/link.yml")
    assert commit.text(through) == tree.text(through)
    assert [commit.exists(p) for p in (through, "content/register/link.yml", "content", "nowhere")] == [
        tree.exists(p) for p in (through, "content/register/link.yml", "content", "nowhere")
    ]
    assert not commit.exists("content/register/outside.yml")
    assert not commit.exists("content/register/round.yml")
    with pytest.raises(FileNotFoundError):
        commit.text("content/register/outside.yml")


def test_ids_are_git_s_and_what_the_work_tree_comes_to(root: Path, both: tuple[Store, ObjectStore]) -> None:
    tree, commit = both
    folders = ("ideas", "ideas/2026/7k", IDEA, f"{IDEA}/a/b", "content/register", "content/odd", "schemas")

    for folder in folders:
        assert commit.tree_id(folder) == tree.tree_id(folder) == git(root, "rev-parse", f"HEAD:{folder}")
    assert commit.tree_id("nowhere") == tree.tree_id("nowhere")
    by_commit, by_tree = Identity(commit, Settled()), Identity(tree, Git(root))
    assert [by_commit(folder) for folder in folders] == [by_tree(folder) for folder in folders]


def test_the_work_tree_is_not_looked_at(root: Path) -> None:
    commit = ObjectStore(root, "HEAD")
    (root / IDEA / "idea.yml").write_text("code: other\n", encoding="utf-8")
    (root / "ideas/2026/new.yml").touch()
    git(root, "rm", "-qr", "--cached", "schemas")

    assert commit.read(f"{IDEA}/idea.yml").record == {"code": "2026-7K3Q-F2TZ"}
    assert "ideas/2026/new.yml" not in list(commit.stray_files())
    assert commit.exists("schemas/idea.schema.json")
    with pytest.raises(OutsideError):
        commit.write("x.yml", "")


def test_a_module_is_an_empty_folder_and_an_empty_tree_a_folder(root: Path) -> None:
    head = git(root, "rev-parse", "HEAD")
    nothing = git(root, "mktree", data=b"")
    shard = git(root, "mktree", data=f"160000 commit {head}\tmodule00\n040000 tree {nothing}\tempty000\n".encode())
    year = git(root, "mktree", data=f"040000 tree {shard}\taa\n".encode())
    ideas = git(root, "mktree", data=f"040000 tree {year}\t2026\n".encode())
    top = git(root, "mktree", data=f"040000 tree {ideas}\tideas\n".encode())
    commit = ObjectStore(root, git(root, "commit-tree", top, "-m", "Modules"))

    assert list(commit.idea_folders()) == ["ideas/2026/aa/empty000", "ideas/2026/aa/module00"]
    assert list(commit.files("ideas")) == []
    assert commit.tree_id("ideas/2026/aa/module00") == commit.tree_id("ideas/2026/aa/empty000") == nothing
    assert commit.plain("ideas/2026/aa/module00") is None


def test_a_commit_is_found_by_any_name_and_from_a_folder_of_a_repository(root: Path, tmp_path: Path) -> None:
    git(root, "tag", "-a", "v1", "-m", "One")
    git(root, "mv", "ideas", "content/ideas")
    git(root, "commit", "-qm", "Moved")

    for name in ("v1", "HEAD~1", git(root, "rev-parse", "v1^{commit}")):
        assert list(ObjectStore(root, name).idea_folders()) == [IDEA]
    assert list(ObjectStore(root / "content", "HEAD").idea_folders()) == [IDEA]
    for wrong in ("nowhere", "", "--help", "v1:content/index.md"):
        with pytest.raises(UsageError):
            ObjectStore(root, wrong)
    (tmp_path / "plain").mkdir()
    with pytest.raises(UsageError):
        ObjectStore(tmp_path / "plain", "HEAD")


def test_threads_share_a_line_and_processes_do_not(root: Path) -> None:
    commit = ObjectStore(root, "HEAD")
    paths = list(commit.files("content")) * 20
    expected = [commit.plain(path) for path in paths]
    ours = len(children())

    with ThreadPoolExecutor(4) as hands:
        assert list(hands.map(commit.plain, paths)) == expected
    assert list(Pool(2).map(commit.plain, paths)) == expected
    assert [commit.plain(path) for path in paths] == expected
    assert len(children()) == ours
    commit.close()
    assert len(children()) == ours - 1


def children() -> list[str]:
    """Name the processes of this one."""
    multiprocessing.active_children()
    command = ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(os.getpid())]
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    return [line for line in run.stdout.splitlines() if "cat-file" in line]


def test_what_git_cannot_give_is_an_outside_fault(root: Path) -> None:
    commit = ObjectStore(root, "HEAD")
    key = git(root, "rev-parse", f"HEAD:{IDEA}/idea.yml")
    (root / ".git" / "objects" / key[:2] / key[2:]).unlink()

    with pytest.raises(OutsideError, match="missing"):
        commit.read(f"{IDEA}/idea.yml")
    assert commit.read("content/register/run.yml").record == {"x": 3}


def test_what_a_generator_needs_is_written_down_without_records(root: Path, tmp_path: Path) -> None:
    (root / "content" / "page.md").symlink_to("index.md")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "A link")
    ObjectStore(root, "HEAD").lay_out(tmp_path / "out")

    written = {p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*") if p.is_file()}
    assert written == {
        "content/index.md",
        "content/page.md",
        "content/register/movement.yml",
        "schemas/idea.schema.json",
        *(f"content/odd/{name}" for name in ODD),
    }
    assert not (tmp_path / "out/content/page.md").is_symlink()
    assert (tmp_path / "out/content/page.md").read_bytes() == (root / "content/index.md").read_bytes()
