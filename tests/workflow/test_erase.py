"""A person is erased in a real repository, and its whole memory made clean by the commands the program prints."""

import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from committed import commit_all, git
from places import ROOT
from sangkien.adapters.git_memory import GitMemory
from sangkien.adapters.pool import Pool
from sangkien.adapters.store import Store
from sangkien.cli import main
from sangkien.workflow.erase import Looker
from sangkien.workflow.validate import validate

pytestmark = pytest.mark.long

PERSON, NAME = "p-0a1b2c3d", "Nguyễn Mẫu An"
RECORD = f"content/register/people/0a/{PERSON}.yml"
COLLECTIVE = "name: Tổ hộ Mẫu Tưới Chung"
DAY = ("--on", "2026-11-29")


def sangkien(root: Path, *words: str) -> Result:
    return CliRunner(catch_exceptions=False).invoke(main, ["--root", str(root), *words])


def erase(root: Path, *words: str) -> Result:
    run = sangkien(root, "erase", *words, *DAY)
    assert "Mẫu An" not in run.output.replace("MẪU", "Mẫu")
    return run


def objects(root: Path) -> bytes:
    """Give all that git holds, reachable or not, unpacked."""
    command = ["git", "-C", str(root), "cat-file", "--batch-all-objects", "--batch"]
    return subprocess.run(command, capture_output=True, check=True).stdout


def save(root: Path, path: str, text: str, message: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", message)


@pytest.fixture
def told(repository: Path) -> Path:
    """Give a repository in whose memory a name stands in every kind of place."""
    commit_all(repository)
    record = (repository / RECORD).read_text(encoding="utf-8")
    git(repository, "checkout", "-q", "-b", "idea/12")
    save(repository, RECORD, record.replace(NAME, f"{NAME} Nhiên"), "idea 2019-B8M4-R0XT")
    git(repository, "checkout", "-q", "main")
    save(repository, "content/tin.md", f"# Tin\n\n{unicodedata.normalize('NFD', NAME)} kể.\n", "news (#31)")
    (repository / "content/tin.md").unlink()
    save(repository, "content/mo.md", "# Mở\n", f"Take off what {NAME} said")
    git(repository, "tag", "v1")
    git(repository, "commit", "-q", "--allow-empty", "--author", f"{NAME} <x@example.org>", "-m", "Her own")
    namesake = record.replace(PERSON, "p-9z9z9z9z")
    save(repository, "content/register/people/9z/p-9z9z9z9z.yml", namesake, "Somebody of the same name")
    git(repository, "update-ref", "refs/pull/9/head", "idea/12")
    git(repository, "branch", "-D", "-q", "idea/12")
    save(repository, "content/lac.md", f"{NAME}\n", "Lost")
    git(repository, "reset", "-q", "--hard", "HEAD~1")
    return repository


def test_only_the_person_s_record_changes_and_a_second_run_changes_nothing(repository: Path) -> None:
    commit_all(repository)
    first = erase(repository, PERSON)
    changed = git(repository, "status", "--porcelain", "--untracked-files=no")
    after = (repository / RECORD).read_text(encoding="utf-8")
    second = sangkien(repository, "erase", PERSON, "--on", "2027-05-05")

    assert first.exit_code == second.exit_code == 0
    assert changed == f"M {RECORD}"
    assert (repository / RECORD).read_text(encoding="utf-8") == after
    assert NAME not in after
    assert "erased_on: 2026-11-29" in after
    assert validate(Store(repository), Pool(1)).findings == ()
    assert "ideas/2019/b8/b8m4r0xt/idea.yml" in first.output  # what else bears the id is told
    assert "content/register/commendations/bd-1.yml" in first.output
    assert "thu-2019-b8m4-r0xt.md" in first.output


def test_every_score_and_digest_still_verifies(tmp_path: Path) -> None:
    root = tmp_path / "whole"
    for part in ("content/register", "schemas", "ideas"):
        shutil.copytree(ROOT / part, root / part)
    commit_all(root)
    people = sorted((root / "content/register/people").rglob("*.yml"))
    names = {name for path in people for name in _names(path)}
    run = sangkien(root, "erase", *(path.stem for path in people), *DAY)
    kept = b"".join(path.read_bytes() for path in root.rglob("*") if path.is_file() and ".git" not in path.parts)

    assert run.exit_code == 0
    assert sangkien(root, "verify", "--all").exit_code == 0
    assert sangkien(root, "validate").exit_code == 0
    assert len(names) > 20
    assert [name for name in names if name.encode() in kept or name in run.output] == []


def _names(path: Path) -> list[str]:
    return re.findall(r"^name: (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize(("how", "kept"), [("--withdraw-consent", "display: hidden"), ("--noindex", "noindex: true")])
def test_who_wants_less_gets_less(repository: Path, how: str, kept: str) -> None:
    commit_all(repository)
    run = erase(repository, PERSON, how)
    text = (repository / RECORD).read_text(encoding="utf-8")

    assert run.exit_code == 0
    assert NAME in text
    assert kept in text
    assert "erased_on" not in text
    assert ("withdrawn_on: 2026-11-29" in text) == (how == "--withdraw-consent")
    assert sangkien(repository, "validate").exit_code == 0


def test_an_idea_of_several_authors_asks_whom(repository: Path) -> None:
    commit_all(repository)
    idea = repository / "ideas/2019/b8/b8m4r0xt/idea.yml"
    several = erase(repository, "--code", "2019 b8m4 r0xt")
    one = idea.read_text(encoding="utf-8").replace("60\n  - person: p-4e5f6g7h\n    share: 40", "100")
    idea.write_text(one, encoding="utf-8")

    assert several.exit_code == 2
    assert f"{PERSON}, p-4e5f6g7h" in several.output
    assert erase(repository, "--code", "2019-B8M4-R0XT", "--withdraw-consent").exit_code == 0
    assert "withdrawn_on" in (repository / RECORD).read_text(encoding="utf-8")
    assert [erase(repository, *w).exit_code for w in ((), ("p-zzzzzzzz",), ("--code", "2019-0000-0000"))] == [2, 2, 2]


def test_every_place_of_the_name_is_found_and_a_namesake_left_alone(told: Path, tmp_path: Path) -> None:
    run = erase(told, PERSON, "--out", str(tmp_path / "out"))
    search = Looker(GitMemory(told), PERSON).look(None, None)
    written = b"".join(path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file())
    (checklist,) = (tmp_path / "out").rglob("viec-can-lam.md")
    text = checklist.read_text(encoding="utf-8")

    assert run.exit_code == 0
    found = [(t.kind, t.path, t.reachable) for t in search.traces]
    assert sorted(found) == [
        ("file", "content/lac.md", False),
        ("file", "content/tin.md", True),
        ("maker", "", True),
        ("message", "", True),
        ("record", RECORD, True),
        ("record", RECORD, True),
    ]
    assert search.numbers == (9, 31)
    assert not any(form in written for form in (NAME.encode(), b"Mau An", b"mau-an"))
    assert all(
        word in text
        for word in ("refs/pull/9/head", "refs/tags/v1", "#9", "Số 31", "git clone --mirror", "support.github")
    )
    assert erase(told, PERSON, "--check").exit_code == 1
    assert sangkien(told, "erase", PERSON, "--out", str(told / "out")).exit_code == 2  # never inside git


def test_the_whole_purge(told: Path, tmp_path: Path) -> None:
    """Do what the checklist says: a mirror, the commands, the push; then nothing of the name is in any object."""
    erase(told, PERSON)
    git(told, "commit", "-qam", f"erase {PERSON}")
    before = {ref: git(told, "rev-parse", ref) for ref in ("main", "v1")}
    mirror = tmp_path / "mirror.git"
    git(tmp_path, "clone", "-q", "--mirror", str(told), str(mirror))
    left = sangkien(mirror, "erase", PERSON, "--check", "--out", str(tmp_path / "out"), "--on", "2027-05-05")
    assert left.exit_code == 1
    assert NAME.encode() in objects(mirror)

    script = tmp_path / "out" / PERSON / "lam-sach.sh"
    subprocess.run(["sh", str(script), str(mirror)], check=True, capture_output=True)

    names = tmp_path / "names.txt"
    names.write_text(f"{NAME}\n{NAME} Nhiên\n", encoding="utf-8")
    assert erase(mirror, PERSON, "--check").exit_code == 0
    assert erase(mirror, PERSON, "--check", "--names", str(names)).exit_code == 0
    everything = objects(mirror)
    assert everything.count(NAME.encode()) == 1  # the namesake's own
    assert unicodedata.normalize("NFD", NAME).encode() not in everything
    assert all(git(mirror, "rev-parse", ref) != key for ref, key in before.items())
    # The newest files are as they were, and the record stands clean in every older commit.
    assert git(mirror, "rev-parse", "main^{tree}") == git(told, "rev-parse", "main^{tree}")
    for ref in ("main", "v1", "refs/pull/9/head"):
        old = git(mirror, "show", f"{ref}:{RECORD}")
        assert "Tác giả đã yêu cầu ẩn danh" in old
        assert "erased_on: 2026-11-29" in old
    # The place it came from follows by the push the checklist names, and forgets the rest.
    git(told, "checkout", "-q", "--detach")
    git(mirror, "push", "-q", "--force", str(told), "refs/heads/*:refs/heads/*", "refs/tags/*:refs/tags/*")
    git(told, "checkout", "-q", "main")
    git(told, "update-ref", "-d", "refs/pull/9/head")  # what GitHub's own people do
    git(told, "reflog", "expire", "--expire=now", "--all")
    git(told, "gc", "-q", "--prune=now")
    assert erase(told, PERSON, "--check", "--names", str(names)).exit_code == 0
    assert objects(told).count(NAME.encode()) == 1


def test_a_name_in_refs_and_paths_is_told_by_ids_alone(told: Path, tmp_path: Path) -> None:
    git(told, "branch", "nguyen-mau-an")
    git(told, "tag", "-a", "v2", "-m", f"with {NAME}")
    save(told, "content/nguyen-mau-an.md", f"{NAME}\n", "A page")
    run = erase(told, PERSON, "--out", str(tmp_path / "out"))
    written = b"".join(path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file())
    kinds = {trace.kind for trace in Looker(GitMemory(told), PERSON).look(None, None).traces}

    assert run.exit_code == 1  # the page is still in the tree, and the gate knows the name no more
    assert {"ref-name", "tag", "file-name"} <= kinds
    assert b"mau-an" not in written
    assert "mau-an" not in run.output


def test_without_old_texts_it_says_that_no_name_is_known(repository: Path) -> None:
    erase_first = repository / RECORD
    commit_all(repository)
    erase(repository, PERSON)
    git(repository, "checkout", "-q", "--orphan", "fresh")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "Anew")
    git(repository, "branch", "-D", "-q", "main")
    git(repository, "reflog", "expire", "--expire=now", "--all")
    git(repository, "gc", "-q", "--prune=now")
    run = erase(repository, PERSON, "--check")

    assert erase_first.is_file()
    assert run.exit_code == 0
    assert "--names" in run.output


def test_what_is_nobody_s_id_empties_no_folder(told: Path, tmp_path: Path) -> None:
    mirror, dear = tmp_path / "mirror.git", tmp_path / "dear"
    git(tmp_path, "clone", "-q", "--mirror", str(told), str(mirror))
    dear.mkdir()

    for word in ("../dear", str(dear), "."):
        run = erase(mirror, word, "--check", "--out", str(tmp_path / "out"))
        assert run.exit_code == 2, run.output

    assert dear.is_dir()


def test_of_a_shallow_clone_nobody_says_that_it_is_clean(told: Path, tmp_path: Path) -> None:
    erase(told, PERSON)
    git(told, "commit", "-qam", f"erase {PERSON}")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{told}", str(tmp_path / "shallow"))
    run = erase(tmp_path / "shallow", PERSON, "--check")

    assert run.exit_code == 1
    assert "git clone --mirror" in run.output


def test_a_collective_called_as_a_unit_takes_nothing_of_the_unit_along(tmp_path: Path) -> None:
    root = tmp_path / "whole"
    for part in ("content/register", "schemas", "ideas"):
        shutil.copytree(ROOT / part, root / part)
    commit_all(root)
    (collective,) = (
        path
        for path in (root / "content/register/people").rglob("*.yml")
        if COLLECTIVE in path.read_text(encoding="utf-8")
    )
    search = Looker(GitMemory(root), collective.stem).look(None, None)

    assert [(trace.kind, trace.path) for trace in search.traces] == [
        ("record", collective.relative_to(root).as_posix())
    ]
