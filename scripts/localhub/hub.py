"""The hub: a GitHub for one computer, to try and test against."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from flask import Flask

from localhub import installations, pages, smarthttp, tokens
from localhub.accounts import ROLES, new_repository
from localhub.api import Api
from localhub.faults import Faults
from localhub.repository import Person
from localhub.server import Server
from localhub.shapes_git import email_of
from localhub.state import Call, Installation, Repository, State, User, Webhook
from localhub.webhooks import Outbox

BOT_ID = 41898282


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Hub:
    """A running hub; use it as a context manager."""

    def __init__(self, room: Path, port: int, now: Callable[[], datetime]):
        self.state = State(room, now)
        self.faults = Faults()
        self._outbox = Outbox(self.state)
        app = Flask("localhub", static_folder=None)
        app.url_map.merge_slashes = False
        Api(self.state, self.faults).mount(app)
        installations.mount(app, self.state, self.faults)
        smarthttp.mount(app, self.state)
        pages.mount(app, self.state)
        self._server = Server(app, port)
        self.state.url = self._server.url
        self.add_user("github-actions[bot]", id=BOT_ID, type="Bot")

    @classmethod
    def start(cls, room: Path, port: int = 0, now: Callable[[], datetime] | None = None) -> Self:
        """Start to listen; repositories live in the room."""
        hub = cls(room, port, now or _utc_now)
        hub._server.start()
        return hub

    def close(self) -> None:
        """Stop to listen and to deliver."""
        self._outbox.close()
        self._server.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def url(self) -> str:
        return self.state.url

    @property
    def api_url(self) -> str:
        return self.state.api_url

    @property
    def graphql_url(self) -> str:
        return f"{self.state.url}/api/graphql"

    @property
    def calls(self) -> list[Call]:
        """Every API request so far, in order."""
        return self.state.calls

    def reset_calls(self) -> None:
        """Forget the requests so far."""
        with self.state.lock:
            self.state.calls.clear()

    def add_user(
        self,
        login: str,
        id: int | None = None,  # noqa: A002
        type: Literal["User", "Bot", "Organization"] = "User",  # noqa: A002
        plan: str = "free",
    ) -> str:
        """Open an account."""
        with self.state.lock:
            number = self.state.next_id() if id is None else id
            self.state.users[login.lower()] = User(number, login, type, plan=plan)
        return login

    def add_repository(
        self, full_name: str, source: Path | None = None, *, private: bool = False, default_branch: str = "main"
    ) -> str:
        """Make a repository whose first commit holds the source's files; its owner is made if unknown."""
        owner_name, _, name = full_name.partition("/")
        with self.state.lock:
            if self.state.user(owner_name) is None:
                self.add_user(owner_name)
            owner = self._user(owner_name)
            repo = new_repository(self.state, owner, name, default_branch, private=private)
            if source is not None:
                who = Person(owner.login, email_of(owner), self.state.now())
                tree = repo.git.import_tree(source)
                sha = repo.git.write_commit(tree, [], "Begin", who, who)
                repo.git.set_ref(f"refs/heads/{default_branch}", sha)
        return full_name

    def add_collaborator(self, full_name: str, login: str, role: str) -> None:
        """Give a person a role in a repository."""
        with self.state.lock:
            self._repo(full_name).collaborators[self._user(login).login.lower()] = ROLES[role]

    def user_token(self, login: str) -> str:
        """Make a token with all the rights of a person."""
        return tokens.mint(self.state, "user", self._user(login).login).value

    def mint_token(
        self,
        full_name: str,
        permissions: Mapping[str, str],
        kind: Literal["actions", "app"] = "actions",
        login: str = "github-actions[bot]",
    ) -> str:
        """Make a token with exactly these rights in one repository."""
        with self.state.lock:
            if self.state.user(login) is None:
                self.add_user(login, type="Bot")
            return tokens.mint(self.state, kind, login, self._repo(full_name), permissions).value

    def install_app(
        self, full_name: str, permissions: Mapping[str, str], slug: str = "sang-kien"
    ) -> tuple[Installation, str]:
        """Install a GitHub App; gives the installation and the App's private key."""
        with self.state.lock:
            return installations.install(self.state, full_name, dict(permissions), slug)

    def add_webhook(self, full_name: str, url: str, secret: str, events: Sequence[str] = ("*",)) -> None:
        """Send events of a repository to an address."""
        self._repo(full_name).webhooks.append(Webhook(url, secret, tuple(events)))

    def show_artifacts(self, full_name: str, folder: Path) -> None:
        """Let people fetch what runs keep in a folder: run/number/name."""
        with self.state.lock:
            self._repo(full_name).artifacts = folder

    def wait_deliveries(self, timeout: float = 10) -> None:
        """Wait until every queued event is delivered."""
        if not self._outbox.wait(timeout):
            raise TimeoutError("webhooks are still being delivered")

    def _repo(self, full_name: str) -> Repository:
        found = self.state.repository(full_name)
        if found is None:
            raise KeyError(full_name)
        return found

    def _user(self, login: str) -> User:
        found = self.state.user(login)
        if found is None:
            raise KeyError(login)
        return found
