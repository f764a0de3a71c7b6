"""What the world is told about issues and pull requests."""

from typing import Any

from localhub.context import Context
from localhub.shapes_issues import issue as issue_shape
from localhub.shapes_pulls import pull as pull_shape
from localhub.state import Issue, Repository


def announce(ctx: Context, action: str, issue: Issue, repo: Repository | None = None, **more: Any) -> None:
    """Send the event of an issue, or of the pull request to which the same thing happened."""
    repo = repo or ctx.repo
    if issue.pull is None:
        ctx.emit("issues", {"action": action, "issue": issue_shape(ctx.state, repo, issue), **more}, repo)
        return
    doc = pull_shape(ctx.state, repo, issue, issue.pull)
    ctx.emit("pull_request", {"action": action, "number": issue.number, "pull_request": doc, **more}, repo)
