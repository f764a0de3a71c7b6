"""Reviews: who may give which, edits and dismissals."""

from functools import partial

import pytest
from github.PullRequest import PullRequest
from hub_room import Room, refused

pytest_plugins = ["hub_fixtures"]


@pytest.fixture
def number(room: Room) -> int:
    room.file_on_branch("x", "x.txt")
    return room.as_("mau").create_pull(base="main", head="x", title="T").number


def as_(room: Room, login: str, number: int) -> PullRequest:
    return room.as_(login).get_pull(number)


def test_words_are_needed(room: Room, number: int) -> None:
    pull = as_(room, "khach", number)
    for event in ("COMMENT", "REQUEST_CHANGES"):
        refused(422, partial(pull.create_review, event=event, body=""))
    assert pull.create_review(event="APPROVE").state == "APPROVED"


def test_own_pull(room: Room, number: int) -> None:
    pull = as_(room, "mau", number)
    for event in ("APPROVE", "REQUEST_CHANGES"):
        refused(422, partial(pull.create_review, event=event, body="tốt"))
    assert pull.create_review(event="COMMENT", body="tốt").state == "COMMENTED"


def test_pending_is_seen_by_its_writer_only(room: Room, number: int) -> None:
    pull = as_(room, "lan", number)
    review = pull.create_review(body="đang viết")
    assert review.state == "PENDING"
    assert as_(room, "mau", number).get_reviews().totalCount == 0
    refused(422, partial(pull.create_review, body="lần nữa"))
    url = f"{pull.url}/reviews/{review.id}/events"
    _, done = room.client(room.hub.user_token("lan")).requester.requestJsonAndCheck(
        "POST", url, input={"event": "COMMENT"}
    )
    assert done["state"] == "COMMENTED"
    assert [r.body for r in as_(room, "mau", number).get_reviews()] == ["đang viết"]


def test_edit_keeps_the_time_of_submission(room: Room, number: int) -> None:
    review = as_(room, "lan", number).create_review(event="COMMENT", body="một")
    review.edit("hai")
    after = as_(room, "mau", number).get_review(review.id)
    assert (after.body, after.submitted_at) == ("hai", review.submitted_at)
    stranger = as_(room, "khach", number).get_review(review.id)
    refused(403, partial(stranger.edit, "ba"))


def test_dismissal_keeps_the_words(room: Room, number: int) -> None:
    review = as_(room, "lan", number).create_review(event="REQUEST_CHANGES", body="chưa được")
    refused(403, partial(as_(room, "khach", number).get_review(review.id).dismiss, "không"))
    as_(room, "mau", number).get_review(review.id).dismiss("đã sửa")
    after = as_(room, "mau", number).get_review(review.id)
    assert (after.state, after.body) == ("DISMISSED", "chưa được")
    comment = as_(room, "lan", number).create_review(event="COMMENT", body="chỉ là lời")
    refused(422, partial(as_(room, "mau", number).get_review(comment.id).dismiss, "không"))


def test_review_remembers_the_head_it_saw(room: Room, number: int) -> None:
    pull = as_(room, "lan", number)
    review = pull.create_review(event="COMMENT", body="một")
    room.as_("mau").create_file("y.txt", "y", "y", branch="x")
    pull.update()
    assert review.commit_id != pull.head.sha
