"""Starting workflows by hand: only the events, the running is someone else's."""

from localhub.context import Answer, Context, nothing
from localhub.errors import Refusal, invalid, not_found


def repository_dispatch(ctx: Context) -> Answer:
    """Send a repository_dispatch event."""
    kind = ctx.text("event_type", "RepositoryDispatch", required=True, limit=100)
    payload = ctx.body.get("client_payload", {})
    if not isinstance(payload, dict) or len(payload) > 10:
        raise invalid("RepositoryDispatch", "client_payload", "invalid", "No more than 10 properties are allowed")
    branch = ctx.repo.default_branch
    ctx.emit("repository_dispatch", {"action": kind, "branch": branch, "client_payload": payload})
    return nothing()


def workflow_dispatch(ctx: Context) -> Answer:
    """Send a workflow_dispatch event for a workflow file."""
    name = str(ctx.places["workflow"])
    ref = ctx.text("ref", "WorkflowDispatch", required=True) or ""
    path = f".github/workflows/{name}"
    head = ctx.repo.git.commit(ref)
    if head is None:
        raise Refusal(422, f"No ref found for: {ref}")
    if ctx.repo.git.blob_at(str(head.id), path) is None:
        raise not_found()
    inputs = ctx.body.get("inputs") or {}
    full = ref if ref.startswith("refs/") else f"refs/heads/{ref}"
    ctx.emit("workflow_dispatch", {"ref": full, "workflow": path, "inputs": inputs})
    return nothing()
