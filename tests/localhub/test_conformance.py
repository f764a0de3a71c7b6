"""Every success the hub tells of is one GitHub's own description allows."""

import base64
import re
from typing import Any

import pytest
import requests
from description import DOCUMENT, faults
from extract_openapi import bare
from hub_room import REPO, Room

from localhub.routes import ROUTES

pytest_plugins = ["hub_fixtures"]


def matcher(path: str) -> re.Pattern[str]:
    parts = re.split(r"(\{[^}]*\})", path)
    wide = {"{path}", "{ref}", "{basehead}", "{branch}", "{tree_sha}", "{name}"}
    words = [(".+" if p in wide else "[^/]+") if p.startswith("{") else re.escape(p) for p in parts]
    return re.compile("".join(words))


OPERATIONS = [
    (method.upper(), path, matcher(path), operation["responses"])
    for path, methods in sorted(DOCUMENT["paths"].items(), key=lambda item: (item[0].count("{"), -len(item[0])))
    for method, operation in methods.items()
]


class Witness:
    """Talks to the hub and holds every answer against the description."""

    def __init__(self, room: Room):
        self.room = room
        self.seen: set[tuple[str, str]] = set()
        self.faults: list[str] = []
        self.sessions: dict[str, requests.Session] = {}

    def session(self, login: str) -> requests.Session:
        if login not in self.sessions:
            self.sessions[login] = requests.Session()
            self.sessions[login].headers["Authorization"] = f"token {self.room.hub.user_token(login)}"
        return self.sessions[login]

    def __call__(self, method: str, path: str, body: Any = None, *, by: str = "mau", repo: str = REPO) -> Any:
        full = path.removeprefix("~") if path.startswith("~") else f"/repos/{repo}{path}"
        answer = self.session(by).request(method, self.room.hub.api_url + full, json=body, timeout=5)
        assert answer.ok, f"{method} {full}: {answer.status_code} {answer.text}"
        data = answer.json() if answer.content else None
        self.check(method, full.partition("?")[0], str(answer.status_code), data)
        return data

    def check(self, method: str, path: str, status: str, data: Any) -> None:
        for verb, template, pattern, responses in OPERATIONS:
            if verb != method or not pattern.fullmatch(path):
                continue
            self.seen.add((method, bare(template)))
            if status not in responses:
                self.faults.append(f"{method} {template}: {status} is not described, only {sorted(responses)}")
                return
            schema = responses[status].get("content", {}).get("application/json", {}).get("schema")
            if schema is None:
                if data is not None:
                    self.faults.append(f"{method} {template}: {status} should be empty")
                return
            self.faults += [f"{method} {template} {status} {fault}" for fault in faults(schema, data)]
            return


@pytest.fixture
def ask(room: Room) -> Witness:
    room.hub.add_user("hoi", id=2001, type="Organization", plan="team")
    room.hub.add_repository("hoi/chung", source=room.path / "source")
    room.hub.add_collaborator("hoi/chung", "mau", "admin")
    return Witness(room)


def accounts(ask: Witness) -> None:
    ask("GET", "~/user")
    ask("GET", "~/user/1002")
    ask("GET", "~/user/repos")
    ask("GET", "~/users/lan")
    ask("GET", "~/users/mau/repos")
    ask("GET", "~/orgs/hoi")
    ask("GET", "~/rate_limit")
    ask("GET", "")
    ask("GET", "", by="khach")
    ask("GET", "", repo="hoi/chung")
    ask("PATCH", "", {"delete_branch_on_merge": False, "has_issues": True})
    ask("GET", "/collaborators")
    ask("GET", "/collaborators/lan")
    ask("GET", "/collaborators/lan/permission")
    ask("DELETE", "/collaborators/lan")
    ask("PUT", "/collaborators/lan", {"permission": "push"})


def issues(ask: Witness) -> None:
    number = ask("POST", "/issues", {"title": "Một", "body": "a", "labels": ["mới"], "assignees": ["lan"]})["number"]
    base = f"/issues/{number}"
    ask("GET", "/issues?state=all")
    ask("GET", base)
    comment = ask("POST", f"{base}/comments", {"body": "chào"}, by="khach")["id"]
    ask("GET", f"{base}/comments")
    ask("GET", "/issues/comments")
    ask("GET", f"/issues/comments/{comment}")
    ask("PATCH", f"/issues/comments/{comment}", {"body": "sửa"})
    for place in (base, f"/issues/comments/{comment}"):
        reaction = ask("POST", f"{place}/reactions", {"content": "heart"})["id"]
        ask("POST", f"{place}/reactions", {"content": "heart"})
        ask("GET", f"{place}/reactions")
        ask("DELETE", f"{place}/reactions/{reaction}")
    ask("DELETE", f"/issues/comments/{comment}")
    ask("POST", "/labels", {"name": "một hai", "color": "00ff00", "description": "x"})
    ask("GET", "/labels")
    ask("GET", "/labels/một hai")
    ask("PATCH", "/labels/một hai", {"new_name": "ba", "color": "0000ff"})
    ask("POST", f"{base}/labels", {"labels": ["ba", "bốn"]})
    ask("GET", f"{base}/labels")
    ask("DELETE", f"{base}/labels/ba")
    ask("PUT", f"{base}/labels", {"labels": ["ba"]})
    ask("DELETE", f"{base}/labels")
    ask("DELETE", "/labels/ba")
    ask("PUT", f"{base}/lock", {"lock_reason": "resolved"})
    ask("GET", base)
    ask("DELETE", f"{base}/lock")
    ask("PATCH", base, {"state": "closed", "state_reason": "not_planned"})
    ask("GET", base)


def git(ask: Witness) -> None:
    head = ask("GET", "/branches/main")["commit"]["sha"]
    ask("GET", "/branches")
    ask("GET", "/contents/docs")
    ask("GET", "/contents/README.md")
    text = base64.b64encode("xin chào\n".encode()).decode()
    blob = ask("POST", "/git/blobs", {"content": text, "encoding": "base64"})["sha"]
    ask("GET", f"/git/blobs/{blob}")
    rows = [{"path": "ideas/1.yaml", "mode": "100644", "type": "blob", "sha": blob}]
    tree = ask("POST", "/git/trees", {"base_tree": head, "tree": rows})["sha"]
    ask("GET", f"/git/trees/{tree}?recursive=1")
    commit = ask("POST", "/git/commits", {"message": "Add", "tree": tree, "parents": [head]})["sha"]
    ask("GET", f"/git/commits/{commit}")
    ask("POST", "/git/refs", {"ref": "refs/heads/idea/1", "sha": head})
    ask("PATCH", "/git/refs/heads/idea/1", {"sha": commit})
    ask("GET", "/git/ref/heads/idea/1")
    ask("GET", "/git/matching-refs/heads/idea")
    ask("GET", "/compare/main...idea/1")
    ask("GET", "/commits")
    ask("GET", f"/commits/{commit}")
    ask("POST", f"/statuses/{commit}", {"state": "success", "context": "a", "description": "b"})
    ask("GET", f"/commits/{commit}/status")
    ask("GET", f"/commits/{commit}/statuses")
    file = ask("PUT", "/contents/new.txt", {"message": "m", "content": text})["content"]["sha"]
    ask("PUT", "/contents/new.txt", {"message": "m", "content": "", "sha": file})
    file = ask("GET", "/contents/new.txt")["sha"]
    ask("DELETE", "/contents/new.txt", {"message": "m", "sha": file})
    ask("POST", "/git/refs", {"ref": "refs/heads/gone", "sha": head})
    ask("DELETE", "/git/refs/heads/gone")


def pulls(ask: Witness) -> None:
    ask("POST", "/forks", {}, by="khach")
    ask("GET", "/forks")
    ask("GET", "", repo="khach/sang-kien")
    number = ask("POST", "/pulls", {"title": "T", "head": "idea/1", "base": "main", "body": "Closes #1"})["number"]
    base = f"/pulls/{number}"
    ask("PATCH", f"/issues/{number}", {"labels": ["mới"], "assignees": ["lan"]})
    ask("GET", f"/issues/{number}")
    ask("GET", "/pulls")
    ask("GET", base)
    ask("PATCH", base, {"title": "Tên"})
    ask("GET", f"{base}/files")
    ask("GET", f"{base}/commits")
    head = ask("GET", base)["head"]["sha"]
    ask("GET", f"/commits/{head}/pulls")
    review = ask("POST", f"{base}/reviews", {"event": "REQUEST_CHANGES", "body": "chưa"}, by="lan")["id"]
    remarks = [{"path": "ideas/1.yaml", "line": 1, "body": "dòng này"}]
    pending = ask("POST", f"{base}/reviews", {"body": "x", "comments": remarks}, by="lan")["id"]
    ask("POST", f"{base}/reviews/{pending}/events", {"event": "COMMENT"}, by="lan")
    ask("GET", f"{base}/reviews/{pending}/comments")
    ask("GET", f"{base}/comments")
    gone = ask("POST", f"{base}/reviews", {"body": "x"}, by="lan")["id"]
    ask("DELETE", f"{base}/reviews/{gone}", by="lan")
    ask("PUT", f"{base}/reviews/{review}", {"body": "sửa"}, by="lan")
    ask("PUT", f"{base}/reviews/{review}/dismissals", {"message": "thôi"})
    ask("GET", f"{base}/reviews/{review}")
    ask("GET", f"{base}/reviews")
    ask("PUT", f"{base}/update-branch", {})
    ask("PUT", f"{base}/merge", {"merge_method": "squash"})
    ask("GET", f"{base}/merge")
    ask("GET", base)
    ask("GET", "/pulls?state=closed")


def dispatches(ask: Witness) -> None:
    ask("POST", "/dispatches", {"event_type": "x"})
    ask("PUT", "/contents/.github/workflows/x.yml", {"message": "m", "content": ""})
    ask("POST", "/actions/workflows/x.yml/dispatches", {"ref": "main"})


def settings(ask: Witness) -> None:
    names = {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}}
    checks = {"strict_required_status_checks_policy": False, "required_status_checks": [{"context": "a"}]}
    rules = [{"type": "deletion"}, {"type": "required_status_checks", "parameters": checks}]
    body = {"name": "chính", "enforcement": "disabled", "conditions": names, "rules": rules}
    actors = [{"actor_id": 5, "actor_type": "RepositoryRole", "bypass_mode": "always"}]
    made = ask("POST", "/rulesets", body | {"bypass_actors": actors})["id"]
    ask("GET", "/rulesets")
    ask("GET", f"/rulesets/{made}")
    ask("PUT", f"/rulesets/{made}", {"enforcement": "active"})
    ask("GET", "/rules/branches/main")
    ask("GET", "/branches/main")
    ask("DELETE", f"/rulesets/{made}")
    policy = {"protected_branches": False, "custom_branch_policies": True}
    reviewers = [{"type": "User", "id": 1002}]
    place = "/environments/intake"
    ask("PUT", place, {"wait_timer": 1, "reviewers": reviewers, "deployment_branch_policy": policy})
    ask("GET", "/environments")
    ask("GET", place)
    number = ask("POST", f"{place}/deployment-branch-policies", {"name": "main"})["id"]
    ask("GET", f"{place}/deployment-branch-policies")
    ask("DELETE", f"{place}/deployment-branch-policies/{number}")
    for base in ("/actions", place):
        ask("POST", f"{base}/variables", {"name": "A", "value": "1"})
        ask("PATCH", f"{base}/variables/A", {"value": "2"})
        ask("GET", f"{base}/variables")
        ask("GET", f"{base}/variables/A")
        ask("DELETE", f"{base}/variables/A")
        ask("GET", f"{base}/secrets/public-key")
        for _ in range(2):
            ask("PUT", f"{base}/secrets/A", {"encrypted_value": "x", "key_id": "1"})
        ask("GET", f"{base}/secrets")
        ask("GET", f"{base}/secrets/A")
        ask("DELETE", f"{base}/secrets/A")
    ask("DELETE", place)
    ask("PUT", "/actions/permissions", {"enabled": True, "allowed_actions": "selected"})
    ask("GET", "/actions/permissions")
    ask("PUT", "/actions/permissions/workflow", {"default_workflow_permissions": "read"})
    ask("GET", "/actions/permissions/workflow")
    ask("POST", "/pages", {"build_type": "workflow"})
    ask("GET", "/pages")
    ask("PUT", "/pages", {"https_enforced": True})
    ask("DELETE", "/pages")
    key = ask("POST", "/keys", {"title": "trang", "key": "ssh-ed25519 AAAA"})["id"]
    ask("GET", "/keys")
    ask("DELETE", f"/keys/{key}")
    ask("PUT", "/vulnerability-alerts")
    ask("GET", "/vulnerability-alerts")
    ask("DELETE", "/vulnerability-alerts")


def test_every_success_is_one_github_describes(ask: Witness) -> None:
    for scene in (accounts, issues, git, pulls, dispatches, settings):
        scene(ask)
    assert not ask.faults, "\n".join(ask.faults)
    described = {(method, bare(path)) for method, path, _, _ in OPERATIONS}
    served = {(route.method, bare(route.path)) for route in ROUTES}
    assert served & described == ask.seen
