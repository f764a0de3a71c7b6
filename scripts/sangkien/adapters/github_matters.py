"""Pull requests with all that was said under them, asked of GitHub's GraphQL: 25 at a time, one question.

REST would take four calls for each, and does not tell who edited a review, or when.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sangkien.adapters.github_transport import Json, RefusedError, Transport
from sangkien.domain.desk import Change, Matter, Pull, Remark, Status
from sangkien.domain.review import Review

_AT_ONCE = (25, 5, 1)  # fewer where GitHub gives up on a question
_BLOBS_AT_ONCE = 50
_TIMED_OUT = (500, 502, 503, 504)
_CHANGES = {"ADDED": "added", "MODIFIED": "modified", "DELETED": "removed", "RENAMED": "renamed", "COPIED": "added"}

_FRAGMENTS = """
fragment who on Actor { __typename login ... on User { databaseId } ... on Bot { databaseId } }
fragment review on PullRequestReview {
  fullDatabaseId state body submittedAt lastEditedAt author { ...who } editor { ...who } commit { oid }
}
fragment comment on IssueComment {
  fullDatabaseId body createdAt lastEditedAt author { ...who } editor { ...who }
}
fragment matter on PullRequest {
  number title state mergedAt isCrossRepository headRefName headRefOid baseRefName createdAt updatedAt
  author { ...who }
  labels(first: 30) { nodes { name } }
  files(first: 40) { totalCount nodes { path changeType } }
  commits(last: 1) { nodes { commit { oid status { contexts {
    context state description createdAt creator { __typename login }
  } } } } }
  reviewRequests(first: 100) { nodes { requestedReviewer { __typename ... on User { databaseId } } } }
  reviews(first: 100) { pageInfo { hasNextPage endCursor } nodes { ...review } }
  comments(first: 100) { pageInfo { hasNextPage endCursor } nodes { ...comment } }
}
"""
_LIST = (
    """
query($owner: String!, $name: String!, $size: Int!, $after: String, $states: [PullRequestState!],
      $labels: [String!], $base: String) {
  viewer { login }
  repository(owner: $owner, name: $name) {
    pullRequests(states: $states, labels: $labels, baseRefName: $base, first: $size, after: $after,
                 orderBy: {field: CREATED_AT, direction: ASC}) {
      pageInfo { hasNextPage endCursor }
      nodes { ...matter }
    }
  }
}"""
    + _FRAGMENTS
)
_MORE = {
    part: f"""
query($owner: String!, $name: String!, $number: Int!, $after: String) {{
  repository(owner: $owner, name: $name) {{
    pullRequest(number: $number) {{
      {part}(first: 100, after: $after) {{ pageInfo {{ hasNextPage endCursor }} nodes {{ ...{fragment} }} }}
    }}
  }}
}}
fragment who on Actor {{ __typename login ... on User {{ databaseId }} ... on Bot {{ databaseId }} }}
"""
    + next(f"fragment {text}" for text in _FRAGMENTS.split("fragment ") if text.startswith(f"{fragment} on"))
    for part, fragment in (("reviews", "review"), ("comments", "comment"))
}


class Matters:
    """Asks one repository for its pull requests."""

    def __init__(self, transport: Transport, repository: str) -> None:
        self._ask = transport.ask
        self._owner, _, self._name = repository.partition("/")

    def listed(self, states: Sequence[str], labels: Sequence[str], base: str) -> Iterator[Matter]:
        """List pull requests into a branch that bear one of the labels, oldest first."""
        sizes = iter(_AT_ONCE)
        size = next(sizes)
        after: str | None = None
        while True:
            about = {"size": size, "after": after, "states": list(states), "labels": list(labels), "base": base}
            try:
                answer = self._question(_LIST, about)
            except RefusedError as refusal:
                size = next(sizes, 0)
                if refusal.status not in _TIMED_OUT or not size:
                    raise
                continue
            us = _bare(answer["viewer"]["login"])
            found = answer["repository"]["pullRequests"]
            for node in found["nodes"]:
                yield self._matter(node, us)
            if not found["pageInfo"]["hasNextPage"]:
                return
            after = found["pageInfo"]["endCursor"]

    def blobs(self, wanted: Sequence[tuple[str, str]]) -> dict[tuple[str, str], bytes | None]:
        """Read files at commits; None for what is not there, no text, or cut short."""
        found: dict[tuple[str, str], bytes | None] = {}
        for start in range(0, len(wanted), _BLOBS_AT_ONCE):
            part = wanted[start : start + _BLOBS_AT_ONCE]
            variables = {f"e{n}": f"{commit}:{path}" for n, (commit, path) in enumerate(part)}
            asked = " ".join(
                f"b{n}: object(expression: $e{n}) {{ ... on Blob {{ oid isBinary isTruncated text }} }}"
                for n in range(len(part))
            )
            head = "".join(f", $e{n}: String!" for n in range(len(part)))
            repository = f"repository(owner: $owner, name: $name) {{ {asked} }}"
            query = f"query($owner: String!, $name: String!{head}) {{ {repository} }}"
            answer = self._question(query, variables)["repository"]
            found |= {place: _text(answer[f"b{n}"]) for n, place in enumerate(part)}
        return found

    def _question(self, query: str, variables: Mapping[str, Any]) -> Json:
        return self._ask(query, {"owner": self._owner, "name": self._name, **variables})

    def _rest(self, number: int, part: str, first: Json) -> list[Json]:
        """Give every entry of a list whose first page is at hand."""
        nodes, page = list(first["nodes"]), first["pageInfo"]
        while page["hasNextPage"]:
            answer = self._question(_MORE[part], {"number": number, "after": page["endCursor"]})
            following = answer["repository"]["pullRequest"][part]
            nodes += following["nodes"]
            page = following["pageInfo"]
        return nodes

    def _matter(self, node: Json, us: str) -> Matter:
        head = node["headRefOid"]
        commits = node["commits"]["nodes"]
        newest: Json = commits[0]["commit"] if commits else {"oid": "", "status": None}
        contexts = newest["status"]["contexts"] if newest["status"] and newest["oid"] == head else ()
        asked = [request["requestedReviewer"] or {} for request in node["reviewRequests"]["nodes"]]
        files = node["files"] or {"nodes": []}
        return Matter(
            pull=Pull(
                number=node["number"],
                title=node["title"],
                is_open=node["state"] == "OPEN",
                merged=node["mergedAt"] is not None,
                branch=node["headRefName"],
                head=head,
                base=node["baseRefName"],
                inside=not node["isCrossRepository"],
                labels=frozenset(label["name"] for label in node["labels"]["nodes"]),
                author=_account(node["author"]) or 0,
                by_bot=_is_bot(node["author"]),
                created_at=node["createdAt"],
                updated_at=node["updatedAt"],
            ),
            changes=tuple(
                Change(path=f["path"], status=_CHANGES.get(f["changeType"], "modified")) for f in files["nodes"]
            ),
            statuses={
                c["context"]: Status(
                    state=c["state"].lower(),
                    description=c["description"] or "",
                    created_at=c["createdAt"],
                    by_us=_bare((c["creator"] or {}).get("login", "")) == us,
                )
                for c in contexts
            },
            asked=frozenset(who["databaseId"] for who in asked if who.get("databaseId")),
            reviews=tuple(map(_review, _submitted(self._rest(node["number"], "reviews", node["reviews"])))),
            remarks=tuple(map(_remark, self._rest(node["number"], "comments", node["comments"]))),
        )


def _submitted(nodes: Sequence[Json]) -> Iterator[Json]:
    return (node for node in nodes if node["submittedAt"] and node["state"] != "PENDING")


def _review(node: Json) -> Review:
    return Review(
        id=int(node["fullDatabaseId"]),
        user_id=_account(node["author"]),
        is_user=(node["author"] or {}).get("__typename") == "User",
        body=node["body"] or "",
        is_dismissed=node["state"] == "DISMISSED",
        submitted_at=datetime.datetime.fromisoformat(node["submittedAt"]),
        commit_id=(node["commit"] or {}).get("oid", ""),
        edited_by_other=_is_edited_by_other(node),
        approves=node["state"] == "APPROVED",
        edited_at=datetime.datetime.fromisoformat(node["lastEditedAt"]) if node["lastEditedAt"] else None,
    )


def _remark(node: Json) -> Remark:
    return Remark(
        key=int(node["fullDatabaseId"]),
        body=node["body"] or "",
        author=_account(node["author"]) or 0,
        by_bot=_is_bot(node["author"]),
        created_at=node["createdAt"],
        edited=bool(node["lastEditedAt"]),
        edited_by_other=_is_edited_by_other(node),
    )


def _is_edited_by_other(node: Json) -> bool:
    # Edited, and GitHub gives no editor: that account is gone, so it is not the author's.
    return bool(node["lastEditedAt"]) and (not node["editor"] or _account(node["editor"]) != _account(node["author"]))


def _account(who: Json) -> int | None:
    return who.get("databaseId") if who else None


def _is_bot(who: Json) -> bool:
    return bool(who) and who["__typename"] == "Bot"


def _bare(login: str) -> str:
    return login.removesuffix("[bot]")


def _text(node: Json) -> bytes | None:
    if not node or node.get("isBinary") or node.get("isTruncated") or node.get("text") is None:
        return None
    return str(node["text"]).encode("utf-8")
