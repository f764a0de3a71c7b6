"""Stand-ins: for the jobs a job needs, for marketplace actions, and for the App's door."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from localhub import solo, stubs, workflows
from localhub.apps import App, Counter, granted

TEXT = """
on: {push: {branches: [main]}}
env: {WHEN: 2026-01-02, YES: yes}
jobs:
  a: {runs-on: x, outputs: {v: "${{ steps.s.outputs.v }}"}, steps: [{id: s, run: a}]}
  b: {runs-on: x, if: false, steps: [{run: b}]}
  c: {runs-on: x, needs: [a, b], timeout-minutes: 5, steps: [{run: c, continue-on-error: true}]}
  d: {runs-on: x, steps: [{run: d}]}
"""


def alone(job: str, outputs: dict[str, dict[str, str]] | None = None, **results: str) -> dict[str, Any]:
    read = workflows.read("w.yml", TEXT)
    record: dict[str, Any] = yaml.load(solo.alone(read, job, results, outputs or {}, Path("/o")), yaml.BaseLoader)
    return record


def test_the_job_stays_as_it_is_and_what_it_needs_is_replaced() -> None:
    record = alone("c", {"a": {"v": "it's"}}, a="failure", b="skipped")
    assert record["jobs"].pop("c") == workflows.read("w.yml", TEXT).jobs["c"]
    assert record == {
        "on": {"push": {"branches": ["main"]}},
        "env": {"WHEN": "2026-01-02", "YES": "yes"},
        "name": ".github/workflows/w.yml",
        "jobs": {
            "a": {"runs-on": "localhub", "steps": [{"run": "exit 1"}], "outputs": {"v": "${{ 'it''s' }}"}},
            "b": {"runs-on": "localhub", "steps": [{"run": "exit 1"}], "if": "false"},
        },
    }


def test_outputs_are_asked_for_where_there_are_any() -> None:
    read = workflows.read("w.yml", TEXT)
    assert [solo.is_needed(read, job) for job in "abcd"] == [True, False, True, False]
    assert [solo.target(read, job) for job in "abcd"] == [solo.REPORT, "b", "c", "d"]
    assert alone("a")["jobs"][solo.REPORT]["needs"] == ["a"]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    files = {
        ".github/workflows/one.yml": """
jobs:
  a:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v6
      - uses: ./tools/set-up
      - uses: actions/create-github-app-token@pin
        with: {client-id: x, permission-issues: write}
  b: {runs-on: "${{ matrix.os }}", strategy: {matrix: {os: [macos-15, "a b"]}}, steps: [{uses: "docker://x"}]}
  c: {runs-on: [self-hosted, big], steps: [{uses: o/r/inner@v1}, {uses: o/r@v1, with: {q: 1}}]}
""",
        ".github/workflows/broken.yaml": "a: [",
        "tools/set-up/action.yml": "runs: {steps: [{uses: ./tools/deeper}, {uses: ./tools/set-up}]}",
        "tools/deeper/action.yaml": "runs: {steps: [{uses: actions/setup-python@pin, with: {python-version: 3}}]}",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_actions_are_found_wherever_they_are_used(checkout: Path) -> None:
    assert stubs.used(checkout) == {
        "actions/create-github-app-token@pin": {"client-id", "permission-issues"},
        "actions/setup-python@pin": {"python-version"},
        "o/r/inner@v1": set(),
        "o/r@v1": {"q"},
    }


def test_a_stand_in_for_each(checkout: Path, tmp_path: Path) -> None:
    room = tmp_path / "stubs"
    options = stubs.make(checkout, room, "http://door", room / "artifacts")
    assert options[::2] == ["--local-repository"] * 3
    places = dict(option.rsplit("=", 1) for option in options[1::2])
    assert set(places) == {"actions/create-github-app-token@pin", "actions/setup-python@pin", "o/r@v1"}
    assert (Path(places["o/r@v1"]) / "inner" / "action.yml").is_file()
    app = Path(places["actions/create-github-app-token@pin"]) / "action.yml"
    assert "http://door" in app.read_text(encoding="utf-8")


def test_labels(checkout: Path) -> None:
    assert stubs.labels(checkout) >= {"macos-15", "self-hosted", "big", "ubuntu-24.04", "ubuntu-latest"}


APP = App(slug="bot", permissions={"issues": "write", "pull-requests": "read"}, private_key="k")
SHOWN = {"client-id": "x", "private-key": "k"}


def test_the_app_gives_what_it_has() -> None:
    assert granted(APP, {}) == {"issues": "write", "pull_requests": "read"}
    assert granted(APP, {"issues": "read"}) == {"issues": "read"}
    for wanted in ({"issues": "admin"}, {"pull-requests": "write"}, {"contents": "read"}, {"issues": "all"}):
        with pytest.raises(PermissionError):
            granted(APP, wanted)


@pytest.mark.parametrize(
    ("app", "given", "wanted"),
    [
        (APP, SHOWN, 200),
        (APP, SHOWN | {"permission-issues": "read", "permission-contents": ""}, 200),
        (APP, SHOWN | {"permission-contents": "write"}, 403),
        (APP, {"private-key": "k"}, 403),
        (APP, {"app-id": "x", "private-key": ""}, 403),
        (APP, {"app-id": "x", "private-key": "other"}, 403),
        (None, SHOWN, 403),
    ],
)
def test_the_door(app: App | None, given: dict[str, str], wanted: int) -> None:
    minted: list[tuple[dict[str, str], str]] = []

    def mint(rights: Mapping[str, str], login: str) -> str:
        minted.append((dict(rights), login))
        return "tok"

    counter = Counter(app, mint)
    door = counter.open()
    status, body = counter.answer(door.key, json.dumps(given).encode())
    assert status == wanted
    assert (door.issued == ["tok"]) is (status == 200)
    if minted:
        assert json.loads(body) == {"token": "tok", "slug": "bot"}
        assert minted[0][1] == "bot[bot]"
        assert minted[0][0] == ({"issues": "read"} if "permission-issues" in given else granted(APP, {}))
    counter.close(door)
    assert counter.answer(door.key, b"{}")[0] == 404
