"""Pull requests: open, edit, list, and what they change."""

from typing import Any

from localhub import guards, pushes, shapes_git
from localhub.commits import resolve
from localhub.context import Answer, Context, created, ok, paged
from localhub.errors import Refusal, custom, invalid
from localhub.events import announce
from localhub.gitdata import signer
from localhub.heads import keep_head
from localhub.issues import edit_words, new_issue, set_state
from localhub.shapes_pulls import brief_pull, diff_base
from localhub.shapes_pulls import pull as shape
from localhub.state import Issue, Pull, Repository, Role, User


def list_pulls(ctx: Context) -> Answer:
    """Answer with pull requests, filtered and sorted."""
    state = ctx.choice("state", "open", ("open", "closed", "all"))
    sort = ctx.choice("sort", "created", ("created", "updated", "popularity", "long-running"))
    direction = ctx.query.get("direction", "desc" if sort == "created" else "asc")
    head, base = ctx.query.get("head"), ctx.query.get("base")
    found = [
        (issue, pull)
        for issue, pull in ctx.repo.pulls()
        if state in {"all", issue.state}
        and base in {None, pull.base_ref}
        and (not head or ":" not in head or head.lower() == f"{pull.head_owner.login}:{pull.head_ref}".lower())
    ]

    def order(item: tuple[Issue, Pull]) -> tuple[Any, int]:
        issue = item[0]
        return (issue.updated_at if sort == "updated" else issue.created_at), issue.number

    found.sort(key=order, reverse=direction == "desc")
    return paged(ctx, found, lambda item: brief_pull(ctx.state, ctx.repo, *item))


def get_pull(ctx: Context) -> Answer:
    """Answer with one pull request, as JSON or as a diff."""
    issue, pull = ctx.pull()
    if "diff" in ctx.headers.get("Accept", ""):
        git = ctx.repo.git
        text = git.diff_text(diff_base(ctx.repo, pull), pull.head_sha)
        return Answer(text.encode(), content_type="application/vnd.github.diff; charset=utf-8")
    return ok(shape(ctx.state, ctx.repo, issue, pull))


def _head(ctx: Context, name: str) -> tuple[Repository | None, User, str]:
    owner, colon, branch = name.rpartition(":")
    wanted = ctx.text("head_repo", "PullRequest")
    for repo in ctx.state.network(ctx.repo):
        same_owner = repo is ctx.repo if not colon else repo.owner.login.lower() == owner.lower()
        if same_owner and (not wanted or repo.name == wanted.rpartition("/")[2]):
            return repo, repo.owner, branch
    raise invalid("PullRequest", "head", "invalid")


def create_pull(ctx: Context) -> Answer:
    """Open a pull request, from a branch here or in a fork."""
    title = ctx.text("title", "PullRequest", required=True, limit=256) or ""
    body = ctx.text("body", "PullRequest")
    head = ctx.text("head", "PullRequest", required=True) or ""
    base = ctx.text("base", "PullRequest", required=True) or ""
    repo, owner, branch = _head(ctx, head)
    head_sha = repo.git.branch(branch) if repo else None
    base_sha = ctx.repo.git.branch(base)
    if base_sha is None or repo is None or head_sha is None:
        raise invalid("PullRequest", "base" if base_sha is None else "head", "invalid")
    if not ctx.may(Role.WRITE, repo) and not ctx.may(Role.WRITE):
        raise custom("PullRequest", "must be a collaborator")
    for issue, pull in ctx.repo.pulls():
        same = (pull.head_repo, pull.head_ref, pull.base_ref) == (repo, branch, base)
        if same and issue.state == "open":
            raise custom("PullRequest", f"A pull request already exists for {owner.login}:{branch}.")
    if repo is not ctx.repo:
        ctx.repo.git.fetch(repo.git.path, f"refs/heads/{branch}")
    if ctx.repo.git.is_ancestor(head_sha, base_sha):
        raise custom("PullRequest", f"No commits between {ctx.repo.owner.login}:{base} and {owner.login}:{branch}")
    if ctx.repo.git.merge_base(base_sha, head_sha) is None:
        raise custom("PullRequest", f"The {branch} branch has no history in common with {base}")
    issue = new_issue(ctx, ctx.repo, title, body)
    issue.pull = Pull(
        ctx.state.next_id(),
        base,
        base_sha,
        repo,
        owner,
        branch,
        head_sha,
        draft=bool(ctx.body.get("draft")),
        maintainer_can_modify=bool(ctx.body.get("maintainer_can_modify")) and repo is not ctx.repo,
    )
    keep_head(ctx.repo, issue, issue.pull)
    announce(ctx, "opened", issue)
    return created(shape(ctx.state, ctx.repo, issue, issue.pull))


def edit_pull(ctx: Context) -> Answer:
    """Change words, state or base of a pull request."""
    issue, pull = ctx.pull()
    ctx.demand(Role.TRIAGE, unless=issue.user)
    title = ctx.text("title", "PullRequest", limit=256)
    body, base = ctx.text("body", "PullRequest"), ctx.text("base", "PullRequest")
    state = ctx.body.get("state", issue.state)
    if state not in {"open", "closed"}:
        raise invalid("PullRequest", "state", "invalid")
    if base is not None and base != pull.base_ref:
        base_sha = ctx.repo.git.branch(base)
        if base_sha is None:
            raise invalid("PullRequest", "base", "invalid")
        changes = {"base": {"ref": {"from": pull.base_ref}, "sha": {"from": pull.base_sha}}}
        pull.base_ref, pull.base_sha = base, base_sha
        announce(ctx, "edited", issue, changes=changes)
    edit_words(ctx, issue, title, body, body_given="body" in ctx.body)
    set_state(ctx, issue, state)
    return ok(shape(ctx.state, ctx.repo, issue, pull))


def list_files(ctx: Context) -> Answer:
    """Answer with the files the pull request changes since it left its base."""
    _, pull = ctx.pull()
    changes = ctx.repo.git.changes(diff_base(ctx.repo, pull), pull.head_sha)[:3000]
    return paged(ctx, changes, lambda item: shapes_git.file(ctx.state, ctx.repo, item, pull.head_sha))


def list_commits(ctx: Context) -> Answer:
    """Answer with the commits the pull request brings, oldest first."""
    _, pull = ctx.pull()
    items = list(ctx.repo.git.log(pull.head_sha, diff_base(ctx.repo, pull)))[::-1][:250]
    return paged(ctx, items, lambda item: shapes_git.commit(ctx.state, ctx.repo, item))


def pulls_of_commit(ctx: Context) -> Answer:
    """Answer with the pull requests a commit belongs to."""
    _, commit = resolve(ctx, str(ctx.places["ref"]))
    sha = str(commit.id)
    found = [(i, p) for i, p in ctx.repo.pulls() if sha in {p.head_sha, p.merge_commit_sha} or _holds(ctx, p, sha)]
    return paged(ctx, found, lambda item: brief_pull(ctx.state, ctx.repo, *item))


def _holds(ctx: Context, pull: Pull, sha: str) -> bool:
    git = ctx.repo.git
    return git.is_ancestor(sha, pull.head_sha) and not git.is_ancestor(sha, diff_base(ctx.repo, pull))


def update_branch(ctx: Context) -> Answer:
    """Merge the base into the head."""
    issue, pull = ctx.pull()
    if ctx.body.get("expected_head_sha") not in {None, pull.head_sha}:
        raise Refusal(422, "expected head sha didn't match current head ref.")
    base, home = ctx.repo.git.branch(pull.base_ref), pull.head_repo
    if home is None or base is None:
        raise Refusal(422, "head repository does not exist")
    if not ctx.may(Role.WRITE, home):
        raise Refusal(403, "Must have admin rights to Repository.")
    if ctx.repo.git.is_ancestor(base, pull.head_sha):
        raise Refusal(422, "There are no new commits on the base branch.")
    if home is not ctx.repo:
        home.git.fetch(ctx.repo.git.path, f"refs/heads/{pull.base_ref}")
    tree = home.git.merged_tree(pull.head_sha, base)
    if tree is None:
        raise Refusal(422, "merge conflict between base and head")
    message = f"Merge branch '{pull.base_ref}' into {pull.head_ref}"
    sha = home.git.write_commit(tree, [pull.head_sha, base], message, signer(ctx), signer(ctx))
    guards.check_move(ctx, f"refs/heads/{pull.head_ref}", sha, home)
    pushes.move(ctx, home, f"refs/heads/{pull.head_ref}", sha)
    url = f"{ctx.state.url}/{ctx.repo.full_name}/pull/{issue.number}"
    return Answer({"message": "Updating pull request branch.", "url": url}, 202)
