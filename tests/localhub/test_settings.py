"""Settings: rules that bind, environments, what a free plan refuses."""

from functools import partial
from typing import Any

import pytest
from github import GithubException
from github.Repository import Repository
from hub_room import REPO, Room, refused

pytest_plugins = ["hub_fixtures"]


def call(repo: Repository, method: str, path: str, **body: Any) -> Any:
    _, data = repo.requester.requestJsonAndCheck(method, f"{repo.url}{path}", input=body or None)
    return data


def ruleset(*rules: dict[str, Any], include: str = "~DEFAULT_BRANCH") -> dict[str, Any]:
    names = {"include": [include], "exclude": []}
    return {"name": include, "enforcement": "active", "conditions": {"ref_name": names}, "rules": list(rules)}


def required(context: str) -> dict[str, Any]:
    checks = [{"context": context}]
    strict = {"strict_required_status_checks_policy": False}
    return {"type": "required_status_checks", "parameters": strict | {"required_status_checks": checks}}


def test_required_status_blocks_the_merge(room: Room) -> None:
    repo = room.as_("mau")
    call(repo, "POST", "/rulesets", **ruleset(required("ideas/validate")))
    room.file_on_branch("x", "x.txt")
    pull = repo.create_pull(base="main", head="x", title="T")
    assert pull.mergeable_state == "blocked"
    assert 'Required status check "ideas/validate" is expected.' in refused(405, pull.merge)["message"]
    commit = repo.get_commit(pull.head.sha)
    commit.create_status("failure", context="ideas/validate")
    refused(405, pull.merge)
    commit.create_status("success", context="ideas/validate")
    assert commit.get_combined_status().state == "success"
    pull.update()
    assert pull.mergeable_state == "clean"
    assert pull.merge().merged


def test_rules_on_ways_to_merge(room: Room) -> None:
    repo = room.as_("mau")
    strict = required("a")
    strict["parameters"]["strict_required_status_checks_policy"] = True
    call(repo, "POST", "/rulesets", **ruleset(strict, {"type": "required_linear_history"}))
    for name in ("x", "y"):
        commit = repo.get_commit(room.file_on_branch(name, f"{name}.txt"))
        commit.create_status("success", context="a")
    one, two = (repo.create_pull(base="main", head=name, title=name) for name in ("x", "y"))
    assert "merge method" in refused(405, one.merge)["message"]
    assert one.merge(merge_method="squash").merged
    assert "out of date" in refused(405, partial(two.merge, merge_method="squash"))["message"]


def test_status_of_an_app_and_stale_approvals(room: Room) -> None:
    repo = room.as_("mau")
    pinned = required("a")
    pinned["parameters"]["required_status_checks"][0]["integration_id"] = 7
    approving = {"required_approving_review_count": 1, "dismiss_stale_reviews_on_push": True}
    call(repo, "POST", "/rulesets", **ruleset(pinned, {"type": "pull_request", "parameters": approving}))
    room.file_on_branch("x", "x.txt")
    pull = repo.create_pull(base="main", head="x", title="T")
    review = room.as_("lan").get_pull(1).create_review(event="APPROVE", body="tốt")
    repo.create_file("y.txt", "y", "y", branch="x")
    pull.update()
    assert pull.get_review(review.id).state == "DISMISSED"
    room.as_("lan").get_pull(1).create_review(event="APPROVE")
    repo.get_commit(pull.head.sha).create_status("success", context="a")
    refused(405, pull.merge)
    app = room.client(room.hub.mint_token(REPO, {"statuses": "write", "contents": "read"}, kind="app", login="so[bot]"))
    app.get_repo(REPO).get_commit(pull.head.sha).create_status("success", context="a")
    assert pull.merge().merged


def test_rules_on_pushes(room: Room) -> None:
    repo = room.as_("mau")
    call(repo, "POST", "/rulesets", **ruleset({"type": "creation"}, {"type": "deletion"}, include="refs/heads/idea/*"))
    head = repo.get_branch("main").commit.sha
    assert "creations" in refused(422, partial(repo.create_git_ref, "refs/heads/idea/1", head))["message"]
    repo.create_git_ref("refs/heads/other", head)
    bound = call(repo, "GET", "/rules/branches/idea/1")
    assert [rule["type"] for rule in bound] == ["creation", "deletion"]


def test_pull_request_rule_lets_the_bypassing_through(room: Room) -> None:
    repo = room.as_("mau")
    rules = ruleset({"type": "pull_request", "parameters": {"required_approving_review_count": 1}})
    made = call(repo, "POST", "/rulesets", **rules)
    refused(409, partial(repo.create_file, "x", "x", "x"))
    room.file_on_branch("x", "x.txt")
    pull = repo.create_pull(base="main", head="x", title="T")
    room.as_("khach").get_pull(1).create_review(event="APPROVE")
    pull.update()
    assert pull.mergeable_state == "blocked"
    room.as_("lan").get_pull(1).create_review(event="APPROVE")
    assert pull.merge().merged
    call(repo, "PUT", f"/rulesets/{made['id']}", bypass_actors=[{"actor_id": 5, "actor_type": "RepositoryRole"}])
    repo.create_file("x", "x", "x")
    refused(409, partial(room.as_("lan").create_file, "y", "y", "y"))


def test_free_plan_keeps_private_repositories_simple(room: Room) -> None:
    room.hub.add_repository("mau/kin", private=True)
    repo = room.client(room.hub.user_token("mau")).get_repo("mau/kin")
    assert "Upgrade to GitHub Pro" in refused(403, partial(call, repo, "GET", "/rulesets"))["message"]
    refused(404, partial(call, repo, "GET", "/environments"))
    refused(404, partial(call, repo, "GET", "/pages"))
    room.hub.state.users["mau"].plan = "pro"
    assert call(repo, "GET", "/environments")["total_count"] == 0


def test_environment_with_branches(room: Room) -> None:
    repo = room.as_("mau")
    policy = {"protected_branches": False, "custom_branch_policies": True}
    call(repo, "PUT", "/environments/intake", deployment_branch_policy=policy)
    call(repo, "POST", "/environments/intake/deployment-branch-policies", name="main")
    listed = call(repo, "GET", "/environments/intake/deployment-branch-policies")
    assert [row["name"] for row in listed["branch_policies"]] == ["main"]
    call(repo, "POST", "/environments/intake/variables", name="APP_ID", value="7")
    assert call(repo, "GET", "/environments/intake/variables/app_id")["value"] == "7"
    refused(403, partial(call, room.as_("lan"), "DELETE", "/environments/intake"))
    call(repo, "DELETE", "/environments/intake")
    refused(404, partial(call, repo, "GET", "/environments/intake"))


def test_names_of_secrets_without_values(room: Room) -> None:
    repo = room.as_("mau")
    for _ in range(2):
        call(repo, "PUT", "/actions/secrets/app_key", encrypted_value="xxx", key_id="1")
    [row] = call(repo, "GET", "/actions/secrets")["secrets"]
    assert row["name"] == "APP_KEY"
    assert "value" not in str(row)


def test_switches(room: Room) -> None:
    repo = room.as_("mau")
    repo.edit(delete_branch_on_merge=True, allow_squash_merge=True, squash_merge_commit_title="PR_TITLE")
    room.file_on_branch("x", "x.txt")
    pull = repo.create_pull(base="main", head="x", title="Tên")
    pull.merge(merge_method="squash")
    assert repo.get_branch("main").commit.commit.message == "Tên (#1)"
    with pytest.raises(GithubException):
        repo.get_branch("x")
    call(repo, "PUT", "/actions/permissions/workflow", default_workflow_permissions="write")
    assert call(repo, "GET", "/actions/permissions/workflow")["default_workflow_permissions"] == "write"
    assert repo.get_vulnerability_alert() is False
    assert repo.enable_vulnerability_alert()
    assert repo.get_vulnerability_alert() is True
