"""Pull requests over a real repository: files, merges, refusals."""

from functools import partial

import pytest
from github import GithubException
from github.PullRequest import PullRequest
from hub_room import Room, refused

pytest_plugins = ["hub_fixtures"]


def opened(room: Room, branch: str, path: str, text: str = "one\n") -> PullRequest:
    room.file_on_branch(branch, path, text)
    return room.as_("mau").create_pull(base="main", head=branch, title=f"Thêm {path}", body="")


def test_two_merges_in_a_row_keep_both_files(room: Room) -> None:
    one, two = opened(room, "idea/1", "ideas/1.yaml"), opened(room, "idea/2", "ideas/2.yaml")
    for pull in (one, two):
        assert pull.merge(merge_method="squash", sha=pull.head.sha).merged
    listed = room.as_("mau").get_contents("ideas")
    assert isinstance(listed, list)
    assert [item.name for item in listed] == ["1.yaml", "2.yaml"]
    assert room.as_("mau").get_branch("main").commit.commit.message == "Add ideas/2.yaml (#2)"


def test_conflict_is_dirty_and_not_merged(room: Room) -> None:
    one, two = opened(room, "x", "same.txt", "x\n"), opened(room, "y", "same.txt", "y\n")
    one.merge()
    two.update()
    assert (two.mergeable, two.mergeable_state) == (False, "dirty")
    assert refused(405, two.merge)["message"] == "Pull Request is not mergeable"


def test_files_counts_and_patch(room: Room) -> None:
    pull = opened(room, "x", "docs/b.txt", "1\n2\n")
    files = list(pull.get_files())
    assert [(f.filename, f.status, f.additions, f.deletions) for f in files] == [("docs/b.txt", "added", 2, 0)]
    assert files[0].patch == "@@ -0,0 +1,2 @@\n+1\n+2"
    assert (pull.additions, pull.changed_files, pull.commits) == (2, 1, 1)


def test_refusals_to_open(room: Room) -> None:
    repo = room.as_("mau")
    opened(room, "x", "x.txt")
    repo.create_git_ref("refs/heads/same", repo.get_branch("main").commit.sha)
    for head in ("x", "nowhere", "same"):
        details = refused(422, partial(repo.create_pull, base="main", head=head, title="T"))
        assert details["message"] == "Validation Failed"
        assert details["errors"]


def test_wrong_sha_is_a_409(room: Room) -> None:
    pull = opened(room, "x", "x.txt")
    assert "Head branch was modified" in refused(409, lambda: pull.merge(sha="0" * 40))["message"]


def test_merge_closes_the_issue_it_names(room: Room) -> None:
    repo = room.as_("mau")
    issue = repo.create_issue("Ý tưởng")
    room.file_on_branch("x", "x.txt")
    repo.create_pull(base="main", head="x", title="T", body=f"Closes #{issue.number}").merge()
    issue.update()
    assert (issue.state, issue.state_reason) == ("closed", "completed")


def test_head_follows_writes(room: Room) -> None:
    pull = opened(room, "x", "x.txt")
    before = pull.head.sha
    room.as_("mau").create_file("y.txt", "y", "y", branch="x")
    pull.update()
    assert pull.head.sha != before
    assert pull.changed_files == 2


def test_missing_pull_is_404(room: Room) -> None:
    with pytest.raises(GithubException) as caught:
        room.as_("mau").get_pull(99)
    assert caught.value.status == 404


def test_closing_and_reopening(room: Room) -> None:
    pull = opened(room, "x", "x.txt")
    room.as_("mau").get_issue(pull.number).edit(state="closed")
    sha = room.as_("mau").create_file("y.txt", "y", "y", branch="x")["commit"].sha
    pull.update()
    assert (pull.state, pull.head.sha == sha) == ("closed", False)
    pull.edit(state="open")
    assert (pull.state, pull.head.sha) == ("open", sha)
    pull.merge()
    refused(422, partial(pull.edit, state="open"))


def test_deleting_the_head_closes_and_pushing_it_to_main_merges(room: Room) -> None:
    repo = room.as_("mau")
    gone, pushed = opened(room, "x", "x.txt"), opened(room, "y", "y.txt")
    repo.get_git_ref("heads/x").delete()
    repo.get_git_ref("heads/main").edit(pushed.head.sha)
    gone.update()
    pushed.update()
    assert (gone.state, gone.merged) == ("closed", False)
    assert (pushed.state, pushed.merged) == ("closed", True)
