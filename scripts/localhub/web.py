"""What all plain pages share: who looks, how an action runs, how a page is drawn."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask import Response, abort, make_response, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from localhub.context import Context
from localhub.errors import Refusal
from localhub.rendering import render
from localhub.state import Issue, Pull, Repository, Role, State, User

COOKIE = "localhub_user"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
VERDICTS = {
    "clean": "Gộp được",
    "dirty": "Vướng xung đột, chưa gộp được",
    "blocked": "Chưa đủ điều kiện để gộp",
    "unstable": "Gộp được, nhưng có lần kiểm tra chưa đạt",
    "draft": "Còn là bản nháp",
}
STATUSES = {"success": "đạt", "failure": "không đạt", "error": "lỗi", "pending": "đang chờ"}
REVIEWS = {
    "APPROVED": "tán thành",
    "CHANGES_REQUESTED": "yêu cầu sửa",
    "COMMENTED": "nhận xét",
    "DISMISSED": "đánh giá đã bị gác lại",
}
WORDS = {"verdicts": VERDICTS, "statuses": STATUSES, "reviews": REVIEWS}


class Web:
    """Draws pages and runs what people do on them, as the person they chose to be."""

    def __init__(self, state: State):
        self.state = state

    def viewer(self) -> User | None:
        """Tell who looks: the person chosen, else the first one there is."""
        chosen = self.state.user(request.cookies.get(COOKIE, ""))
        return chosen or next(iter(self.people()), None)

    def people(self) -> list[User]:
        """List those one can be."""
        return [user for user in self.state.users.values() if user.type == "User"]

    def repo(self, owner: str, name: str) -> Repository:
        """Find a repository the viewer may see."""
        found = self.state.repository(f"{owner}/{name}")
        if found is None or found.role_of(self.viewer()) < Role.READ:
            abort(404)
        return found

    def issue(self, repo: Repository, number: int) -> Issue:
        """Find an issue or a pull request."""
        if number not in repo.issues:
            abort(404)
        return repo.issues[number]

    def context(self, repo: Repository, body: Mapping[str, Any] | None = None, **places: Any) -> Context:
        """Make what a handler needs to act for the viewer."""
        viewer = self.viewer()
        return Context(
            self.state, "POST", request.path, places, {}, dict(request.headers), dict(body or {}), None, viewer, repo
        )

    def act(self, action: Callable[[], Any]) -> str | None:
        """Run what someone does, and give the reason if it is refused."""
        try:
            action()
        except Refusal as refusal:
            details = [error if isinstance(error, str) else error.get("message", "") for error in refusal.errors or []]
            return "; ".join(filter(None, [refusal.message, *details]))
        return None

    def page(self, template: str, status: int = 200, **words: Any) -> Response:
        """Draw a page."""
        repo = words.get("repo")
        viewer = self.viewer()
        role = repo.role_of(viewer) if isinstance(repo, Repository) else Role.NONE
        shared = {"viewer": viewer, "people": self.people(), "role": role, "roles": Role, "words": WORDS}
        tools = {"when": when, "prose": lambda text: self.prose(repo, text), "here": request.full_path}
        return make_response(render_template(template, **shared, **tools, **words), status)

    def prose(self, repo: Repository | None, text: str | None) -> Markup:
        """Render a body of a repository."""

        def address(kind: str, name: str) -> str | None:
            if kind == "login":
                return f"/{found.login}" if (found := self.state.user(name)) else None
            issue = repo.issues.get(int(name)) if repo else None
            return issue_path(repo, issue) if repo and issue else None

        return render(text, address)


def issue_path(repo: Repository, issue: Issue) -> str:
    """Give the address of an issue's page."""
    return f"/{repo.full_name}/{'pull' if issue.pull else 'issues'}/{issue.number}"


def state_of(issue: Issue, pull: Pull | None) -> tuple[str, str]:
    """Give the class and the word of a state."""
    if pull is not None and pull.merged_at is not None:
        return "merged", "đã gộp"
    if issue.state == "open":
        return ("draft", "bản nháp") if pull is not None and pull.draft else ("open", "đang mở")
    return ("dropped", "đã đóng, không làm") if issue.state_reason == "not_planned" else ("closed", "đã đóng")


def when(moment: datetime | None) -> str:
    """Write a moment for people, in this computer's time."""
    return moment.astimezone().strftime("%d/%m/%Y %H:%M") if moment else ""


def guard(response: BaseResponse) -> BaseResponse:
    """Forbid the pages to load or send anything elsewhere."""
    if response.mimetype == "text/html":
        response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def same_site() -> bool:
    """Tell whether a form was sent from our own pages."""
    origin = request.headers.get("Origin")
    return origin is None or origin == request.host_url.rstrip("/")
