"""Issues: open, edit, close, lock, list."""

from collections.abc import Sequence
from typing import Any

from localhub import labels
from localhub.context import Answer, Context, created, nothing, ok, paged
from localhub.errors import Refusal, custom, invalid
from localhub.events import announce
from localhub.heads import catch_up
from localhub.shapes import label as label_shape
from localhub.shapes_issues import issue as shape
from localhub.state import Issue, Repository, Role, User

LOCK_REASONS = (None, "off-topic", "too heated", "resolved", "spam")
STATE_REASONS = (None, "completed", "not_planned", "duplicate", "reopened")


def new_issue(ctx: Context, repo: Repository, title: str, body: str | None) -> Issue:
    """Give the next number of the repository to a new conversation."""
    now, number = ctx.now(), len(repo.issues) + 1
    issue = Issue(ctx.state.next_id(), number, title, body, ctx.me, created_at=now, updated_at=now)
    repo.issues[number] = issue
    return issue


def list_issues(ctx: Context) -> Answer:
    """Answer with issues and pull requests, filtered and sorted."""
    state = ctx.choice("state", "open", ("open", "closed", "all"))
    sort = ctx.choice("sort", "created", ("created", "updated", "comments"))
    direction = ctx.choice("direction", "desc", ("asc", "desc"))
    wanted = {name.strip().lower() for name in ctx.query.get("labels", "").split(",") if name.strip()}
    since, creator = ctx.moment("since"), ctx.query.get("creator", "").lower()
    found = [
        issue
        for issue in ctx.repo.issues.values()
        if state in {"all", issue.state}
        and wanted <= {item.name.lower() for item in issue.labels}
        and (since is None or issue.updated_at >= since)
        and creator in {"", issue.user.login.lower()}
    ]

    def order(issue: Issue) -> tuple[Any, int]:
        keys = {"created": issue.created_at, "updated": issue.updated_at, "comments": len(issue.comments)}
        return keys[sort], issue.number

    found.sort(key=order, reverse=direction == "desc")
    return paged(ctx, found, lambda issue: shape(ctx.state, ctx.repo, issue))


def get_issue(ctx: Context) -> Answer:
    """Answer with one issue."""
    return ok(shape(ctx.state, ctx.repo, ctx.issue()))


def create_issue(ctx: Context) -> Answer:
    """Open an issue; labels of people without triage rights are dropped in silence, as on GitHub."""
    title = ctx.text("title", "Issue", required=True, limit=256) or ""
    body, names, people = ctx.text("body", "Issue"), labels.read_names(ctx), _people(ctx) or []
    trusted = ctx.may(Role.TRIAGE)
    issue = open_issue(ctx, title, body, names if trusted else [], people if trusted else [])
    return created(shape(ctx.state, ctx.repo, issue))


def open_issue(ctx: Context, title: str, body: str | None, names: list[str], people: Sequence[User] = ()) -> Issue:
    """Open an issue with its labels and tell so."""
    if ctx.repo.options.get("has_issues") is False:
        raise Refusal(410, "Issues are disabled for this repo")
    issue = new_issue(ctx, ctx.repo, title, body)
    issue.assignees = list(people)
    issue.labels = [labels.add_label(ctx, ctx.repo, name) for name in dict.fromkeys(names)]
    announce(ctx, "opened", issue)
    for item in issue.labels:
        announce(ctx, "labeled", issue, label=label_shape(ctx.state, ctx.repo, item))
    return issue


def edit_issue(ctx: Context) -> Answer:
    """Change an issue; its author may change the words and close it."""
    issue = ctx.issue()
    ctx.demand(Role.TRIAGE, unless=issue.user)
    title = ctx.text("title", "Issue", limit=256)
    body = ctx.text("body", "Issue")
    reason = ctx.body.get("state_reason")
    state = ctx.body.get("state", issue.state)
    if state not in {"open", "closed"}:
        raise invalid("Issue", "state", "invalid")
    if reason not in STATE_REASONS:
        raise invalid("Issue", "state_reason", "invalid")
    people = _people(ctx)
    if {"labels", "assignees"} & ctx.body.keys():
        ctx.demand(Role.TRIAGE)
    edit_words(ctx, issue, title, body, body_given="body" in ctx.body)
    issue.assignees = issue.assignees if people is None else people
    if "labels" in ctx.body:
        labels.change(ctx, issue, labels.read_names(ctx))
    set_state(ctx, issue, state, reason)
    return ok(shape(ctx.state, ctx.repo, issue))


def edit_words(ctx: Context, issue: Issue, title: str | None, body: str | None, *, body_given: bool) -> None:
    """Change title and body and tell what they were."""
    changes = {}
    if title is not None and title != issue.title:
        changes["title"] = {"from": issue.title}
        issue.title = title
    if body_given and body != issue.body:
        changes["body"] = {"from": issue.body or ""}
        issue.body = body
    if changes:
        issue.updated_at = ctx.now()
        announce(ctx, "edited", issue, changes=changes)


def set_state(
    ctx: Context, issue: Issue, state: str, reason: str | None = None, repo: Repository | None = None
) -> None:
    """Close or reopen, and tell so."""
    if state == issue.state:
        if state == "closed" and reason and issue.pull is None:
            issue.state_reason = reason
        return
    if issue.pull is not None and state == "open" and not catch_up(repo or ctx.repo, issue, issue.pull):
        raise custom("PullRequest", "state cannot be changed. The pull request cannot be reopened.", "state")
    issue.state, issue.updated_at = state, ctx.now()
    if state == "closed":
        issue.closed_at, issue.closed_by = ctx.now(), ctx.me
        issue.state_reason = None if issue.pull else reason or "completed"
    else:
        issue.closed_at, issue.closed_by = None, None
        issue.state_reason = None if issue.pull else "reopened"
    announce(ctx, "closed" if state == "closed" else "reopened", issue, repo)


def lock_issue(ctx: Context) -> Answer:
    """Let only collaborators write here."""
    issue, reason = ctx.issue(), ctx.body.get("lock_reason")
    if reason not in LOCK_REASONS:
        raise invalid("Issue", "lock_reason", "invalid")
    if not issue.locked:
        issue.locked, issue.lock_reason, issue.updated_at = True, reason, ctx.now()
        announce(ctx, "locked", issue)
    return nothing()


def unlock_issue(ctx: Context) -> Answer:
    """Let everyone write here again."""
    issue = ctx.issue()
    if issue.locked:
        issue.locked, issue.lock_reason, issue.updated_at = False, None, ctx.now()
        announce(ctx, "unlocked", issue)
    return nothing()


def _people(ctx: Context) -> list[User] | None:
    if "assignees" not in ctx.body:
        return None
    found = [ctx.state.user(str(login)) for login in ctx.body["assignees"] or []]
    return [user for user in found if user is not None and ctx.repo.role_of(user) > Role.READ]
