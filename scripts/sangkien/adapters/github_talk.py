"""All that was said in a repository on GitHub: issues, pull requests, comments, reviews; and its forks."""

import time
from collections.abc import Callable, Iterator
from typing import Literal

from sangkien.adapters.github_transport import RefusedError, Transport


class GitHubTalk:
    """Reads what was said in one repository; nothing is written."""

    def __init__(self, repository: str, token: str, api: str, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self._pages = Transport(f"/repos/{repository}", token, api, sleep=sleep).pages

    def sayings(self) -> Iterator[tuple[Literal["issue", "comment"], int, str]]:
        """Give every issue, pull request and comment: its kind, the number it stands under, its words."""
        for data in self._pages("/issues", {"state": "all", "sort": "created", "direction": "asc"}):
            yield "issue", data["number"], f"{data['title']}\n{data.get('body') or ''}"
        for data in self._pages("/issues/comments", {}):
            yield "comment", int(data["issue_url"].rpartition("/")[2]), data.get("body") or ""

    def reviews(self, number: int) -> Iterator[str]:
        """Give the words of a pull request's reviews, and of those beside its lines; none for an issue."""
        for part in ("reviews", "comments"):
            try:
                for data in self._pages(f"/pulls/{number}/{part}", {}):
                    yield data.get("body") or ""
            except RefusedError as refusal:
                if refusal.status != 404:
                    raise

    def forks(self) -> list[str]:
        """Name the forks, which keep what they took."""
        return [data["full_name"] for data in self._pages("/forks", {})]
