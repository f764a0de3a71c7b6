"""act's log: what counts as success, failure and skipped."""

import json
from typing import Any

import pytest

from localhub.actlog import Ran, Reading, Step, blot, read


def line(**message: Any) -> str:
    return json.dumps({"job": "w/j", "jobID": "j", "msg": ""} | message)


def step(key: str, name: str, result: str, job: str = "w/j") -> str:
    return line(job=job, stage="Main", step=name, stepID=[key], stepResult=result)


def ran(*lines: str, code: int = 0, **how: Any) -> Ran:
    return read("\n".join(lines), code, Reading(**{"job": "j", "steps": {}} | how))


GOOD, BAD = line(jobResult="success"), line(jobResult="failure")
UNSUPPORTED = line(msg="🚧  Skipping unsupported platform -- Try running with `-P macos-15=...`")
OTHER = line(jobID="before", jobResult="failure")


@pytest.mark.parametrize(
    ("lines", "code", "how", "wanted"),
    [
        ([step("0", "a", "success"), GOOD], 0, {}, "success"),
        ([step("0", "a", "failure"), BAD], 1, {}, "failure"),
        ([step("0", "a", "failure"), GOOD], 0, {}, "success"),  # it may go wrong: continue-on-error
        ([UNSUPPORTED], 0, {"may_skip": True}, "failure"),
        ([UNSUPPORTED, GOOD], 0, {}, "failure"),  # one leg of a matrix
        ([], 0, {"may_skip": True}, "skipped"),
        ([], 0, {}, "failure"),
        (["Error: workflow is not valid"], 1, {"may_skip": True}, "failure"),
        ([OTHER, GOOD], 1, {"aside": {"before"}}, "success"),
        ([OTHER], 1, {"aside": {"before"}, "may_skip": True}, "skipped"),
        ([GOOD], 1, {}, "failure"),
    ],
)
def test_outcome(lines: list[str], code: int, how: dict[str, Any], wanted: str) -> None:
    assert ran(*lines, code=code, **how).outcome == wanted


def test_steps_by_leg_and_those_passed_over() -> None:
    inner = line(stage="Main", step="inner", stepID=["0", "1"], stepResult="failure")
    post = line(stage="Post", step="a", stepID=["0"], stepResult="failure")
    one = [step("0", "a\nb", "success", "w/j-1"), inner, post, line(job="w/j-1", jobResult="success")]
    two = [step("0", "a", "failure", "w/j-2"), line(job="w/j-2", jobResult="failure")]
    assert ran(*one, *two, steps={"0": "a", "s": "z"}).steps == (
        Step(job="j", name="a", outcome="success"),
        Step(job="j", name="z", outcome="skipped"),
        Step(job="j", name="a", outcome="failure"),
        Step(job="j", name="z", outcome="skipped"),
    )


def test_log_keeps_what_was_printed_and_blots_secrets_out() -> None:
    lines = [line(msg="said s3cret\n", raw_output=True), line(jobID="before", msg="x"), "plain key-2", line(msg="end")]
    log = ran(*lines, aside={"before"}, hidden=["s3cret", "key-1\nkey-2\n", ""]).log
    assert log == "said ***\nplain ***\nend\n"


def test_blot_takes_the_longer_first() -> None:
    assert blot("abcd abc", ["abc", "abcd"]) == "*** ***"
