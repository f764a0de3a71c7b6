"""Which workflows an event starts, as GitHub judges and act does not."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import yaml

from localhub.globs import any_match, matches

Answer = Literal["run", "awaiting", "no"]
_PULL = ("pull_request", "pull_request_target")
_PULL_TYPES = ("opened", "synchronize", "reopened")
_ALWAYS = ("workflow_dispatch", "repository_dispatch")
_UNTRUSTED = ("pull_request", "pull_request_review", "pull_request_review_comment")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened; `token` tells with which kind of token, `files` which paths it touched."""

    name: str
    payload: Mapping[str, Any]
    token: str = "user"  # noqa: S105  # a kind, no secret
    files: Sequence[str] = ()

    @property
    def action(self) -> str:
        return str(self.payload.get("action", ""))

    @property
    def pull(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.payload.get("pull_request") or {}
        return found

    @property
    def from_fork(self) -> bool:
        home = (self.pull.get("head") or {}).get("repo") or {}
        return bool(self.pull) and home.get("full_name") != self.payload["repository"]["full_name"]

    @property
    def is_untrusted(self) -> bool:
        """Tell whether its jobs get no secret and a token that only reads."""
        return self.name in _UNTRUSTED and self.from_fork


@dataclass(frozen=True, slots=True, kw_only=True)
class Workflow:
    """One workflow file, every scalar read as text, so that `on` is no truth."""

    file: str
    name: str
    on: Mapping[str, Mapping[str, Any]]
    permissions: Any
    jobs: Mapping[str, Mapping[str, Any]]
    concurrency: str = ""
    uses: tuple[str, ...] = field(default=())


def read(path: Path) -> Workflow:
    """Read a workflow file."""
    record: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  # builds text alone
    on = record["on"]
    if isinstance(on, str):
        on = {on: {}}
    elif isinstance(on, list):
        on = {name: {} for name in on}
    group = record.get("concurrency", "")
    return Workflow(
        file=path.name,
        name=record.get("name", path.stem),
        on={name: (rule if isinstance(rule, dict) else {}) for name, rule in on.items()},
        permissions=record.get("permissions"),
        jobs=record["jobs"],
        concurrency=group if isinstance(group, str) else group.get("group", ""),
    )


def answer(workflow: Workflow, event: Event) -> Answer:
    """Tell whether an event starts a workflow."""
    rule = workflow.on.get(event.name)
    if rule is None or not _takes(rule, event):
        return "no"
    if event.token == "actions" and event.name not in _ALWAYS:  # noqa: S105  # a kind, no secret
        # What a workflow's own token does starts nothing; its pull requests wait for somebody's approval.
        return "awaiting" if event.name == "pull_request" and event.action in _PULL_TYPES else "no"
    return "run"


def _takes(rule: Mapping[str, Any], event: Event) -> bool:
    types = _listed(rule.get("types")) or (_PULL_TYPES if event.name in _PULL else ())
    if types and event.action not in types:
        return False
    if event.name == "workflow_run":
        run = event.payload["workflow_run"]
        return run["name"] in _listed(rule.get("workflows")) and _branch(rule, "branches", run.get("head_branch") or "")
    if event.name in _PULL:
        return _branch(rule, "branches", event.pull["base"]["ref"]) and _paths(rule, event.files)
    if event.name == "push":
        return _pushed(rule, str(event.payload["ref"])) and _paths(rule, event.files)
    return True


def _pushed(rule: Mapping[str, Any], ref: str) -> bool:
    kind, name = ("tags", ref[10:]) if ref.startswith("refs/tags/") else ("branches", ref.removeprefix("refs/heads/"))
    other = {"tags": "branches", "branches": "tags"}[kind]
    asked = any(f"{kind}{suffix}" in rule for suffix in ("", "-ignore"))
    asked_other = any(f"{other}{suffix}" in rule for suffix in ("", "-ignore"))
    return _branch(rule, kind, name) if asked else not asked_other


def _branch(rule: Mapping[str, Any], kind: str, name: str) -> bool:
    if kind in rule:
        return matches(_listed(rule[kind]), name)
    if f"{kind}-ignore" in rule:
        return not matches(_listed(rule[f"{kind}-ignore"]), name)
    return True


def _paths(rule: Mapping[str, Any], files: Sequence[str]) -> bool:
    if "paths" in rule:
        return any_match(_listed(rule["paths"]), files)
    if "paths-ignore" in rule:
        ignored = _listed(rule["paths-ignore"])
        return not files or any(not matches(ignored, name) for name in files)
    return True


def _listed(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) and value else tuple(value or ())


_EVERY = ("actions", "checks", "contents", "deployments", "issues", "pages", "pull_requests", "statuses")


def permissions(workflow: Workflow, job: str, event: Event) -> dict[str, str]:
    """Give the rights a job's token has: its own, else the workflow's, else reading; never writing for a fork."""
    wanted = workflow.jobs[job].get("permissions", workflow.permissions)
    if wanted is None:
        granted = {"contents": "read"}
    elif isinstance(wanted, str):
        level = {"write-all": "write", "read-all": "read"}.get(wanted)
        granted = dict.fromkeys(_EVERY, level) if level else {}
    else:
        granted = {name.replace("-", "_"): level for name, level in wanted.items() if level != "none"}
    if event.is_untrusted:
        granted = {name: "read" for name, level in granted.items() if level in ("read", "write")}
    return granted


_EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}")


def group(workflow: Workflow, event: Event) -> str:
    """Work out a concurrency group: paths into `github`, text and `||` are all that is understood."""

    def value(match: re.Match[str]) -> str:
        for part in match[1].split("||"):
            word = part.strip()
            if word.startswith("'"):
                return word.strip("'")
            if found := _look_up(word, workflow, event):
                return found
        return ""

    return _EXPRESSION.sub(value, workflow.concurrency)


def _look_up(word: str, workflow: Workflow, event: Event) -> str:
    at: Any = {"event": event.payload, "event_name": event.name, "workflow": workflow.name, "ref": ref(event)}
    for step in word.removeprefix("github.").split("."):
        at = at.get(step) if isinstance(at, Mapping) else None
    return "" if at is None else str(at)


def ref(event: Event) -> str:
    """Give the ref whose workflow files and code an event's runs use."""
    if event.name == "push":
        return str(event.payload["ref"])
    if event.name in _UNTRUSTED and event.pull:
        return f"refs/pull/{event.pull['number']}/merge"
    return f"refs/heads/{event.payload['repository'].get('default_branch', 'main')}"
