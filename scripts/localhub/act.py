"""act: one job of one workflow file, run on this computer."""

import json
import os
import subprocess
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_GLANCE = 0.5  # seconds between looks at whether to stop
_PATIENCE = 5  # seconds for act to end its steps when it is told to stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """All that one run of act needs; nothing else of this computer's environment reaches the job."""

    act: Path
    checkout: Path
    room: Path
    workflow: Path
    job: str
    event: str
    payload: Mapping[str, Any]
    path: str
    actor: str
    branch: str
    secrets: Mapping[str, str]
    variables: Mapping[str, str]
    environment: Mapping[str, str]
    labels: Collection[str]
    minutes: float
    options: Sequence[str] = ()
    stopped: Callable[[], bool] = bool


def run(order: Order) -> tuple[str, int]:
    """Run one job and give the log and the exit code; a job that takes too long is stopped and has failed."""
    home = order.room / "home"
    home.mkdir(parents=True, exist_ok=True)
    payload = order.room / "event.json"
    payload.write_text(json.dumps(order.payload), encoding="utf-8")
    with _secrets(order.room / "secrets.yaml", order.secrets) as secrets:
        process = subprocess.Popen(
            [str(order.act), *_words(order, payload, secrets)],
            cwd=order.room,  # not the checkout, whose .actrc act would obey
            env={"PATH": order.path, "HOME": str(home), "LANG": "C.UTF-8", "TMPDIR": str(order.room)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        return _finish(process, order)


def _finish(process: subprocess.Popen[str], order: Order) -> tuple[str, int]:
    """Wait for the end, or bring it about: told to stop, act ends its steps too, which run in sessions of their own."""
    end = time.monotonic() + order.minutes * 60
    while True:
        left = end - time.monotonic()
        try:
            return process.communicate(timeout=min(max(left, 0), _GLANCE))[0], process.returncode
        except subprocess.TimeoutExpired:
            if left <= 0 or order.stopped():
                break
    process.terminate()
    reason = f"The job has exceeded its {order.minutes:g} minutes." if left <= 0 else "The job was stopped."
    try:
        return f"{process.communicate(timeout=_PATIENCE)[0]}\n{reason}", 1
    except subprocess.TimeoutExpired:
        process.kill()
        return f"{process.communicate()[0]}\n{reason}", 1


def _words(order: Order, payload: Path, secrets: Path) -> Iterator[str]:
    yield from (order.event, "-C", str(order.checkout), "-W", str(order.workflow), "-j", order.job)
    yield from ("-e", str(payload), "--secret-file", str(secrets), "--json", "--no-cache-server")
    yield from ("--action-cache-path", str(order.room / "actions"), "--actor", order.actor)
    yield from ("--defaultbranch", order.branch, *order.options)
    for kind in ("--env-file", "--var-file", "--input-file"):
        yield from (kind, os.devnull)  # else act reads the checkout's .env, .vars and .input
    for label in sorted(order.labels):
        yield from ("-P", f"{label}=-self-hosted")
    for name, value in order.environment.items():
        yield from ("--env", f"{name}={value}")
    for name, value in order.variables.items():
        yield from ("--var", f"{name}={value}")


@contextmanager
def _secrets(place: Path, secrets: Mapping[str, str]) -> Iterator[Path]:
    """Write secrets where only act looks; JSON is YAML, in which act expands nothing."""
    place.touch(mode=0o600)
    place.write_text(json.dumps(dict(secrets)), encoding="utf-8")
    try:
        yield place
    finally:
        place.unlink()
