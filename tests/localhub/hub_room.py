"""Ways for the tests to talk to the hub."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from github import Auth, Github, GithubException
from github.Repository import Repository

from localhub import Hub

REPO = "mau/sang-kien"


@dataclass
class Room:
    """The hub and ways to talk to it."""

    hub: Hub
    path: Path

    def client(self, token: str) -> Github:
        return Github(
            auth=Auth.Token(token),
            base_url=self.hub.api_url,
            retry=None,
            seconds_between_requests=0,
            seconds_between_writes=0,
        )

    def as_(self, login: str) -> Repository:
        return self.client(self.hub.user_token(login)).get_repo(REPO)

    def with_rights(self, **permissions: str) -> Repository:
        return self.client(self.hub.mint_token(REPO, permissions)).get_repo(REPO)

    def file_on_branch(self, branch: str, path: str, text: str = "one\n") -> str:
        """Make a branch with one new file and give its head."""
        repo = self.as_("mau")
        base = repo.get_branch("main").commit.sha
        repo.create_git_ref(f"refs/heads/{branch}", base)
        done = repo.create_file(path, f"Add {path}", text, branch=branch)
        return done["commit"].sha


def refused(status: int, action: Callable[[], object]) -> dict[str, Any]:
    """Run what must be refused with this status and give the answer's body."""
    with pytest.raises(GithubException) as caught:
        action()
    assert caught.value.status == status
    data: dict[str, Any] = caught.value.data
    return data
