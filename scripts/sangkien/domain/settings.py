"""A repository's settings as read, what the desk wants of them, and what a check of the two comes to.

`Unread` stands wherever the key at hand may not look; it names the right that would let it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

State = Literal["ok", "missing", "weaker", "unknown"]
# The part of the settings a remedy changes.
Part = Literal["repository", "workflow-rights", "label", "ruleset", "environment", "pages"]
By = Literal["api", "person"]

DEFAULT_BRANCH = "main"  # the workflow files name it
ENVIRONMENT, KEY, CLIENT_ID, APP_ID = "desk", "APP_PRIVATE_KEY", "APP_CLIENT_ID", "APP_ID"
BALLOT_KEYS = "BALLOT_KEYS"  # what sealed ballots are opened with
PUBLIC_REPOSITORY, DEPLOY_KEY = "PUBLIC_REPOSITORY", "PUBLIC_DEPLOY_KEY"  # where the site is shown, and its key
ROLES = ("read", "triage", "write", "maintain", "admin")  # each holds the rights before it


@dataclass(frozen=True, slots=True)
class Unread:
    """A setting that could not be read; `right` is what it takes, as the forge calls it."""

    right: str


NOT_ON_PLAN = Unread("plan")  # the forge does not offer it to this repository


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule in force on a branch, and the ruleset it comes from."""

    kind: str
    ruleset: int
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruleset:
    """A ruleset of this repository; `passing` names who is let through, as (kind, number), if that may be known."""

    key: int
    name: str
    active: bool
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    rules: tuple[Mapping[str, Any], ...]
    passing: frozenset[tuple[str, int | None]] | Unread


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """An environment: the branches that may use it (None: any), what holds a job back, the names of its secrets."""

    branches: frozenset[str] | None
    waits: bool
    protections: Mapping[str, Any]  # as they are to be sent again, or they would be cleared
    secrets: frozenset[str] | Unread


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The repository the site is shown in, named by a variable; `pages` is the branch its Pages serve, if any."""

    name: str
    found: bool = True
    private: bool = False
    branches: tuple[str, ...] | Unread = ()
    pages: str | Unread | None = None
    writable: bool | Unread = True  # by a deploy key


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the forge says of a repository."""

    repository: str
    private: bool
    by_organization: bool
    plan: str | None
    default_branch: str
    has_issues: bool
    merging: Mapping[str, object] | Unread
    actions: Mapping[str, object] | Unread
    workflow_rights: Mapping[str, object] | Unread
    labels: Mapping[str, str] | Unread
    rules: Mapping[str, tuple[Rule, ...]] | Unread  # branch → rules in force
    rulesets: tuple[Ruleset, ...] | Unread
    environment: Environment | Unread | None
    secrets: frozenset[str] | Unread
    variables: Mapping[str, str] | Unread
    collaborators: Mapping[int, str] | Unread  # account → role
    files: Mapping[str, str] | Unread  # path → blob id, of the forms on the default branch
    pages: str | Unread | None  # how the site is built
    internal: bool = False  # everybody in the enterprise reads it
    forkable: bool = False
    forks: int = 0
    base_role: str | Unread = "none"  # what every member of the organisation may do
    shown: Shown | None = None

    @property
    def lacks_paid(self) -> bool:
        """Tell whether the plan keeps rulesets, environments and Pages from this repository."""
        return self.private and (self.plan == "free" or self.rules is NOT_ON_PLAN)

    def variable(self, name: str) -> str:
        """Give a variable's value; empty where there is none or it may not be read."""
        return "" if isinstance(self.variables, Unread) else self.variables.get(name, "").strip()

    @property
    def app(self) -> int | None:
        """The App's number, when the operator has noted it."""
        text = self.variable(APP_ID)
        return int(text) if text.isascii() and text.isdecimal() else None

    @property
    def passing_app(self) -> int | None:
        """The App that rulesets may let through; a person's own repository lets none."""
        return self.app if self.by_organization else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A council's seat as held today by an account."""

    council: str
    seat: str
    role: str
    account: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the desk wants, from the repository's own files."""

    topology: str
    labels: Mapping[str, str]
    forms: Mapping[str, str]  # path → blob id
    loose_actions: tuple[str, ...]  # actions used without a full commit id
    sweeps: int = 0  # runs a month that the clock starts
    seats: tuple[Seat, ...] = ()
    sample_councils: tuple[str, ...] = ()
    sealed_rounds: tuple[str, ...] = ()  # open now and scored in secret
    site_branch: str = "gh-pages"  # where the site is shown elsewhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """One change of the settings: the part, which one of it, and the values to set."""

    part: Part
    key: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What one look at the settings came to; `why` tells apart reasons that need their own words."""

    name: str
    state: State
    why: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    remedies: tuple[Remedy, ...] = ()

    @property
    def by(self) -> By:
        """Who can mend it."""
        return "api" if self.remedies else "person"


def fine(name: str, why: str = "", /, **params: str) -> Check:
    """Say that a setting is as it should be."""
    return Check(name=name, state="ok", why=why, params=params)


def missing(name: str, why: str = "", /, *remedies: Remedy, **params: str) -> Check:
    """Say that something is to be mended."""
    return Check(name=name, state="missing", why=why, params=params, remedies=remedies)


def weaker(name: str, why: str = "", /, **params: str) -> Check:
    """Say that a guarantee cannot be had here."""
    return Check(name=name, state="weaker", why=why, params=params)


def unknown(name: str, unread: Unread, why: str = "") -> Check:
    """Say that a setting could not be read, and what it takes."""
    return Check(name=name, state="unknown", why=why, params={"right": unread.right})
