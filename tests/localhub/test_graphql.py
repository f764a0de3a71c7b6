"""The questions only GraphQL answers."""

from typing import Any

import requests
from hub_room import REPO, Room

pytest_plugins = ["hub_fixtures"]
REVIEWS = """
# what the tally asks
query Tally($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      headRefOid
      reviews(first: 1, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes {
          databaseId
          author { login __typename ... on User { databaseId } ... on Bot { databaseId } }
          body state submittedAt lastEditedAt
          editor { login }
          commit { oid }
        }
      }
    }
  }
}
"""


def ask(room: Room, token: str, query: str, **variables: Any) -> dict[str, Any]:
    answer = requests.post(
        room.hub.graphql_url,
        json={"query": query, "variables": variables},
        headers={"Authorization": f"Bearer {token}"},
        timeout=5,
    )
    assert answer.status_code == 200
    body: dict[str, Any] = answer.json()
    return body


def test_reviews_show_edits(room: Room) -> None:
    room.file_on_branch("x", "x.txt")
    pull = room.as_("mau").create_pull(base="main", head="x", title="T")
    review = room.as_("lan").get_pull(1).create_review(event="COMMENT", body="một")
    room.as_("khach").get_pull(1).create_review(event="APPROVE")
    review.edit("hai")
    token = room.hub.mint_token(REPO, {"pull-requests": "read"})
    words: dict[str, Any] = {"owner": "mau", "name": "sang-kien", "number": 1}
    found = ask(room, token, REVIEWS, **words)["data"]["repository"]["pullRequest"]
    assert found["headRefOid"] == pull.head.sha
    [first] = found["reviews"]["nodes"]
    assert first["author"] == {"login": "lan", "__typename": "User", "databaseId": 1002}
    assert (first["body"], first["editor"]["login"], first["databaseId"]) == ("hai", "lan", review.id)
    assert first["lastEditedAt"]
    assert found["reviews"]["pageInfo"]["hasNextPage"]
    rest = ask(room, token, REVIEWS, **words, after=found["reviews"]["pageInfo"]["endCursor"])
    [second] = rest["data"]["repository"]["pullRequest"]["reviews"]["nodes"]
    assert (second["state"], second["lastEditedAt"], second["editor"]) == ("APPROVED", None, None)


def test_list_of_pulls_with_reviews(room: Room) -> None:
    for name in ("x", "y"):
        room.file_on_branch(name, f"{name}.txt")
        room.as_("mau").create_pull(base="main", head=name, title=name)
    query = """{ repository(owner: "mau", name: "sang-kien") { all: pullRequests(first: 10, states: [OPEN],
      orderBy: {field: UPDATED_AT, direction: DESC}) { totalCount nodes { number ...More } } } }
      fragment More on PullRequest { title reviews(last: 5) { nodes { state } } }"""
    found = ask(room, room.hub.user_token("khach"), query)["data"]["repository"]["all"]
    assert found["totalCount"] == 2
    assert found["nodes"][0] == {"number": 2, "title": "y", "reviews": {"nodes": []}}


def test_pins(room: Room) -> None:
    repo, token = room.as_("mau"), room.hub.user_token("mau")
    pin = "mutation($id: ID!) { pinIssue(input: {issueId: $id}) { issue { number isPinned } } }"
    answers = [ask(room, token, pin, id=repo.create_issue(str(n)).raw_data["node_id"]) for n in range(4)]
    assert answers[0]["data"]["pinIssue"]["issue"] == {"number": 1, "isPinned": True}
    assert "Maximum 3" in answers[3]["errors"][0]["message"]
    listing = (
        '{ repository(owner: "mau", name: "sang-kien") { pinnedIssues(first: 3) { nodes { issue { number } } } } }'
    )
    found = ask(room, token, listing)["data"]["repository"]["pinnedIssues"]["nodes"]
    assert [row["issue"]["number"] for row in found] == [1, 2, 3]
    stranger = ask(room, room.hub.user_token("khach"), pin, id=repo.get_issue(4).raw_data["node_id"])
    assert stranger["errors"][0]["type"] == "FORBIDDEN"


def test_faulty_questions(room: Room) -> None:
    token = room.hub.mint_token(REPO, {"issues": "read"})
    for query, words in (
        ('{ repository(owner: "mau", name: "sang-kien") { nothing } }', "doesn't exist"),
        ('{ repository(owner: "mau", name: "nothing") { id } }', "Could not resolve"),
        ('{ repository(owner: "mau", name: "sang-kien") { pullRequests(first: 1) { totalCount } } }', "not accessible"),
        ('{ repository(owner: "mau", name: "sang-kien") { pinnedIssues { totalCount } } }', "first"),
        ("{ viewer { nothing } }", "doesn't exist"),
        ("{ viewer ", "Parse error"),
    ):
        assert words in ask(room, token, query)["errors"][0]["message"]
