"""What follows when a branch moves: events, pull requests that move along, close or count as merged."""

from collections.abc import Iterator

import pygit2

from localhub import shapes_git
from localhub.context import Context
from localhub.events import announce
from localhub.heads import keep_head
from localhub.issues import set_state
from localhub.reviews import drop_stale
from localhub.shapes import Doc
from localhub.state import Issue, Pull, Repository

NOWHERE = "0" * 40


def move(ctx: Context, repo: Repository, ref: str, after: str | None) -> None:
    """Point a ref elsewhere (None deletes it) and let everything follow."""
    before = repo.git.ref(ref)
    repo.git.set_ref(ref, after)
    follow(ctx, repo, ref, before, after)


def follow(ctx: Context, repo: Repository, ref: str, before: str | None, after: str | None) -> None:
    """Tell of a ref that has moved and take its pull requests along."""
    if before == after:
        return
    repo.pushed_at = ctx.now()
    _tell(ctx, repo, ref, before, after)
    if not ref.startswith("refs/heads/"):
        return
    branch = ref.removeprefix("refs/heads/")
    for base, issue, pull in list(_open_heads(ctx, repo, branch)):
        if after is None:
            set_state(ctx, issue, "closed", repo=base)
        else:
            old, pull.head_sha = pull.head_sha, after
            keep_head(base, issue, pull)
            issue.updated_at = ctx.now()
            announce(ctx, "synchronize", issue, base, before=old, after=after)
            drop_stale(ctx, base, issue, pull)
    if after is not None:
        for issue, pull in repo.pulls():
            if issue.state == "open" and pull.base_ref == branch:
                _base_moved(ctx, repo, issue, pull, after)


def _open_heads(ctx: Context, repo: Repository, branch: str) -> Iterator[tuple[Repository, Issue, Pull]]:
    for base in ctx.state.network(repo):
        for issue, pull in base.pulls():
            if issue.state == "open" and pull.head_repo is repo and pull.head_ref == branch:
                yield base, issue, pull


def _base_moved(ctx: Context, repo: Repository, issue: Issue, pull: Pull, after: str) -> None:
    if repo.git.is_ancestor(pull.head_sha, after):
        pull.merged_at, pull.merged_by, pull.merge_commit_sha = ctx.now(), ctx.me, after
        set_state(ctx, issue, "closed", repo=repo)
    else:
        pull.base_sha = after


def _tell(ctx: Context, repo: Repository, ref: str, before: str | None, after: str | None) -> None:
    kind = "tag" if ref.startswith("refs/tags/") else "branch"
    name = ref.split("/", 2)[2]
    about = {"ref": name, "ref_type": kind, "pusher_type": "user"}
    if before is None:
        more = {"master_branch": repo.default_branch, "description": repo.description}
        ctx.emit("create", about | more, repo)
    elif after is None:
        ctx.emit("delete", about, repo)
    ctx.emit("push", _push(ctx, repo, ref, before, after), repo)


def _push(ctx: Context, repo: Repository, ref: str, before: str | None, after: str | None) -> Doc:
    commits = [_commit(ctx, repo, item) for item in _arrived(repo, before, after)]
    head = repo.git.commit(after) if after else None
    return {
        "ref": ref,
        "before": before or NOWHERE,
        "after": after or NOWHERE,
        "created": before is None,
        "deleted": after is None,
        "forced": bool(before and after and not repo.git.is_ancestor(before, after)),
        "base_ref": None,
        "compare": f"{ctx.state.url}/{repo.full_name}/compare/{before or ''}...{after or ''}",
        "commits": commits,
        "head_commit": _commit(ctx, repo, head) if head else None,
        "pusher": {"name": ctx.me.login, "email": shapes_git.email_of(ctx.me)},
    }


def _arrived(repo: Repository, before: str | None, after: str | None) -> list[pygit2.Commit]:
    if after is None or repo.git.object(after, pygit2.Commit) is None:
        return []
    hide = before or repo.git.branch(repo.default_branch)
    return list(repo.git.log(after, None if hide == after else hide))[:2048][::-1]


def _commit(ctx: Context, repo: Repository, item: pygit2.Commit) -> Doc:
    changes = repo.git.changes(str(item.parent_ids[0]) if item.parent_ids else None, str(item.id))
    author, committer = shapes_git.person(item.author), shapes_git.person(item.committer)
    return {
        "id": str(item.id),
        "tree_id": str(item.tree_id),
        "distinct": True,
        "message": item.message,
        "timestamp": author["date"],
        "url": f"{ctx.state.url}/{repo.full_name}/commit/{item.id}",
        "author": {"name": author["name"], "email": author["email"]},
        "committer": {"name": committer["name"], "email": committer["email"]},
        "added": [change.path for change in changes if change.status == "added"],
        "removed": [change.path for change in changes if change.status == "removed"],
        "modified": [change.path for change in changes if change.status not in {"added", "removed"}],
    }
