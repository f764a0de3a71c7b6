"""Reviews of pull requests."""

from localhub.context import Answer, Context, ok, paged
from localhub.errors import Refusal, not_found
from localhub.mergeability import rules_for
from localhub.shapes_pulls import brief_pull, review_comment
from localhub.shapes_pulls import review as shape
from localhub.state import Issue, Pull, Repository, Review, ReviewComment, Role

EVENTS = {"APPROVE": "APPROVED", "REQUEST_CHANGES": "CHANGES_REQUESTED", "COMMENT": "COMMENTED"}


def _review(ctx: Context) -> tuple[Issue, Pull, Review]:
    issue, pull = ctx.pull()
    for item in pull.reviews:
        hidden = item.state == "PENDING" and item.user.id != (ctx.viewer.id if ctx.viewer else 0)
        if item.id == int(ctx.places["review"]) and not hidden:
            return issue, pull, item
    raise not_found()


def announce(
    ctx: Context, action: str, issue: Issue, pull: Pull, item: Review, repo: Repository | None = None, **more: object
) -> None:
    """Tell what happened to a review."""
    repo = repo or ctx.repo
    doc = shape(ctx.state, repo, issue, item)
    payload = {
        "action": action,
        "review": doc | {"state": doc["state"].lower()},
        "pull_request": brief_pull(ctx.state, repo, issue, pull),
    }
    ctx.emit("pull_request_review", payload | more, repo)


def list_reviews(ctx: Context) -> Answer:
    """Answer with the reviews, oldest first; pending ones only to their writer."""
    issue, pull = ctx.pull()
    me = ctx.viewer.id if ctx.viewer else 0
    items = [item for item in pull.reviews if item.state != "PENDING" or item.user.id == me]
    return paged(ctx, items, lambda item: shape(ctx.state, ctx.repo, issue, item))


def get_review(ctx: Context) -> Answer:
    """Answer with one review."""
    issue, _, item = _review(ctx)
    return ok(shape(ctx.state, ctx.repo, issue, item))


def create_review(ctx: Context) -> Answer:
    """Review, or begin a review when no event is given."""
    issue, pull = ctx.pull()
    event, body = ctx.body.get("event") or None, ctx.text("body", "PullRequestReview") or ""
    commit = str(ctx.body.get("commit_id") or pull.head_sha)
    remarks = ctx.body.get("comments") or []
    _check(ctx, issue, event, body, remarked=bool(remarks))
    if event is None and any(r.state == "PENDING" and r.user.id == ctx.me.id for r in pull.reviews):
        raise Refusal(422, "Unprocessable Entity", ["User can only have one pending review per pull request"])
    item = Review(ctx.state.next_id(), ctx.me, body, "PENDING", commit, None)
    pull.reviews.append(item)
    for row in remarks:
        line = int(row.get("line") or row.get("position") or 1)
        words = (str(row["path"]), line, str(row.get("side", "RIGHT")), str(row["body"]))
        pull.review_comments.append(ReviewComment(ctx.state.next_id(), item, *words, ctx.now()))
    if event is not None:
        _submit(ctx, issue, pull, item, event)
    return ok(shape(ctx.state, ctx.repo, issue, item))


def _check(ctx: Context, issue: Issue, event: str | None, body: str, *, remarked: bool = False) -> None:
    if event is None:
        return
    if event not in EVENTS:
        raise Refusal(422, f"Invalid request.\n\n{event} is not a member of {list(EVENTS)}.")
    if issue.locked and not ctx.may(Role.WRITE):
        raise Refusal(403, "Unable to create review because conversation is locked.")
    own = issue.user.id == ctx.me.id
    if own and event != "COMMENT":
        verb = "approve" if event == "APPROVE" else "request changes on"
        raise Refusal(422, "Unprocessable Entity", [f"Can not {verb} your own pull request"])
    if event != "APPROVE" and not body.strip() and not remarked:
        raise Refusal(422, "Unprocessable Entity", ["Body can not be blank"])


def _submit(ctx: Context, issue: Issue, pull: Pull, item: Review, event: str) -> None:
    item.state, item.submitted_at = EVENTS[event], ctx.now()
    issue.updated_at = ctx.now()
    pull.requested = [one for one in pull.requested if one.id != item.user.id]
    announce(ctx, "submitted", issue, pull, item)


def submit_review(ctx: Context) -> Answer:
    """Hand in a pending review."""
    issue, pull, item = _review(ctx)
    event = ctx.body.get("event")
    if not event:
        raise Refusal(422, 'Invalid request.\n\n"event" wasn\'t supplied.')
    if item.state != "PENDING":
        raise Refusal(422, "Unprocessable Entity", ["Could not submit a review that is not pending"])
    body = ctx.text("body", "PullRequestReview") or item.body
    _check(ctx, issue, event, body, remarked=any(c.review is item for c in pull.review_comments))
    item.body = body
    _submit(ctx, issue, pull, item, event)
    return ok(shape(ctx.state, ctx.repo, issue, item))


def edit_review(ctx: Context) -> Answer:
    """Change a review's words; REST never shows when, only GraphQL does."""
    issue, pull, item = _review(ctx)
    ctx.demand(Role.WRITE, unless=item.user)
    body = ctx.text("body", "PullRequestReview", required=True) or ""
    if body != item.body:
        changes = {"body": {"from": item.body}}
        item.body, item.edited_at, item.editor = body, ctx.now(), ctx.me
        announce(ctx, "edited", issue, pull, item, changes=changes)
    return ok(shape(ctx.state, ctx.repo, issue, item))


def delete_review(ctx: Context) -> Answer:
    """Throw a pending review away; a submitted one stays."""
    issue, pull, item = _review(ctx)
    if item.state != "PENDING":
        raise Refusal(422, "Unprocessable Entity", ["Can not delete a non-pending pull request review"])
    doc = shape(ctx.state, ctx.repo, issue, item)
    pull.reviews.remove(item)
    pull.review_comments = [one for one in pull.review_comments if one.review is not item]
    return ok(doc)


def dismiss_review(ctx: Context) -> Answer:
    """Set a verdict aside; its words stay."""
    issue, pull, item = _review(ctx)
    message = ctx.text("message", "PullRequestReview", required=True)
    if item.state not in {"APPROVED", "CHANGES_REQUESTED"}:
        raise Refusal(422, "Unprocessable Entity", [f"Can not dismiss a {item.state.lower()} pull request review"])
    item.state, item.dismissed_message = "DISMISSED", message
    announce(ctx, "dismissed", issue, pull, item)
    return ok(shape(ctx.state, ctx.repo, issue, item))


def drop_stale(ctx: Context, repo: Repository, issue: Issue, pull: Pull) -> None:
    """Dismiss approvals of an older head where the rules of the base branch say so."""
    rules = [
        rule.get("parameters") or {} for rule, _ in rules_for(repo, pull.base_ref) if rule["type"] == "pull_request"
    ]
    if any(parameters.get("dismiss_stale_reviews_on_push") for parameters in rules):
        for item in pull.reviews:
            if item.state == "APPROVED":
                item.state, item.dismissed_message = "DISMISSED", "The head has changed."
                announce(ctx, "dismissed", issue, pull, item, repo)


def list_remarks(ctx: Context) -> Answer:
    """Answer with the remarks on lines of the pull request."""
    issue, pull = ctx.pull()
    items = [item for item in pull.review_comments if item.review.state != "PENDING"]
    return paged(ctx, items, lambda item: review_comment(ctx.state, ctx.repo, issue, item))


def remarks_of_review(ctx: Context) -> Answer:
    """Answer with the remarks of one review."""
    issue, pull, review = _review(ctx)
    items = [item for item in pull.review_comments if item.review is review]
    return paged(ctx, items, lambda item: review_comment(ctx.state, ctx.repo, issue, item))


def request_reviewers(ctx: Context) -> Answer:
    """Ask collaborators for a review; asking twice changes nothing."""
    issue, pull = ctx.pull()
    for login in ctx.body.get("reviewers") or []:
        found = ctx.state.user(str(login))
        if found is None or (found.login.lower() not in ctx.repo.collaborators and found.id != ctx.repo.owner.id):
            text = "Reviews may only be requested from collaborators. One or more of the users or teams you specified"
            raise Refusal(422, f"{text} is not a collaborator of the {ctx.repo.full_name} repository.")
        if found.id == issue.user.id:
            raise Refusal(422, "Review cannot be requested from pull request author.")
        if all(one.id != found.id for one in pull.requested):
            pull.requested.append(found)
            payload = {"action": "review_requested", "number": issue.number}
            ctx.emit("pull_request", payload | {"pull_request": brief_pull(ctx.state, ctx.repo, issue, pull)}, ctx.repo)
    issue.updated_at = ctx.now()
    return Answer(brief_pull(ctx.state, ctx.repo, issue, pull), 201)


def drop_reviewers(ctx: Context) -> Answer:
    """Ask no longer."""
    issue, pull = ctx.pull()
    gone = {str(login).lower() for login in ctx.body.get("reviewers") or []}
    pull.requested = [one for one in pull.requested if one.login.lower() not in gone]
    return ok(brief_pull(ctx.state, ctx.repo, issue, pull))
