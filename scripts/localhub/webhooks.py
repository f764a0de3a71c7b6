"""Delivering events to those who asked for them: signed, in order, by one thread."""

import hashlib
import hmac
import json
import queue
import threading
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass
from typing import Any

from localhub import shapes
from localhub.state import Repository, State, Token, User, Webhook


@dataclass(frozen=True)
class Delivery:
    """One event on its way to one address."""

    hook: Webhook
    event: str
    body: bytes
    kind: str


class Outbox:
    """Queues deliveries and sends them one after the other."""

    def __init__(self, state: State):
        self.state = state
        self._queue: queue.Queue[Delivery | None] = queue.Queue()
        self._open = 0
        self._idle = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="localhub-webhooks", daemon=True)
        self._thread.start()
        state.listeners.append(self.put)

    def put(self, repo: Repository, event: str, payload: dict[str, Any], sender: User, token: Token | None) -> None:
        """Queue an event for every address that asked for it."""
        wanted = [hook for hook in repo.webhooks if {"*", event} & set(hook.events)]
        if not wanted:
            return
        more: dict[str, Any] = {
            "repository": shapes.repository(self.state, repo),
            "sender": shapes.user(self.state, sender),
        }
        if repo.owner.type == "Organization":
            more["organization"] = shapes.user(self.state, repo.owner)
        if token is not None and token.kind == "app":
            more["installation"] = {"id": repo.id, "node_id": shapes.node_id("MDI", repo.id)}
        body = json.dumps(payload | more, ensure_ascii=False).encode()
        kind = token.kind if token is not None else "user"
        with self._idle:
            self._open += len(wanted)
        for hook in wanted:
            self._queue.put(Delivery(hook, event, body, kind))

    def wait(self, timeout: float) -> bool:
        """Wait until nothing is left to deliver."""
        with self._idle:
            return self._idle.wait_for(lambda: self._open == 0, timeout)

    def close(self) -> None:
        """Stop after what is queued."""
        self._queue.put(None)
        self._thread.join(timeout=5)

    def _run(self) -> None:
        while (delivery := self._queue.get()) is not None:
            try:
                _send(delivery)
            finally:
                with self._idle:
                    self._open -= 1
                    self._idle.notify_all()


def sign(secret: str, body: bytes) -> str:
    """Sign a body the way GitHub does."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def _send(delivery: Delivery) -> None:
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "GitHub-Hookshot/localhub",
        "X-GitHub-Event": delivery.event,
        "X-GitHub-Delivery": str(uuid.uuid4()),
        "X-Hub-Signature-256": sign(delivery.hook.secret, delivery.body),
        "X-Localhub-Token": delivery.kind,
    }
    request = urllib.request.Request(delivery.hook.url, delivery.body, headers)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            answer.read()
    except (urllib.error.URLError, OSError):
        return  # like GitHub, an address that does not answer is not asked again
