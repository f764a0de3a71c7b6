"""Commits, comparisons and statuses."""

from datetime import UTC, datetime

import pygit2

from localhub import shapes_git
from localhub.context import Answer, Context, created, ok, paged
from localhub.errors import Refusal, invalid, not_found
from localhub.shapes import stamp
from localhub.state import Repository, Status

STATES = ("error", "failure", "pending", "success")


def resolve(ctx: Context, name: str) -> tuple[Repository, pygit2.Commit]:
    """Find a commit by name; `owner:branch` looks in that owner's fork and brings the commit here."""
    owner, colon, rev = name.rpartition(":")
    repo = ctx.repo
    if colon:
        owner = owner.partition(":")[0]
        repo = next((r for r in ctx.state.network(ctx.repo) if r.owner.login.lower() == owner.lower()), ctx.repo)
        if repo is not ctx.repo and repo.git.branch(rev):
            ctx.repo.git.fetch(repo.git.path, f"refs/heads/{rev}")
    found = repo.git.commit(rev)
    if found is None:
        raise not_found()
    return repo, ctx.repo.git.repo[found.id].peel(pygit2.Commit)


def list_commits(ctx: Context) -> Answer:
    """Answer with history, newest first."""
    name, path = ctx.query.get("sha") or ctx.repo.default_branch, ctx.query.get("path", "").strip("/")
    head = ctx.repo.git.commit(name)
    if head is None:
        raise not_found()
    since, until, author = ctx.moment("since"), ctx.moment("until"), ctx.query.get("author")

    def wanted(item: pygit2.Commit) -> bool:
        moment = datetime.fromtimestamp(item.committer.time, UTC)
        if (since and moment < since) or (until and moment > until):
            return False
        if author and author.lower() not in (item.author.email.lower(), item.author.name.lower()):
            return False
        return not path or _touches(ctx.repo, item, path)

    items = [item for item in ctx.repo.git.log(str(head.id)) if wanted(item)]
    return paged(ctx, items, lambda item: shapes_git.commit(ctx.state, ctx.repo, item))


def _touches(repo: Repository, item: pygit2.Commit, path: str) -> bool:
    here = repo.git.blob_at(str(item.id), path)
    before = repo.git.blob_at(str(item.parent_ids[0]), path) if item.parent_ids else None
    return (here.id if here else None) != (before.id if before else None)


def get_commit(ctx: Context) -> Answer:
    """Answer with one commit and its files."""
    name = str(ctx.places["ref"])
    found = ctx.repo.git.commit(name)
    if found is None:
        raise Refusal(422, f"No commit found for SHA: {name}")
    return ok(shapes_git.full_commit(ctx.state, ctx.repo, found))


def compare(ctx: Context) -> Answer:
    """Answer with what the head has that the base has not."""
    base_name, dots, head_name = str(ctx.places["basehead"]).partition("...")
    if not dots:
        raise not_found()
    (_, base), (_, head) = resolve(ctx, base_name), resolve(ctx, head_name)
    git, state, repo = ctx.repo.git, ctx.state, ctx.repo
    start = git.merge_base(str(base.id), str(head.id))
    if start is None:
        raise Refusal(404, f"No common ancestor between {base_name} and {head_name}.")
    ahead, behind = git.ahead_behind(str(head.id), str(base.id))
    words = {(False, False): "identical", (True, False): "ahead", (False, True): "behind", (True, True): "diverged"}
    web = f"{state.url}/{repo.full_name}/compare/{base_name}...{head_name}"
    commits = list(git.log(str(head.id), str(base.id)))[::-1]
    return ok(
        {
            "url": f"{state.api_url}/repos/{repo.full_name}/compare/{base_name}...{head_name}",
            "html_url": web,
            "permalink_url": f"{state.url}/{repo.full_name}/compare/{base.id}...{head.id}",
            "diff_url": f"{web}.diff",
            "patch_url": f"{web}.patch",
            "base_commit": shapes_git.commit(state, repo, base),
            "merge_base_commit": shapes_git.commit(state, repo, git.repo[start].peel(pygit2.Commit)),
            "status": words[ahead > 0, behind > 0],
            "ahead_by": ahead,
            "behind_by": behind,
            "total_commits": len(commits),
            "commits": [shapes_git.commit(state, repo, item) for item in commits[:250]],
            "files": [shapes_git.file(state, repo, c, str(head.id)) for c in git.changes(start, str(head.id))][:300],
        }
    )


def create_status(ctx: Context) -> Answer:
    """Put a verdict on a commit."""
    sha = str(ctx.places["sha"])
    if ctx.repo.git.object(sha, pygit2.Commit) is None:
        raise Refusal(422, f"No commit found for SHA: {sha}")
    if ctx.body.get("state") not in STATES:
        raise invalid("Status", "state", "inclusion")
    context = ctx.text("context", "Status") or "default"
    description = ctx.text("description", "Status", limit=140)
    link = ctx.text("target_url", "Status")
    by_app = ctx.token is not None and ctx.token.kind == "app"
    item = Status(ctx.state.next_id(), ctx.body["state"], context, description, link, ctx.me, ctx.now(), by_app)
    ctx.repo.statuses.setdefault(sha, []).append(item)
    commit = ctx.repo.git.repo[sha].peel(pygit2.Commit)
    branches = [(n, s) for n, s in ctx.repo.git.refs("refs/heads/").items() if s == sha]
    ctx.emit(
        "status",
        {
            **{name: getattr(item, name) for name in ("id", "state", "context", "description", "target_url")},
            "sha": sha,
            "name": ctx.repo.full_name,
            "created_at": stamp(item.created_at),
            "updated_at": stamp(item.created_at),
            "commit": shapes_git.commit(ctx.state, ctx.repo, commit),
            "branches": [shapes_git.branch(ctx.state, ctx.repo, n.removeprefix("refs/heads/"), s) for n, s in branches],
        },
    )
    return created(shapes_git.status(ctx.state, ctx.repo, sha, item))


def _sha(ctx: Context) -> str:
    found = ctx.repo.git.commit(str(ctx.places["ref"]))
    if found is None:
        raise Refusal(422, f"No commit found for SHA: {ctx.places['ref']}")
    return str(found.id)


def list_statuses(ctx: Context) -> Answer:
    """Answer with every verdict on a commit, newest first."""
    sha = _sha(ctx)
    items = ctx.repo.statuses.get(sha, [])[::-1]
    return paged(ctx, items, lambda item: shapes_git.status(ctx.state, ctx.repo, sha, item))


def combined_status(ctx: Context) -> Answer:
    """Answer with the last verdict of each context."""
    return ok(shapes_git.combined_status(ctx.state, ctx.repo, _sha(ctx)))
