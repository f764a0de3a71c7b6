"""A hub whose repository holds workflow files, and ways to make things happen in it."""

import json
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from localhub import Hub
from localhub.dispatcher import Dispatcher

REPO = "mau/sang-kien"
BIN = Path(sys.executable).parent
FAKE = """#!/bin/sh
while [ -e '{gate}' ]; do sleep 0.02; done
for word; do
  [ "$before" = -j ] && job="$word"
  [ "$before" = -C ] && checkout="$word"
  before="$word"
done
echo "$@" >> '{told}'
printf '{{"job":"%s","jobID":"%s","jobResult":"success"}}\\n' "$job" "$job"
cd "$checkout" && find . -type f -not -path './.git/*'
"""


@dataclass
class Place:
    """The hub, and ways to make things happen there."""

    hub: Hub
    path: Path
    stack: ExitStack

    def repository(self, files: Mapping[str, str] | None = None, **workflows: str) -> None:
        """Make the repository of workflows by name, and other files."""
        source = self.path / "source"
        named = {f".github/workflows/{name}.yml": text for name, text in workflows.items()}
        for name, text in {**named, **(files or {})}.items():
            place = source / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
        self.hub.add_repository(REPO, source=source)

    @property
    def gate(self) -> Path:
        return self.path / "gate"

    def told(self) -> list[str]:
        """Give the words each call of the stand-in for act got."""
        place = self.path / "told"
        return place.read_text(encoding="utf-8").splitlines() if place.exists() else []

    def start(self, *, real: bool = False, **options: Any) -> Dispatcher:
        """Start to listen, with act or with what does as if."""
        act = BIN / "act"
        if not real:
            act = self.path / "act"
            act.write_text(FAKE.format(gate=self.gate, told=self.path / "told"), encoding="utf-8")
            act.chmod(0o755)
        room = self.path / "runs"
        self.hub.add_collaborator(REPO, "lan", "write")
        return self.stack.enter_context(Dispatcher(self.hub, REPO, room, act=act, python_bin=BIN, **options))

    def ask(self, token: str, verb: str, path: str, data: Any = None, repo: str = REPO) -> Any:
        """Call the API."""
        request = urllib.request.Request(
            f"{self.hub.api_url}/repos/{repo}{path}",
            data=json.dumps(data).encode() if data is not None else None,
            headers={"Authorization": f"Bearer {token}"},
            method=verb,
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer) if answer.status != 204 else None

    def address(self, login: str) -> str:
        """Give the address a person pushes to."""
        return f"{self.hub.url}/{REPO}.git".replace("://", f"://{login}:{self.hub.user_token(login)}@")

    def as_(self, login: str) -> Callable[..., Any]:
        token = self.hub.user_token(login)
        return lambda *words, **more: self.ask(token, *words, **more)

    def issue(self, title: str = "Một ý", token: str = "") -> int:
        number: int = self.ask(token or self.hub.user_token("lan"), "POST", "/issues", {"title": title})["number"]
        return number

    def branch(self, name: str, files: Mapping[str, str], repo: str = REPO, token: str = "") -> str:
        """Make a branch of main with these files changed, and give its head."""
        token = token or self.hub.user_token(repo.partition("/")[0])
        base = self.ask(token, "GET", "/git/ref/heads/main", repo=repo)["object"]["sha"]
        blobs = [{"path": path, "mode": "100644", "type": "blob", "content": text} for path, text in files.items()]
        tree = self.ask(token, "POST", "/git/trees", {"base_tree": base, "tree": blobs}, repo)["sha"]
        commit = {"message": f"Make {name}", "tree": tree, "parents": [base]}
        sha: str = self.ask(token, "POST", "/git/commits", commit, repo)["sha"]
        self.ask(token, "POST", "/git/refs", {"ref": f"refs/heads/{name}", "sha": sha}, repo)
        return sha

    def pull(self, head: str, token: str = "") -> int:
        data = {"title": head, "head": head, "base": "main", "body": ""}
        number: int = self.ask(token or self.hub.user_token("lan"), "POST", "/pulls", data)["number"]
        return number

    def fork_pull(self, files: Mapping[str, str]) -> int:
        """Open a stranger's pull request from a fork."""
        self.as_("khach")("POST", "/forks", {})
        self.branch("theirs", files, repo="khach/sang-kien")
        return self.pull("khach:theirs", self.hub.user_token("khach"))
