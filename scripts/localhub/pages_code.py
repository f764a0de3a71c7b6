"""Files and commits, plainly."""

import base64

from flask import Blueprint, Response, abort, redirect, request
from pygit2 import Blob, Tree
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as BaseResponse

from localhub import contents
from localhub.repository import FileChange
from localhub.state import Repository, Role
from localhub.web import Web, issue_path


class Code:
    """Pages over the git objects."""

    def __init__(self, web: Web):
        self.web = web

    def mount(self, pages: Blueprint) -> None:
        """Give files and commits their addresses."""
        base = "/<owner>/<name>"
        pages.add_url_rule(f"{base}/tree/<path:rest>", "tree", self.show)
        pages.add_url_rule(f"{base}/blob/<path:rest>", "blob", self.show)
        pages.add_url_rule(f"{base}/raw/<path:rest>", "raw", self.raw)
        pages.add_url_rule(f"{base}/edit/<path:rest>", "edit", self.edit, methods=["GET", "POST"])
        pages.add_url_rule(f"{base}/commit/<sha>", "commit", self.commit)
        pages.add_url_rule(f"{base}/compare/<path:rest>", "compare", self.compare)

    def _find(self, repo: Repository, rest: str) -> tuple[str, str, Blob | Tree]:
        """Split ref from path: the shortest ref that exists."""
        parts = rest.strip("/").split("/")
        for place in range(1, len(parts) + 1):
            ref, path = "/".join(parts[:place]), "/".join(parts[place:])
            commit = repo.git.commit(ref)
            if commit is not None:
                found = repo.git.blob_at(str(commit.id), path)
                if isinstance(found, (Blob, Tree)):
                    return ref, path, found
        raise NotFound

    def show(self, owner: str, name: str, rest: str) -> Response:
        """Show a file or a folder."""
        repo = self.web.repo(owner, name)
        ref, path, found = self._find(repo, rest)
        if isinstance(found, Tree):
            rows = sorted((mode.name == "TREE", entry) for entry, mode, *_ in repo.git.folder(found))
            entries = [(entry, "tree" if folder else "blob") for folder, entry in rows]
            return self.web.page("code.html", repo=repo, ref=ref, path=path, entries=entries, text=None)
        text = None if found.is_binary else found.data.decode("utf-8", "replace")
        return self.web.page("code.html", repo=repo, ref=ref, path=path, entries=None, text=text)

    def raw(self, owner: str, name: str, rest: str) -> Response:
        """Send a file as it is, never as a page."""
        repo = self.web.repo(owner, name)
        _, _, found = self._find(repo, rest)
        if isinstance(found, Tree):
            abort(404)
        kind = "application/octet-stream" if found.is_binary else "text/plain; charset=utf-8"
        return Response(found.data, content_type=kind)

    def edit(self, owner: str, name: str, rest: str) -> BaseResponse:
        """Show a file to be changed, or write down the change on its branch."""
        repo = self.web.repo(owner, name)
        ref, path, found = self._find(repo, rest)
        if isinstance(found, Tree) or found.is_binary or repo.git.branch(ref) is None:
            abort(404)
        text, sha, problem = found.data.decode("utf-8", "replace"), str(found.id), None
        if request.method == "POST":
            text, sha = request.form.get("text", "").replace("\r\n", "\n"), request.form.get("sha", "")
            data = base64.b64encode(text.encode()).decode()
            body = {"branch": ref, "content": data, "sha": sha, "message": f"Update {path.rpartition('/')[2]}"}
            ctx = self.web.context(repo, body, path=path)

            def run() -> None:
                ctx.demand(Role.WRITE)
                contents.write(ctx)

            problem = self.web.act(run)
            if problem is None:
                return redirect(self._after(repo, ref, path), 303)
        status = 200 if problem is None else 422
        return self.web.page("edit.html", status, repo=repo, ref=ref, path=path, text=text, sha=sha, problem=problem)

    def _after(self, repo: Repository, ref: str, path: str) -> str:
        """Give where to go on once a file is changed: to the pull request of its branch, else to the file."""
        for issue in repo.issues.values():
            if issue.pull and issue.state == "open" and issue.pull.head_ref == ref:
                return issue_path(repo, issue)
        return f"/{repo.full_name}/blob/{ref}/{path}"

    def commit(self, owner: str, name: str, sha: str) -> Response:
        """Show a commit and what it changes."""
        repo = self.web.repo(owner, name)
        found = repo.git.commit(sha)
        if found is None:
            abort(404)
        parent = str(found.parent_ids[0]) if found.parent_ids else None
        changes: list[FileChange] = repo.git.changes(parent, str(found.id))
        return self.web.page("commit.html", repo=repo, commit=found, changes=changes)

    def compare(self, owner: str, name: str, rest: str) -> BaseResponse:
        """Lead from a comparison to the commit it ends in."""
        return redirect(f"/{owner}/{name}/commit/{rest.rpartition('...')[2]}")
