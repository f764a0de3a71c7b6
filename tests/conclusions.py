"""Conclusions made on the small valid repository, for the tests of two steps."""

from pathlib import Path
from typing import Any

from sangkien.adapters.git import Git
from sangkien.adapters.store import Store
from sangkien.workflow.conclude import Word, conclude

FOLDER = "ideas/2019/b8/b8m4r0xt"


def sheet(account: int, marks: tuple[int, int], verdict: str = "cong-nhan") -> dict[str, Any]:
    body = (
        f"```phieu-cham\nbo-tieu-chi: 2019-1\ntinh-moi: {marks[0]}\ntinh-kinh-te: {marks[1]}\nket-luan: {verdict}\n```"
    )
    return {
        "id": account,
        "user": {"id": account, "type": "User"},
        "state": "COMMENTED",
        "submitted_at": "2019-06-01T00:00:00Z",
        "commit_id": "c",
        "body": body,
    }


def conclude_again(root: Path, word: Word, *marks: tuple[int, int], verdict: str = "cong-nhan") -> str:
    reviews = [sheet(1001 + place, given, verdict) for place, given in enumerate(marks)]
    return conclude(Store(root), Git(root), FOLDER, reviews, None, word, "2019-06-20")
