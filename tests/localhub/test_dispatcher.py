"""The dispatcher between a real hub and a stand-in for act: which runs there are, and how they line up."""

import subprocess
import time
from collections.abc import Sequence

import pytest
from dispatch_room import REPO, Place

from localhub.dispatcher import Dispatcher, Run
from localhub.receiver import Receiver, signature

pytest_plugins = ["dispatch_fixtures"]

TAG = ["-c", "user.name=Mẫu", "-c", "user.email=mau@example.org", "tag", "-a", "-m", "Two"]
JOB = "jobs: {j: {runs-on: ubuntu-24.04, steps: [{name: Go, run: go}]}}"


def on(what: str, more: str = "") -> str:
    return f"on: {what}\n{more}\n{JOB}\n"


def seen(dispatcher: Dispatcher) -> list[tuple[str, str, str]]:
    dispatcher.wait_idle(20)
    return sorted((run.workflow, run.event, run.state) for run in dispatcher.runs)


def until(gone: Sequence[Run], states: list[str]) -> None:
    for _ in range(200):
        if [run.state for run in gone] == states:
            return
        time.sleep(0.02)
    raise AssertionError([run.state for run in gone])


def test_an_issue_runs_what_listens_to_it(place: Place) -> None:
    place.repository(a=on("{issues: {types: [opened]}}"), b=on("{issues: {types: [closed]}}"), c=on("push"))
    dispatcher = place.start()
    place.issue()
    assert seen(dispatcher) == [("a", "issues", "done")]
    (run,) = dispatcher.runs
    assert (run.action, run.jobs, run.conclusion, run.ref) == ("opened", {"j": "success"}, "success", "refs/heads/main")
    assert run.permissions == {"j": {"contents": "read"}}
    assert place.hub.calls[-1].path.endswith("/issues")  # the dispatcher itself asks the API for nothing


def test_only_some(place: Place) -> None:
    place.repository(a=on("issues"), b=on("issues"))
    dispatcher = place.start(only=("b",))
    place.issue()
    assert seen(dispatcher) == [("b", "issues", "done")]


def test_own_token_starts_nothing(place: Place) -> None:
    place.repository(a=on("[issues, pull_request, pull_request_target, push]"), b=on("repository_dispatch"))
    dispatcher = place.start()
    token = place.hub.mint_token("mau/sang-kien", dict.fromkeys(("contents", "issues", "pull_requests"), "write"))
    place.issue(token=token)
    place.branch("x", {"x.txt": "x"}, token=token)
    place.pull("x", token)
    place.ask(token, "POST", "/dispatches", {"event_type": "go"})
    assert seen(dispatcher) == [("a", "pull_request", "awaiting"), ("b", "repository_dispatch", "done")]
    assert dispatcher.runs[0].conclusion == "action_required"


def test_the_app_s_token_starts_all(place: Place) -> None:
    place.repository(a=on("issues"))
    dispatcher = place.start()
    place.issue(token=place.hub.mint_token("mau/sang-kien", {"issues": "write"}, kind="app", login="b[bot]"))
    assert seen(dispatcher) == [("a", "issues", "done")]


def test_paths_of_pulls_and_pushes(place: Place) -> None:
    place.repository(
        ideas=on("{pull_request_target: {paths: ['ideas/**']}, push: {paths: ['ideas/**']}}"),
        code=on("{pull_request: {paths-ignore: ['ideas/**']}, push: {paths-ignore: ['ideas/**']}}"),
    )
    dispatcher = place.start()
    place.branch("one", {"ideas/1.yaml": "a"})
    place.pull("one")
    assert seen(dispatcher) == [("ideas", "pull_request_target", "done"), ("ideas", "push", "done")]
    place.branch("two", {"a.py": "a"})
    place.pull("two")
    assert seen(dispatcher)[:2] == [("code", "pull_request", "done"), ("code", "push", "done")]


def test_a_pull_brings_its_own_files_only_where_it_is_not_trusted(place: Place) -> None:
    place.repository(
        own=on("pull_request", "permissions: {contents: write}"),
        target=on("pull_request_target", "permissions: {contents: write}"),
    )
    dispatcher = place.start(secrets={"KEY": "k"})
    mine = on("[pull_request, pull_request_target]", "permissions: {contents: write, issues: write}")
    number = place.fork_pull({".github/workflows/evil.yml": mine})
    assert seen(dispatcher) == [
        ("evil", "pull_request", "done"),
        ("own", "pull_request", "done"),
        ("target", "pull_request_target", "done"),
    ]
    runs = {run.workflow: run for run in dispatcher.runs}
    assert runs["evil"].permissions == {"j": {"contents": "read", "issues": "read"}}
    assert runs["target"].permissions == {"j": {"contents": "write"}}
    assert (runs["own"].ref, runs["target"].ref) == (f"refs/pull/{number}/merge", "refs/heads/main")
    assert [name for name, run in sorted(runs.items()) if "./.github/workflows/evil.yml\n" in run.log] == [
        "evil",
        "own",
    ]


def test_a_pull_that_conflicts_runs_nothing_of_its_own(place: Place) -> None:
    place.repository({"same.txt": "0\n"}, a=on("[pull_request, pull_request_target]"))
    dispatcher = place.start()
    for name in ("one", "two"):
        place.branch(name, {"same.txt": f"{name}\n"})
    place.as_("mau")("PUT", f"/pulls/{place.pull('one')}/merge", {})
    seen(dispatcher)
    del dispatcher.runs[:]
    place.pull("two")
    assert seen(dispatcher) == [("a", "pull_request_target", "done")]


def test_a_merge_holds_both_sides(place: Place) -> None:
    place.repository(a=on("pull_request"))
    dispatcher = place.start()
    place.branch("one", {"one.txt": "1"})
    place.branch("two", {"two.txt": "2"})
    place.as_("mau")("PUT", f"/pulls/{place.pull('one')}/merge", {})
    seen(dispatcher)
    place.pull("two")
    seen(dispatcher)
    assert [f"./{name}.txt\n" in dispatcher.runs[-1].log for name in ("one", "two")] == [True, True]


def test_one_follows_another(place: Place) -> None:
    place.repository(
        ping=f"name: ping\n{on('issues')}",
        tally=f"name: tally\n{on('{workflow_run: {workflows: [ping], types: [completed]}}')}",
        after=on("{workflow_run: {workflows: [tally], types: [requested, in_progress]}}"),
    )
    dispatcher = place.start()
    place.issue()
    assert seen(dispatcher) == [
        ("after", "workflow_run", "done"),
        ("after", "workflow_run", "done"),
        ("ping", "issues", "done"),
        ("tally", "workflow_run", "done"),
    ]


def test_one_runs_one_waits_the_newest_stays(place: Place) -> None:
    place.repository(
        a=on("issues", "concurrency: all"), b=on("issues", "concurrency: 'i-${{ github.event.issue.number }}'")
    )
    place.gate.touch()
    dispatcher = place.start(only=("a",), workers=3)
    for _ in range(3):
        place.issue()
    place.hub.wait_deliveries()
    until(dispatcher.runs, ["running", "replaced", "queued"])
    place.gate.unlink()
    dispatcher.wait_idle(20)
    assert [run.conclusion for run in dispatcher.runs] == ["success", "cancelled", "success"]


def test_groups_by_number_run_side_by_side(place: Place) -> None:
    place.repository(b=on("issues", "concurrency: {group: 'i-${{ github.event.issue.number }}'}"))
    place.gate.touch()
    dispatcher = place.start()
    for _ in range(3):
        place.issue()
    until(dispatcher.runs, ["running", "running", "queued"])  # as many as there are workers
    place.gate.unlink()
    dispatcher.wait_idle(20)
    assert [run.group for run in dispatcher.runs] == ["i-1", "i-2", "i-3"]


def test_by_hand_and_by_the_clock(place: Place) -> None:
    both = on("{workflow_dispatch: {inputs: {n: {default: 1}}}, schedule: [{cron: '1 * * * *'}]}")
    place.repository(a=both, b=both, c=on("push"))
    dispatcher = place.start()
    dispatcher.dispatch("a", "workflow_dispatch", {"n": "2"})
    dispatcher.dispatch("b", "schedule")
    assert seen(dispatcher) == [("a", "workflow_dispatch", "done"), ("b", "schedule", "done")]
    for name, event in (("c", "schedule"), ("none", "schedule"), ("a", "push")):
        with pytest.raises(ValueError, match=r"schedule|push"):
            dispatcher.dispatch(name, event)


def test_by_the_api_just_the_one(place: Place) -> None:
    place.repository(a=on("workflow_dispatch"), b=on("workflow_dispatch"))
    dispatcher = place.start()
    place.branch("x", {".github/workflows/a.yml": f"# other\n{on('workflow_dispatch')}"})
    place.as_("mau")("POST", "/actions/workflows/a.yml/dispatches", {"ref": "x"})
    assert seen(dispatcher) == [("a", "workflow_dispatch", "done")]
    assert dispatcher.runs[0].ref == "refs/heads/x"


def test_needs(place: Place) -> None:
    text = """
on: issues
permissions: {}
jobs:
  last: {needs: [first, middle], if: "!cancelled()", runs-on: x, permissions: {issues: write}, steps: [{run: c}]}
  middle: {needs: first, runs-on: x, environment: desk, timeout-minutes: 3, steps: [{run: b}]}
  first: {runs-on: x, steps: [{run: a}]}
"""
    place.repository(a=text)
    dispatcher = place.start()
    place.issue()
    seen(dispatcher)
    (run,) = dispatcher.runs
    assert list(run.jobs) == ["first", "middle", "last"]
    assert run.permissions == {"first": {}, "middle": {}, "last": {"issues": "write"}}
    assert (run.environments["middle"], run.minutes["middle"]) == ("desk", 3)
    assert [f"-j {job} " in words for job, words in zip(run.jobs, place.told(), strict=True)] == [True] * 3


def test_jobs_that_wait_for_each_other(place: Place) -> None:
    place.repository(a="on: issues\njobs: {a: {needs: b, runs-on: x, steps: []}, b: {needs: a, runs-on: x, steps: []}}")
    dispatcher = place.start()
    place.issue()
    with pytest.raises(ValueError, match="needs itself"):
        dispatcher.wait_idle(20)
    assert dispatcher.runs[0].conclusion == "failure"


def test_a_file_that_cannot_be_read_is_a_run_that_failed(place: Place) -> None:
    place.repository(a=on("issues"), bad="on: [issues\n", group=on("issues", "concurrency: '${{ what( }}'"))
    dispatcher = place.start()
    place.issue()
    seen(dispatcher)
    assert {run.workflow: run.conclusion for run in dispatcher.runs} == {
        "a": "success",
        "bad": "failure",
        "group": "failure",
    }


def test_tags_and_branches_that_go(place: Place) -> None:
    place.repository(a=on("{push: {tags: ['v*']}}"), b=on("delete"))
    dispatcher = place.start()
    sha = place.branch("x", {"x": "x"})
    place.as_("mau")("POST", "/git/refs", {"ref": "refs/tags/v1", "sha": sha})
    subprocess.run(["git", "clone", "-q", f"{place.hub.url}/{REPO}.git", str(place.path / "work")], check=True)
    for words in (["fetch", "-q", "origin", "x"], [*TAG, "v2", sha], ["push", "-q", place.address("mau"), "v2"]):
        subprocess.run(["git", "-C", str(place.path / "work"), *words], check=True)
    place.as_("mau")("DELETE", "/git/refs/heads/x")
    assert seen(dispatcher) == [("a", "push", "done"), ("a", "push", "done"), ("b", "delete", "done")]
    assert [run.commit for run in dispatcher.runs[:2]] == [sha, sha]
    assert dispatcher.runs[0].ref == "refs/tags/v1"


def test_leaving_stops_what_runs(place: Place) -> None:
    place.repository(a=on("issues"))
    place.gate.touch()
    dispatcher = place.start()
    place.issue()
    until(dispatcher.runs, ["running"])
    with pytest.raises(TimeoutError, match=r"a \(running\)"):
        dispatcher.wait_idle(0.2)
    start = time.monotonic()
    place.stack.close()
    assert time.monotonic() - start < 10
    assert dispatcher.runs[0].conclusion == "failure"
    assert "stopped" in dispatcher.runs[0].log
    assert not (place.path / "runs").exists()


def test_signature_is_checked(place: Place) -> None:
    place.repository(a=on("issues"))
    taken: list[str] = []
    receiver = Receiver(lambda name, token, _: taken.append(f"{name} {token}"), place.start()._bench.counter)
    signed = {"X-Hub-Signature-256": signature(receiver.secret, b"{}"), "X-Github-Event": "issues"}
    assert [receiver.answer("/events", headers, b"{}")[0] for headers in ({}, {**signed})] == [401, 202]
    assert receiver.answer("/events", {**signed}, b"[]")[0] == 401
    assert receiver.answer("/other", {**signed}, b"{}")[0] == 404
    assert taken == ["issues user"]
