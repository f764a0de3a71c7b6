"""Which workflows an event starts, with which rights, in which group."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from localhub import triggers
from localhub.globs import matches
from localhub.triggers import Event, Workflow

REPOSITORY = {"full_name": "mau/kho", "default_branch": "main"}


def workflow(tmp_path: Path, on: Any, **more: Any) -> Workflow:
    path = tmp_path / "w.yml"
    path.write_text(yaml.safe_dump({"name": "w", "on": on, "jobs": {"j": {}}, **more}), encoding="utf-8")
    return triggers.read(path)


def event(name: str, action: str = "", token: str = "user", files: tuple[str, ...] = (), **payload: Any) -> Event:
    return Event(name=name, payload={"repository": REPOSITORY, "action": action, **payload}, token=token, files=files)


def pull(fork: bool = False, base: str = "main") -> dict[str, Any]:
    home = "khach/kho" if fork else "mau/kho"
    return {"number": 3, "base": {"ref": base}, "head": {"ref": "x", "repo": {"full_name": home}}}


def opened(name: str = "pull_request", base: str = "main", files: tuple[str, ...] = (), token: str = "user") -> Event:
    return event(name, "opened", token=token, files=files, pull_request=pull(base=base))


def completed(name: str) -> Event:
    return event("workflow_run", "completed", workflow_run={"name": name})


@pytest.mark.parametrize(
    ("globs", "name", "taken"),
    [
        (["main"], "main", True),
        (["main"], "mainly", False),
        (["ideas/**"], "ideas/2026/a.yml", True),
        (["ideas/*"], "ideas/2026/a.yml", False),
        (["**.md"], "a/b.md", True),
        (["*.md"], "a/b.md", False),
        (["**/docs/**"], "docs/a", True),
        (["v[0-9]+"], "v12", True),
        (["*.jsx?"], "page.js", True),
        (["**", "!ideas/**"], "ideas/a", False),
        (["!ideas/**", "**"], "ideas/a", True),
        (["a.b"], "axb", False),
    ],
)
def test_globs(globs: list[str], name: str, taken: bool) -> None:
    assert matches(globs, name) is taken


@pytest.mark.parametrize(
    ("on", "happened", "answer"),
    [
        ("issues", event("issues", "opened"), "run"),
        (["issues", "push"], event("issues", "labeled"), "run"),
        ({"issues": {"types": ["opened"]}}, event("issues", "labeled"), "no"),
        ({"issues": {"types": "opened"}}, event("issues", "opened"), "run"),
        ({"issues": None}, event("issue_comment", "created"), "no"),
        ({"pull_request": None}, opened(), "run"),
        ({"pull_request": None}, event("pull_request", "labeled", pull_request=pull()), "no"),
        ({"pull_request_target": {"branches": ["main"]}}, opened("pull_request_target", base="x"), "no"),
        ({"pull_request": {"paths": ["src/**"]}}, opened(files=("a.md",)), "no"),
        ({"pull_request": {"paths-ignore": ["*.md"]}}, opened(files=("a.md",)), "no"),
        ({"pull_request": {"paths-ignore": ["*.md"]}}, opened(files=("a.md", "b")), "run"),
        ({"push": {"branches": ["main"]}}, event("push", ref="refs/heads/main"), "run"),
        ({"push": {"branches": ["main"]}}, event("push", ref="refs/heads/x"), "no"),
        ({"push": {"branches-ignore": ["x"]}}, event("push", ref="refs/heads/x"), "no"),
        ({"push": {"branches": ["main"]}}, event("push", ref="refs/tags/v1"), "no"),
        ({"push": {"tags": ["v*"]}}, event("push", ref="refs/tags/v1"), "run"),
        ({"push": {"tags": ["v*"]}}, event("push", ref="refs/heads/main"), "no"),
        ({"push": None}, event("push", ref="refs/tags/v1"), "run"),
        # What a workflow's own token does starts nothing but what is dispatched; its pull requests wait for approval.
        ("issues", event("issues", "opened", token="actions"), "no"),
        ("workflow_dispatch", event("workflow_dispatch", token="actions"), "run"),
        ({"pull_request": None}, opened(token="actions"), "awaiting"),
        ({"pull_request_target": None}, opened("pull_request_target", token="actions"), "no"),
        ("issues", event("issues", "opened", token="app"), "run"),
        ({"workflow_run": {"workflows": ["ping"]}}, completed("ping"), "run"),
        ({"workflow_run": {"workflows": ["ping"]}}, completed("x"), "no"),
        ({"workflow_run": {"workflows": ["ping"], "types": ["requested"]}}, completed("ping"), "no"),
    ],
)  # fmt: skip
def test_answer(tmp_path: Path, on: Any, happened: Event, answer: str) -> None:
    assert triggers.answer(workflow(tmp_path, on), happened) == answer


@pytest.mark.parametrize(
    ("top", "job", "fork", "granted"),
    [
        (None, None, False, {"contents": "read"}),
        ({}, None, False, {}),
        ({}, {"pull-requests": "write"}, False, {"pull_requests": "write"}),
        ({"issues": "write"}, {}, False, {}),
        ({"issues": "write", "contents": "none"}, None, False, {"issues": "write"}),
        ({}, {"contents": "write"}, True, {"contents": "read"}),
    ],
)
def test_permissions(tmp_path: Path, top: Any, job: Any, fork: bool, granted: dict[str, str]) -> None:
    more = {} if top is None else {"permissions": top}
    read = workflow(tmp_path, "pull_request", jobs={"j": {} if job is None else {"permissions": job}}, **more)

    assert triggers.permissions(read, "j", event("pull_request", "opened", pull_request=pull(fork=fork))) == granted


def test_a_fork_s_target_run_keeps_its_rights(tmp_path: Path) -> None:
    read = workflow(tmp_path, "pull_request_target", jobs={"j": {"permissions": {"statuses": "write"}}})
    happened = event("pull_request_target", "opened", pull_request=pull(fork=True))

    assert triggers.permissions(read, "j", happened) == {"statuses": "write"}
    assert not happened.is_untrusted
    assert triggers.ref(happened) == "refs/heads/main"
    assert triggers.ref(event("pull_request", "opened", pull_request=pull(fork=True))) == "refs/pull/3/merge"


@pytest.mark.parametrize(
    ("group", "named"),
    [
        ("x", "x"),
        ("g-${{ github.event.issue.number || 'sweep' }}", "g-7"),
        ("g-${{ github.event.pull_request.number || 'sweep' }}", "g-sweep"),
        ("${{ github.workflow }}-${{ github.ref }}", "w-refs/heads/main"),
    ],
)
def test_group(tmp_path: Path, group: str, named: str) -> None:
    read = workflow(tmp_path, "issues", concurrency={"group": group, "cancel-in-progress": False})

    assert triggers.group(read, event("issues", "opened", issue={"number": 7})) == named
