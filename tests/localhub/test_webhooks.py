"""Events are sent, signed and in order."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from description import event_schema, faults
from hub_room import REPO, Room

pytest_plugins = ["hub_fixtures"]
SECRET = "bí mật"


@dataclass
class Post:
    headers: dict[str, str]
    body: bytes

    @property
    def name(self) -> str:
        action = self.json.get("action")
        return self.headers["x-github-event"] + (f".{action}" if action else "")

    @property
    def json(self) -> dict[str, Any]:
        data: dict[str, Any] = json.loads(self.body)
        return data


@dataclass
class Inbox:
    url: str
    posts: list[Post] = field(default_factory=list)

    def names(self) -> list[str]:
        return [post.name for post in self.posts]


@pytest.fixture
def inbox(room: Room) -> Iterator[Inbox]:
    posts: list[Post] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            posts.append(Post({k.lower(): v for k, v in self.headers.items()}, body))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    box = Inbox(f"http://127.0.0.1:{server.server_port}", posts)
    room.hub.add_webhook(REPO, box.url, SECRET)
    yield box
    room.hub.wait_deliveries(5)
    against = {}
    for post in posts:
        schema = event_schema(post.headers["x-github-event"], post.json.get("action"))
        assert schema is not None, post.name
        if found := faults(schema, post.json):
            against[post.name] = found
    assert not against, json.dumps(against, indent=1, ensure_ascii=False)
    server.shutdown()
    server.server_close()


def test_signature_and_kind_of_token(room: Room, inbox: Inbox) -> None:
    room.as_("mau").create_issue("một")
    room.with_rights(issues="write").create_issue("hai")
    room.client(room.hub.mint_token(REPO, {"issues": "write"}, kind="app", login="so[bot]")).get_repo(
        REPO
    ).create_issue("ba")
    room.hub.wait_deliveries(5)
    assert [post.headers["x-localhub-token"] for post in inbox.posts] == ["user", "actions", "app"]
    assert [post.json["sender"]["login"] for post in inbox.posts] == ["mau", "github-actions[bot]", "so[bot]"]
    assert ["installation" in post.json for post in inbox.posts] == [False, False, True]
    for post in inbox.posts:
        digest = hmac.new(SECRET.encode(), post.body, hashlib.sha256).hexdigest()
        assert post.headers["x-hub-signature-256"] == f"sha256={digest}"


def test_life_of_an_issue(room: Room, inbox: Inbox) -> None:
    issue = room.as_("mau").create_issue("một", body="cũ", labels=["x"])
    issue.edit(body="mới")
    comment = issue.create_comment("a")
    comment.edit("b")
    comment.delete()
    issue.remove_from_labels("x")
    issue.edit(state="closed")
    issue.edit(state="open")
    issue.lock("resolved")
    room.hub.wait_deliveries(5)
    assert inbox.names() == [
        "issues.opened",
        "issues.labeled",
        "issues.edited",
        "issue_comment.created",
        "issue_comment.edited",
        "issue_comment.deleted",
        "issues.unlabeled",
        "issues.closed",
        "issues.reopened",
        "issues.locked",
    ]
    assert inbox.posts[2].json["changes"] == {"body": {"from": "cũ"}}


def test_life_of_a_pull(room: Room, inbox: Inbox) -> None:
    room.file_on_branch("x", "x.txt")
    pull = room.as_("mau").create_pull(base="main", head="x", title="T")
    review = room.as_("lan").get_pull(1).create_review(event="APPROVE", body="tốt")
    review.edit("rất tốt")
    room.as_("mau").get_pull(1).get_review(review.id).dismiss("thôi")
    room.as_("mau").create_file("y.txt", "y", "y", branch="x")
    pull.update()
    room.as_("mau").get_commit(pull.head.sha).create_status("success", context="a")
    pull.merge()
    room.hub.wait_deliveries(5)
    assert inbox.names() == [
        "create",
        "push",
        "push",
        "pull_request.opened",
        "pull_request_review.submitted",
        "pull_request_review.edited",
        "pull_request_review.dismissed",
        "push",
        "pull_request.synchronize",
        "status",
        "pull_request.closed",
        "push",
    ]
    opened, synchronize, closed, push = (inbox.posts[i].json for i in (3, 8, 10, 11))
    assert opened["number"] == opened["pull_request"]["number"] == 1
    assert synchronize["after"] == synchronize["pull_request"]["head"]["sha"]
    assert closed["pull_request"]["merged"] is True
    assert (push["ref"], push["head_commit"]["id"]) == ("refs/heads/main", push["after"])
    assert push["pusher"]["name"] == "mau"


def test_dispatches(room: Room, inbox: Inbox) -> None:
    repo = room.as_("mau")
    repo.create_repository_dispatch("đếm", {"a": 1})
    repo.create_file(".github/workflows/tally.yml", "m", "on: workflow_dispatch\n")
    workflow = f"{repo.url}/actions/workflows/tally.yml/dispatches"
    repo.requester.requestJsonAndCheck("POST", workflow, input={"ref": "main", "inputs": {"n": "1"}})
    room.hub.wait_deliveries(5)
    assert inbox.names() == ["repository_dispatch.đếm", "push", "workflow_dispatch"]
    assert inbox.posts[2].json["inputs"] == {"n": "1"}
