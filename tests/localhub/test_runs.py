"""The dispatcher with act: what ran, with which token, and what was kept from it."""

import json
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from localhub import Hub, actlog, stubs
from localhub.actlog import Reading
from localhub.dispatcher import App, Dispatcher

BIN = Path(sys.executable).parent
REPO = "mau/kho"
ASK = """\
import json, os, urllib.error, urllib.request
def call(verb, path, data=None):
    request = urllib.request.Request(
        os.environ["GITHUB_API_URL"] + "/repos/" + os.environ["GITHUB_REPOSITORY"] + path, method=verb,
        data=json.dumps(data).encode() if data else None, headers={"Authorization": "Bearer " + os.environ["TOKEN"]})
    try:
        return urllib.request.urlopen(request).status
    except urllib.error.HTTPError as error:
        return error.code
print("read", call("GET", "/contents/README.md"), "write", call("POST", "/issues", {"title": "made"}))
"""
WORKFLOWS = {
    "one": {
        "name": "one",
        "on": {"issues": {"types": ["opened"]}},
        "permissions": {},
        "jobs": {
            "reader": {
                "runs-on": "ubuntu-24.04",
                "permissions": {"contents": "read"},
                "steps": [
                    {"uses": "actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd"},
                    {"name": "Ask", "shell": "python", "run": ASK, "env": {"TOKEN": "${{ github.token }}"}},
                    {"name": "Title", "run": 'echo "$TITLE"', "env": {"TITLE": "${{ github.event.issue.title }}"}},
                    {"name": "Never", "if": "false", "run": "echo NEVER"},
                ],
            },
            "app": {
                "runs-on": "ubuntu-24.04",
                "permissions": {},
                "environment": "desk",
                "if": "vars.APP != '' && github.event.issue.title != 'made'",
                "steps": [
                    {
                        "id": "app",
                        "uses": "actions/create-github-app-token@bcd2ba49218906704ab6c1aa796996da409d3eb1",
                        "with": {"client-id": "x", "private-key": "${{ secrets.KEY }}", "permission-issues": "write"},
                    },
                    {"name": "Ask", "shell": "python", "run": ASK, "env": {"TOKEN": "${{ steps.app.outputs.token }}"}},
                ],
            },
        },
    },
    "two": {
        "name": "two",
        "on": {"workflow_run": {"workflows": ["one"], "types": ["completed"]}},
        "permissions": {},
        "jobs": {"after": {"runs-on": "ubuntu-24.04", "steps": [{"name": "Fail", "run": "exit 3"}]}},
    },
}


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    source = tmp_path / "source"
    folder = source / ".github" / "workflows"
    folder.mkdir(parents=True)
    (source / "README.md").write_text("x", encoding="utf-8")
    for name, workflow in WORKFLOWS.items():
        (folder / f"{name}.yml").write_text(json.dumps(workflow), encoding="utf-8")
    with Hub.start(tmp_path / "hub") as hub:
        hub.add_user("mau", id=1)
        hub.add_user("lan", id=2)
        hub.add_repository(REPO, source=source)
        yield hub


@pytest.mark.act
def test_runs_with_exact_rights_and_chains(hub: Hub, tmp_path: Path) -> None:
    app = App(slug="sang-kien", permissions={"issues": "write"})
    with Dispatcher(
        hub,
        REPO,
        tmp_path / "runs",
        act=BIN / "act",
        python_bin=BIN,
        secrets={"KEY": "hush"},
        variables={"APP": "1"},
        app=app,
    ) as dispatcher:
        token = hub.user_token("lan")
        request = urllib.request.Request(
            f"{hub.api_url}/repos/{REPO}/issues",
            data=json.dumps({"title": "$(echo RUN) `id` ${{ github.token }} ::set-output name=a::b"}).encode(),
            headers={"Authorization": f"Bearer {token}"},
        )
        urllib.request.urlopen(request)
        dispatcher.wait_idle(60)
        first, *rest = dispatcher.runs

    assert (first.workflow, first.jobs) == ("one", {"reader": "success", "app": "success"})
    assert first.permissions == {"reader": {"contents": "read"}, "app": {}}
    assert first.environments["app"] == "desk"
    assert "read 200 write 403" in first.log
    # The App was granted issues alone: nothing else is read with its token, and what it makes starts runs again.
    assert "read 403 write 201" in first.log
    assert first.ran("Ask")
    assert not first.ran("Never")
    assert "NEVER" not in first.log
    assert "$(echo RUN) `id`" in first.log
    assert "hush" not in first.log
    assert token not in first.log
    chained = [run for run in rest if run.workflow == "two"]
    assert chained
    assert all(run.jobs == {"after": "failure"} for run in chained)
    made_by_app = [run for run in rest if run.workflow == "one"]
    assert [run.jobs["app"] for run in made_by_app] == ["skipped"]


def test_an_unknown_platform_is_a_failure() -> None:
    text = json.dumps({"msg": "🚧  Skipping unsupported platform -- Try running with `-P x=...`", "job": "a"})

    conditional = Reading(job="a", steps={}, may_skip=True)

    assert actlog.read(text, 0, conditional).outcome == "failure"
    assert actlog.read("", 0, conditional).outcome == "skipped"


def test_stand_ins_are_made_for_every_action(hub: Hub, tmp_path: Path) -> None:
    options = stubs.make(tmp_path / "source", tmp_path / "stubs", "http://door", tmp_path / "kept")

    assert options[0::2] == ["--local-repository"]
    name, _, place = options[1].partition("=")
    assert name == "actions/create-github-app-token@bcd2ba49218906704ab6c1aa796996da409d3eb1"
    assert "permission-issues" in (Path(place) / "action.yml").read_text(encoding="utf-8")
