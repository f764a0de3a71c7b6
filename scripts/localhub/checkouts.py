"""A mirror of the hub's repository: what an event's runs use, and a fresh checkout for each."""

import base64
import os
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pygit2

from localhub.repository import GitStore, Person
from localhub.triggers import Event

_NOBODY = Person("GitHub", "noreply@github.com", datetime.fromtimestamp(0, UTC))
_EVERYTHING = "+refs/*:refs/*"


class Mirror:
    """Holds all the hub's refs; one thread at a time refreshes and reads it, any number check out."""

    def __init__(self, address: str, place: Path, token: str) -> None:
        self._address, self._place, self._token = address, place, token
        place.mkdir(parents=True)
        self._home = place.parent
        self._git("init", "-q", "--bare", str(place))
        for key, value in (("gc.auto", "0"), ("uploadpack.allowAnySHA1InWant", "true")):
            self._git("-C", str(place), "config", key, value)
        self._store = GitStore(place)

    def refresh(self) -> None:
        """Fetch what the hub has now."""
        self._ask("-C", str(self._place), "fetch", "-q", "--prune", self._address, _EVERYTHING)
        self._store = GitStore(self._place)

    def default_branch(self) -> str:
        """Ask the hub which branch is the default."""
        told = self._ask("ls-remote", "--symref", self._address, "HEAD")
        first = told.partition("\t")[0]
        return first.removeprefix("ref: refs/heads/") if first.startswith("ref:") else "main"

    def commit(self, event: Event) -> str | None:
        """Find the commit an event's runs use; None if there is none, as for a pull request that conflicts."""
        if event.uses_merge:
            head = str(event.pull["head"]["sha"])
            merged = self._merged(self._base(event), head)
            return merged or (head if event.name != "pull_request" and self._known(head) else None)
        # What was pushed may be a tag that says more than its commit's name.
        found = self._store.commit(str(event.payload["after"]) if event.name == "push" else event.ref)
        return str(found.id) if found else None

    def enriched(self, event: Event) -> Event:
        """Add the paths an event touched and what its last commit says, for the filters that ask."""
        if event.name in ("pull_request", "pull_request_target"):
            head, base = str(event.pull["head"]["sha"]), self._base(event)
            if self._known(head) and self._known(base):
                start = self._store.merge_base(base, head) or base
                return replace(event, files=self._changed(start, head), message=self._message(head))
        if event.name == "push" and self._known(after := str(event.payload["after"])):
            return replace(event, files=self._changed(self._before(event, after), after), message=self._message(after))
        return event

    def workflows(self, commit: str) -> Iterator[tuple[str, str]]:
        """Read the workflow files of a commit."""
        folder = self._store.blob_at(commit, ".github/workflows")
        for item in folder if isinstance(folder, pygit2.Tree) else ():
            if isinstance(item, pygit2.Blob) and str(item.name).endswith((".yml", ".yaml")):
                yield str(item.name), item.data.decode("utf-8", "replace")

    def check_out(self, commit: str, ref: str, place: Path, *, history: bool = False) -> None:
        """Make a fresh checkout, of the last commit alone unless its history is asked for."""
        place.mkdir(parents=True)
        branch = ["-B", ref.removeprefix("refs/heads/")] if ref.startswith("refs/heads/") else ["--detach"]
        depth = [] if history else ["--depth", "1"]
        self._git("init", "-q", str(place))
        self._git("-C", str(place), "fetch", "-q", *depth, self._place.as_uri(), commit)
        self._git("-C", str(place), "checkout", "-q", *branch, "FETCH_HEAD")
        self._git("-C", str(place), "remote", "add", "origin", self._address)

    def _base(self, event: Event) -> str:
        return self._store.branch(str(event.pull["base"]["ref"])) or str(event.pull["base"]["sha"])

    def _known(self, sha: str) -> bool:
        return self._store.object(sha, pygit2.Commit) is not None

    def _message(self, sha: str) -> str:
        found = self._store.object(sha, pygit2.Commit)
        return found.message if found else ""

    def _merged(self, base: str, head: str) -> str | None:
        """Make the commit GitHub keeps as `refs/pull/N/merge`."""
        if not (self._known(base) and self._known(head)):
            return None
        tree = self._store.merged_tree(base, head)
        message = f"Merge {head} into {base}"
        return self._store.write_commit(tree, [base, head], message, _NOBODY, _NOBODY) if tree else None

    def _before(self, event: Event, after: str) -> str | None:
        """Find the commit a push is compared with: for a new branch, where it left the default branch."""
        before = str(event.payload["before"])
        if self._known(before):
            return before
        trunk = self._store.branch(event.default_branch)
        if trunk and trunk != after and (start := self._store.merge_base(trunk, after)):
            return start
        found = self._store.object(after, pygit2.Commit)
        return str(found.parent_ids[0]) if found and found.parent_ids else None

    def _changed(self, old: str | None, new: str) -> tuple[str, ...]:
        """List the paths that differ; a moved file counts in both places."""
        changes = self._store.changes(old, new)
        return tuple(path for change in changes for path in (change.path, change.previous) if path)

    def _ask(self, *command: str) -> str:
        """Run git with the hub's leave to read; the token shows in no command line and no configuration."""
        login = base64.b64encode(f"x-access-token:{self._token}".encode()).decode()
        header = {
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "http.extraHeader",
            "GIT_CONFIG_VALUE_0": f"Authorization: Basic {login}",
        }
        return self._git(*command, more=header)

    def _git(self, *command: str, more: Mapping[str, str] | None = None) -> str:
        environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(self._home),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_TERMINAL_PROMPT": "0",
            "LANG": "C.UTF-8",
        }
        done = subprocess.run(
            ["git", "-c", "init.defaultBranch=main", *command],
            check=False,
            capture_output=True,
            text=True,
            env=environment | dict(more or {}),
        )
        if done.returncode:
            raise RuntimeError(f"git {' '.join(command)}: {done.stderr.strip()}")
        return done.stdout
