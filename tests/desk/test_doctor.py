"""The settings of a repository looked at and mended; every finding of the hub is one GitHub could give."""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import requests
from click.testing import CliRunner
from desk_room import prepare
from surgery import APP, SEATED, Surgery, open_surgery

from localhub import Hub
from sangkien.adapters import github_transport
from sangkien.adapters.showcase import Showcase
from sangkien.cli import main
from sangkien.domain.settings import Check
from sangkien.render.doctor import as_text
from sangkien.workflow.doctor import Report
from sangkien.workflow.showcase import hand_over, look

GOLDEN = Path(__file__).parent / "golden"
OPERATOR = {
    "administration": "write",
    "actions": "read",
    "environments": "write",
    "actions_variables": "read",
    "secrets": "read",
    "pages": "write",
    "issues": "write",
    "contents": "read",
}


def by_name(report: Report) -> dict[str, Check]:
    return {check.name: check for check in report.checks}


def states(report: Report) -> dict[str, str]:
    return {check.name: check.state for check in report.checks}


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = prepare(tmp_path_factory.mktemp("doctor") / "source")
    for file in (folder / ".github" / "workflows").iterdir():
        if file.stem not in ("intake", "validate", "reception", "sweep"):  # how many there are is told in minutes
            file.unlink()
    return folder


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    with Hub.start(tmp_path / "hub") as running:
        yield running


@pytest.fixture
def surgery(hub: Hub, root: Path) -> Surgery:
    return open_surgery(hub, root, private=False, plan="team")


@pytest.fixture
def poor(hub: Hub, root: Path) -> Surgery:
    return open_surgery(hub, root, private=True, plan="free")


def test_everything_the_api_allows_is_mended_at_once(surgery: Surgery) -> None:
    surgery.hire_app()
    before = surgery.look()
    assert {name for name, state in states(before).items() if state == "missing"} == {
        *("labels", "merging", "environment", "history", "gate", "branches", "pages")
    }

    after = surgery.fix()

    assert {name for name, state in states(after).items() if state != "ok"} == {"samples"}
    assert after.refused == ()
    assert surgery.ask("GET", "/environments/desk/secrets")["secrets"][0]["name"] == "APP_PRIVATE_KEY"
    home = surgery.ask("GET", "")
    assert (home["allow_merge_commit"], home["squash_merge_commit_message"]) == (False, "BLANK")
    gate = surgery.ruleset("sangkien-gate")
    assert gate["bypass_actors"] == [{"actor_id": APP, "actor_type": "Integration", "bypass_mode": "always"}]
    assert surgery.ruleset("sangkien-history")["bypass_actors"] == []


def test_a_second_time_nothing_is_written(surgery: Surgery) -> None:
    surgery.hire_app()
    first = surgery.fix()
    surgery.hub.reset_calls()

    second = surgery.fix()

    assert surgery.written() == []
    assert (second.checks, second.changed) == (first.checks, ())


def test_without_the_app_a_person_is_told_what_to_do(surgery: Surgery) -> None:
    report = surgery.fix()

    told = {(check.name, check.why, check.by) for check in report.checks if check.state == "missing"}
    assert told == {
        ("app", "", "person"),
        ("app-number", "", "person"),
        ("key", "", "person"),
        ("workflow-rights", "own-cannot-open", "person"),
        ("gate", "no-app", "person"),
        ("branches", "no-app", "person"),
        ("seats", "", "person"),
    }
    assert "hd-mau-2026/ghe-3" in by_name(report)["seats"].params["names"]
    assert [one["name"] for one in surgery.ask("GET", "/rulesets")] == ["sangkien-history"]


def test_only_the_app_makes_the_desk_s_branches_then(surgery: Surgery) -> None:
    surgery.hire_app()
    surgery.fix()
    head = surgery.ask("GET", "/git/ref/heads/main")["object"]["sha"]
    app = surgery.hub.mint_token(surgery.repository, {"contents": "write"}, kind="app", login="sang-kien[bot]")

    def make(branch: str, token: str) -> int:
        return requests.post(
            f"{surgery.hub.api_url}/repos/{surgery.repository}/git/refs",
            json={"ref": f"refs/heads/{branch}", "sha": head},
            headers={"Authorization": f"Bearer {token}"},
            timeout=20,
        ).status_code

    mau = surgery.hub.user_token("mau")
    assert [make("idea/1", mau), make("record/2", mau), make("y", mau), make("idea/1", app)] == [422, 422, 201, 201]


def test_free_private_repository_is_weaker_and_left_as_it_is(poor: Surgery) -> None:
    report = poor.look()
    found = by_name(report)
    assert found["visibility"].why == "open-but-private"
    assert {name for name, check in found.items() if check.state == "weaker"} == {
        *("plan", "app", "environment", "key", "history", "gate", "branches", "pages", "samples")
    }
    poor.hub.reset_calls()

    after = poor.fix()

    assert {call.partition("/repos/hoi/sang-kien")[2].partition("/labels")[0] for call in poor.written()} == {""}
    assert states(after)["labels"] == states(after)["merging"] == "ok"
    assert after.refused == ()
    poor.hub.reset_calls()
    assert (poor.fix().changed, poor.written()) == ((), [])


def test_weaker_alone_is_no_failure(hub: Hub, root: Path, tmp_path: Path) -> None:
    poor = open_surgery(hub, closed_root(tmp_path / "closed"), private=True, plan="free")
    for login in SEATED.values():
        hub.add_collaborator(poor.repository, login, "triage")

    rights = {"default_workflow_permissions": "write", "can_approve_pull_request_reviews": True}
    poor.ask("PUT", "/actions/permissions/workflow", rights)

    assert poor.run().exit_code == 1
    result = poor.run("--fix", "--format", "json")

    assert result.exit_code == 0, result.output
    told = json.loads(result.output)
    assert {row["state"] for row in told["checks"]} == {"ok", "weaker"}
    assert (told["topology"], told["private"], told["plan"]) == ("closed", True, "free")


def closed_root(folder: Path) -> Path:
    root = prepare(folder)
    movement = root / "content/register/movement.yml"
    movement.write_text(movement.read_text(encoding="utf-8").replace("topology: open", "topology: closed"), "utf-8")
    CliRunner().invoke(main, ["--root", str(root), "sync"], catch_exceptions=False)
    return root


def test_a_closed_desk_that_shows_its_site_elsewhere(hub: Hub, tmp_path: Path) -> None:
    desk = open_surgery(hub, closed_root(tmp_path / "closed"), private=True, plan="team")
    desk.hire_app()
    desk.ask("POST", "/actions/variables", {"name": "PUBLIC_REPOSITORY", "value": "hoi/trang"})
    assert by_name(desk.fix())["shown"].why == "gone"

    site = Surgery(hub, desk.root, hub.add_repository("hoi/trang"))
    hub.add_collaborator("hoi/trang", "mau", "admin")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("Trang", encoding="utf-8")
    address = f"{hub.url}/hoi/trang.git"
    ask_pass = tmp_path / "ask"
    ask_pass.write_text(f"#!/bin/sh\necho {hub.user_token('mau')}\n", encoding="utf-8")
    ask_pass.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_ASKPASS", str(ask_pass))
        showcase = Showcase(address, "gh-pages", tmp_path, desk.root)
        assert hand_over(showcase, look(showcase, adopt=False), tmp_path / "site", "Trang").sent

    states_ = states(desk.look())
    assert (states_["shown"], states_["shown-pages"], states_["deploy-key"]) == ("ok", "missing", "missing")
    site.ask("POST", "/pages", {"source": {"branch": "gh-pages", "path": "/"}})
    site.ask("POST", "/keys", {"title": "trang", "key": "ssh-ed25519 AAAA", "read_only": True})
    desk.ask("PUT", "/environments/desk/secrets/PUBLIC_DEPLOY_KEY", {"encrypted_value": "x", "key_id": "1"})
    assert by_name(desk.look())["deploy-key"].why == "read-only"
    site.ask("POST", "/keys", {"title": "trang", "key": "ssh-ed25519 BBBB", "read_only": False})

    found = by_name(desk.look())

    assert {name for name, check in found.items() if check.state != "ok"} == {"samples"}
    assert found["pages"].why == "elsewhere"
    hub.add_user("khach", id=7007)
    hub.add_collaborator(desk.repository, "khach", "read")
    hub.state.users["hoi"].base_role = "read"
    assert by_name(desk.look())["readers"].why == "members"
    hub.state.users["hoi"].base_role = "none"
    assert by_name(desk.look())["readers"].params == {"count": "1"}


def test_who_may_not_look_into_the_public_repository_is_told_so(hub: Hub, tmp_path: Path) -> None:
    desk = open_surgery(hub, closed_root(tmp_path / "closed"), private=True, plan="team")
    desk.hire_app()
    desk.ask("POST", "/actions/variables", {"name": "PUBLIC_REPOSITORY", "value": "hoi/trang"})
    desk.ask("PUT", "/environments/desk/secrets/PUBLIC_DEPLOY_KEY", {"encrypted_value": "x", "key_id": "1"})
    hub.add_repository("hoi/trang")
    token = hub.mint_token(desk.repository, OPERATOR, kind="app", login="mau")

    found = by_name(desk.look(token))

    assert found["shown"].state == "ok"
    assert (found["deploy-key"].state, found["deploy-key"].params["right"]) == ("unknown", "Administration: Read")


def test_a_person_s_own_repository_lets_no_app_through(hub: Hub, root: Path) -> None:
    surgery = open_surgery(hub, root, private=False, plan="free", owner="mau")
    surgery.hire_app()

    found = by_name(surgery.fix())

    assert {found[name].why for name in ("gate", "branches")} == {"personal"}
    assert (found["owner"].state, found["history"].state) == ("weaker", "ok")
    assert [name for name, check in found.items() if check.state == "missing"] == []


def test_what_a_token_may_not_read_is_unknown(surgery: Surgery) -> None:
    surgery.hire_app()
    surgery.fix()
    token = surgery.hub.mint_token(surgery.repository, {"contents": "read", "issues": "read"}, kind="app")

    report = surgery.look(token)

    unknown = {check.name: check.params["right"] for check in report.checks if check.state == "unknown"}
    assert unknown["workflow-rights"] == "Administration: Read"
    assert unknown["app"] == "Variables: Read"
    assert {*("merging", "actions", "environment", "key", "key-elsewhere", "pages")} <= set(unknown)
    assert states(report)["labels"] == "ok"
    surgery.hub.reset_calls()
    assert surgery.fix(token).changed == ()
    assert surgery.written() == []
    result = surgery.run(GITHUB_TOKEN=token)
    assert "thêm quyền “Variables: Read” cho khóa" in result.output


def test_the_operator_s_narrow_token_is_enough(surgery: Surgery) -> None:
    surgery.hire_app()
    token = surgery.hub.mint_token(surgery.repository, OPERATOR, kind="app", login="mau")

    assert surgery.fix(token).refused == ()
    assert {name for name, state in states(surgery.look()).items() if state != "ok"} == {"samples"}


def test_a_refused_change_is_told(surgery: Surgery) -> None:
    surgery.hire_app()
    token = surgery.hub.mint_token(surgery.repository, {**OPERATOR, "administration": "read"}, kind="app")

    report = surgery.fix(token)

    assert {check.name for check, _ in report.refused} == {"environment", "history", "gate", "branches"}
    assert {check.name for check, _ in report.changed} == {"labels", "pages"}


def test_a_ruleset_that_lacks_a_status_is_completed_and_not_loosened(surgery: Surgery) -> None:
    surgery.hire_app()
    surgery.fix()
    gate = surgery.ruleset("sangkien-gate")
    rules = {rule["type"]: rule for rule in gate["rules"]}
    rules["pull_request"]["parameters"] |= {"required_approving_review_count": 2, "require_code_owner_review": True}
    kept = {"context": "checks and tests"}
    rules["required_status_checks"]["parameters"] |= {
        "strict_required_status_checks_policy": True,
        "required_status_checks": [kept, {"context": "ideas/validate", "integration_id": APP}],
    }
    stricter = [*rules.values(), {"type": "required_signatures"}]
    surgery.ask("PUT", f"/rulesets/{gate['id']}", {"rules": stricter})
    assert states(surgery.look())["gate"] == "missing"

    surgery.fix()

    after = {rule["type"]: rule.get("parameters") for rule in surgery.ruleset("sangkien-gate")["rules"]}
    assert after["pull_request"] == rules["pull_request"]["parameters"]
    assert after["required_status_checks"]["strict_required_status_checks_policy"] is True
    contexts = [one["context"] for one in after["required_status_checks"]["required_status_checks"]]
    assert contexts == ["checks and tests", "ideas/validate", "council/score"]
    assert "required_signatures" in after
    assert states(surgery.look())["gate"] == "ok"


def test_whoever_else_passes_our_rulesets_passes_no_more(surgery: Surgery) -> None:
    surgery.hire_app()
    surgery.fix()
    for name in ("sangkien-history", "sangkien-gate", "sangkien-branches"):
        one = surgery.ruleset(name)
        wide = [*one["bypass_actors"], {"actor_id": 5, "actor_type": "RepositoryRole"}]
        surgery.ask("PUT", f"/rulesets/{one['id']}", {"bypass_actors": wide})
    assert {states(surgery.look())[name] for name in ("history", "gate", "branches")} == {"missing"}

    surgery.fix()

    assert {states(surgery.look())[name] for name in ("history", "gate", "branches")} == {"ok"}


def test_somebody_else_s_ruleset_is_never_touched(surgery: Surgery) -> None:
    surgery.hire_app()
    theirs = {
        "name": "của người khác",
        "enforcement": "active",
        "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
        "rules": [{"type": "pull_request", "parameters": {"required_approving_review_count": 1}}],
    }
    made = surgery.ask("POST", "/rulesets", theirs)

    found = by_name(surgery.fix())

    assert (found["gate"].why, found["gate"].params["names"]) == ("app-blocked", "của người khác")
    assert surgery.ruleset("của người khác")["updated_at"] == made["updated_at"]


def test_an_environment_keeps_its_other_protections(surgery: Surgery) -> None:
    surgery.hire_app()
    policy = {"protected_branches": False, "custom_branch_policies": True}
    reviewers = [{"type": "User", "id": 1001}]
    surgery.ask(
        "PUT", "/environments/desk", {"wait_timer": 5, "reviewers": reviewers, "deployment_branch_policy": policy}
    )
    surgery.ask("POST", "/environments/desk/deployment-branch-policies", {"name": "thu/*"})

    found = by_name(surgery.fix())

    rules = {rule["type"]: rule for rule in surgery.ask("GET", "/environments/desk")["protection_rules"]}
    assert rules["wait_timer"]["wait_timer"] == 5
    assert rules["required_reviewers"]["reviewers"][0]["reviewer"]["id"] == 1001
    listed = surgery.ask("GET", "/environments/desk/deployment-branch-policies")["branch_policies"]
    assert [one["name"] for one in listed] == ["main"]
    assert (found["environment"].state, found["environment"].why) == ("weaker", "waits")


def test_a_label_keeps_its_colour(surgery: Surgery) -> None:
    surgery.ask("POST", "/labels", {"name": "Trả Lại", "color": "00ff00", "description": "cũ"})

    surgery.fix()

    label = surgery.ask("GET", "/labels/trả lại")
    assert (label["color"], label["description"]) == ("00ff00", "Thư ký trả lại kèm lý do")


@pytest.mark.parametrize(
    ("change", "name", "why"),
    [
        ({"enabled": False}, "actions", "off"),
        ({"enabled": True, "allowed_actions": "local_only"}, "actions", "local-only"),
        ({"enabled": True, "sha_pinning_required": True}, "pins", "forced"),
    ],
)
def test_actions(surgery: Surgery, change: Mapping[str, Any], name: str, why: str) -> None:
    surgery.ask("PUT", "/actions/permissions", change)

    assert by_name(surgery.look())[name].why == why


def test_forms_are_held_against_sync(surgery: Surgery) -> None:
    path = next(iter(surgery.look().wanted.forms))
    blob = surgery.ask("GET", f"/contents/{path}")["sha"]
    change = {"message": "x", "content": "eA==", "sha": blob, "branch": "main"}
    surgery.ask("PUT", f"/contents/{path}", change)

    found = by_name(surgery.look())["forms"]

    assert (found.state, found.why, found.params["names"]) == ("missing", "old", path)


def test_told_in_text(surgery: Surgery) -> None:
    for name in ("mended", "weaker"):
        if name == "weaker":
            surgery.hub.state.repositories[surgery.repository].private = True
            surgery.hub.state.users["hoi"].plan = "free"
        report = surgery.fix()
        text = as_text(report.settings, report.wanted.topology, report.checks, report.changed, report.refused) + "\n"
        file = GOLDEN / f"doctor-{name}.txt"
        if os.environ.get("SANGKIEN_GOLDEN") == "write":
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")

        assert file.read_text(encoding="utf-8") == text
        assert not any(login in text for login in SEATED.values())


def test_nothing_secret_and_no_account_is_told(surgery: Surgery) -> None:
    surgery.hire_app()
    for style in ("text", "json"):
        output = surgery.run("--format", style).output
        assert "Iv23.x" not in output
        assert not any(word in output for number, login in SEATED.items() for word in (login, str(number)))


def test_no_github_is_exit_code_3(surgery: Surgery, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(github_transport, "_PAUSES", ())
    assert surgery.run(GITHUB_TOKEN="not-a-key").exit_code == 3
    assert surgery.run(GITHUB_API_URL="http://127.0.0.1:9").exit_code == 3
    assert surgery.run(GITHUB_REPOSITORY="").exit_code == 2
