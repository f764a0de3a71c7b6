"""The dispatcher with the real act: tokens, stand-ins, secrets and outcomes as a workflow meets them."""

from pathlib import Path
from typing import Any

import pytest
from dispatch_room import Place

from localhub.actlog import Step
from localhub.dispatcher import App, Dispatcher, Run

pytestmark = pytest.mark.act
pytest_plugins = ["dispatch_fixtures"]

SAMPLE = Path(__file__).parent / "sample"
KEY = 'dòng một\nhai $HOME "ba" #\n'
APP = App(slug="sang-kien", permissions={"issues": "write"}, private_key=KEY)
OPEN = {"variables": {"CLIENT": "Iv1.x"}, "secrets": {"KEY": KEY}, "app": APP}


def started(place: Place, workflow: str, **options: Any) -> Dispatcher:
    place.hub.add_repository("mau/sang-kien", source=SAMPLE)
    return place.start(real=True, only=workflow.split(), **options)


def after_an_issue(place: Place, workflow: str, **options: Any) -> Run:
    dispatcher = started(place, workflow, **options)
    place.issue("Ủ phân $(whoami) `x`", token=place.hub.user_token("khach"))
    dispatcher.wait_idle(60)
    (run,) = dispatcher.runs
    return run


def comments(place: Place) -> list[tuple[str, str]]:
    return [(one["user"]["login"], one["body"]) for one in place.as_("lan")("GET", "/issues/1/comments")]


def test_a_token_does_what_it_may_and_no_more(place: Place) -> None:
    run = after_an_issue(place, "rights")
    assert run.jobs == {"writes": "success", "bare": "success"}, run.log
    assert run.permissions == {"writes": {"contents": "read", "issues": "write"}, "bare": {}}
    assert run.ran("Comment")
    assert comments(place) == [("github-actions[bot]", "Ủ phân $(whoami) `x`")]
    assert "writing 403" in run.log
    assert "bare 403 200" in run.log


def test_the_app_s_token(place: Place) -> None:
    run = after_an_issue(place, "app", **OPEN)
    assert run.jobs == {"app": "success", "own": "skipped"}, run.log
    assert run.environments["app"] == "desk"
    assert comments(place) == [("sang-kien[bot]", "sang-kien")]
    assert run.ran("Leak")
    assert not [word for word in ("ghs_", "dòng một", "hai $HOME") if word in run.log]


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (OPEN | {"app": None}, "no App is installed"),
        (OPEN | {"secrets": {}}, "private-key is missing"),
        (OPEN | {"app": App(slug="x", permissions={"issues": "read"})}, "the App was not granted issues: write"),
    ],
)
def test_the_app_gives_no_token(place: Place, options: dict[str, Any], why: str) -> None:
    run = after_an_issue(place, "app", **options)
    assert (run.jobs["app"], run.failures) == ("failure", ["app: Ask"])
    assert why in run.log
    assert Step(job="app", name="Comment", outcome="skipped") in run.steps


def test_outcomes(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OF_THE_CALLER", "1")
    files = {".env": "FROM_DOTENV=1\n", ".actrc": "--env FROM_ACTRC=1\n", ".vars": "V=1\n", ".secrets": "S=1\n"}
    dispatcher = started(place, "outcomes")
    place.branch("x", files)
    pull = place.pull("x")
    place.as_("lan")("POST", f"/pulls/{pull}/reviews", {"event": "COMMENT", "body": "Tốt"})
    dispatcher.wait_idle(60)
    (run,) = dispatcher.runs
    assert run.jobs == {
        "fails": "failure",
        "waits": "skipped",
        "looks": "success",
        "off": "skipped",
        "slow": "failure",
        "surroundings": "success",
    }, run.log
    assert [(step.name, step.outcome) for step in run.steps[:3]] == [
        ("Break", "failure"),
        ("Tidy", "success"),
        ("Not reached", "skipped"),
    ]
    assert run.failures == ["fails: Break", "slow: Sleep"]
    assert run.conclusion == "failure"
    assert not run.ran("Never")
    assert "exceeded its 0.02 minutes" in run.log
    said = dict(line.split("=", 1) for line in run.log.splitlines() if "=" in line)
    assert not {"OF_THE_CALLER", "FROM_DOTENV", "FROM_ACTRC"} & said.keys()
    assert (said["GITHUB_REF"], said["GITHUB_HEAD_REF"]) == (f"refs/pull/{pull}/merge", "x")
    assert (said["GITHUB_SHA"], said["GITHUB_REPOSITORY"]) == (run.commit, "mau/sang-kien")
    assert (said["GITHUB_SERVER_URL"], said["GITHUB_GRAPHQL_URL"]) == (place.hub.url, place.hub.graphql_url)


def test_a_job_gets_what_another_put_out_and_does_not_run_it_again(place: Place) -> None:
    dispatcher = started(place, "parts", secrets={"KEY": KEY.partition("\n")[0]})
    dispatcher.dispatch("parts", "workflow_dispatch", {"word": "một"})
    dispatcher.wait_idle(60)
    (run,) = dispatcher.runs
    assert run.jobs == {"build": "success", "deploy": "success"}, run.log
    assert run.permissions == {"build": {}, "deploy": {"contents": "read"}}
    assert [step.name for step in run.steps] == [
        "Make",
        "Make",
        "Show",
        "actions/deploy-pages@" + run.steps[3].name[21:],
    ]
    assert "<it's một|>" in run.log


def test_a_stranger_s_review_and_the_tally_after_it(place: Place) -> None:
    dispatcher = started(place, "ping tally evil", secrets={"KEY": "k3y-of-ours"})
    number = place.fork_pull({"evil.txt": "x"})
    place.as_("khach")("POST", f"/pulls/{number}/reviews", {"event": "COMMENT", "body": "Tốt"})
    dispatcher.wait_idle(60)
    ping, tally = dispatcher.runs
    assert (ping.jobs, tally.jobs) == ({"ping": "success"}, {"tally": "success"}), ping.log + tally.log
    assert f"refs/pull/{number}/merge main key=\n" in ping.log
    assert "refs/heads/main theirs\n" in tally.log
    assert "evil.txt" not in tally.log
