"""JSON of pull requests, reviews and remarks on lines."""

from localhub.mergeability import verdict
from localhub.shapes import Doc, label, node_id, reaction_counts, repository, stamp, user
from localhub.shapes_issues import association
from localhub.state import Issue, Pull, Repository, Review, ReviewComment, State


def diff_base(repo: Repository, pull: Pull) -> str:
    """Give the commit the three-dot diff starts from."""
    return repo.git.merge_base(pull.base_sha, pull.head_sha) or pull.base_sha


def brief_pull(state: State, repo: Repository, issue: Issue, pull: Pull) -> Doc:
    """Describe a pull request as lists do."""
    base = f"{state.api_url}/repos/{repo.full_name}"
    url = f"{base}/pulls/{issue.number}"
    issue_url = f"{base}/issues/{issue.number}"
    web = f"{state.url}/{repo.full_name}/pull/{issue.number}"
    urls = {
        "self": url,
        "html": web,
        "issue": issue_url,
        "comments": f"{issue_url}/comments",
        "review_comments": f"{url}/comments",
        "review_comment": f"{base}/pulls/comments{{/number}}",
        "commits": f"{url}/commits",
        "statuses": f"{base}/statuses/{pull.head_sha}",
    }
    return {
        "url": url,
        "id": pull.id,
        "node_id": node_id("PR", issue.id),
        "html_url": web,
        "diff_url": f"{web}.diff",
        "patch_url": f"{web}.patch",
        "issue_url": issue_url,
        **{
            f"{name}_url": urls[name]
            for name in ("commits", "review_comments", "review_comment", "comments", "statuses")
        },
        "number": issue.number,
        "state": issue.state,
        "locked": issue.locked,
        "title": issue.title,
        "user": user(state, issue.user),
        "body": issue.body,
        "labels": [label(state, repo, one) for one in issue.labels],
        "milestone": None,
        "active_lock_reason": issue.lock_reason,
        "created_at": stamp(issue.created_at),
        "updated_at": stamp(issue.updated_at),
        "closed_at": stamp(issue.closed_at),
        "merged_at": stamp(pull.merged_at),
        "merge_commit_sha": pull.merge_commit_sha,
        "assignee": user(state, issue.assignees[0]) if issue.assignees else None,
        "assignees": [user(state, one) for one in issue.assignees],
        "requested_reviewers": [user(state, one) for one in pull.requested],
        "requested_teams": [],
        "head": {
            "label": f"{pull.head_owner.login}:{pull.head_ref}",
            "ref": pull.head_ref,
            "sha": pull.head_sha,
            "user": user(state, pull.head_owner),
            "repo": repository(state, pull.head_repo) if pull.head_repo else None,
        },
        "base": {
            "label": f"{repo.owner.login}:{pull.base_ref}",
            "ref": pull.base_ref,
            "sha": pull.base_sha,
            "user": user(state, repo.owner),
            "repo": repository(state, repo),
        },
        "_links": {name: {"href": href} for name, href in urls.items()},
        "author_association": association(repo, issue.user),
        "auto_merge": None,
        "draft": pull.draft,
    }


def pull(state: State, repo: Repository, issue: Issue, item: Pull) -> Doc:
    """Describe a pull request at length, with its merge really tried."""
    start = diff_base(repo, item)
    changes = repo.git.changes(start, item.head_sha)
    mergeable, words = verdict(repo, issue, item)
    return brief_pull(state, repo, issue, item) | {
        "merged": item.merged_at is not None,
        "mergeable": mergeable,
        "rebaseable": mergeable,
        "mergeable_state": words,
        "merged_by": user(state, item.merged_by) if item.merged_by else None,
        "comments": len(issue.comments),
        "review_comments": len(item.review_comments),
        "maintainer_can_modify": item.maintainer_can_modify,
        "commits": sum(1 for _ in repo.git.log(item.head_sha, start)),
        "additions": sum(change.additions for change in changes),
        "deletions": sum(change.deletions for change in changes),
        "changed_files": len(changes),
    }


def review(state: State, repo: Repository, issue: Issue, item: Review) -> Doc:
    """Describe a review."""
    url = f"{state.api_url}/repos/{repo.full_name}/pulls/{issue.number}"
    web = f"{state.url}/{repo.full_name}/pull/{issue.number}#pullrequestreview-{item.id}"
    doc: Doc = {
        "id": item.id,
        "node_id": node_id("PRR", item.id),
        "user": user(state, item.user),
        "body": item.body,
        "state": item.state,
        "html_url": web,
        "pull_request_url": url,
        "author_association": association(repo, item.user),
        "_links": {"html": {"href": web}, "pull_request": {"href": url}},
        "commit_id": item.commit_id,
    }
    return doc | ({"submitted_at": stamp(item.submitted_at)} if item.submitted_at else {})


def review_comment(state: State, repo: Repository, issue: Issue, item: ReviewComment) -> Doc:
    """Describe a remark on a line."""
    base = f"{state.api_url}/repos/{repo.full_name}/pulls"
    url, pull_url = f"{base}/comments/{item.id}", f"{base}/{issue.number}"
    web = f"{state.url}/{repo.full_name}/pull/{issue.number}#discussion_r{item.id}"
    return {
        "url": url,
        "pull_request_review_id": item.review.id,
        "id": item.id,
        "node_id": node_id("PRRC", item.id),
        "diff_hunk": "",
        "path": item.path,
        "position": item.line,
        "original_position": item.line,
        "commit_id": item.review.commit_id,
        "original_commit_id": item.review.commit_id,
        "user": user(state, item.review.user),
        "body": item.body,
        "created_at": stamp(item.created_at),
        "updated_at": stamp(item.created_at),
        "html_url": web,
        "pull_request_url": pull_url,
        "author_association": association(repo, item.review.user),
        "_links": {"self": {"href": url}, "html": {"href": web}, "pull_request": {"href": pull_url}},
        "start_line": None,
        "original_start_line": None,
        "start_side": None,
        "line": item.line,
        "original_line": item.line,
        "side": item.side,
        "subject_type": "line",
        "reactions": reaction_counts(url, []),
    }
