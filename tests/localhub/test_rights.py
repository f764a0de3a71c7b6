"""Tokens hold exactly what they were given; people what their role gives."""

from functools import partial

import pytest
import requests
from github import GithubException
from hub_room import REPO, Room, refused

pytest_plugins = ["hub_fixtures"]
NO_RIGHT = "Resource not accessible by integration"


def test_token_rights_are_exact(room: Room) -> None:
    number = room.as_("mau").create_issue("Việc").number
    reader = room.with_rights(issues="read", contents="read")
    assert reader.get_issue(number).title == "Việc"
    assert refused(403, partial(reader.get_issue(number).create_comment, "x"))["message"] == NO_RIGHT
    assert refused(403, partial(reader.create_git_ref, "refs/heads/x", "0" * 40))["message"] == NO_RIGHT
    refused(403, partial(list, reader.get_pulls()))
    writer = room.with_rights(issues="write")
    writer.get_issue(number).create_comment("x")
    writer.get_issue(number).add_to_labels("mới")
    assert writer.get_issue(number).get_comments()[0].user.login == "github-actions[bot]"


def test_either_right_comments_on_a_pull(room: Room) -> None:
    room.file_on_branch("x", "x.txt")
    number = room.as_("mau").create_pull(base="main", head="x", title="T").number
    room.with_rights(pull_requests="write").get_issue(number).create_comment("x")
    room.with_rights(issues="write").get_issue(number).add_to_labels("x")


def test_empty_rights_still_read_metadata(room: Room) -> None:
    repo = room.with_rights()
    assert repo.full_name == REPO
    refused(403, partial(repo.get_contents, "README.md"))


def test_unknown_token_is_401(room: Room) -> None:
    with pytest.raises(GithubException) as caught:
        room.client("ghp_none").get_repo(REPO)
    assert (caught.value.status, caught.value.data["message"]) == (401, "Bad credentials")


def test_nobody_may_read_public_but_not_write(room: Room) -> None:
    url = f"{room.hub.api_url}/repos/{REPO}"
    assert requests.get(url, timeout=5).status_code == 200
    assert requests.post(f"{url}/issues", json={"title": "x"}, timeout=5).status_code == 401


def test_private_repository_is_hidden(room: Room) -> None:
    room.hub.add_repository("mau/kin", private=True)
    room.hub.add_collaborator("mau/kin", "lan", "read")
    assert room.client(room.hub.user_token("lan")).get_repo("mau/kin").private
    refused(404, partial(room.client(room.hub.user_token("khach")).get_repo, "mau/kin"))
    stranger = room.client(room.hub.mint_token(REPO, {"contents": "read"}))
    refused(404, partial(stranger.get_repo, "mau/kin"))
    refused(404, partial(stranger.get_repo, room.client(room.hub.user_token("lan")).get_repo("mau/kin").id))


def test_roles(room: Room) -> None:
    repo = room.as_("mau")
    expected = {
        "mau": ("admin", "admin"),
        "lan": ("write", "write"),
        "hoa": ("read", "triage"),
        "khach": ("read", "read"),
    }
    for login, (permission, role) in expected.items():
        assert repo.get_collaborator_permission(login) == permission
        assert repo.get_collaborator_role_name(login) == role
    refused(403, partial(room.as_("hoa").create_git_ref, "refs/heads/x", repo.get_branch("main").commit.sha))
    room.hub.add_repository("mau/kin", private=True)
    kin = room.client(room.hub.user_token("mau")).get_repo("mau/kin")
    refused(404, partial(kin.get_collaborator_permission, "khach"))
