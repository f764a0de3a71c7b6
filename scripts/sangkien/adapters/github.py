"""The desk's repository on GitHub: issues, pull requests, comments, statuses, branches."""

import base64
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Literal
from urllib.parse import quote

from sangkien.adapters.github_matters import Matters
from sangkien.adapters.github_transport import PAGE, Json, Key, RefusedError, Transport
from sangkien.domain.desk import Change, Commit, Issue, Matter, Pull, Remark, Status, TreeEntry
from sangkien.domain.paper import Content

Standing = Literal["OPEN", "MERGED"]


class GitHub:
    """One repository on GitHub, or on anything that answers like it; `base` is its default branch, if known."""

    def __init__(
        self,
        repository: str,
        key: Key,
        api: str,
        *,
        base: str = "",
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._owner = repository.partition("/")[0]
        self._repository = repository
        self._base = base
        transport = Transport(f"/repos/{repository}", key, api, sleep=sleep, clock=clock)
        self.token = transport.token
        self._get, self._pages, self._call, self._ask = transport.get, transport.pages, transport.call, transport.ask
        self._matters = Matters(transport, repository)

    def clone_address(self) -> str:
        """Give the address git clones the repository from."""
        return str(self._get("")["clone_url"])

    def issue(self, number: int) -> Issue:
        """Read an issue."""
        return _issue(self._get(f"/issues/{number}"))

    def open_issues(self) -> Iterator[Issue]:
        """List open issues, oldest first, pull requests left out."""
        found = self._pages("/issues", {"state": "open", "sort": "created", "direction": "asc"})
        return (issue for issue in map(_issue, found) if not issue.is_pull)

    def own_issues(self) -> Iterator[Issue]:
        """List every issue the token's owner opened, oldest first; an app's own are known as a bot's alone."""
        try:
            me = str(self._get("~/user")["login"])
        except RefusedError as refusal:
            if refusal.status not in (403, 404):
                raise
            me = ""
        wanted = {"state": "all", "sort": "created", "direction": "asc"} | ({"creator": me} if me else {})
        found = (data for data in self._pages("/issues", wanted) if me or _is_bot(data))
        return (issue for issue in map(_issue, found) if not issue.is_pull)

    def close_issue(self, number: int) -> None:
        """Close an issue as not to be done."""
        self._call("PATCH", f"/issues/{number}", {"state": "closed", "state_reason": "not_planned"})

    def pull(self, number: int) -> Pull:
        """Read a pull request."""
        return self._pull(self._get(f"/pulls/{number}"))

    def open_pulls(self) -> Iterator[Pull]:
        """List open pull requests, oldest first."""
        return map(self._pull, self._pages("/pulls", {"state": "open", "sort": "created", "direction": "asc"}))

    def pulls_of(self, branch: str) -> list[Pull]:
        """List every pull request of a branch of this repository, newest first."""
        found = self._get("/pulls", {"state": "all", "head": f"{self._owner}:{branch}", "per_page": PAGE})
        return [self._pull(data) for data in found]

    def open_pull(self, branch: str, title: str, body: str) -> Pull:
        """Open a pull request; when one is open for the branch already, give that."""
        base = self.default_branch()
        try:
            return self._pull(
                self._call("POST", "/pulls", {"head": branch, "base": base, "title": title, "body": body})
            )
        except RefusedError as refusal:
            already = [pull for pull in self.pulls_of(branch) if pull.is_open] if refusal.status == 422 else []
            if not already:
                raise
            return already[0]

    def default_branch(self) -> str:
        """Name the branch everything is merged into."""
        self._base = self._base or str(self._get("")["default_branch"])
        return self._base

    def retitle(self, number: int, title: str) -> None:
        """Give a pull request another title."""
        self._call("PATCH", f"/pulls/{number}", {"title": title})

    def close_pull(self, number: int) -> None:
        """Close a pull request without merging it."""
        self._call("PATCH", f"/pulls/{number}", {"state": "closed"})

    def merge(self, pull: Pull, title: str, message: str) -> bool:
        """Squash a pull request into its base if its head is still the one seen; False when it may not be now."""
        wanted = {"sha": pull.head, "merge_method": "squash", "commit_title": title, "commit_message": message}
        try:
            self._call("PUT", f"/pulls/{pull.number}/merge", wanted)
        except RefusedError as refusal:
            if refusal.status in (405, 409, 422):
                return False
            raise
        return True

    def changes(self, number: int) -> Iterator[Change]:
        """List the files a pull request changes."""
        for data in self._pages(f"/pulls/{number}/files", {}):
            yield Change(path=data["filename"], status=data["status"], before=data.get("previous_filename"))

    def branch(self, name: str) -> str | None:
        """Give the commit a branch stands at; None when there is no such branch."""
        try:
            return str(self._get(f"/git/ref/heads/{quote(name)}")["object"]["sha"])
        except RefusedError as refusal:
            if refusal.status == 404:
                return None
            raise

    def commit(self, key: str) -> Commit:
        """Read a commit."""
        data = self._get(f"/git/commits/{key}")
        return Commit(key=data["sha"], tree=data["tree"]["sha"], message=data["message"])

    def entries(self, tree: str) -> list[TreeEntry]:
        """List one level of a tree."""
        data = self._get(f"/git/trees/{tree}")
        return [TreeEntry(path=e["path"], mode=e["mode"], key=e["sha"], size=e.get("size", 0)) for e in data["tree"]]

    def blob(self, key: str) -> bytes:
        """Read a file's bytes."""
        return base64.b64decode(self._get(f"/git/blobs/{key}")["content"])

    def write_branch(self, name: str, base: Commit, files: Mapping[str, Content], message: str, *, exists: bool) -> str:
        """Make a branch one commit ahead of `base` that holds the files; gives the commit.

        When another run made the branch meanwhile, its commit stands: it says the same.
        """
        listed = self._listed(files)
        tree = self._call("POST", "/git/trees", {"base_tree": base.tree, "tree": listed})["sha"]
        commit = self._call("POST", "/git/commits", {"message": message, "tree": tree, "parents": [base.key]})["sha"]
        if exists:
            self._call("PATCH", f"/git/refs/heads/{quote(name)}", {"sha": commit, "force": True})
            return str(commit)
        try:
            self._call("POST", "/git/refs", {"ref": f"refs/heads/{name}", "sha": commit})
        except RefusedError as refusal:
            there = self.branch(name) if refusal.status == 422 else None
            if there is None:
                raise
            return there
        return str(commit)

    def remarks(self, number: int) -> list[Remark]:
        """List the comments of an issue or pull request, oldest first."""
        return [_remark(data) for data in self._pages(f"/issues/{number}/comments", {})]

    def remark(self, key: int) -> Remark:
        """Read one comment."""
        return _remark(self._get(f"/issues/comments/{key}"))

    def say(self, number: int, body: str) -> None:
        """Comment on an issue or pull request."""
        self._call("POST", f"/issues/{number}/comments", {"body": body})

    def say_again(self, key: int, body: str) -> None:
        """Put other words into a comment."""
        self._call("PATCH", f"/issues/comments/{key}", {"body": body})

    def unsay(self, key: int) -> None:
        """Delete a comment; one already gone is fine."""
        self._call("DELETE", f"/issues/comments/{key}", missing_is_fine=True)

    def react(self, key: int, sign: str) -> None:
        """Put a reaction under a comment; a second time changes nothing."""
        self._call("POST", f"/issues/comments/{key}/reactions", {"content": sign})

    def label(self, number: int, labels: Sequence[str]) -> None:
        """Put labels on an issue or pull request."""
        self._call("POST", f"/issues/{number}/labels", {"labels": list(labels)})

    def unlabel(self, number: int, label: str) -> None:
        """Take a label off; one already gone is fine."""
        self._call("DELETE", f"/issues/{number}/labels/{quote(label)}", missing_is_fine=True)

    def states(self, commit: str) -> dict[str, str]:
        """Give the newest state of each context of a commit."""
        found = self._get(f"/commits/{commit}/status", {"per_page": PAGE})["statuses"]
        return {status["context"]: status["state"] for status in found}

    def status(self, commit: str, context: str, state: str, description: str, target: str = "") -> None:
        """Set a commit's status; GitHub shows 140 characters of it."""
        wanted = {"state": state, "context": context, "description": description[:140]}
        self._call("POST", f"/statuses/{commit}", wanted | ({"target_url": target} if target else {}))

    def matters(self, state: Standing, labels: Sequence[str]) -> Iterator[Matter]:
        """List pull requests into the default branch that bear one of the labels, with all said under them."""
        return self._matters.listed([state], labels, self.default_branch())

    def blobs(self, wanted: Sequence[tuple[str, str]]) -> dict[tuple[str, str], bytes | None]:
        """Read text files by commit and path, many at once; None for what is not there."""
        return self._matters.blobs(wanted)

    def own_statuses(self, commit: str, context: str) -> list[Status]:
        """List our own words under a context of a commit, oldest first, whatever others said there since."""
        us = str(self._ask("query { viewer { login } }", {})["viewer"]["login"]).removesuffix("[bot]")
        found = list(self._pages(f"/commits/{commit}/statuses", {}))
        return [
            Status(
                state=data["state"],
                description=data.get("description") or "",
                created_at=data["created_at"],
                by_us=True,
            )
            for data in reversed(found)
            if data["context"] == context and _login(data) == us
        ]

    def account(self, key: int) -> str | None:
        """Give the name an account goes by now; None when it is gone."""
        try:
            return str(self._get(f"~/user/{key}")["login"])
        except RefusedError as refusal:
            if refusal.status == 404:
                return None
            raise

    def ask_review(self, number: int, login: str) -> bool:
        """Ask somebody for a review; False when GitHub cannot ask them."""
        try:
            self._call("POST", f"/pulls/{number}/requested_reviewers", {"reviewers": [login]})
        except RefusedError as refusal:
            if refusal.status == 422:
                return False
            raise
        return True

    def add(self, branch: str, head: str, files: Mapping[str, Content], message: str) -> str | None:
        """Put one commit with the files on a branch that stands at `head`; None when it moved meanwhile."""
        listed = self._listed(files)
        tree = self._call("POST", "/git/trees", {"base_tree": self.commit(head).tree, "tree": listed})["sha"]
        commit = self._call("POST", "/git/commits", {"message": message, "tree": tree, "parents": [head]})["sha"]
        try:
            self._call("PATCH", f"/git/refs/heads/{quote(branch)}", {"sha": commit, "force": False})
        except RefusedError as refusal:
            if refusal.status in (409, 422):
                return None
            raise
        return str(commit)

    def issues_labelled(self, label: str, *, closed: bool = False) -> list[Issue]:
        """List the open issues that bear a label, oldest first; the closed ones too if asked."""
        state = "all" if closed else "open"
        found = self._pages("/issues", {"state": state, "labels": label, "sort": "created", "direction": "asc"})
        return [issue for issue in map(_issue, found) if not issue.is_pull]

    def open_issue(self, title: str, body: str, labels: Sequence[str]) -> Issue:
        """Open an issue."""
        return _issue(self._call("POST", "/issues", {"title": title, "body": body, "labels": list(labels)}))

    def reopen_issue(self, number: int) -> None:
        """Open an issue again."""
        self._call("PATCH", f"/issues/{number}", {"state": "open"})

    def rewrite_issue(self, number: int, body: str) -> None:
        """Put other words into an issue."""
        self._call("PATCH", f"/issues/{number}", {"body": body})

    def pin(self, number: int) -> None:
        """Pin an issue; where three are pinned already it stays as it is."""
        node = self._get(f"/issues/{number}")["node_id"]
        mutation = "mutation($id: ID!) { pinIssue(input: {issueId: $id}) { issue { number } } }"
        with suppress(RefusedError):
            self._ask(mutation, {"id": node}, changes=True)

    def start(self, workflow: str) -> None:
        """Start a workflow on the default branch."""
        self._call("POST", f"/actions/workflows/{quote(workflow)}/dispatches", {"ref": self.default_branch()})

    def _listed(self, files: Mapping[str, Content]) -> list[Json]:
        """List files for a tree; what is no text is sent beforehand, a tree takes none."""
        listed = []
        for path, content in files.items():
            entry: Json = {"path": path, "mode": "100644", "type": "blob"}
            if isinstance(content, str):
                entry["content"] = content
            else:
                blob = {"content": base64.b64encode(content).decode("ascii"), "encoding": "base64"}
                entry["sha"] = self._call("POST", "/git/blobs", blob)["sha"]
            listed.append(entry)
        return listed

    def _pull(self, data: Json) -> Pull:
        home = data["head"].get("repo") or {}
        return Pull(
            number=data["number"],
            title=data["title"],
            is_open=data["state"] == "open",
            merged=data.get("merged_at") is not None,
            branch=data["head"]["ref"],
            head=data["head"]["sha"],
            base=data["base"]["ref"],
            inside=home.get("full_name") == self._repository,
            labels=_labels(data),
            author=_writer(data),
            by_bot=_is_bot(data),
            created_at=data["created_at"],
            updated_at=data["updated_at"],
        )


def _login(status: Json) -> str:
    return str((status.get("creator") or {}).get("login", "")).removesuffix("[bot]")


def _writer(data: Json) -> int:
    return int((data.get("user") or {}).get("id", 0))  # an account may be gone


def _is_bot(data: Json) -> bool:
    return bool((data.get("user") or {}).get("type") == "Bot")


def _labels(data: Json) -> frozenset[str]:
    return frozenset(label["name"] for label in data.get("labels", ()))


def _issue(data: Json) -> Issue:
    return Issue(
        number=data["number"],
        key=data["id"],
        body=data.get("body") or "",
        is_open=data["state"] == "open",
        labels=_labels(data),
        author=_writer(data),
        created_at=data["created_at"],
        updated_at=data["updated_at"],
        closed_at=data.get("closed_at"),
        closed_by=(data.get("closed_by") or {}).get("id"),
        title=data["title"],
        is_pull="pull_request" in data,
        by_bot=_is_bot(data),
    )


def _remark(data: Json) -> Remark:
    return Remark(
        key=data["id"],
        body=data.get("body") or "",
        author=_writer(data),
        by_bot=_is_bot(data),
        created_at=data["created_at"],
        edited=data["updated_at"] != data["created_at"],
    )
