"""JSON of issues and their comments."""

from localhub.shapes import Doc, label, node_id, reaction_counts, stamp, user
from localhub.state import Comment, Issue, Repository, Role, State, User


def association(repo: Repository, who: User) -> str:
    """Tell what a writer is to the repository."""
    if who.id == repo.owner.id:
        return "OWNER"
    if repo.collaborators.get(who.login.lower(), Role.NONE) > Role.READ:
        return "COLLABORATOR"
    merged = any(i.user.id == who.id and p.merged_at for i, p in repo.pulls())
    return "CONTRIBUTOR" if merged else "NONE"


def issue(state: State, repo: Repository, item: Issue) -> Doc:
    """Describe an issue, or a pull request seen as one."""
    base = f"{state.api_url}/repos/{repo.full_name}"
    url = f"{base}/issues/{item.number}"
    web = f"{state.url}/{repo.full_name}"
    page = f"{web}/{'pull' if item.pull else 'issues'}/{item.number}"
    doc: Doc = {
        "url": url,
        "repository_url": base,
        "labels_url": f"{url}/labels{{/name}}",
        "comments_url": f"{url}/comments",
        "events_url": f"{url}/events",
        "html_url": page,
        "id": item.id,
        "node_id": node_id("PR" if item.pull else "I", item.id),
        "number": item.number,
        "title": item.title,
        "user": user(state, item.user),
        "labels": [label(state, repo, one) for one in item.labels],
        "state": item.state,
        "locked": item.locked,
        "assignee": user(state, item.assignees[0]) if item.assignees else None,
        "assignees": [user(state, one) for one in item.assignees],
        "milestone": None,
        "comments": len(item.comments),
        "created_at": stamp(item.created_at),
        "updated_at": stamp(item.updated_at),
        "closed_at": stamp(item.closed_at),
        "author_association": association(repo, item.user),
        "active_lock_reason": item.lock_reason,
        "body": item.body,
        "closed_by": user(state, item.closed_by) if item.closed_by else None,
        "reactions": reaction_counts(url, item.reactions),
        "timeline_url": f"{url}/timeline",
        "performed_via_github_app": None,
        "state_reason": item.state_reason,
    }
    if item.pull:
        doc["draft"] = item.pull.draft
        doc["pull_request"] = {
            "url": f"{base}/pulls/{item.number}",
            "html_url": page,
            "diff_url": f"{page}.diff",
            "patch_url": f"{page}.patch",
            "merged_at": stamp(item.pull.merged_at),
        }
    return doc


def comment(state: State, repo: Repository, item: Comment) -> Doc:
    """Describe a comment."""
    url = f"{state.api_url}/repos/{repo.full_name}/issues/comments/{item.id}"
    kind = "pull" if item.issue.pull else "issues"
    return {
        "url": url,
        "html_url": f"{state.url}/{repo.full_name}/{kind}/{item.issue.number}#issuecomment-{item.id}",
        "issue_url": f"{state.api_url}/repos/{repo.full_name}/issues/{item.issue.number}",
        "id": item.id,
        "node_id": node_id("IC", item.id),
        "user": user(state, item.user),
        "created_at": stamp(item.created_at),
        "updated_at": stamp(item.updated_at),
        "body": item.body,
        "author_association": association(repo, item.user),
        "reactions": reaction_counts(url, item.reactions),
        "performed_via_github_app": None,
    }
