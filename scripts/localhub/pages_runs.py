"""Starting a workflow by hand, and fetching what its runs keep."""

import io
import zipfile
from collections.abc import Mapping

from flask import Blueprint, Response, abort, request
from pygit2 import Blob

from localhub import dispatches, workflows
from localhub.state import Repository, Role
from localhub.web import Web


class Runs:
    """The page of a workflow, and the files of a run."""

    def __init__(self, web: Web):
        self.web = web

    def mount(self, pages: Blueprint) -> None:
        """Give them their addresses."""
        base = "/<owner>/<name>/actions"
        pages.add_url_rule(f"{base}/workflows/<file>", "workflow", self.workflow, methods=["GET", "POST"])
        pages.add_url_rule(f"{base}/runs/<int:run>/artifacts/<int:number>", "artifact", self.artifact)

    def workflow(self, owner: str, name: str, file: str) -> Response:
        """Show what a workflow asks for, or start it."""
        repo = self.web.repo(owner, name)
        workflow = _workflow(repo, file)
        rule = workflow.on["workflow_dispatch"]
        asked: Mapping[str, Mapping[str, str]] = rule.get("inputs") or {}
        problem, started = None, request.method == "POST"
        if started:
            body = {"ref": repo.default_branch, "inputs": {key: request.form.get(key, "") for key in asked}}
            ctx = self.web.context(repo, body, workflow=file)

            def run() -> None:
                ctx.demand(Role.WRITE)
                dispatches.workflow_dispatch(ctx)

            problem = self.web.act(run)
        words = {"workflow": workflow, "asked": asked, "problem": problem, "started": started and problem is None}
        return self.web.page("workflow.html", 200 if problem is None else 422, repo=repo, **words)

    def artifact(self, owner: str, name: str, run: int, number: int) -> Response:
        """Send what a run kept as one packed file."""
        repo = self.web.repo(owner, name)
        kept = sorted((repo.artifacts / str(run) / str(number)).glob("*")) if repo.artifacts else []
        if not kept:
            abort(404)
        folder, packed = kept[0], io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as pack:
            for place in sorted(folder.rglob("*")):
                pack.write(place, place.relative_to(folder))
        sent = {"Content-Disposition": f'attachment; filename="{folder.name}.zip"'}
        return Response(packed.getvalue(), mimetype="application/zip", headers=sent)


def _workflow(repo: Repository, file: str) -> workflows.Workflow:
    head = repo.git.branch(repo.default_branch)
    found = repo.git.blob_at(head, f".github/workflows/{file}") if head else None
    if not isinstance(found, Blob):
        abort(404)
    try:
        workflow = workflows.read(file, found.data.decode("utf-8", "replace"))
    except ValueError:
        abort(404)
    if "workflow_dispatch" not in workflow.on:
        abort(404)
    return workflow
