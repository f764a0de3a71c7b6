"""The dispatcher: events of a hub in, runs of the repository's real workflow files out."""

import queue
import shutil
import threading
import time
from collections.abc import Container, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from localhub import expressions, jobs, runs, triggers, workflows
from localhub.actlog import Step
from localhub.apps import App, Counter
from localhub.checkouts import Mirror
from localhub.hub import Hub
from localhub.jobs import Bench
from localhub.lanes import Lanes
from localhub.receiver import Receiver
from localhub.runs import Run, Task
from localhub.triggers import Event

__all__ = ["App", "Dispatcher", "Run", "Step"]

SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin"
_BY_HAND = ("workflow_dispatch", "schedule")


class Dispatcher:
    """Listens to one repository of a hub; use it as a context manager. `only` names the workflows to run.

    Not done as on GitHub: a job's own `concurrency` is ignored, `cancel-in-progress` waits instead of cancelling, jobs
    of a run follow one another, and caches are not kept.
    """

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
        self._hub, self._repository, self._room, self._only = hub, repository, room, only
        self._closing = False
        reader = hub.mint_token(repository, {"contents": "read"})
        self._mirror = Mirror(f"{hub.url}/{repository}.git", room / "mirror.git", reader)
        counter = Counter(app, lambda rights, login: hub.mint_token(repository, dict(rights), kind="app", login=login))
        self._receiver = Receiver(self._arrived, counter)
        self._bench = Bench(
            act=act,
            path=f"{python_bin}:{SYSTEM_PATH}",
            addresses={
                "GITHUB_API_URL": hub.api_url,
                "GITHUB_GRAPHQL_URL": hub.graphql_url,
                "GITHUB_SERVER_URL": hub.url,
            },
            secrets=dict(secrets or {}),
            variables=dict(variables or {}),
            mint=lambda rights: hub.mint_token(repository, dict(rights)),
            counter=counter,
            door=f"{self._receiver.url}/app",
            artifacts=room / "artifacts",
            stopped=lambda: self._closing,
        )
        self._inbox: queue.Queue[Event | None] = queue.Queue()
        self._changed = threading.Condition()
        self._mirroring = threading.Lock()
        self._lanes: Lanes[Task] = Lanes()
        self._received = self._unread = self._count = 0
        self._errors: list[Exception] = []
        self.runs: list[Run] = []
        self._threads = [threading.Thread(target=self._listen, name="localhub-events", daemon=True)]
        self._threads += [
            threading.Thread(target=self._work, name=f"localhub-run-{number}", daemon=True) for number in range(workers)
        ]

    def __enter__(self) -> Self:
        self._receiver.start()
        for thread in self._threads:
            thread.start()
        self._hub.show_artifacts(self._repository, self._bench.artifacts)
        self._hub.add_webhook(self._repository, f"{self._receiver.url}/events", self._receiver.secret)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._inbox.put(None)
        for thread in self._threads:
            thread.join()
        self._receiver.close()
        shutil.rmtree(self._room, ignore_errors=True)

    def dispatch(self, workflow: str, event: str, inputs: Mapping[str, str] | None = None) -> None:
        """Start one workflow by hand (`workflow_dispatch`) or by the clock (`schedule`)."""
        if event not in _BY_HAND:
            raise ValueError(f"{event} is not an event to start by hand")
        owner, _, name = self._repository.partition("/")
        branch = self._mirror.default_branch()
        home = {"full_name": self._repository, "name": name, "owner": {"login": owner}, "default_branch": branch}
        more: dict[str, Any] = {"inputs": dict(inputs or {}), "ref": f"refs/heads/{branch}"}
        if event == "schedule":
            more = {"schedule": ""}
        made = self._take(
            Event(name=event, payload={"repository": home, "sender": {"login": owner}, **more}), only=workflow
        )
        if not made:
            raise ValueError(f"no workflow {workflow!r} starts on {event}")

    def artifact(self, run: Run, name: str) -> Path:
        """Give the folder of what a run uploaded under a name; it is gone with the dispatcher."""
        return next((self._bench.artifacts / str(run.number)).glob(f"*/{name}"))

    def wait_idle(self, timeout: float = 60) -> None:
        """Wait until no event is on its way and no run is in work; raises what went wrong in between."""
        end = time.monotonic() + timeout
        while True:
            seen = self._received
            self._hub.wait_deliveries(_left(end))
            with self._changed:
                if not self._changed.wait_for(self._is_idle, _left(end)):
                    busy = [f"{run.workflow} ({run.state})" for run in self.runs if run.state in ("queued", "running")]
                    raise TimeoutError(f"still in work after {timeout:g} s: {', '.join(busy)}")
            self._hub.wait_deliveries(_left(end))  # what the runs did makes events, which make runs
            with self._changed:
                if self._errors:
                    raise self._errors.pop(0)
                if seen == self._received and self._is_idle():
                    return

    def _is_idle(self) -> bool:
        return not self._unread and self._lanes.idle

    def _arrived(self, name: str, token: str, payload: dict[str, Any]) -> None:
        """Take an event in; a pull request's counts twice."""
        names = (name, "pull_request_target") if name == "pull_request" else (name,)
        for each in names:
            self._put(Event(name=each, payload=payload, token=token))

    def _put(self, event: Event) -> None:
        with self._changed:
            self._received += 1
            self._unread += 1
        self._inbox.put(event)

    def _listen(self) -> None:
        while (event := self._inbox.get()) is not None:
            try:
                if "repository" in event.payload:
                    self._take(event)
            except Exception as error:  # noqa: BLE001  # kept for whoever waits
                self._errors.append(error)
            with self._changed:
                self._unread -= 1
                self._changed.notify_all()

    def _take(self, event: Event, only: str = "") -> list[Run]:
        """Make the runs an event starts."""
        with self._mirroring:
            if event.action not in ("requested", "in_progress"):  # they follow at once on what was just fetched
                self._mirror.refresh()
            commit = self._mirror.commit(event)
            if commit is None:
                return []
            event = self._mirror.enriched(event)
            files = list(self._mirror.workflows(commit))
        wanted = [(file, text) for file, text in files if self._is_wanted(file, only)]
        return [run for file, text in wanted if (run := self._consider(file, text, event, commit)) is not None]

    def _is_wanted(self, file: str, only: str) -> bool:
        word = file.rpartition(".")[0]
        return only in ("", word) and (self._only is None or word in self._only)

    def _consider(self, file: str, text: str, event: Event, commit: str) -> Run | None:
        """Make the run of one workflow if the event starts it; a file that cannot be read is a run that failed."""
        run = Run(workflow=file.rpartition(".")[0], event=event.name, action=event.action, ref=event.ref, commit=commit)
        try:
            workflow = workflows.read(file, text)
            answer = triggers.answer(workflow, event)
            if answer == "no":
                return None
            self._register(run)
            context = triggers.context(workflow, event, commit, run.number)
            run.group = expressions.fill(workflow.concurrency, context | {"vars": self._bench.variables})
        except ValueError as error:
            if not run.number:
                self._register(run)
            jobs.refuse(run, str(error))
            return run
        if answer == "awaiting":
            run.state = "awaiting"
        else:
            self._queue(Task(run, workflow, event))
        return run

    def _register(self, run: Run) -> None:
        with self._changed:
            self.runs.append(run)
            self._count += 1
            run.number = self._count

    def _queue(self, task: Task) -> None:
        self._tell(task, "requested")
        with self._changed:
            replaced = self._lanes.add(task, task.run.group)
            if replaced is not None:
                replaced.run.state = "replaced"
            self._changed.notify_all()
        if replaced is not None:
            self._tell(replaced, "completed")

    def _tell(self, task: Task, action: str) -> None:
        self._put(runs.told(task, action))

    def _work(self) -> None:
        while True:
            with self._changed:
                taken = None
                while not self._closing and (taken := self._lanes.take()) is None:
                    self._changed.wait()
                if taken is None:
                    return
                key, task = taken
                task.run.state = "running"
            try:
                self._tell(task, "in_progress")
                self._perform(task)
            except Exception as error:  # noqa: BLE001  # kept for whoever waits
                self._errors.append(error)
                jobs.refuse(task.run, str(error))
            task.run.state = "done"
            self._tell(task, "completed")
            with self._changed:
                self._lanes.done(key)
                self._changed.notify_all()

    def _perform(self, task: Task) -> None:
        if all(jobs.ruled_out(task, job, self._bench) for job in task.workflow.jobs):
            task.run.jobs = dict.fromkeys(task.workflow.jobs, "skipped")
            return
        place = self._room / f"run-{task.run.number}" / "work"
        history = any(workflows.wants_history(body) for body in task.workflow.jobs.values())
        try:
            self._mirror.check_out(task.run.commit, task.run.ref, place, history=history)
            jobs.perform(task, place, self._bench)
        finally:
            shutil.rmtree(place.parent, ignore_errors=True)


def _left(end: float) -> float:
    return max(0.01, end - time.monotonic())
