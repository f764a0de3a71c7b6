"""Which events start a workflow, with which rights: judged as GitHub does, without running anything."""

from typing import Any

import pytest

from localhub import expressions, triggers, workflows
from localhub.triggers import Event
from localhub.workflows import Workflow

HOME = {"full_name": "mau/sang-kien", "default_branch": "main"}


def workflow(on: str, rest: str = "") -> Workflow:
    return workflows.read("w.yml", f"name: W\non: {on}\n{rest}\njobs: {{j: {{runs-on: x, steps: [{{run: a}}]}}}}\n")


def event(name: str, token: str = "user", files: tuple[str, ...] = (), message: str = "", **payload: Any) -> Event:
    return Event(name=name, token=token, files=files, message=message, payload={"repository": HOME, **payload})


def pull(action: str = "opened", name: str = "pull_request", fork: bool = False, **more: Any) -> Event:
    repo = {"full_name": "khach/sang-kien" if fork else "mau/sang-kien"}
    about = {"number": 7, "head": {"ref": "x", "sha": "a", "repo": repo}, "base": {"ref": "main", "sha": "b"}}
    return event(name, action=action, pull_request=about, **more)


def push(ref: str, **more: Any) -> Event:
    return event("push", ref=ref, **more)


def run_of(name: str, branch: str = "main") -> Event:
    return event("workflow_run", action="completed", workflow_run={"name": name, "head_branch": branch})


MAIN, TAG = "refs/heads/main", "refs/tags/v1"


@pytest.mark.parametrize(
    ("on", "what", "wanted"),
    [
        # shapes of `on`, which YAML 1.1 reads as true
        ("issues", event("issues", action="opened"), "run"),
        ("[push, issues]", event("issues", action="opened"), "run"),
        ("{issues: }", event("issues", action="opened"), "run"),
        ("push", event("issues", action="opened"), "no"),
        # types
        ("{issues: {types: [opened, edited]}}", event("issues", action="edited"), "run"),
        ("{issues: {types: opened}}", event("issues", action="labeled"), "no"),
        ("issues", event("issues", action="labeled"), "run"),
        ("issue_comment", event("issue_comment", action="deleted"), "run"),
        ("pull_request", pull("reopened"), "run"),
        ("pull_request", pull("labeled"), "no"),
        ("pull_request_target", pull("closed", "pull_request_target"), "no"),
        ("{pull_request: {types: [closed]}}", pull("closed"), "run"),
        ("pull_request_review", pull("dismissed", "pull_request_review"), "run"),
        ("{repository_dispatch: {types: [go]}}", event("repository_dispatch", action="go"), "run"),
        ("{repository_dispatch: {types: [go]}}", event("repository_dispatch", action="stop"), "no"),
        # branches
        ("{pull_request: {branches: [main]}}", pull(), "run"),
        ("{pull_request: {branches: ['release/**']}}", pull(), "no"),
        ("{pull_request: {branches-ignore: [main]}}", pull(), "no"),
        ("{push: {branches: [main]}}", push(MAIN), "run"),
        ("{push: {branches: main}}", push("refs/heads/idea/1"), "no"),
        ("{push: {branches: ['**', '!idea/**']}}", push("refs/heads/idea/1"), "no"),
        ("{push: {branches-ignore: ['idea/**']}}", push(MAIN), "run"),
        ("push", push(TAG), "run"),
        ("push", push(MAIN, deleted=True), "no"),
        # tags
        ("{push: {branches: [main]}}", push(TAG), "no"),
        ("{push: {tags: ['v*']}}", push(TAG), "run"),
        ("{push: {tags: ['v*']}}", push(MAIN), "no"),
        ("{push: {tags-ignore: ['v*']}}", push(TAG), "no"),
        ("{push: {tags: ['v*'], branches: [main]}}", push(MAIN), "run"),
        ("{push: {paths: [docs/**]}}", push(TAG, files=("a.txt",)), "run"),
        # paths
        ("{push: {paths: ['docs/**']}}", push(MAIN, files=("docs/a/b.md",)), "run"),
        ("{push: {paths: ['docs/**']}}", push(MAIN, files=("a.md",)), "no"),
        ("{push: {paths: ['**.md', '!docs/**']}}", push(MAIN, files=("docs/a.md",)), "no"),
        ("{push: {paths: ['**.md', '!docs/**']}}", push(MAIN, files=("docs/a.md", "b.md")), "run"),
        ("{push: {branches: [main], paths: ['docs/**']}}", push("refs/heads/x", files=("docs/a",)), "no"),
        ("{pull_request: {paths-ignore: ['ideas/**']}}", pull(files=("ideas/1.yaml",)), "no"),
        ("{pull_request: {paths-ignore: ['ideas/**']}}", pull(files=("ideas/1.yaml", "a.py")), "run"),
        ("{pull_request_target: {paths: ['a*']}}", pull(name="pull_request_target", files=("b",)), "no"),
        # words in a commit that ask for peace
        ("push", push(MAIN, message="Fix [skip ci]"), "no"),
        ("pull_request", pull(message="[no ci]"), "no"),
        ("pull_request_target", pull(name="pull_request_target", message="[no ci]"), "run"),
        # by hand
        ("workflow_dispatch", event("workflow_dispatch"), "run"),
        ("workflow_dispatch", event("workflow_dispatch", workflow=".github/workflows/w.yml"), "run"),
        ("workflow_dispatch", event("workflow_dispatch", workflow=".github/workflows/other.yml"), "no"),
        ("{schedule: [{cron: '1 * * * *'}]}", event("schedule"), "run"),
        # what the workflows' own token does
        ("issues", event("issues", "actions", action="opened"), "no"),
        ("push", push(MAIN, token="actions"), "no"),
        ("issues", event("issues", "app", action="opened"), "run"),
        ("workflow_dispatch", event("workflow_dispatch", "actions"), "run"),
        ("repository_dispatch", event("repository_dispatch", "actions", action="go"), "run"),
        ("pull_request", pull("synchronize", token="actions"), "awaiting"),
        ("{pull_request: {types: [labeled]}}", pull("labeled", token="actions"), "no"),
        ("{pull_request: {paths: [a]}}", pull(token="actions", files=("b",)), "no"),
        ("pull_request_target", pull(name="pull_request_target", token="actions"), "no"),
        # after another workflow
        ("{workflow_run: {workflows: [ping]}}", run_of("ping"), "run"),
        ("{workflow_run: {workflows: [ping]}}", run_of("pong"), "no"),
        ("{workflow_run: {workflows: [ping], types: [requested]}}", run_of("ping"), "no"),
        ("{workflow_run: {workflows: ping, types: [completed], branches: [main]}}", run_of("ping"), "run"),
        ("{workflow_run: {workflows: [ping], branches: [main]}}", run_of("ping", "idea/1"), "no"),
        ("{workflow_run: {workflows: [ping], branches-ignore: ['idea/**']}}", run_of("ping", "idea/1"), "no"),
    ],
)
def test_answer(on: str, what: Event, wanted: str) -> None:
    assert triggers.answer(workflow(on), what) == wanted


def test_a_chain_ends() -> None:
    chained = workflow("{workflow_run: {workflows: [ping]}}")
    payload = run_of("ping").payload
    depths = [Event(name="workflow_run", payload=payload, depth=depth) for depth in (1, 3, 4)]
    assert [triggers.answer(chained, each) for each in depths] == ["run", "run", "no"]


@pytest.mark.parametrize(
    ("what", "wanted"),
    [
        (push(TAG), TAG),
        (pull(), "refs/pull/7/merge"),
        (pull(name="pull_request_review"), "refs/pull/7/merge"),
        (pull(name="pull_request_target"), MAIN),
        (event("workflow_dispatch", ref="refs/heads/x"), "refs/heads/x"),
        (event("create", ref="v2", ref_type="tag"), "refs/tags/v2"),
        (event("issues", action="opened"), MAIN),
        (run_of("ping", "x"), MAIN),
    ],
)
def test_ref(what: Event, wanted: str) -> None:
    assert what.ref == wanted


@pytest.mark.parametrize(
    ("name", "untrusted"),
    [
        ("pull_request", True),
        ("pull_request_review", True),
        ("pull_request_review_comment", True),
        ("pull_request_target", False),
    ],
)
def test_forks(name: str, untrusted: bool) -> None:
    assert pull(name=name, fork=True).is_untrusted is untrusted
    assert not pull(name=name).is_untrusted


def test_a_fork_that_is_gone_is_a_fork() -> None:
    what = pull()
    what.payload["pull_request"]["head"]["repo"] = None
    assert what.from_fork


def rights(top: str, job: str, untrusted: bool = False) -> dict[str, str]:
    text = f"on: push\n{top}\njobs:\n  j:\n    runs-on: x\n    {job}\n    steps: [{{run: a}}]\n"
    return workflows.permissions(workflows.read("w.yml", text), "j", untrusted=untrusted)


def test_permissions() -> None:
    assert rights("", "") == {"contents": "read"}
    assert rights("permissions: {}", "") == {}
    assert rights("permissions: {issues: write}", "") == {"issues": "write"}
    assert rights("permissions: {issues: write}", "permissions: {contents: read}") == {"contents": "read"}
    assert rights("permissions: {issues: write}", "permissions: {}") == {}
    assert rights("permissions: {issues: write, contents: none}", "") == {"issues": "write"}
    assert rights("permissions: {}", "permissions: {contents: write}", untrusted=True) == {"contents": "read"}
    assert rights("permissions: {}", "permissions: {statuses: write}") == {"statuses": "write"}
    assert rights("", "permissions: {pull-requests: write, issues: none}") == {"pull_requests": "write"}
    assert set(rights("permissions: write-all", "").values()) == {"write"}
    assert rights("permissions: {issues: write, id-token: write}", "", untrusted=True) == {"issues": "read"}


@pytest.mark.parametrize(
    ("group", "wanted"),
    [
        ("x", "x"),
        ("g-${{ github.event.issue.number || 'sweep' }}", "g-7"),
        ("g-${{ github.event.pull_request.number || 'sweep' }}", "g-sweep"),
        ("${{ github.workflow }}-${{ github.ref }}", "W-refs/heads/main"),
        ("${{ github.head_ref || github.run_id }}", "5"),
        ("${{ github.repository_owner }}/${{ github.sha }}", "mau/abc"),
    ],
)
def test_group(group: str, wanted: str) -> None:
    read = workflow("issues", f'concurrency: {{group: "{group}", cancel-in-progress: false}}')
    what = event("issues", action="opened", issue={"number": 7})
    assert expressions.fill(read.concurrency, triggers.context(read, what, "abc", 5)) == wanted


def test_group_of_a_pull() -> None:
    context = triggers.context(workflow("pull_request"), pull(), "abc", 5)
    assert expressions.fill("${{ github.head_ref }} ${{ github.base_ref }} ${{ github.ref_name }}", context) == (
        "x main 7/merge"
    )


def test_what_else_a_file_says() -> None:
    text = """
on: push
concurrency: {group: g, cancel-in-progress: true}
jobs:
  a: {runs-on: x, environment: desk, timeout-minutes: 10, steps: [{uses: a/b@c, with: {fetch-depth: 0}}]}
  b: {runs-on: x, needs: a, if: always(), environment: {name: pages, url: u}, steps: [{id: s, run: "one\\ntwo"}]}
"""
    record = workflows.read("w.yml", text)
    a, b = record.jobs["a"], record.jobs["b"]
    assert (record.name, record.concurrency) == (".github/workflows/w.yml", "g")
    assert [workflows.environment(body) for body in (a, b)] == ["desk", "pages"]
    assert [workflows.minutes(body) for body in (a, b)] == [10, 360]
    assert [workflows.needs(body) for body in (a, b)] == [(), ("a",)]
    assert [workflows.runs_in_spite(body) for body in (a, b)] == [False, True]
    assert [workflows.wants_history(body) for body in (a, b)] == [True, False]
    assert [workflows.steps(body) for body in (a, b)] == [{"0": "a/b@c"}, {"s": "one"}]


@pytest.mark.parametrize("text", ["", "- a", "on: push", "jobs: {}", "on: push\njobs: []", "a: [", "on: push\njobs:\n"])
def test_what_github_would_refuse(text: str) -> None:
    with pytest.raises(ValueError, match=r"w\.yml"):
        workflows.read("w.yml", text)
