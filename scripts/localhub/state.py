"""What the hub remembers besides git: people, repositories and their conversations, all in memory."""

import itertools
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from pathlib import Path
from typing import Any

from localhub.repository import GitStore


class Role(IntEnum):
    """What a person may do in a repository; each role holds the rights below it."""

    NONE = 0
    READ = 1
    TRIAGE = 2
    WRITE = 3
    MAINTAIN = 4
    ADMIN = 5


@dataclass
class User:
    """An account: a person, a bot or an organisation."""

    id: int
    login: str
    type: str = "User"
    name: str | None = None
    plan: str = "free"
    base_role: str = "none"  # what an organisation says its members may do everywhere; here it gives them nothing
    gone: bool = False  # the account was deleted: what it wrote is a ghost's


@dataclass(frozen=True)
class Token:
    """A key; without `permissions` it may do whatever its owner may."""

    value: str
    kind: str
    login: str
    repository: int | None = None
    permissions: dict[str, str] | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True)
class Installation:
    """A GitHub App in a repository: what it may do there, and the key its word is checked by."""

    number: int
    client_id: str
    login: str
    repository: str
    permissions: dict[str, str]
    public_key: str


@dataclass
class Label:
    """A label of a repository."""

    id: int
    name: str
    color: str = "ededed"
    description: str | None = None


@dataclass
class Reaction:
    """One person's smiley on an issue or a comment."""

    id: int
    user: User
    content: str
    created_at: datetime


@dataclass
class Comment:
    """A comment on an issue or on a pull request's conversation."""

    id: int
    issue: "Issue"
    user: User
    body: str
    created_at: datetime
    updated_at: datetime
    reactions: list[Reaction] = field(default_factory=list)
    edited_at: datetime | None = None
    editor: User | None = None


@dataclass
class Review:
    """A review of a pull request."""

    id: int
    user: User
    body: str
    state: str
    commit_id: str
    submitted_at: datetime | None
    edited_at: datetime | None = None
    editor: User | None = None
    dismissed_message: str | None = None


@dataclass
class ReviewComment:
    """A remark on one line of a pull request's diff."""

    id: int
    review: Review
    path: str
    line: int
    side: str
    body: str
    created_at: datetime


@dataclass
class Pull:
    """What a pull request knows beyond its issue."""

    id: int
    base_ref: str
    base_sha: str
    head_repo: "Repository | None"
    head_owner: User
    head_ref: str
    head_sha: str
    draft: bool = False
    maintainer_can_modify: bool = False
    merged_at: datetime | None = None
    merged_by: User | None = None
    merge_commit_sha: str | None = None
    requested: list[User] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    review_comments: list[ReviewComment] = field(default_factory=list)


@dataclass
class Issue:
    """An issue, or the conversation of a pull request."""

    id: int
    number: int
    title: str
    body: str | None
    user: User
    created_at: datetime
    updated_at: datetime
    state: str = "open"
    state_reason: str | None = None
    closed_at: datetime | None = None
    closed_by: User | None = None
    locked: bool = False
    lock_reason: str | None = None
    pinned: bool = False
    labels: list[Label] = field(default_factory=list)
    assignees: list[User] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    reactions: list[Reaction] = field(default_factory=list)
    pull: Pull | None = None


@dataclass
class Status:
    """A verdict on a commit."""

    id: int
    state: str
    context: str
    description: str | None
    target_url: str | None
    creator: User
    created_at: datetime
    by_app: bool = False


@dataclass(frozen=True)
class Webhook:
    """An address that wants to hear of events."""

    url: str
    secret: str
    events: tuple[str, ...]


@dataclass
class Environment:
    """A named place workflows deploy to, with its protections and what it keeps."""

    id: int
    name: str
    created_at: datetime
    wait_timer: int = 0
    reviewers: list[User] = field(default_factory=list)
    prevent_self_review: bool = False
    branch_policy: dict[str, bool] | None = None
    policies: dict[int, str] = field(default_factory=dict)
    secrets: dict[str, datetime] = field(default_factory=dict)
    variables: dict[str, "Variable"] = field(default_factory=dict)


@dataclass
class Variable:
    """A value workflows may read."""

    value: str
    created_at: datetime
    updated_at: datetime


@dataclass
class Settings:
    """What an administrator has set in a repository, besides labels and merge options."""

    allowed_actions: str = "all"
    actions_enabled: bool = True
    sha_pinning_required: bool = False
    workflow_rights: str = "read"
    workflows_may_approve: bool = False
    alerts: bool = False
    pages: dict[str, Any] | None = None
    environments: dict[str, Environment] = field(default_factory=dict)
    secrets: dict[str, datetime] = field(default_factory=dict)
    variables: dict[str, Variable] = field(default_factory=dict)
    deploy_keys: dict[int, dict[str, Any]] = field(default_factory=dict)


@dataclass
class Repository:
    """A repository with everything said in it."""

    id: int
    owner: User
    name: str
    git: GitStore
    created_at: datetime
    private: bool = False
    default_branch: str = "main"
    description: str | None = None
    parent: "Repository | None" = None
    pushed_at: datetime | None = None
    options: dict[str, Any] = field(default_factory=dict)
    collaborators: dict[str, Role] = field(default_factory=dict)
    labels: dict[str, Label] = field(default_factory=dict)
    issues: dict[int, Issue] = field(default_factory=dict)
    statuses: dict[str, list[Status]] = field(default_factory=dict)
    webhooks: list[Webhook] = field(default_factory=list)
    rulesets: dict[int, dict[str, Any]] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
    artifacts: Path | None = None  # what its runs keep: run/number/name

    @property
    def full_name(self) -> str:
        return f"{self.owner.login}/{self.name}"

    def role_of(self, user: User | None) -> Role:
        """Tell what a person may do here."""
        if user is not None and user.id == self.owner.id:
            return Role.ADMIN
        given = self.collaborators.get(user.login.lower(), Role.NONE) if user is not None else Role.NONE
        return max(given, Role.NONE if self.private else Role.READ)

    def pulls(self) -> list[tuple[Issue, Pull]]:
        """List the pull requests, oldest first."""
        return [(issue, issue.pull) for issue in self.issues.values() if issue.pull is not None]


@dataclass(frozen=True)
class Call:
    """One API request as it was answered."""

    method: str
    path: str
    status: int
    login: str | None
    query: dict[str, str]


Listener = Callable[[Repository, str, dict[str, Any], User, Token | None], None]


class State:
    """Everything the hub remembers; one lock guards it."""

    def __init__(self, room: Path, now: Callable[[], datetime]):
        self.room = room
        self.now = now
        self.url = ""
        self.lock = threading.RLock()
        self.users: dict[str, User] = {}
        self.repositories: dict[str, Repository] = {}
        self.tokens: dict[str, Token] = {}
        self.installations: dict[int, Installation] = {}
        self._spent: dict[tuple[str, int], int] = {}
        self.calls: list[Call] = []
        self.listeners: list[Listener] = []
        self._ids = itertools.count(1_000_001)

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/v3"

    def publish(self, repo: Repository, event: str, payload: dict[str, Any], sender: User, token: Token | None) -> None:
        """Tell every listener what happened; without a token a person did it on the web pages."""
        for listener in self.listeners:
            listener(repo, event, payload, sender, token)

    def reset_at(self) -> int:
        """Give the second at which everyone's requests are counted anew: the next full hour."""
        return int(self.now().timestamp()) // 3600 * 3600 + 3600

    def spend(self, token: Token | None, *, free: bool = False) -> int:
        """Count a request and give the number of this hour."""
        key = (token.value if token else "", self.reset_at())
        with self.lock:
            self._spent[key] = self._spent.get(key, 0) + (not free)
            return self._spent[key]

    def next_id(self) -> int:
        """Give a number never given before."""
        return next(self._ids)

    def user(self, login: str) -> User | None:
        """Find an account by its name, whatever its case."""
        return self.users.get(login.lower())

    def user_by_id(self, number: int) -> User | None:
        """Find an account by its number."""
        return next((user for user in self.users.values() if user.id == number), None)

    def repository(self, full_name: str) -> Repository | None:
        """Find a repository by `owner/name`, whatever its case."""
        return self.repositories.get(full_name.lower())

    def forks_of(self, repo: Repository) -> list[Repository]:
        """List the forks of a repository."""
        return [other for other in self.repositories.values() if other.parent is repo]

    def network(self, repo: Repository) -> list[Repository]:
        """List the repositories that share one origin, the repository itself first."""
        root = repo.parent or repo
        return [repo, *(other for other in [root, *self.forks_of(root)] if other is not repo)]
