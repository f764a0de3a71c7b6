"""Every REST address the hub answers, with the right each one needs."""

from localhub import (
    accounts,
    comments,
    commits,
    contents,
    dispatches,
    gitdata,
    issues,
    labels,
    merging,
    pulls,
    refs,
    reviews,
)
from localhub.route import ADMIN, TRIAGE, WRITE, R, Route
from localhub.settings_routes import SETTINGS

I = f"{R}/issues/<int:number>"  # noqa: E741
P = f"{R}/pulls/<int:number>"
EITHER_READ, EITHER = "issues:read|pull_requests:read", "issues:write|pull_requests:write"

ACCOUNTS = (
    Route("GET", "/user", accounts.me),
    Route("GET", "/user/<int:id>", accounts.get_user),
    Route("GET", "/user/repos", accounts.repos_of),
    Route("GET", "/users/<login>", accounts.get_user),
    Route("GET", "/users/<login>/repos", accounts.repos_of),
    Route("GET", "/orgs/<login>", accounts.get_organization),
    Route("GET", "/rate_limit", accounts.rate_limit),
    Route("GET", "/repositories/<int:id>", accounts.repo_by_id),
    Route("GET", R, accounts.get_repo, "metadata:read"),
    Route("PATCH", R, accounts.edit_repo, "administration:write", ADMIN),
    Route("GET", f"{R}/forks", accounts.list_forks, "metadata:read"),
    Route("POST", f"{R}/forks", accounts.create_fork, "administration:write"),
    Route("GET", f"{R}/collaborators", accounts.list_collaborators, "metadata:read", WRITE),
    Route("GET", f"{R}/collaborators/<login>", accounts.is_collaborator, "metadata:read", WRITE),
    Route("PUT", f"{R}/collaborators/<login>", accounts.add_collaborator, "administration:write", ADMIN),
    Route("DELETE", f"{R}/collaborators/<login>", accounts.remove_collaborator, "administration:write", ADMIN),
    Route("GET", f"{R}/collaborators/<login>/permission", accounts.permission, "metadata:read", WRITE),
)

ISSUES = (
    Route("GET", f"{R}/issues", issues.list_issues, EITHER_READ),
    Route("POST", f"{R}/issues", issues.create_issue, "issues:write"),
    Route("GET", I, issues.get_issue, EITHER_READ),
    Route("PATCH", I, issues.edit_issue, EITHER),
    Route("PUT", f"{I}/lock", issues.lock_issue, EITHER, WRITE),
    Route("DELETE", f"{I}/lock", issues.unlock_issue, EITHER, WRITE),
    Route("GET", f"{I}/comments", comments.list_comments, EITHER_READ),
    Route("POST", f"{I}/comments", comments.create_comment, EITHER),
    Route("GET", f"{R}/issues/comments", comments.all_comments, EITHER_READ),
    Route("GET", f"{R}/issues/comments/<int:number>", comments.get_comment, EITHER_READ),
    Route("PATCH", f"{R}/issues/comments/<int:number>", comments.edit_comment, EITHER),
    Route("DELETE", f"{R}/issues/comments/<int:number>", comments.delete_comment, EITHER),
    Route("GET", f"{R}/labels", labels.list_labels, EITHER_READ),
    Route("POST", f"{R}/labels", labels.create_label, EITHER, WRITE),
    Route("GET", f"{R}/labels/<path:name>", labels.get_label, EITHER_READ),
    Route("PATCH", f"{R}/labels/<path:name>", labels.edit_label, EITHER, WRITE),
    Route("DELETE", f"{R}/labels/<path:name>", labels.delete_label, EITHER, WRITE),
    Route("GET", f"{I}/labels", labels.issue_labels, EITHER_READ),
    Route("POST", f"{I}/labels", labels.add_to_issue, EITHER, TRIAGE),
    Route("PUT", f"{I}/labels", labels.set_on_issue, EITHER, TRIAGE),
    Route("DELETE", f"{I}/labels", labels.clear_issue, EITHER, TRIAGE),
    Route("DELETE", f"{I}/labels/<path:name>", labels.remove_from_issue, EITHER, TRIAGE),
    *(
        route
        for base in (I, f"{R}/issues/comments/<int:number>")
        for route in (
            Route("GET", f"{base}/reactions", comments.list_reactions, EITHER_READ),
            Route("POST", f"{base}/reactions", comments.create_reaction, EITHER),
            Route("DELETE", f"{base}/reactions/<int:reaction>", comments.delete_reaction, EITHER),
        )
    ),
)

GIT = (
    Route("GET", f"{R}/git/ref/<path:ref>", refs.get_ref, "contents:read"),
    Route("GET", f"{R}/git/matching-refs/<path:ref>", refs.matching_refs, "contents:read"),
    Route("GET", f"{R}/git/refs", refs.matching_refs, "contents:read"),
    Route("POST", f"{R}/git/refs", refs.create_ref, "contents:write", WRITE),
    Route("GET", f"{R}/git/refs/<path:ref>", refs.get_ref, "contents:read"),
    Route("PATCH", f"{R}/git/refs/<path:ref>", refs.update_ref, "contents:write", WRITE),
    Route("DELETE", f"{R}/git/refs/<path:ref>", refs.delete_ref, "contents:write", WRITE),
    Route("GET", f"{R}/branches", refs.list_branches, "contents:read"),
    Route("GET", f"{R}/branches/<path:branch>", refs.get_branch, "contents:read"),
    Route("POST", f"{R}/git/blobs", gitdata.create_blob, "contents:write", WRITE),
    Route("GET", f"{R}/git/blobs/<sha>", gitdata.get_blob, "contents:read"),
    Route("POST", f"{R}/git/trees", gitdata.create_tree, "contents:write", WRITE),
    Route("GET", f"{R}/git/trees/<path:sha>", gitdata.get_tree, "contents:read"),
    Route("POST", f"{R}/git/commits", gitdata.create_commit, "contents:write", WRITE),
    Route("GET", f"{R}/git/commits/<sha>", gitdata.get_commit, "contents:read"),
    Route("GET", f"{R}/contents", contents.read, "contents:read"),
    Route("GET", f"{R}/contents/", contents.read, "contents:read"),
    Route("GET", f"{R}/contents/<path:path>", contents.read, "contents:read"),
    Route("PUT", f"{R}/contents/<path:path>", contents.write, "contents:write", WRITE),
    Route("DELETE", f"{R}/contents/<path:path>", contents.delete, "contents:write", WRITE),
    Route("GET", f"{R}/tarball", contents.tarball, "contents:read"),
    Route("GET", f"{R}/tarball/<path:ref>", contents.tarball, "contents:read"),
    Route("GET", f"{R}/compare/<path:basehead>", commits.compare, "contents:read"),
    Route("GET", f"{R}/commits", commits.list_commits, "contents:read"),
    Route("GET", f"{R}/commits/<path:ref>", commits.get_commit, "contents:read"),
    Route("GET", f"{R}/commits/<path:ref>/pulls", pulls.pulls_of_commit, "pull_requests:read"),
    Route("GET", f"{R}/commits/<path:ref>/status", commits.combined_status, "statuses:read"),
    Route("GET", f"{R}/commits/<path:ref>/statuses", commits.list_statuses, "statuses:read"),
    Route("GET", f"{R}/statuses/<path:ref>", commits.list_statuses, "statuses:read"),
    Route("POST", f"{R}/statuses/<sha>", commits.create_status, "statuses:write", WRITE),
)

PULLS = (
    Route("GET", f"{R}/pulls", pulls.list_pulls, "pull_requests:read"),
    Route("POST", f"{R}/pulls", pulls.create_pull, "pull_requests:write"),
    Route("GET", P, pulls.get_pull, "pull_requests:read"),
    Route("PATCH", P, pulls.edit_pull, "pull_requests:write"),
    Route("GET", f"{P}/files", pulls.list_files, "pull_requests:read"),
    Route("GET", f"{P}/commits", pulls.list_commits, "pull_requests:read"),
    Route("GET", f"{P}/merge", merging.is_merged, "contents:read"),
    Route("PUT", f"{P}/merge", merging.merge, "contents:write", WRITE),
    Route("PUT", f"{P}/update-branch", pulls.update_branch, "pull_requests:write"),
    Route("GET", f"{P}/comments", reviews.list_remarks, "pull_requests:read"),
    Route("POST", f"{P}/requested_reviewers", reviews.request_reviewers, "pull_requests:write", WRITE),
    Route("DELETE", f"{P}/requested_reviewers", reviews.drop_reviewers, "pull_requests:write", WRITE),
    Route("GET", f"{P}/reviews", reviews.list_reviews, "pull_requests:read"),
    Route("POST", f"{P}/reviews", reviews.create_review, "pull_requests:write"),
    Route("GET", f"{P}/reviews/<int:review>", reviews.get_review, "pull_requests:read"),
    Route("PUT", f"{P}/reviews/<int:review>", reviews.edit_review, "pull_requests:write"),
    Route("DELETE", f"{P}/reviews/<int:review>", reviews.delete_review, "pull_requests:write"),
    Route("GET", f"{P}/reviews/<int:review>/comments", reviews.remarks_of_review, "pull_requests:read"),
    Route("POST", f"{P}/reviews/<int:review>/events", reviews.submit_review, "pull_requests:write"),
    Route("PUT", f"{P}/reviews/<int:review>/dismissals", reviews.dismiss_review, "pull_requests:write", WRITE),
)

DISPATCHES = (
    Route("POST", f"{R}/dispatches", dispatches.repository_dispatch, "contents:write", WRITE),
    Route("POST", f"{R}/actions/workflows/<workflow>/dispatches", dispatches.workflow_dispatch, "actions:write", WRITE),
)

ROUTES = ACCOUNTS + ISSUES + GIT + PULLS + DISPATCHES + SETTINGS
