"""What the desk on a forge is made of: issues, pull requests, remarks, trees; plain values, whatever the forge."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sangkien.domain.review import Review

IDEA_BRANCH, RECORD_BRANCH = "idea/", "record/"
VALIDATE, SCORE = "ideas/validate", "council/score"  # the statuses every pull request needs
OPENING = "council/opening"  # says that the sealed ballots on a head were opened, and when


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A form as filled in; `key` is the forge's own number for it, `closed_by` the account that closed it."""

    number: int
    key: int
    body: str
    is_open: bool
    labels: frozenset[str]
    author: int
    created_at: str
    updated_at: str = ""
    closed_at: str | None = None
    closed_by: int | None = None
    is_pull: bool = False
    by_bot: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pull:
    """A pull request; `inside` tells a branch of this repository from one of a fork."""

    number: int
    title: str
    is_open: bool
    merged: bool
    branch: str
    head: str
    base: str
    inside: bool
    labels: frozenset[str]
    author: int
    by_bot: bool
    created_at: str = ""
    updated_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A comment under an issue or a pull request."""

    key: int
    body: str
    author: int
    by_bot: bool
    created_at: str
    edited: bool = False
    edited_by_other: bool = False  # where the forge tells


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """A commit by its id, its tree and its message."""

    key: str
    tree: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One file a pull request adds, changes, removes or renames."""

    path: str
    status: str
    before: str | None = None  # the path it had, when renamed


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What a commit bears under one context; `by_us` tells our own word from anybody else's."""

    state: str
    description: str
    created_at: str
    by_us: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A pull request with everything said under it; `asked` are the accounts whose review is asked for."""

    pull: Pull
    changes: tuple[Change, ...]
    statuses: Mapping[str, Status]
    asked: frozenset[int]
    reviews: tuple[Review, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeEntry:
    """One entry of a tree: mode as git writes it (`100644`), size in bytes of a file."""

    path: str
    mode: str
    key: str
    size: int = field(default=0)


def issue_of(branch: str) -> int | None:
    """Give the issue a bot's branch was made for; None for any other branch."""
    for prefix in (IDEA_BRANCH, RECORD_BRANCH):
        rest = branch.removeprefix(prefix)
        if rest != branch and rest.isdecimal():
            return int(rest)
    return None
