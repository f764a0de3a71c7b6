"""act's log, one JSON message a line: which steps ran, how the job ended, what it printed."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Outcome = Literal["success", "failure", "skipped"]
_UNSUPPORTED = "Skipping unsupported platform"


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
class Reading:
    """How to read a log: the job, its steps by act's id, stand-ins to leave out, and words to blot out."""

    job: str
    steps: Mapping[str, str]
    aside: Collection[str] = ()
    may_skip: bool = False
    hidden: Sequence[str] = ()


def read(text: str, code: int, reading: Reading) -> Ran:
    """Read the log of one job; one that did not even begin has failed, unless its `if` may have said so."""
    every = list(_messages(text))
    messages = [message for message in every if message.get("jobID") not in reading.aside]
    log = "".join(str(message.get("msg", "")) + ("" if message.get("raw_output") else "\n") for message in messages)
    ends = [message["jobResult"] for message in messages if "jobResult" in message]
    others_failed = any(message.get("jobResult") == "failure" for message in every if message not in messages)
    outcome: Outcome = "success"
    if "failure" in ends or any(_UNSUPPORTED in str(message.get("msg")) for message in messages):
        outcome = "failure"
    elif not ends:
        fine = reading.may_skip and (code == 0 or others_failed)
        outcome = "skipped" if fine else "failure"
    elif code and not others_failed:
        outcome = "failure"
    return Ran(outcome=outcome, steps=tuple(_steps(messages, reading)), log=blot(log, reading.hidden))


def blot(text: str, hidden: Sequence[str]) -> str:
    """Blot secrets out, and each line of a secret of several lines."""
    words = {line for secret in hidden for line in (secret, *secret.splitlines()) if line.strip()}
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, "***")
    return text


def _steps(messages: Sequence[Mapping[str, Any]], reading: Reading) -> Iterator[Step]:
    """Give each job's steps, one job for each leg of a matrix, then those it passed over."""
    legs: dict[str, dict[str, Step]] = {}
    for message in messages:
        # An inner step of a composite action has a longer id; the outer one speaks for it.
        ids, result = list(message.get("stepID") or ()), message.get("stepResult")
        if len(ids) != 1 or message.get("stage") != "Main" or result not in ("success", "failure", "skipped"):
            continue
        name = blot(str(message.get("step", "")).strip().partition("\n")[0], reading.hidden)
        legs.setdefault(str(message.get("job")), {})[str(ids[0])] = Step(job=reading.job, name=name, outcome=result)
    begun = {str(message.get("job")) for message in messages if "jobResult" in message}
    for leg in sorted(begun | legs.keys()):
        known = legs.get(leg, {})
        yield from known.values()
        for key, name in reading.steps.items():
            if key not in known:
                yield Step(job=reading.job, name=name, outcome="skipped")


def _messages(text: str) -> Iterator[dict[str, Any]]:
    for line in text.splitlines():
        try:
            message = json.loads(line)
        except ValueError:
            message = {"msg": line}
        yield message if isinstance(message, dict) else {"msg": line}
