"""What neither act nor a linter judges: which events wake a workflow, with which rights, and whose code it runs."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from places import ROOT
from sangkien.domain import layout
from sangkien.domain.settings import DEPLOY_KEY, PUBLIC_REPOSITORY
from sangkien.render.board import papers_link

FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
# Whatever else these bring, the code that runs is the pull request's.
UNTRUSTED = {"pull_request", "pull_request_review", "pull_request_review_comment"}
# What of the default branch is fetched and written down, never which branch.
LESS = {"sparse-checkout", "sparse-checkout-cone-mode", "filter"}
ACTIONS = [*FILES, *sorted((ROOT / ".github" / "actions").glob("*/action.yml"))]


def read(path: Path) -> dict[str, Any]:
    record: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return record


def events(record: dict[str, Any]) -> set[str]:
    return {record["on"]} if isinstance(record["on"], str) else set(record["on"])


def steps(job: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = job["steps"]
    return found


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def workflow(request: pytest.FixtureRequest) -> dict[str, Any]:
    return read(request.param)


def test_nothing_is_granted_at_the_top(workflow: dict[str, Any]) -> None:
    assert workflow["permissions"] == {}
    assert workflow["concurrency"]["group"]


def test_every_job_has_a_time_limit_and_its_own_rights(workflow: dict[str, Any]) -> None:
    for job in workflow["jobs"].values():
        assert 0 < int(job["timeout-minutes"]) <= 30
        assert isinstance(job["permissions"], dict)


def test_no_job_on_a_pull_request_s_code_has_a_secret_or_may_write(workflow: dict[str, Any]) -> None:
    if not events(workflow) & UNTRUSTED:
        return
    for job in workflow["jobs"].values():
        assert set(job["permissions"].values()) <= {"read"}
        assert "environment" not in job
        assert "secrets." not in str(job)


def test_no_privileged_job_fetches_other_code_than_the_default_branch_s(workflow: dict[str, Any]) -> None:
    for job in workflow["jobs"].values():
        for step in steps(job):
            if "actions/checkout@" in step.get("uses", ""):
                assert set(step["with"]) - LESS == {"persist-credentials"}
                assert step["with"]["persist-credentials"] == "false"
            text = step.get("run", "")
            assert "git fetch" not in text
            assert "git checkout" not in text
            assert "head.sha" not in str(step)
            assert "head_ref" not in str(step)


def test_no_event_text_is_pasted_into_a_shell_line(workflow: dict[str, Any]) -> None:
    for job in workflow["jobs"].values():
        assert not any("${{" in step.get("run", "") for step in steps(job))


def test_secrets_are_held_in_an_environment(workflow: dict[str, Any]) -> None:
    for job in workflow["jobs"].values():
        if "secrets." in str(job):
            assert job["environment"] == "desk"
            assert set(re.findall(r"secrets\.(\w+)", str(job))) <= {
                "APP_PRIVATE_KEY",
                "BALLOT_KEYS",
                "PUBLIC_DEPLOY_KEY",
            }


def test_ballot_keys_reach_only_where_ballots_are_counted() -> None:
    holders = {path.stem for path in FILES if "BALLOT_KEYS" in path.read_text(encoding="utf-8")}

    assert holders == {"tally", "sweep"}


def test_the_key_of_the_public_repository_reaches_only_the_job_that_shows_the_site() -> None:
    jobs = {(f.stem, name): job for f in FILES for name, job in read(f)["jobs"].items()}
    holders = {place for place, job in jobs.items() if "PUBLIC_DEPLOY_KEY" in str(job)}

    assert holders == {("publish", "show")}


def test_a_review_only_pings() -> None:
    (job,) = read(ROOT / ".github" / "workflows" / "ping.yml")["jobs"].values()

    assert job["permissions"] == {}
    assert [set(step) for step in steps(job)] == [{"name", "run"}]


def test_every_action_is_pinned_by_its_commit() -> None:
    for path in ACTIONS:
        record = read(path)
        jobs = record["jobs"].values() if "jobs" in record else [record["runs"]]
        for step in (step for job in jobs for step in steps(job) if "uses" in step):
            assert step["uses"].startswith("./") or len(step["uses"].partition("@")[2]) == 40


@pytest.mark.parametrize(
    ("name", "woken_by", "types"),
    [
        ("intake", {"issues", "workflow_dispatch"}, [["opened", "edited", "reopened", "closed"]]),
        ("validate", {"pull_request_target", "workflow_dispatch"}, [["opened", "synchronize", "reopened"]]),
        ("reception", {"issue_comment", "workflow_dispatch"}, [["created"]]),
        ("tally", {"workflow_run", "issue_comment", "workflow_dispatch"}, [["completed"], ["created"]]),
        ("sweep", {"schedule", "workflow_dispatch"}, []),
        ("draft", {"schedule", "workflow_dispatch"}, []),
    ],
)
def test_the_desk_is_woken_by_its_events_and_by_the_clock(
    name: str, woken_by: set[str], types: list[list[str]]
) -> None:
    record = read(ROOT / ".github" / "workflows" / f"{name}.yml")

    assert events(record) == woken_by
    assert [rule["types"] for rule in record["on"].values() if isinstance(rule, dict) and "types" in rule] == types
    assert set(record["jobs"]) == {"app", "own"}
    assert record["jobs"]["app"]["permissions"] == {"contents": "read"}
    asked = next(s["with"] for s in steps(record["jobs"]["app"]) if "create-github-app-token" in s.get("uses", ""))
    granted = {k.removeprefix("permission-"): v for k, v in asked.items() if k.startswith("permission-")}
    own = record["jobs"]["own"]["permissions"]
    assert granted.items() <= own.items()
    assert (granted.get("contents") == "write") == (name in ("draft", "intake", "sweep", "tally"))


def test_one_clock_wakes_the_desk_once_an_hour_and_two_once_a_day() -> None:
    """A free private repository has 2,000 minutes a month, and every run takes one at least."""
    clocks = {f.stem: rule["cron"].split() for f in FILES for rule in (read(f)["on"].get("schedule") or ())}
    hourly, daily = clocks.pop("sweep"), clocks

    assert hourly[0].isdecimal()
    assert hourly[1:] == ["*"] * 4
    assert set(daily) == {"draft", "revisit"}
    assert all(part.isdecimal() for clock in daily.values() for part in clock[:2])
    assert all(clock[2:] == ["*"] * 3 for clock in daily.values())


def test_a_report_s_files_are_made_with_no_right_but_to_read() -> None:
    record = read(ROOT / ".github" / "workflows" / "report.yml")
    (job,) = record["jobs"].values()
    write = next(step for step in steps(job) if step.get("name") == "Write")

    assert (events(record), job["permissions"]) == ({"workflow_dispatch"}, {"contents": "read"})
    assert set(record["on"]["workflow_dispatch"]["inputs"]) == {"unit", "period"}
    assert write["run"].count('--unit "$UNIT" --period "$PERIOD"') == 2
    assert "secrets." not in str(job)


def test_a_session_s_papers_are_made_by_hand_without_hidden_names_and_told_by_another_job() -> None:
    record = read(ROOT / ".github" / "workflows" / "paper.yml")
    jobs = record["jobs"]
    (made,) = (step["run"] for step in steps(jobs["draw"]) if "run" in step)

    assert events(record) == {"workflow_dispatch"}
    assert {name: job["permissions"] for name, job in jobs.items()} == {
        "draw": {"contents": "read", "pull-requests": "read"},
        "tell": {"contents": "read", "issues": "write", "pull-requests": "read"},
    }
    assert made.endswith('-- "$KEY"')
    assert "--with-names" not in str(record)
    assert "secrets." not in str(record)
    assert "/actions/workflows/paper.yml" in papers_link("", ["phien-1"])


def publish_jobs() -> dict[str, Any]:
    jobs: dict[str, Any] = read(ROOT / ".github" / "workflows" / "publish.yml")["jobs"]
    return jobs


@pytest.mark.parametrize("job", ["build", "show"])
def test_the_site_is_built_without_writing_the_records_down(job: str) -> None:
    """A sparse checkout fetches no objects but those it writes down, unless it is told otherwise."""
    own = steps(publish_jobs()[job])
    asked = next(step["with"] for step in own if "actions/checkout@" in step.get("uses", ""))
    build = next(step["run"] for step in own if "sangkien publish" in step.get("run", ""))

    assert asked["sparse-checkout"].split() == ["/*", f"!/{layout.IDEAS}/", f"!/{layout.REGISTER}/"]
    assert asked["sparse-checkout-cone-mode"] == "false"
    assert asked["filter"].startswith("blob:limit=")
    assert "--commit HEAD" in build


def test_a_cache_is_named_by_the_program_and_the_day_and_any_earlier_one_will_do() -> None:
    own = read(ROOT / ".github" / "actions" / "site" / "action.yml")["runs"]["steps"]
    asked = next(step["with"] for step in own if "actions/cache@" in step.get("uses", ""))
    same_program, any_program = asked["restore-keys"].split("\n")[:2]

    assert asked["path"] == ".cache"
    assert asked["key"] == f"{same_program}${{{{ steps.today.outputs.day }}}}"
    assert same_program.startswith(f"{any_program}${{{{ hashFiles('requirements.txt', 'scripts/sangkien/**/*.py') }}}}")
    assert all("./.github/actions/site" in str(publish_jobs()[job]) for job in ("build", "show"))


def test_what_pages_takes_is_uploaded_as_the_build_made_it() -> None:
    own = steps(publish_jobs()["build"])
    asked = next(step["with"] for step in own if "actions/upload-artifact@" in step.get("uses", ""))

    assert (asked["name"], asked["path"]) == ("github-pages", "artifact.tar")
    assert any("--tar artifact.tar" in step.get("run", "") for step in own)


def test_a_variable_decides_whether_the_site_is_shown_here_or_elsewhere() -> None:
    jobs = publish_jobs()
    here = {f"vars.{PUBLIC_REPOSITORY} == ''": {"build"}, f"vars.{PUBLIC_REPOSITORY} != ''": {"show"}}

    assert {rule: {name for name, job in jobs.items() if job.get("if") == rule} for rule in here} == here
    assert {name for name, job in jobs.items() if "if" not in job} == {"deploy"}
    assert jobs["deploy"]["needs"] == "build"


def test_the_job_that_shows_the_site_elsewhere_leaves_nothing_here() -> None:
    job = publish_jobs()["show"]
    run = next(step for step in steps(job) if "sangkien publish" in step.get("run", ""))

    assert job["permissions"] == {"contents": "read"}
    assert "artifact" not in str(job)
    assert "--tar" not in run["run"]
    assert f"secrets.{DEPLOY_KEY}" in run["env"]["DEPLOY_KEY"]
    assert not any(option in run["run"] for option in ("--adopt", "set -x", "echo", "DEPLOY_KEY >"))
    assert "StrictHostKeyChecking=yes" in run["env"]["GIT_SSH_COMMAND"]
    known = run["env"]["GIT_SSH_COMMAND"].partition("UserKnownHostsFile=")[2]
    assert (ROOT / known).read_text(encoding="utf-8").startswith("github.com ssh-ed25519 ")


@pytest.mark.skipif(
    not (shutil.which("ssh-agent") and shutil.which("ssh-keygen")) and os.environ.get("SANGKIEN_SSH") != "required",
    reason="OpenSSH is not here",
)
def test_the_key_is_held_by_an_agent_that_ends_with_the_step(tmp_path: Path) -> None:
    step = next(step for step in steps(publish_jobs()["show"]) if "sangkien publish" in step.get("run", ""))
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "trang", "-f", tmp_path / "key"], check=True)
    key = (tmp_path / "key").read_text(encoding="utf-8")
    (tmp_path / "key").unlink()
    program = tmp_path / ".venv" / "bin" / "sangkien"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\necho "$@"\nssh-add -l\nenv\nexit 3\n', encoding="utf-8")
    program.chmod(0o755)
    given = {"DEPLOY_KEY": key, "PUBLIC_REPOSITORY": "to-chuc/trang", "HOME": str(tmp_path), "PATH": os.environ["PATH"]}

    command = ["bash", "-e", "-o", "pipefail", "-c", step["run"]]

    run = subprocess.run(command, cwd=tmp_path, env=given, capture_output=True, text=True, check=False)

    assert run.returncode == 3, run.stderr  # what the program says is what the step says
    assert run.stdout.startswith("publish --commit HEAD --to git@github.com:to-chuc/trang.git\n")
    assert "trang (ED25519)" in run.stdout
    assert "PRIVATE KEY" not in run.stdout + run.stderr
    agent = re.search(r"^SSH_AUTH_SOCK=(.*)$", run.stdout, re.MULTILINE)
    assert agent
    assert not Path(agent[1]).exists()
    assert not any(key in p.read_text("utf-8", "replace") for p in tmp_path.rglob("*") if p.is_file())
