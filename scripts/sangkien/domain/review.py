"""GitHub's list of reviews → plain values (REST “list reviews”, with the editor where GraphQL told it)."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_PENDING = "PENDING"


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One submitted review; a deleted account has no id.

    `refused` is why it may not speak at all (what its writer said before stands), `spoilt` why it is put aside although
    it is its writer's last word.
    """

    id: int
    user_id: int | None
    is_user: bool
    body: str
    is_dismissed: bool
    submitted_at: datetime.datetime
    commit_id: str
    edited_by_other: bool
    approves: bool = False
    edited_at: datetime.datetime | None = None
    refused: str = ""
    spoilt: str = ""

    @property
    def order(self) -> tuple[datetime.datetime, int]:
        return self.submitted_at, self.id


def from_rest(listed: Any) -> tuple[Review, ...]:
    """Read a REST list, oldest first; what is not submitted yet is left out.

    Raises ValueError when it is no such list.
    """
    if not isinstance(listed, Sequence) or isinstance(listed, str):
        raise ValueError("not a list of reviews")  # noqa: TRY004  # the caller tells one kind of fault
    reviews = [_review(item) for item in listed if _is_submitted(item)]
    return tuple(sorted(reviews, key=lambda review: review.order))


def _is_submitted(item: Any) -> bool:
    if not isinstance(item, dict):
        raise ValueError("a review is an object")  # noqa: TRY004  # the caller tells one kind of fault
    return item.get("state") != _PENDING and bool(item.get("submitted_at"))


def _review(item: dict[str, Any]) -> Review:
    submitted = datetime.datetime.fromisoformat(str(item["submitted_at"]))
    if submitted.tzinfo is None:
        submitted = submitted.replace(tzinfo=datetime.UTC)
    try:
        user = item.get("user") or {}
        return Review(
            id=int(item["id"]),
            user_id=int(user["id"]) if user.get("id") is not None else None,
            is_user=user.get("type") == "User",
            body=str(item.get("body") or ""),
            is_dismissed=item.get("state") == "DISMISSED",
            submitted_at=submitted,
            commit_id=str(item.get("commit_id") or ""),
            edited_by_other=_is_edited_by_other(item, user.get("id")),
            approves=item.get("state") == "APPROVED",
        )
    except (AttributeError, KeyError, OverflowError, TypeError) as error:
        raise ValueError(f"not a review: {error}") from error


def _is_edited_by_other(item: dict[str, Any], author: object) -> bool:
    """Tell whether the last editor, where GraphQL named one, is somebody else."""
    if editor := item.get("editor"):
        return bool(editor.get("databaseId", editor.get("id")) != author)
    # Edited, and GitHub gives no editor: that account is gone, so it is not the author's.
    return "editor" in item and bool(item.get("last_edited_at"))
