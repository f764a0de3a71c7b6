"""Which workflows an event starts, as GitHub judges and act does not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from localhub.globs import any_match, matches
from localhub.workflows import Workflow, listed

Answer = Literal["run", "awaiting", "no"]
DEEPEST = 3
_PULL = ("pull_request", "pull_request_target")
_PULL_TYPES = ("opened", "synchronize", "reopened")
_ALWAYS = ("workflow_dispatch", "repository_dispatch")
_UNTRUSTED = ("pull_request", "pull_request_review", "pull_request_review_comment")
_SKIPS = ("[skip ci]", "[ci skip]", "[no ci]", "[skip actions]", "[actions skip]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened.

    `token` tells with which kind of token, `files` which paths it touched, `message` what its last commit says, `depth`
    how many runs led to it.
    """

    name: str
    payload: Mapping[str, Any]
    token: str = "user"  # noqa: S105  # a kind, no secret
    files: Sequence[str] = ()
    message: str = ""
    depth: int = 0

    @property
    def action(self) -> str:
        return str(self.payload.get("action", ""))

    @property
    def pull(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.payload.get("pull_request") or {}
        return found

    @property
    def default_branch(self) -> str:
        return str(self.payload["repository"].get("default_branch") or "main")

    @property
    def actor(self) -> str:
        return str((self.payload.get("sender") or {}).get("login", ""))

    @property
    def from_fork(self) -> bool:
        home = (self.pull.get("head") or {}).get("repo") or {}
        return bool(self.pull) and home.get("full_name") != self.payload["repository"]["full_name"]

    @property
    def is_untrusted(self) -> bool:
        """Tell whether its jobs get no secret and a token that only reads."""
        return self.name in _UNTRUSTED and self.from_fork

    @property
    def uses_merge(self) -> bool:
        """Tell whether its runs use a pull request merged with its base, files of workflows and all."""
        return self.name in _UNTRUSTED and bool(self.pull)

    @property
    def ref(self) -> str:
        """Give the ref whose workflow files and code its runs use."""
        if self.uses_merge:
            return f"refs/pull/{self.pull['number']}/merge"
        if self.name in ("push", "workflow_dispatch") and self.payload.get("ref"):
            return str(self.payload["ref"])
        if self.name == "create":
            return f"refs/{'tags' if self.payload['ref_type'] == 'tag' else 'heads'}/{self.payload['ref']}"
        return f"refs/heads/{self.default_branch}"


def answer(workflow: Workflow, event: Event) -> Answer:
    """Tell whether an event starts a workflow."""
    rule = workflow.on.get(event.name)
    if rule is None or event.depth > DEEPEST or not _takes(rule, event):
        return "no"
    if event.name == "workflow_dispatch":
        asked = str(event.payload.get("workflow", workflow.file)).rpartition("/")[2]
        return "run" if asked == workflow.file else "no"
    if event.token == "actions" and event.name not in _ALWAYS:  # noqa: S105  # a kind, no secret
        # What a workflow's own token does starts nothing; its pull requests wait for somebody's approval.
        return "awaiting" if event.name == "pull_request" and event.action in _PULL_TYPES else "no"
    return "run"


def _takes(rule: Mapping[str, Any], event: Event) -> bool:
    types = listed(rule.get("types")) or (_PULL_TYPES if event.name in _PULL else ())
    if types and event.action not in types:
        return False
    if event.name == "workflow_run":
        run = event.payload["workflow_run"]
        return run["name"] in listed(rule.get("workflows")) and _branch(rule, "branches", run.get("head_branch") or "")
    if event.name in ("push", "pull_request") and any(mark in event.message for mark in _SKIPS):
        return False
    if event.name in _PULL:
        return _branch(rule, "branches", event.pull["base"]["ref"]) and _paths(rule, event.files)
    if event.name == "push":
        return not event.payload.get("deleted") and _pushed(rule, str(event.payload["ref"]), event.files)
    return True


def _pushed(rule: Mapping[str, Any], ref: str, files: Sequence[str]) -> bool:
    tag = ref.startswith("refs/tags/")
    kind, other = ("tags", "branches") if tag else ("branches", "tags")
    if not _asks(rule, kind) and _asks(rule, other):
        return False
    return _branch(rule, kind, ref.split("/", 2)[2]) and (tag or _paths(rule, files))


def _asks(rule: Mapping[str, Any], kind: str) -> bool:
    return kind in rule or f"{kind}-ignore" in rule


def _branch(rule: Mapping[str, Any], kind: str, name: str) -> bool:
    if kind in rule:
        return matches(listed(rule[kind]), name)
    return not matches(listed(rule.get(f"{kind}-ignore")), name)


def _paths(rule: Mapping[str, Any], files: Sequence[str]) -> bool:
    if "paths" in rule:
        return any_match(listed(rule["paths"]), files)
    ignored = listed(rule.get("paths-ignore"))
    return not ignored or not files or any(not matches(ignored, name) for name in files)


def context(workflow: Workflow, event: Event, commit: str, number: int) -> dict[str, Any]:
    """Give what expressions outside of jobs may name."""
    payload, ref = event.payload, event.ref
    full_name = str(payload["repository"]["full_name"])
    inside = event.name in (*_PULL, *_UNTRUSTED)
    github = {
        "event": payload,
        "event_name": event.name,
        "workflow": workflow.name,
        "ref": ref,
        "ref_name": ref.split("/", 2)[2],
        "head_ref": event.pull["head"]["ref"] if inside and event.pull else "",
        "base_ref": event.pull["base"]["ref"] if inside and event.pull else "",
        "sha": commit,
        "actor": event.actor,
        "repository": full_name,
        "repository_owner": full_name.partition("/")[0],
        "run_id": str(number),
        "run_number": str(number),
    }
    return {"github": github, "inputs": payload.get("inputs") or {}}
