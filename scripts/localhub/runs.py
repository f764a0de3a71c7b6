"""Runs of workflows: what became of each, and the event that tells of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from localhub.actlog import Step
from localhub.triggers import Event
from localhub.workflows import Workflow

State = Literal["queued", "running", "done", "replaced", "awaiting"]


@dataclass(slots=True, kw_only=True)
class Run:
    """One run of a workflow; `state` is queued, running, done, replaced, or awaiting somebody's approval."""

    workflow: str
    event: str
    action: str
    group: str = ""
    number: int = 0
    ref: str = ""
    commit: str = ""
    state: State = "queued"
    jobs: dict[str, str] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    permissions: dict[str, dict[str, str]] = field(default_factory=dict)
    environments: dict[str, str] = field(default_factory=dict)
    minutes: dict[str, float] = field(default_factory=dict)
    log: str = ""

    def ran(self, name: str) -> bool:
        """Tell whether a step of this name ran and succeeded."""
        return any(step.name == name and step.outcome == "success" for step in self.steps)

    @property
    def failures(self) -> list[str]:
        """Name the steps that failed, as `job: step`."""
        return [f"{step.job}: {step.name}" for step in self.steps if step.outcome == "failure"]

    @property
    def conclusion(self) -> str:
        """Say how it ended, in GitHub's words; nothing while it has not."""
        ended = {"replaced": "cancelled", "awaiting": "action_required"}.get(self.state)
        if ended or self.state != "done":
            return ended or ""
        outcomes = set(self.jobs.values())
        return "failure" if "failure" in outcomes else "skipped" if outcomes <= {"skipped"} else "success"


@dataclass(frozen=True, slots=True)
class Task:
    """A run to be made."""

    run: Run
    workflow: Workflow
    event: Event


def told(task: Task, action: str) -> Event:
    """Give the workflow_run event of a run."""
    run, event = task.run, task.event
    repository = event.payload["repository"]
    head: Mapping[str, Any] = event.pull.get("head") or {}
    on_branch = run.ref.startswith("refs/heads/")
    about = {
        "id": run.number,
        "run_number": run.number,
        "run_attempt": 1,
        "name": task.workflow.name,
        "path": f".github/workflows/{task.workflow.file}",
        "event": event.name,
        "status": {"requested": "queued", "in_progress": "in_progress"}.get(action, "completed"),
        "conclusion": run.conclusion or None,
        "head_branch": head.get("ref") or (run.ref.split("/", 2)[2] if on_branch else None),
        "head_sha": head.get("sha") or run.commit,
        "head_repository": (head.get("repo") if head else repository),
        "actor": event.payload.get("sender"),
        "pull_requests": [] if event.from_fork or not event.pull else [_brief(event)],
    }
    kept = {key: event.payload[key] for key in ("repository", "sender", "organization") if key in event.payload}
    workflow = {"name": task.workflow.name, "path": about["path"]}
    payload = {**kept, "action": action, "workflow": workflow, "workflow_run": about}
    return Event(name="workflow_run", payload=payload, depth=event.depth + 1)


def _brief(event: Event) -> dict[str, Any]:
    pull = event.pull
    ends = {key: {"ref": pull[key]["ref"], "sha": pull[key]["sha"]} for key in ("head", "base")}
    return {"number": pull.get("number"), **ends}
