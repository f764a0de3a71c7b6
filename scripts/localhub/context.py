"""One API request: who asks, about what, and how the answer is put."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlencode

from localhub.errors import Refusal, custom, invalid, not_found
from localhub.state import Issue, Pull, Repository, Role, State, Token, User

Doc = dict[str, Any]
T = TypeVar("T")
BODY_LIMIT = 65_536


@dataclass
class Answer:
    """What goes back: JSON, or bytes as they are."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "application/json; charset=utf-8"


@dataclass
class Context:
    """A request with its token checked and its repository found."""

    state: State
    method: str
    path: str
    places: Mapping[str, Any]
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Doc
    token: Token | None
    viewer: User | None
    found: Repository | None

    @property
    def repo(self) -> Repository:
        if self.found is None:
            raise not_found()
        return self.found

    @property
    def me(self) -> User:
        if self.viewer is None:
            raise Refusal(401, "Requires authentication")
        return self.viewer

    @property
    def by_app(self) -> bool:
        """Tell whether a token with exact rights asks; its rights were checked against the route."""
        return self.token is not None and self.token.permissions is not None

    def now(self) -> datetime:
        """Give the moment, without fractions, as GitHub counts."""
        return self.state.now().replace(microsecond=0)

    def may(self, role: Role, repo: Repository | None = None) -> bool:
        """Tell whether the asker has at least this role."""
        repo = repo or self.repo
        if self.by_app:
            home = self.token is not None and self.token.repository == repo.id
            return home or (role <= Role.READ and not repo.private)
        return repo.role_of(self.viewer) >= role

    def demand(self, role: Role, *, unless: User | None = None) -> None:
        """Refuse those below a role, except one person (an author)."""
        if self.may(role) or (unless is not None and self.viewer is not None and unless.id == self.viewer.id):
            return
        raise Refusal(403, "Must have admin rights to Repository.")

    def issue(self) -> Issue:
        """Find the issue the path names."""
        issue = self.repo.issues.get(int(self.places["number"]))
        if issue is None:
            raise not_found()
        return issue

    def pull(self) -> tuple[Issue, Pull]:
        """Find the pull request the path names."""
        issue = self.issue()
        if issue.pull is None:
            raise not_found()
        return issue, issue.pull

    def text(self, name: str, resource: str, *, required: bool = False, limit: int = BODY_LIMIT) -> str | None:
        """Read a text of the body, with GitHub's limit on its length."""
        value = self.body.get(name)
        if value is None:
            if required:
                raise invalid(resource, name, "missing_field")
            return None
        if not isinstance(value, str):
            raise Refusal(422, f"Invalid request.\n\nFor 'properties/{name}', {value!r} is not a string.")
        if required and not value.strip():
            raise invalid(resource, name, "missing_field")
        if len(value) > limit:
            raise custom(resource, f"{name} is too long (maximum is {limit} characters)", name)
        return value

    def choice(self, name: str, default: str, allowed: Sequence[str]) -> str:
        """Read a word of the query that must be one of a few."""
        value = self.query.get(name, default)
        if value not in allowed:
            raise invalid("Search", name, "invalid")
        return value

    def moment(self, name: str) -> datetime | None:
        """Read a time of the query."""
        value = self.query.get(name)
        if not value:
            return None
        try:
            return datetime.fromisoformat(value.replace(" ", "+"))
        except ValueError as problem:
            raise invalid("Search", name, "invalid") from problem

    def emit(self, event: str, payload: Doc, repo: Repository | None = None) -> None:
        """Tell the world what this request did."""
        self.state.publish(repo or self.repo, event, payload, self.me, self.token)


def ok(body: Any) -> Answer:
    """Answer with what was asked for."""
    return Answer(body)


def created(body: Any) -> Answer:
    """Answer with what was made."""
    return Answer(body, 201, {"Location": body["url"]} if isinstance(body, dict) and "url" in body else {})


def nothing() -> Answer:
    """Answer that it is done and there is nothing to show."""
    return Answer(status=204)


def page_of(ctx: Context, items: Sequence[T]) -> tuple[Sequence[T], dict[str, str]]:
    """Cut one page out of a list and say where the others are."""
    size = min(max(_number(ctx, "per_page", 30), 1), 100)
    page = max(_number(ctx, "page", 1), 1)
    last = max((len(items) + size - 1) // size, 1)
    rest = {k: v for k, v in ctx.query.items() if k != "page"}

    def link(number: int, rel: str) -> str:
        return f'<{ctx.state.url}{ctx.path}?{urlencode(rest | {"page": str(number)})}>; rel="{rel}"'

    links = []
    if page > 1:
        links.append(link(min(page - 1, last), "prev"))
    if page < last:
        links += [link(page + 1, "next"), link(last, "last")]
    if page > 1:
        links.append(link(1, "first"))
    return items[(page - 1) * size : page * size], {"Link": ", ".join(links)} if links else {}


def paged(ctx: Context, items: Sequence[T], shape: Callable[[T], Any]) -> Answer:
    """Answer with one page of a list."""
    part, headers = page_of(ctx, items)
    return Answer([shape(item) for item in part], headers=headers)


def _number(ctx: Context, name: str, default: int) -> int:
    try:
        return int(ctx.query.get(name, default))
    except ValueError:
        return default
