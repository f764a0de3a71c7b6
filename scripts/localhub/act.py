"""act: one job of one workflow file, run on this computer."""

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Outcome = Literal["success", "failure", "skipped"]
_LABELS = ("ubuntu-latest", "ubuntu-24.04", "ubuntu-22.04")
_PATIENCE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a job, by the name a reader sees."""

    job: str
    name: str
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What one job came to."""

    outcome: Outcome
    steps: tuple[Step, ...]
    log: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """All that one run of act needs; nothing else of this computer's environment reaches the job."""

    act: Path
    checkout: Path
    room: Path
    workflow: str
    job: str
    event: str
    payload: Mapping[str, Any]
    path: str
    actor: str
    branch: str
    secrets: Mapping[str, str]
    variables: Mapping[str, str]
    environment: Mapping[str, str]
    options: Sequence[str] = ()


def run(order: Order) -> Ran:
    """Run one job; a job of which no step ran was skipped."""
    order.room.mkdir(parents=True, exist_ok=True)
    payload, secrets = order.room / "event.json", order.room / "secrets"
    payload.write_text(json.dumps(order.payload), encoding="utf-8")
    secrets.write_text("".join(f"{name}={json.dumps(value)}\n" for name, value in order.secrets.items()), "utf-8")
    command = [
        str(order.act), order.event, "-W", f".github/workflows/{order.workflow}", "-j", order.job, "-e", str(payload),
        "--json", "--no-cache-server", "--action-cache-path", str(order.room / "actions"), "--actor", order.actor,
        "--defaultbranch", order.branch, "--secret-file", str(secrets), *order.options,
        *(part for label in _LABELS for part in ("-P", f"{label}=-self-hosted")),
        *(part for name, value in order.environment.items() for part in ("--env", f"{name}={value}")),
        *(part for name, value in order.variables.items() for part in ("--var", f"{name}={value}")),
    ]  # fmt: skip
    home = order.room / "home"
    home.mkdir(exist_ok=True)
    environment = {"PATH": order.path, "HOME": str(home), "LANG": "C.UTF-8", "TMPDIR": str(order.room)}
    done = subprocess.run(
        command, cwd=order.checkout, env=environment, capture_output=True, text=True, check=False, timeout=_PATIENCE
    )
    secrets.unlink()
    return read(order.job, done.stdout + done.stderr, done.returncode, list(order.secrets.values()))


def read(job: str, text: str, code: int, hidden: Sequence[str] = ()) -> Ran:
    """Read act's log, one JSON message a line, with secrets blotted out."""
    messages = list(_messages(text))
    steps: dict[str, Step] = {}
    for message in messages:
        result, name = message.get("stepResult"), message.get("step", "")
        # An inner step of a composite action has a longer id; the outer one speaks for it.
        own = len(message.get("stepID") or ()) == 1 and message.get("stage") == "Main"
        if result in ("success", "failure", "skipped") and own:
            steps[str(message["stepID"])] = Step(job=job, name=name, outcome=result)
    log = "".join(str(message.get("msg", "")) + ("" if message.get("raw_output") else "\n") for message in messages)
    for secret in filter(None, hidden):
        log = log.replace(secret, "***")
    ended = next((str(m["jobResult"]) for m in reversed(messages) if "jobResult" in m), "")
    ran = tuple(step for step in steps.values() if step.outcome != "skipped")
    if code or ended == "failure" or "Skipping unsupported platform" in log:
        return Ran(outcome="failure", steps=tuple(steps.values()), log=log)
    return Ran(outcome="success" if ran else "skipped", steps=tuple(steps.values()), log=log)


def _messages(text: str) -> Iterator[dict[str, Any]]:
    for line in text.splitlines():
        try:
            message = json.loads(line)
        except ValueError:
            message = {"msg": line}
        yield message if isinstance(message, dict) else {"msg": line}
