"""The dispatcher: events of a hub in, runs of the repository's real workflow files out."""

import hashlib
import hmac
import json
import secrets as lots
import subprocess
import threading
import urllib.request
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from localhub import act, stubs, triggers
from localhub.act import Ran, Step
from localhub.hub import Hub
from localhub.triggers import Event, Workflow

SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin"


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """A GitHub App installed in the repository: what it may do at most."""

    slug: str
    permissions: Mapping[str, str]


@dataclass(slots=True, kw_only=True)
class Run:
    """One run of a workflow; `state` is queued, running, done, replaced, or awaiting somebody's approval."""

    workflow: str
    event: str
    action: str
    group: str
    state: str = "queued"
    jobs: dict[str, str] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    permissions: dict[str, dict[str, str]] = field(default_factory=dict)
    environments: dict[str, str] = field(default_factory=dict)
    log: str = ""

    def ran(self, name: str) -> bool:
        """Tell whether a step of this name ran and succeeded."""
        return any(step.name == name and step.outcome == "success" for step in self.steps)


@dataclass(frozen=True, slots=True)
class _Task:
    run: Run
    workflow: Workflow
    event: Event
    checkout: Path


class Dispatcher:
    """Listens to one repository of a hub; use it as a context manager. `only` names the workflows to run."""

    def __init__(
        self,
        hub: Hub,
        repository: str,
        room: Path,
        act: Path,
        python_bin: Path,
        secrets: Mapping[str, str] | None = None,
        variables: Mapping[str, str] | None = None,
        app: App | None = None,
        workers: int = 2,
        only: Container[str] | None = None,
    ) -> None:
        self._hub, self._repository, self._room = hub, repository, room
        self._act, self._path = act, f"{python_bin}:{SYSTEM_PATH}"
        self._secrets, self._variables = dict(secrets or {}), dict(variables or {})
        self._app, self._only = app, only
        self._webhook_secret, self._door = lots.token_hex(16), lots.token_hex(16)
        self._changed = threading.Condition()
        self._waiting: list[_Task] = []
        self._busy: set[str] = set()
        self._working = 0
        self._count = 0
        self._closing = False
        self._errors: list[Exception] = []
        self.runs: list[Run] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._address = f"http://127.0.0.1:{self._server.server_port}"
        self._threads = [threading.Thread(target=self._server.serve_forever, daemon=True)]
        self._threads += [threading.Thread(target=self._work, daemon=True) for _ in range(workers)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        self._hub.add_webhook(self._repository, f"{self._address}/events", self._webhook_secret)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._server.shutdown()
        self._server.server_close()

    def dispatch(self, workflow: str, event: str, inputs: Mapping[str, str] | None = None) -> None:
        """Start one workflow by hand or by the clock."""
        payload = {"repository": self._repository_payload(), "inputs": dict(inputs or {}), "sender": {"login": "mau"}}
        self._take(Event(name=event, payload=payload), only=workflow)

    def wait_idle(self, timeout: float = 60) -> None:
        """Wait until no event is on its way and no run is in work."""
        for _ in range(3):  # a run makes events, which make runs
            self._hub.wait_deliveries(timeout)
            with self._changed:
                if not self._changed.wait_for(lambda: not self._waiting and not self._working, timeout):
                    raise TimeoutError("runs are still in work")
        self._hub.wait_deliveries(timeout)
        if self._errors:
            raise self._errors[0]
        with self._changed:
            idle = not self._waiting and not self._working
        if not idle:
            self.wait_idle(timeout)

    def receive(self, name: str, token: str, payload: Mapping[str, Any]) -> None:
        """Take one event of the hub."""
        self._take(Event(name=name, payload=payload, token=token, files=self._files(name, payload)))

    def _take(self, event: Event, only: str = "") -> None:
        checkout = self._checkout(event)
        for path in sorted((checkout / ".github" / "workflows").glob("*.yml")):
            workflow = triggers.read(path)
            if (only and path.stem != only) or (self._only is not None and path.stem not in self._only):
                continue
            answer = triggers.answer(workflow, event)
            if answer == "no":
                continue
            run = Run(workflow=path.stem, event=event.name, action=event.action, group=triggers.group(workflow, event))
            self.runs.append(run)
            if answer == "awaiting":
                run.state = "awaiting"
            else:
                self._queue(_Task(run, workflow, event, checkout))

    def _queue(self, task: _Task) -> None:
        """Queue a run; within a group only the newest waits."""
        with self._changed:
            if task.run.group:
                for older in [t for t in self._waiting if t.run.group == task.run.group]:
                    older.run.state = "replaced"
                    self._waiting.remove(older)
            self._waiting.append(task)
            self._changed.notify_all()

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closing or self._next() is not None)
                if self._closing:
                    return
                task = self._next()
                assert task is not None  # noqa: S101  # just waited for
                self._waiting.remove(task)
                self._working += 1
                self._busy |= {task.run.group} if task.run.group else set()
            try:
                self._do(task)
            except Exception as error:  # noqa: BLE001  # kept for whoever waits
                self._errors.append(error)
            finally:
                with self._changed:
                    self._working -= 1
                    self._busy.discard(task.run.group)
                    self._changed.notify_all()

    def _next(self) -> _Task | None:
        return next((task for task in self._waiting if task.run.group not in self._busy), None)

    def _do(self, task: _Task) -> None:
        """Run a workflow's jobs one after the other, each with a token of exactly its rights."""
        run, workflow, event = task.run, task.workflow, task.event
        run.state = "running"
        options = stubs.make(task.checkout, task.checkout.parent / "stubs")
        for job, body in workflow.jobs.items():
            needs = body.get("needs") or ()
            if any(run.jobs.get(need) != "success" for need in ([needs] if isinstance(needs, str) else needs)):
                run.jobs[job] = "skipped"
                continue
            rights = triggers.permissions(workflow, job, event)
            run.permissions[job] = rights
            where = body.get("environment", "")
            run.environments[job] = where if isinstance(where, str) else where.get("name", "")
            ran = self._job(task, job, rights, options)
            run.jobs[job] = ran.outcome
            run.steps += ran.steps
            run.log += ran.log
        run.state = "done"
        self._tell_completed(run, workflow, event)

    def _job(self, task: _Task, job: str, rights: Mapping[str, str], options: list[str]) -> Ran:
        token = self._hub.mint_token(self._repository, dict(rights))
        known = {} if task.event.is_untrusted else self._secrets
        with self._changed:
            self._count += 1
            room = task.checkout.parent / f"job-{self._count}"
        return act.run(
            act.Order(
                act=self._act,
                checkout=task.checkout,
                room=room,
                workflow=task.workflow.file,
                job=job,
                event=task.event.name,
                payload=task.event.payload,
                path=self._path,
                actor=str((task.event.payload.get("sender") or {}).get("login", "mau")),
                branch=str(task.event.payload["repository"].get("default_branch", "main")),
                secrets={**known, "GITHUB_TOKEN": token},
                variables=self._variables,
                environment={
                    "GITHUB_API_URL": self._hub.api_url,
                    "GITHUB_GRAPHQL_URL": self._hub.graphql_url,
                    "GITHUB_SERVER_URL": self._hub.url,
                    "LOCALHUB_APP": "" if task.event.is_untrusted else f"{self._address}/app/{self._door}",
                },
                options=options,
            )
        )

    def _tell_completed(self, run: Run, workflow: Workflow, event: Event) -> None:
        failed = "failure" in run.jobs.values()
        head = (event.pull.get("head") or {}) if event.pull else {}
        done = {
            "name": workflow.name,
            "conclusion": "failure" if failed else "success",
            "event": event.name,
            "head_branch": head.get("ref", event.payload["repository"].get("default_branch")),
            "head_sha": head.get("sha", ""),
        }
        payload = {
            **{k: event.payload[k] for k in ("repository", "sender") if k in event.payload},
            "workflow_run": done,
        }
        if event.name != "workflow_run":  # GitHub lets chains go three long; one is all we use
            self._take(Event(name="workflow_run", payload={**payload, "action": "completed"}))

    def _checkout(self, event: Event) -> Path:
        """Clone what GitHub would check out: the default branch, or the ref of a push or an untrusted pull request."""
        with self._changed:
            self._count += 1
            place = self._room / f"run-{self._count}" / "work"
        place.parent.mkdir(parents=True)
        address = f"{self._hub.url}/{self._repository}.git".replace("://", f"://x:{self._token()}@")
        self._git("clone", "-q", "--depth", "1", address, str(place))
        ref = triggers.ref(event)
        if not ref.endswith(f"/{event.payload['repository'].get('default_branch', 'main')}"):
            # GitHub would take the merge with the base; the head alone has all a change brings.
            head = ref.replace("/merge", "/head")
            self._git("-C", str(place), "fetch", "-q", "--depth", "1", "origin", head)
            self._git("-C", str(place), "checkout", "-q", "FETCH_HEAD")
        # act reads the repository's name here; nothing is ever fetched from it.
        self._git("-C", str(place), "remote", "set-url", "origin", f"https://github.com/{self._repository}.git")
        return place

    def _git(self, *command: str) -> None:
        subprocess.run(["git", *command], check=True, capture_output=True)

    def _token(self) -> str:
        return self._hub.mint_token(self._repository, {"contents": "read", "pull_requests": "read"})

    def _repository_payload(self) -> dict[str, Any]:
        return {"full_name": self._repository, "default_branch": "main", "name": self._repository.partition("/")[2]}

    def _files(self, name: str, payload: Mapping[str, Any]) -> list[str]:
        """List the paths an event touched, as far as filters ask for them."""
        if name == "push":
            kinds = ("added", "modified", "removed")
            return [path for commit in payload.get("commits", ()) for kind in kinds for path in commit.get(kind, ())]
        if name in ("pull_request", "pull_request_target"):
            return [str(entry["filename"]) for entry in self._ask(f"/pulls/{payload['number']}/files?per_page=100")]
        return []

    def _ask(self, path: str) -> Any:
        request = urllib.request.Request(  # noqa: S310  # our own hub
            f"{self._hub.api_url}/repos/{self._repository}{path}", headers={"Authorization": f"Bearer {self._token()}"}
        )
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310  # the same
            return json.load(answer)

    def _app_token(self, wanted: Mapping[str, str]) -> dict[str, str]:
        if self._app is None:
            raise PermissionError("no App is installed")
        granted = dict(wanted) or dict(self._app.permissions)
        if any(_rank(level) > _rank(self._app.permissions.get(name, "")) for name, level in granted.items()):
            raise PermissionError("the App was not granted that much")
        login = f"{self._app.slug}[bot]"
        return {
            "token": self._hub.mint_token(self._repository, granted, kind="app", login=login),
            "slug": self._app.slug,
        }

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        dispatcher = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:  # the library's name
                data = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                status, body = dispatcher.answer(self.path, dict(self.headers), data)
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
                """Say nothing."""

        return Handler

    def answer(self, path: str, headers: Mapping[str, str], data: bytes) -> tuple[int, bytes]:
        """Answer one request: a signed event, or a job asking for the App's token."""
        if path == f"/app/{self._door}":
            try:
                return 200, json.dumps(self._app_token(json.loads(data))).encode()
            except PermissionError as error:
                return 403, str(error).encode()
        signature = "sha256=" + hmac.new(self._webhook_secret.encode(), data, hashlib.sha256).hexdigest()
        if path != "/events" or not hmac.compare_digest(headers.get("X-Hub-Signature-256", ""), signature):
            return 401, b"bad signature"
        name, token = headers["X-Github-Event"], headers.get("X-Localhub-Token", "user")
        names = [name, "pull_request_target"] if name == "pull_request" else [name]
        try:
            for each in names:
                self.receive(each, token, json.loads(data))
        except Exception as error:  # noqa: BLE001  # kept for whoever waits
            self._errors.append(error)
        return 204, b""


def _rank(level: str) -> int:
    return ("", "read", "write", "admin").index(level)
