"""How far an idea sent without an account has come, and what its sender may do now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

# queued: stored here, not yet at the desk; closed: somebody at the desk closed it without a word.
State = Literal["queued", "waiting", "mend", "returned", "received", "concluded", "withdrawn", "closed"]
Step = Literal["sent", "delivered", "received", "concluded", "public"]
Deed = Literal["edit", "answer", "withdraw", "erase"]

STEPS: Sequence[Step] = ("sent", "delivered", "received", "concluded", "public")
OPEN: Sequence[State] = ("queued", "waiting", "mend", "returned")  # the sender may still change it
_WHEN: Mapping[State, Step] = {
    "waiting": "delivered",
    "mend": "delivered",
    "returned": "delivered",
    "received": "received",
    "concluded": "concluded",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """What is kept of an idea once it is at the desk; `days` are those on which a step was first seen done."""

    code: str
    state: State
    pull: int = 0
    reason: str = ""
    head: str = ""  # the commit the reason was read of
    erase_on: str = ""
    days: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the register says of an idea: the newest outcome, its day and reasons, and whether its page is public."""

    outcome: str = ""
    day: str = ""
    reasons: str = ""
    public: bool = False
    public_on: str = ""
    awaits_more: bool = False
    withdrawn: bool = False


def days_after(slip: Slip, state: State, day: str) -> dict[str, str]:
    """Give the days of the steps once a state was seen on a day."""
    step = _WHEN.get(state)
    return {**slip.days, step: slip.days.get(step, day)} if step else dict(slip.days)


def steps(slip: Slip, verdict: Verdict) -> list[tuple[Step, bool, str]]:
    """List the steps of the way, whether each is done, and on which day if that is known."""
    days = dict(slip.days)
    if verdict.outcome:
        days["concluded"] = verdict.day
    if verdict.public:
        days["public"] = verdict.public_on
    reached = max((place for place, step in enumerate(STEPS) if step in days), default=0)
    return [(step, place <= reached, days.get(step, "")) for place, step in enumerate(STEPS)]


def deeds(slip: Slip, verdict: Verdict) -> list[Deed]:
    """List what the sender may do now."""
    found: list[Deed] = []
    if slip.state == "withdrawn" or verdict.withdrawn:
        return [] if slip.erase_on else ["erase"]
    if verdict.awaits_more or slip.state in ("mend", "returned"):
        found.append("answer")
    elif slip.state in OPEN and not verdict.outcome:
        found.append("edit")
    if not verdict.outcome and slip.state != "closed":
        found.append("withdraw")
    return found if slip.erase_on else [*found, "erase"]
