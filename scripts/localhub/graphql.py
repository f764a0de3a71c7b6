"""The GraphQL door: the few questions REST cannot answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pygit2

from localhub import graphql_text, tokens
from localhub.context import Answer, Context
from localhub.errors import Refusal
from localhub.events import announce
from localhub.graphql_text import Document, GraphQLError, Selection
from localhub.mergeability import latest_statuses, merged_tree
from localhub.repository import FileChange
from localhub.shapes import node_id, stamp
from localhub.state import Comment, Issue, Pull, Repository, Review, Role, Status, User

Arguments = dict[str, Any]
MOST_PINNED = 3


@dataclass
class Node:
    """An object: plain values, or functions of the arguments.

    What is in `narrow` can be asked for only inside a fragment on the exact type.
    """

    kind: str
    fields: dict[str, Any]
    narrow: dict[str, Any] = field(default_factory=dict)


def answer(ctx: Context) -> Answer:
    """Answer a GraphQL request; trouble with the question itself is told with status 200."""
    _ = ctx.me
    try:
        document = graphql_text.read(str(ctx.body.get("query") or ""))
        root = _Mutations(ctx).node() if document.kind == "mutation" else _Questions(ctx).node()
        variables = document.defaults | (ctx.body.get("variables") or {})
        return Answer({"data": _project(root, document.fields, document, variables)})
    except GraphQLError as problem:
        error: dict[str, Any] = {"message": problem.message}
        return Answer({"data": None, "errors": [error | ({"type": problem.kind} if problem.kind else {})]})
    except Refusal as refusal:
        return Answer({"data": None, "errors": [{"type": "FORBIDDEN", "message": refusal.message}]})


def _project(
    node: Node, wanted: Sequence[Selection], document: Document, variables: Mapping[str, Any], *, narrow: bool = False
) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for one in wanted:
        if one.spread is not None and one.spread not in document.fragments:
            raise GraphQLError(f"Fragment {one.spread} was used, but not defined")
        part = document.fragments[one.spread] if one.spread is not None else one
        if part.on is not None:
            if part.on in {node.kind, "Node", "Actor"}:
                result |= _project(node, part.children, document, variables, narrow=part.on == node.kind)
            continue
        known = node.fields | (node.narrow if narrow else {}) | {"__typename": node.kind}
        if one.name not in known:
            raise GraphQLError(f"Field '{one.name}' doesn't exist on type '{node.kind}'")
        value = known[one.name]
        if callable(value):
            value = value(graphql_text.fill(one.arguments, variables))
        result[one.alias] = _deep(value, one, document, variables)
    return result


def _deep(value: Any, one: Selection, document: Document, variables: Mapping[str, Any]) -> Any:
    if isinstance(value, list):
        return [_deep(item, one, document, variables) for item in value]
    if not isinstance(value, Node):
        return value
    if not one.children:
        raise GraphQLError(f"Field must have selections (field '{one.name}' returns {value.kind})")
    return _project(value, one.children, document, variables)


def connection(name: str, items: Sequence[Any], shape: Callable[[Any], Node], arguments: Arguments) -> Node:
    """Cut a page out of a list."""
    size = arguments.get("first") or arguments.get("last")
    if not size:
        raise GraphQLError(
            f"You must provide a `first` or `last` value to properly paginate the `{name}` connection.",
            "MISSING_PAGINATION_BOUNDARIES",
        )
    if size > 100:
        words = f"Requesting {size} records on the `{name}` connection exceeds the `first` limit of 100 records."
        raise GraphQLError(words, "EXCESSIVE_PAGINATION")
    start = int(arguments["after"].removeprefix("cursor:")) if arguments.get("after") else 0
    if arguments.get("last") and not arguments.get("first"):
        start = max(len(items) - size, 0)
    page = items[start : start + size]
    end = start + len(page)
    info = {
        "hasNextPage": end < len(items),
        "hasPreviousPage": start > 0,
        "startCursor": f"cursor:{start}" if page else None,
        "endCursor": f"cursor:{end}" if page else None,
    }
    fields = {
        "nodes": lambda _: [shape(item) for item in page],
        "totalCount": len(items),
        "pageInfo": Node("PageInfo", info),
    }
    return Node(f"{name}Connection", fields)


def _actor(who: User | None) -> Node | None:
    if who is None or who.gone:
        return None
    narrow = {"databaseId": who.id, "id": node_id("U", who.id)}
    return Node(who.type, {"login": who.login.removesuffix("[bot]")}, narrow)


class _Questions:
    """What may be asked."""

    def __init__(self, ctx: Context):
        self.ctx = ctx

    def node(self) -> Node:
        me = self.ctx.me
        viewer = Node("User", {"login": me.login, "databaseId": me.id, "id": node_id("U", me.id)})
        limits = Node("RateLimit", {"cost": 1, "limit": 5000, "remaining": 4999})
        return Node("Query", {"repository": self.repository, "viewer": viewer, "rateLimit": limits})

    def need(self, repo: Repository, needs: str) -> None:
        """Refuse what the token has no right to see."""
        tokens.check(self.ctx.state, self.ctx.token, repo, needs, Role.READ)

    def repository(self, arguments: Arguments) -> Node:
        name = f"{arguments.get('owner')}/{arguments.get('name')}"
        repo = self.ctx.state.repository(name)
        if repo is None or not self.ctx.may(Role.READ, repo):
            raise GraphQLError(f"Could not resolve to a Repository with the name '{name}'.", "NOT_FOUND")
        fields = {
            "id": node_id("R", repo.id),
            "databaseId": repo.id,
            "nameWithOwner": repo.full_name,
            "isPrivate": repo.private,
            "pullRequest": lambda a: self.pull(repo, a),
            "pullRequests": lambda a: self.pulls(repo, a),
            "issue": lambda a: self.one_issue(repo, a),
            "pinnedIssues": lambda a: self.pinned(repo, a),
            "object": lambda a: self.object(repo, a),
        }
        return Node("Repository", fields)

    def object(self, repo: Repository, arguments: Arguments) -> Node | None:
        """Find a file by `<commit>:<path>`; nothing else is asked for."""
        self.need(repo, "contents:read")
        revision, _, path = str(arguments.get("expression") or "").partition(":")
        commit = repo.git.commit(revision)
        found = repo.git.blob_at(str(commit.id), path) if commit and path else None
        if not isinstance(found, pygit2.Blob):
            return Node("Tree", {"oid": str(found.id)}) if found else None
        fields = {
            "oid": str(found.id),
            "byteSize": found.size,
            "isBinary": found.is_binary,
            "isTruncated": False,
            "text": None if found.is_binary else found.data.decode("utf-8", "replace"),
        }
        return Node("Blob", {"oid": fields["oid"]}, fields)

    def pinned(self, repo: Repository, arguments: Arguments) -> Node:
        self.need(repo, "issues:read")
        items = [issue for issue in repo.issues.values() if issue.pinned]

        def shape(item: Issue) -> Node:
            return Node("PinnedIssue", {"issue": self.issue(repo, item), "id": node_id("PI", item.id)})

        return connection("pinnedIssues", items, shape, arguments)

    def one_issue(self, repo: Repository, arguments: Arguments) -> Node:
        self.need(repo, "issues:read")
        found = repo.issues.get(arguments.get("number", 0))
        if found is None or found.pull is not None:
            number = arguments.get("number")
            raise GraphQLError(f"Could not resolve to an Issue with the number of {number}.", "NOT_FOUND")
        return self.issue(repo, found)

    def issue(self, repo: Repository, item: Issue) -> Node:
        return Node("Issue", self.common(repo, item) | {"state": item.state.upper(), "isPinned": item.pinned})

    def common(self, repo: Repository, item: Issue) -> dict[str, Any]:
        kind = "pull" if item.pull else "issues"
        return {
            "id": node_id("PR" if item.pull else "I", item.id),
            "number": item.number,
            "title": item.title,
            "body": item.body or "",
            "author": _actor(item.user),
            "url": f"{self.ctx.state.url}/{repo.full_name}/{kind}/{item.number}",
            "createdAt": stamp(item.created_at),
            "updatedAt": stamp(item.updated_at),
            "closedAt": stamp(item.closed_at),
            "labels": lambda a: connection("labels", item.labels, lambda x: Node("Label", {"name": x.name}), a),
        }

    def pull(self, repo: Repository, arguments: Arguments) -> Node:
        self.need(repo, "pull_requests:read")
        found = repo.issues.get(arguments.get("number", 0))
        if found is None or found.pull is None:
            number = arguments.get("number")
            raise GraphQLError(f"Could not resolve to a PullRequest with the number of {number}.", "NOT_FOUND")
        return self.pull_node(repo, found, found.pull)

    def pulls(self, repo: Repository, arguments: Arguments) -> Node:
        self.need(repo, "pull_requests:read")
        states = arguments.get("states")
        wanted = [states] if isinstance(states, str) else states
        labels = arguments.get("labels")
        names = [labels] if isinstance(labels, str) else labels
        found = [
            (issue, pull)
            for issue, pull in repo.pulls()
            if (not wanted or _state(issue, pull) in wanted)
            and (not names or any(label.name in names for label in issue.labels))
            and arguments.get("baseRefName") in {None, pull.base_ref}
            and arguments.get("headRefName") in {None, pull.head_ref}
        ]
        order = arguments.get("orderBy") or {}
        if order.get("field") == "UPDATED_AT":
            found.sort(key=lambda pair: (pair[0].updated_at, pair[0].number))
        if order.get("direction") == "DESC":
            found.reverse()
        return connection("pullRequests", found, lambda pair: self.pull_node(repo, *pair), arguments)

    def pull_node(self, repo: Repository, issue: Issue, pull: Pull) -> Node:
        mergeable = "UNKNOWN" if issue.state == "closed" else None
        fields = self.common(repo, issue) | {
            "databaseId": pull.id,
            "state": _state(issue, pull),
            "isDraft": pull.draft,
            "merged": pull.merged_at is not None,
            "mergedAt": stamp(pull.merged_at),
            "headRefName": pull.head_ref,
            "headRefOid": pull.head_sha,
            "baseRefName": pull.base_ref,
            "baseRefOid": pull.base_sha,
            "isCrossRepository": pull.head_repo is not repo,
            "mergeable": lambda _: mergeable or ("MERGEABLE" if merged_tree(repo, pull) else "CONFLICTING"),
            "reviews": lambda a: self.reviews(pull, a),
            "headRepository": Node("Repository", {"nameWithOwner": pull.head_repo.full_name})
            if pull.head_repo
            else None,
            "mergeCommit": _oid(pull.merge_commit_sha),
            "files": lambda a: connection("files", _changes(repo, pull), _changed, a),
            "commits": lambda a: self.commits(repo, pull, a),
            "reviewRequests": lambda a: connection("reviewRequests", pull.requested, _request, a),
            "comments": lambda a: connection("comments", issue.comments, _comment, a),
        }
        return Node("PullRequest", fields)

    def commits(self, repo: Repository, pull: Pull, arguments: Arguments) -> Node:
        ids = [str(commit.id) for commit in repo.git.log(pull.head_sha, pull.base_sha)][::-1]

        def shape(sha: str) -> Node:
            latest = latest_statuses(repo, sha)
            told = Node("Status", {"contexts": [_context(status) for status in latest.values()]}) if latest else None
            return Node("PullRequestCommit", {"commit": Node("Commit", {"oid": sha, "status": told})})

        return connection("commits", ids or [pull.head_sha], shape, arguments)

    def reviews(self, pull: Pull, arguments: Arguments) -> Node:
        states = arguments.get("states")
        wanted = [states] if isinstance(states, str) else states
        items = [
            item
            for item in pull.reviews
            if (item.state != "PENDING" or item.user.id == self.ctx.me.id) and (not wanted or item.state in wanted)
        ]
        return connection("reviews", items, _review, arguments)


def _oid(sha: str | None) -> Node | None:
    return Node("Commit", {"oid": sha}) if sha else None


def _changes(repo: Repository, pull: Pull) -> list[FileChange]:
    base = repo.git.merge_base(pull.base_sha, pull.head_sha)
    return repo.git.changes(base, pull.head_sha)


def _changed(change: FileChange) -> Node:
    kinds = {"added": "ADDED", "removed": "DELETED", "modified": "MODIFIED", "renamed": "RENAMED"}
    return Node("PullRequestChangedFile", {"path": change.path, "changeType": kinds.get(change.status, "CHANGED")})


def _context(status: Status) -> Node:
    fields = {
        "context": status.context,
        "state": status.state.upper(),
        "description": status.description,
        "createdAt": stamp(status.created_at),
        "creator": _actor(status.creator),
    }
    return Node("StatusContext", fields)


def _request(who: User) -> Node:
    return Node("ReviewRequest", {"requestedReviewer": _actor(who)})


def _comment(item: Comment) -> Node:
    fields = {
        "id": node_id("IC", item.id),
        "databaseId": item.id,
        "fullDatabaseId": str(item.id),
        "author": _actor(item.user),
        "body": item.body,
        "createdAt": stamp(item.created_at),
        "lastEditedAt": stamp(item.edited_at),
        "editor": _actor(item.editor),
    }
    return Node("IssueComment", fields)


def _state(issue: Issue, pull: Pull) -> str:
    return "MERGED" if pull.merged_at else issue.state.upper()


def _review(item: Review) -> Node:
    fields = {
        "id": node_id("PRR", item.id),
        "databaseId": item.id,
        "fullDatabaseId": str(item.id),
        "author": _actor(item.user),
        "body": item.body,
        "state": item.state,
        "submittedAt": stamp(item.submitted_at),
        "lastEditedAt": stamp(item.edited_at),
        "editor": _actor(item.editor),
        "commit": Node("Commit", {"oid": item.commit_id}),
    }
    return Node("PullRequestReview", fields)


class _Mutations:
    """What may be done."""

    def __init__(self, ctx: Context):
        self.ctx = ctx

    def node(self) -> Node:
        return Node(
            "Mutation", {"pinIssue": lambda a: self.pin(a, on=True), "unpinIssue": lambda a: self.pin(a, on=False)}
        )

    def pin(self, arguments: Arguments, *, on: bool) -> Node:
        wanted = (arguments.get("input") or {}).get("issueId")
        for repo in self.ctx.state.repositories.values():
            for issue in repo.issues.values():
                if issue.pull is None and node_id("I", issue.id) == wanted and self.ctx.may(Role.READ, repo):
                    return self._pin(repo, issue, on=on)
        raise GraphQLError(f"Could not resolve to a node with the global id of '{wanted}'", "NOT_FOUND")

    def _pin(self, repo: Repository, issue: Issue, *, on: bool) -> Node:
        tokens.check(self.ctx.state, self.ctx.token, repo, "issues:write", Role.WRITE)
        if on and sum(one.pinned for one in repo.issues.values() if one is not issue) >= MOST_PINNED:
            raise GraphQLError("Maximum 3 pinned issues per repository", "UNPROCESSABLE")
        if issue.pinned is not on:
            issue.pinned = on
            announce(self.ctx, "pinned" if on else "unpinned", issue, repo)
        fields = {"issue": _Questions(self.ctx).issue(repo, issue), "clientMutationId": None}
        return Node("PinIssuePayload" if on else "UnpinIssuePayload", fields)
