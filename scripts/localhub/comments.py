"""Comments on issues, and reactions on both."""

from datetime import datetime

from localhub import shapes
from localhub.context import Answer, Context, created, nothing, ok, paged
from localhub.errors import Refusal, invalid, not_found
from localhub.shapes_issues import comment as shape
from localhub.shapes_issues import issue as issue_shape
from localhub.state import Comment, Issue, Reaction, Role


def _comment(ctx: Context) -> Comment:
    number = int(ctx.places["number"])
    for issue in ctx.repo.issues.values():
        for item in issue.comments:
            if item.id == number:
                return item
    raise not_found()


def _announce(ctx: Context, action: str, item: Comment, **more: object) -> None:
    payload = {
        "action": action,
        "issue": issue_shape(ctx.state, ctx.repo, item.issue),
        "comment": shape(ctx.state, ctx.repo, item),
    }
    ctx.emit("issue_comment", payload | more)


def _since(ctx: Context, items: list[Comment]) -> list[Comment]:
    since: datetime | None = ctx.moment("since")
    return [item for item in items if since is None or item.updated_at >= since]


def list_comments(ctx: Context) -> Answer:
    """Answer with the comments of an issue, oldest first."""
    return paged(ctx, _since(ctx, ctx.issue().comments), lambda item: shape(ctx.state, ctx.repo, item))


def all_comments(ctx: Context) -> Answer:
    """Answer with the comments of the whole repository."""
    items = [item for issue in ctx.repo.issues.values() for item in issue.comments]
    key = "updated_at" if ctx.query.get("sort") == "updated" else "created_at"
    items.sort(key=lambda item: (getattr(item, key), item.id), reverse=ctx.query.get("direction") == "desc")
    return paged(ctx, _since(ctx, items), lambda item: shape(ctx.state, ctx.repo, item))


def get_comment(ctx: Context) -> Answer:
    """Answer with one comment."""
    return ok(shape(ctx.state, ctx.repo, _comment(ctx)))


def create_comment(ctx: Context) -> Answer:
    """Comment on an issue; a locked one takes only collaborators' words."""
    issue = ctx.issue()
    body = ctx.text("body", "IssueComment", required=True) or ""
    return created(shape(ctx.state, ctx.repo, add_comment(ctx, issue, body)))


def add_comment(ctx: Context, issue: Issue, body: str) -> Comment:
    """Put a comment under an issue and tell so."""
    if issue.locked and not ctx.may(Role.WRITE):
        raise Refusal(403, "Unable to create comment because issue is locked.")
    now = ctx.now()
    item = Comment(ctx.state.next_id(), issue, ctx.me, body, created_at=now, updated_at=now)
    issue.comments.append(item)
    issue.updated_at = now
    _announce(ctx, "created", item)
    return item


def edit_comment(ctx: Context) -> Answer:
    """Change a comment's words."""
    item = _comment(ctx)
    ctx.demand(Role.WRITE, unless=item.user)
    body = ctx.text("body", "IssueComment", required=True) or ""
    if body != item.body:
        changes = {"body": {"from": item.body}}
        item.body, item.updated_at = body, ctx.now()
        item.edited_at, item.editor = item.updated_at, ctx.me
        _announce(ctx, "edited", item, changes=changes)
    return ok(shape(ctx.state, ctx.repo, item))


def delete_comment(ctx: Context) -> Answer:
    """Remove a comment."""
    item = _comment(ctx)
    ctx.demand(Role.WRITE, unless=item.user)
    item.issue.comments.remove(item)
    item.issue.updated_at = ctx.now()
    _announce(ctx, "deleted", item)
    return nothing()


def _reactions(ctx: Context) -> list[Reaction]:
    return _comment(ctx).reactions if "/comments/" in ctx.path else ctx.issue().reactions


def list_reactions(ctx: Context) -> Answer:
    """Answer with the reactions on an issue or a comment."""
    wanted = ctx.query.get("content")
    items = [item for item in _reactions(ctx) if wanted in {None, item.content}]
    return paged(ctx, items, lambda item: shapes.reaction(ctx.state, item))


def create_reaction(ctx: Context) -> Answer:
    """React; the same reaction twice is answered with the first."""
    content = ctx.text("content", "Reaction", required=True) or ""
    if content not in shapes.EMOJI:
        raise invalid("Reaction", "content", "invalid")
    items = _reactions(ctx)
    for item in items:
        if item.user.id == ctx.me.id and item.content == content:
            return ok(shapes.reaction(ctx.state, item))
    items.append(Reaction(ctx.state.next_id(), ctx.me, content, ctx.now()))
    return Answer(shapes.reaction(ctx.state, items[-1]), 201)


def delete_reaction(ctx: Context) -> Answer:
    """Take one's reaction back."""
    items = _reactions(ctx)
    for item in items:
        if item.id == int(ctx.places["reaction"]):
            ctx.demand(Role.ADMIN, unless=item.user)
            items.remove(item)
            return nothing()
    raise not_found()
