"""Git data over the API, clone and push, forks."""

import io
import subprocess
import tarfile
from functools import partial
from pathlib import Path

import pytest
import requests
from github import InputGitTreeElement
from github.Repository import Repository
from hub_room import REPO, Room, refused

pytest_plugins = ["hub_fixtures"]


def git(folder: Path, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    person = ["-c", "user.name=Lan", "-c", "user.email=1002+lan@users.noreply.github.com"]
    return subprocess.run(["git", *person, *words], cwd=folder, check=check, capture_output=True, text=True)


def clone(room: Room, login: str, full_name: str = REPO) -> Path:
    address = room.hub.url.replace("://", f"://x:{room.hub.user_token(login)}@")
    folder = room.path / f"clone-{login}"
    git(room.path, "clone", "-q", f"{address}/{full_name}.git", str(folder))
    return folder


def fork(room: Room, login: str) -> Repository:
    return room.client(room.hub.user_token(login)).get_user().create_fork(room.as_(login))


def test_one_commit_with_several_files(room: Room) -> None:
    repo = room.as_("lan")
    head = repo.get_branch("main").commit
    elements = [
        InputGitTreeElement("ideas/1.yaml", "100644", "blob", content="id: 1\n"),
        InputGitTreeElement("docs/a.txt", "100644", "blob", sha=None),
        InputGitTreeElement("ảnh/x.bin", "100644", "blob", sha=repo.create_git_blob("AAEC", "base64").sha),
    ]
    tree = repo.create_git_tree(elements, repo.get_git_tree(head.commit.tree.sha))
    commit = repo.create_git_commit("Add", tree, [repo.get_git_commit(head.sha)])
    ref = repo.create_git_ref("refs/heads/idea/1", commit.sha)
    assert commit.author.email == "1002+lan@users.noreply.github.com"
    comparison = repo.compare("main", "idea/1")
    assert (comparison.status, comparison.ahead_by) == ("ahead", 1)
    rows = {(f.filename, f.status) for f in comparison.files}
    assert rows == {("ideas/1.yaml", "added"), ("docs/a.txt", "removed"), ("ảnh/x.bin", "added")}
    refused(422, partial(repo.create_git_ref, "refs/heads/idea/1", commit.sha))
    refused(422, partial(repo.get_git_ref("heads/main").edit, "0" * 40))
    moved = repo.create_git_commit("Other", tree, [])
    refused(422, partial(ref.edit, moved.sha))
    ref.edit(moved.sha, force=True)
    assert [r.ref for r in repo.get_git_matching_refs("heads/idea")] == ["refs/heads/idea/1"]
    ref.delete()
    refused(404, partial(repo.get_branch, "idea/1"))


def test_contents(room: Room) -> None:
    repo = room.as_("lan")
    file = repo.get_contents("README.md")
    assert not isinstance(file, list)
    assert file.decoded_content.decode() == "# Sáng kiến\n"
    refused(422, partial(repo.update_file, "README.md", "m", "x", sha=""))
    refused(409, partial(repo.update_file, "README.md", "m", "x", sha="0" * 40))
    refused(404, partial(repo.get_contents, "nothing"))
    done = repo.update_file("README.md", "m", "khác", sha=file.sha)
    repo.delete_file("README.md", "bỏ", sha=done["content"].sha)
    refused(404, partial(repo.get_contents, "README.md"))
    _, body = repo.requester.requestJsonAndCheck(
        "GET", f"{repo.url}/contents/docs/a.txt", headers={"Accept": "application/vnd.github.raw"}
    )
    assert body["data"] == "a\nb\nc\n"
    assert [c.commit.message for c in repo.get_commits(path="README.md")] == ["bỏ", "m", "Begin"]


def test_clone_and_push_move_the_pull(room: Room) -> None:
    pull_head = room.file_on_branch("x", "x.txt")
    pull = room.as_("mau").create_pull(base="main", head="x", title="T")
    folder = clone(room, "lan")
    git(folder, "switch", "-q", "x")
    (folder / "new.txt").write_text("new\n", encoding="utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "Add new.txt")
    git(folder, "push", "-q")
    pull.update()
    assert pull.head.sha == git(folder, "rev-parse", "HEAD").stdout.strip() != pull_head
    assert pull.get_commits()[1].author.login == "lan"


def test_stranger_cannot_push(room: Room) -> None:
    folder = clone(room, "khach")
    (folder / "new.txt").write_text("new\n", encoding="utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "Add new.txt")
    assert git(folder, "push", "-q", check=False).returncode != 0


def test_pull_from_a_fork(room: Room) -> None:
    copy = fork(room, "khach")
    assert (copy.full_name, copy.fork, copy.parent.full_name) == ("khach/sang-kien", True, REPO)
    copy.create_git_ref("refs/heads/ý", copy.get_branch("main").commit.sha)
    copy.create_file("ideas/9.yaml", "Add", "id: 9\n", branch="ý")
    repo = room.as_("khach")
    assert [f.filename for f in repo.compare("main", "khach:ý").files] == ["ideas/9.yaml"]
    pull = repo.create_pull(base="main", head="khach:ý", title="Từ bản sao")
    assert pull.head.repo.full_name == "khach/sang-kien"
    assert [p.number for p in repo.get_pulls(head="khach:ý")] == [pull.number]
    before = pull.head.sha
    copy.create_file("ideas/10.yaml", "Add", "id: 10\n", branch="ý")
    pull.update()
    assert pull.head.sha != before
    assert pull.changed_files == 2
    refused(403, partial(pull.merge, sha=pull.head.sha))
    assert room.as_("mau").get_pull(pull.number).merge(sha=pull.head.sha).merged


def test_archive(room: Room) -> None:
    token = room.hub.mint_token(REPO, {"contents": "read"})
    answer = requests.get(
        f"{room.hub.api_url}/repos/{REPO}/tarball/main",
        headers={"Authorization": f"token {token}"},
        timeout=5,
    )
    with tarfile.open(fileobj=io.BytesIO(answer.content)) as archive:
        assert any(name.endswith("/docs/a.txt") for name in archive.getnames())


def test_pull_refs_cannot_be_pushed(room: Room) -> None:
    folder = clone(room, "mau")
    assert git(folder, "push", "-q", "origin", "HEAD:refs/pull/1/head", check=False).returncode != 0


def test_private_clone_needs_a_token(room: Room) -> None:
    room.hub.add_repository("mau/kin", source=room.path / "source", private=True)
    bare = git(room.path, "ls-remote", f"{room.hub.url}/mau/kin.git", check=False)
    assert bare.returncode != 0
    assert git(room.path, "ls-remote", f"{room.hub.url}/{REPO}.git").returncode == 0


def test_update_branch_merges_the_base(room: Room) -> None:
    room.file_on_branch("x", "x.txt")
    pull = room.as_("mau").create_pull(base="main", head="x", title="T")
    room.as_("mau").create_file("z.txt", "z", "z")
    assert pull.update_branch()
    pull.update()
    assert pull.commits == 2
    assert pull.changed_files == 1


@pytest.mark.parametrize("method", ["merge", "squash", "rebase"])
def test_ways_to_merge(room: Room, method: str) -> None:
    room.file_on_branch("x", "x.txt")
    pull = room.as_("mau").create_pull(base="main", head="x", title="T")
    done = pull.merge(merge_method=method)
    commit = room.as_("mau").get_commit(done.sha)
    assert len(commit.parents) == (2 if method == "merge" else 1)
    pull.update()
    assert (pull.merged, pull.merge_commit_sha, pull.state) == (True, done.sha, "closed")
    assert [f.filename for f in pull.get_files()] == ["x.txt"]
