"""One job of a workflow taken by itself, so that it runs with its own token and the jobs it needs do not run again."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from localhub.workflows import Workflow, needs

LABEL = "localhub"
REPORT = "localhub-report"


class _Loader(yaml.SafeLoader):
    """Reads YAML 1.2's scalars: `on` is text, a date too."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith((":bool", ":timestamp"))]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def target(workflow: Workflow, job: str) -> str:
    """Give the job for act to run: the one asked for, or the one that tells what it put out."""
    return REPORT if workflow.jobs[job].get("outputs") or workflow.jobs[job].get("uses") else job


def is_needed(workflow: Workflow, job: str) -> bool:
    """Tell whether the workflow's own file will not do for this job."""
    return bool(needs(workflow.jobs[job])) or target(workflow, job) == REPORT


def alone(
    workflow: Workflow, job: str, results: Mapping[str, str], outputs: Mapping[str, Mapping[str, str]], report: Path
) -> str:
    """Write a workflow of this job, unchanged, with stand-ins for what it needs and a report of its outputs."""
    record: dict[str, Any] = yaml.load(workflow.text, Loader=_Loader)  # noqa: S506  # a safe loader
    before = {need: _stand_in(results[need], outputs.get(need, {})) for need in needs(workflow.jobs[job])}
    after = {REPORT: _report(job, report)} if target(workflow, job) == REPORT else {}
    alone = record | {"name": workflow.name, "jobs": before | {job: record["jobs"][job]} | after}
    return yaml.safe_dump(alone, sort_keys=False, allow_unicode=True)


def _stand_in(result: str, outputs: Mapping[str, str]) -> dict[str, Any]:
    body: dict[str, Any] = {"runs-on": LABEL, "steps": [{"run": "true" if result == "success" else "exit 1"}]}
    if result == "skipped":
        body["if"] = False
    quoted = {name: "${{{{ '{}' }}}}".format(value.replace("'", "''")) for name, value in outputs.items()}
    return body | ({"outputs": quoted} if quoted else {})


def _report(job: str, place: Path) -> dict[str, Any]:
    step = {
        "env": {"OUTPUTS": f"${{{{ toJSON(needs.{job}.outputs) }}}}", "PLACE": str(place)},
        "run": 'printf %s "$OUTPUTS" > "$PLACE"',
    }
    return {"runs-on": LABEL, "needs": [job], "if": "always()", "steps": [step]}
