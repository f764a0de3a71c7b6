"""The jobs of a run, one after the other, each with a token of exactly its rights."""

import json
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from localhub import act, actlog, expressions, solo, stubs, triggers, workflows
from localhub.actlog import Ran
from localhub.apps import Counter
from localhub.runs import Run, Task

# What only a running workflow knows.
_NEEDS_MORE = re.compile(r"\b(needs|env|steps|secrets|inputs|matrix|always|success|failure|cancelled|hashFiles)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What every job needs: act, the hub's addresses, what the repository's settings hold."""

    act: Path
    path: str
    addresses: Mapping[str, str]
    secrets: Mapping[str, str]
    variables: Mapping[str, str]
    mint: Callable[[Mapping[str, str]], str]
    counter: Counter
    door: str
    artifacts: Path
    stopped: Callable[[], bool]


def ruled_out(task: Task, job: str, bench: Bench) -> bool:
    """Tell whether a job's `if` forbids it, as far as event and variables tell; act is asked whatever needs more."""
    said = str(task.workflow.jobs[job].get("if", "")).strip()
    condition = said[3:-2] if said.startswith("${{") and said.endswith("}}") else said
    if not condition or _NEEDS_MORE.search(condition):
        return False
    about = triggers.context(task.workflow, task.event, task.run.commit, task.run.number)
    try:
        return not expressions.evaluate(condition, about | {"vars": bench.variables})
    except ValueError:
        return False


def perform(task: Task, checkout: Path, bench: Bench) -> None:
    """Run the jobs whose needs allow it, in an order that respects them."""
    run, jobs = task.run, task.workflow.jobs
    outputs: dict[str, dict[str, str]] = {}
    waiting = list(jobs)
    while waiting:
        job = next((job for job in waiting if not set(workflows.needs(jobs[job])) & set(waiting)), "")
        if not job or any(need not in jobs for need in workflows.needs(jobs[job])):
            raise ValueError(f"{task.workflow.file}: {', '.join(waiting)}: a job needs itself or one that is not there")
        waiting.remove(job)
        body = jobs[job]
        run.environments[job] = workflows.environment(body)
        run.minutes[job] = workflows.minutes(body)
        needed = {run.jobs[need] for need in workflows.needs(body)}
        if needed - {"success"} and not workflows.runs_in_spite(body):
            run.jobs[job] = "skipped"
            continue
        if ruled_out(task, job, bench):
            run.jobs[job] = "skipped"
            continue
        run.permissions[job] = workflows.permissions(task.workflow, job, untrusted=task.event.is_untrusted)
        ran, outputs[job] = _perform_job(task, job, checkout, bench, outputs)
        run.jobs[job] = ran.outcome
        run.steps += ran.steps
        run.log += ran.log


def _perform_job(
    task: Task, job: str, checkout: Path, bench: Bench, outputs: Mapping[str, Mapping[str, str]]
) -> tuple[Ran, dict[str, str]]:
    run, workflow, event = task.run, task.workflow, task.event
    room = checkout.parent / f"job-{len(run.jobs)}"
    room.mkdir()
    file, report = checkout / ".github" / "workflows" / workflow.file, room / "outputs.json"
    name = job
    if solo.is_needed(workflow, job):
        file, name = room / workflow.file, solo.target(workflow, job)
        file.write_text(solo.alone(workflow, job, run.jobs, outputs, report), encoding="utf-8")
    token = bench.mint(run.permissions[job])
    secrets = {} if event.is_untrusted else bench.secrets
    door = bench.counter.open()
    try:
        text, code = act.run(
            act.Order(
                act=bench.act,
                checkout=checkout,
                room=room,
                workflow=file,
                job=name,
                event=event.name,
                payload=event.payload,
                path=bench.path,
                actor=event.actor,
                branch=event.default_branch,
                secrets={**secrets, "GITHUB_TOKEN": token},
                variables=bench.variables,
                environment={**bench.addresses, **_said_of(task)},
                labels={*stubs.labels(checkout), solo.LABEL},
                minutes=run.minutes[job],
                stopped=bench.stopped,
                options=stubs.make(checkout, room / "stubs", f"{bench.door}/{door.key}", bench.artifacts),
            )
        )
    finally:
        bench.counter.close(door)
    body = workflow.jobs[job]
    hidden = [token, *secrets.values(), *door.issued]
    reading = actlog.Reading(
        job=job,
        steps=workflows.steps(body),
        aside={*workflows.needs(body), solo.REPORT},
        may_skip="if" in body or "uses" in body,
        hidden=hidden,
    )
    put_out = _outputs(report, hidden)
    shutil.rmtree(room, ignore_errors=True)  # act's copy of the checkout, as large as the repository
    return actlog.read(text, code, reading), put_out


def _outputs(report: Path, hidden: list[str]) -> dict[str, str]:
    """Read what a job put out; as on GitHub, what holds a secret is not passed on."""
    told = json.loads(report.read_text(encoding="utf-8")) if report.is_file() else {}
    told = {name: str(value) for name, value in (told or {}).items()}
    return {name: value if actlog.blot(value, hidden) == value else "" for name, value in told.items()}


def _said_of(task: Task) -> dict[str, str]:
    """Give what act would guess from the checkout, and for reviews guesses wrongly."""
    run, event = task.run, task.event
    inside = event.uses_merge or event.name == "pull_request_target"
    return {
        "GITHUB_REPOSITORY": str(event.payload["repository"]["full_name"]),
        "GITHUB_REF": run.ref,
        "GITHUB_REF_NAME": run.ref.split("/", 2)[2],
        "GITHUB_REF_TYPE": "tag" if run.ref.startswith("refs/tags/") else "branch",
        "GITHUB_HEAD_REF": str(event.pull["head"]["ref"]) if inside else "",
        "GITHUB_BASE_REF": str(event.pull["base"]["ref"]) if inside else "",
        "GITHUB_RUN_ID": str(run.number),
        "GITHUB_RUN_NUMBER": str(run.number),
        "SHA_REF": run.commit,
    }


def refuse(run: Run, reason: str) -> None:
    """Note that a run could not begin."""
    run.jobs["(workflow)"], run.log, run.state = "failure", f"{run.log}{reason}\n", "done"
