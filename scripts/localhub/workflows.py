"""Workflow files: what they say, read the way GitHub reads them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

_ON_STATUS = re.compile(r"\b(always|failure|cancelled)\s*\(")
_EVERY = ("actions", "checks", "contents", "deployments", "issues", "pages", "pull_requests", "statuses")
_LONGEST = 360.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Workflow:
    """One workflow file, every scalar read as text, so that `on` is no truth."""

    file: str
    name: str
    on: Mapping[str, Mapping[str, Any]]
    permissions: Any
    jobs: Mapping[str, Mapping[str, Any]]
    concurrency: str = ""
    text: str = ""

    @property
    def word(self) -> str:
        """Give the file's name without its ending, by which tests and people call it."""
        return self.file.rpartition(".")[0]


def read(file: str, text: str) -> Workflow:
    """Read a workflow file; one that GitHub would refuse is a ValueError."""
    try:
        record = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  # builds text alone
    except yaml.YAMLError as error:
        raise ValueError(f"{file}: {error}") from error
    if not isinstance(record, dict) or not record.get("on") or not isinstance(record.get("jobs"), dict):
        raise ValueError(f"{file}: a workflow needs `on` and `jobs`")
    on = record["on"]
    if isinstance(on, str):
        on = {on: {}}
    elif isinstance(on, list):
        on = {name: {} for name in on}
    group = record.get("concurrency", "")
    return Workflow(
        file=file,
        name=record.get("name") or f".github/workflows/{file}",
        on={name: (rule if isinstance(rule, dict) else {}) for name, rule in on.items()},
        permissions=record.get("permissions"),
        jobs=record["jobs"],
        concurrency=group if isinstance(group, str) else group.get("group", ""),
        text=text,
    )


def listed(value: Any) -> tuple[str, ...]:
    """Give what may be written as one word or as a list of words."""
    return (value,) if isinstance(value, str) and value else tuple(value or ())


def needs(body: Mapping[str, Any]) -> tuple[str, ...]:
    """List the jobs a job waits for."""
    return listed(body.get("needs"))


def runs_in_spite(body: Mapping[str, Any]) -> bool:
    """Tell whether a job's `if` may let it run though a job it waits for did not succeed."""
    return bool(_ON_STATUS.search(body.get("if", "")))


def environment(body: Mapping[str, Any]) -> str:
    """Give the name of a job's environment."""
    where = body.get("environment", "")
    return where if isinstance(where, str) else str(where.get("name", ""))


def minutes(body: Mapping[str, Any]) -> float:
    """Give the minutes a job may take."""
    try:
        return float(body.get("timeout-minutes", _LONGEST))
    except ValueError:
        return _LONGEST  # an expression


def steps(body: Mapping[str, Any]) -> dict[str, str]:
    """List a job's steps: the id by which act speaks of each, and its name."""
    return {str(step.get("id", number)): step_name(step) for number, step in enumerate(body.get("steps") or ())}


def step_name(step: Mapping[str, Any]) -> str:
    """Give the name a reader sees."""
    return str(step.get("name") or step.get("uses") or step.get("run") or "").strip().partition("\n")[0]


def wants_history(body: Mapping[str, Any]) -> bool:
    """Tell whether a job checks out more than the last commit."""
    depths = [(step.get("with") or {}).get("fetch-depth", "1") for step in body.get("steps") or ()]
    return any(depth != "1" for depth in depths)


def permissions(workflow: Workflow, job: str, *, untrusted: bool) -> dict[str, str]:
    """Give the rights a job's token has: its own, else the workflow's, else reading; never writing for a fork."""
    wanted = workflow.jobs[job].get("permissions", workflow.permissions)
    if wanted is None:
        granted = {"contents": "read"}
    elif isinstance(wanted, str):
        level = {"write-all": "write", "read-all": "read"}.get(wanted)
        granted = dict.fromkeys(_EVERY, level) if level else {}
    else:
        granted = {name.replace("-", "_"): level for name, level in wanted.items() if level != "none"}
    if untrusted:
        granted = {name: "read" for name in granted if name != "id_token"}
    return granted
