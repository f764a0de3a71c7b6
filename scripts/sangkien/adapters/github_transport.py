"""Calls to GitHub's REST API, with its own kind of patience; nothing of PyGithub leaves this file.

PyGithub's own retries repeat a POST whose answer was lost, which would say things twice. So only a refusal for haste
is waited out, and only reading is tried again; everything else is left to the next run, which starts from what is.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import github
import requests
from github import Auth, GithubException

from sangkien.domain.errors import OutsideError

PAGE = 100
_PATIENCE = 90.0  # seconds one call may wait for its turn; longer is the next run's affair
_PAUSES = (0.5, 2.0, 5.0)  # seconds before reading is tried again
_TIMEOUT = 20
_NOT_FOUND = 404

Json = Any
_LASTING = (400, 404, 409, 413, 422)  # said of what was asked, so that asking again gets the same


@dataclass(frozen=True, slots=True, kw_only=True)
class AppKey:
    """The key of a GitHub App installed in the repository; tokens are made from it and renewed before they expire."""

    client_id: str
    installation: int
    private_key: str = field(repr=False)

    def auth(self) -> Auth.Auth:
        """Give what signs the calls."""
        return Auth.AppAuth(self.client_id, self.private_key).get_installation_auth(self.installation)


Key = str | AppKey


class RefusedError(OutsideError):
    """GitHub answered with an error; `status` says which."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__("GitHub", f"{status} {text}")
        self.status = status
        self.lasting = status in _LASTING


class Transport:
    """Calls under one address of the API."""

    def __init__(
        self,
        home: str,
        key: Key,
        api: str,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._home = home
        self._requester = github.Github(
            auth=Auth.Token(key) if isinstance(key, str) else key.auth(),
            base_url=api,
            timeout=_TIMEOUT,
            retry=None,
            per_page=PAGE,
            seconds_between_requests=0,
            seconds_between_writes=0,
        ).requester
        self._sleep, self._clock = sleep, clock

    def token(self) -> str:
        """Give the token calls are signed with now, for git."""
        auth = self._requester.auth
        assert auth is not None  # noqa: S101  # given above
        try:
            return auth.token
        except (GithubException, requests.RequestException) as error:
            raise OutsideError("GitHub", type(error).__name__) from error

    def get(self, path: str, parameters: Mapping[str, Any] | None = None) -> Json:
        """Read what stands at an address."""
        return self.call("GET", path, parameters=parameters)

    def pages(self, path: str, parameters: Mapping[str, Any], within: str = "") -> Iterator[Json]:
        """Read a list page by page; `within` names the field that holds it where the answer is no bare list."""
        page = 1
        while True:
            answer = self.get(path, {**parameters, "per_page": PAGE, "page": page})
            found = answer[within] if within else answer
            yield from found
            if len(found) < PAGE:
                return
            page += 1

    def ask(self, query: str, variables: Mapping[str, Any], *, changes: bool = False) -> Json:
        """Ask GraphQL; unless it changes something, a question may be asked again."""
        question = {"query": query, "variables": dict(variables)}
        answer = self.call("POST", self._requester.graphql_url, question, reads=not changes)
        if errors := answer.get("errors"):
            raise RefusedError(_NOT_FOUND if errors[0].get("type") == "NOT_FOUND" else 400, str(errors[0]["message"]))
        return answer["data"]

    def call(
        self,
        verb: str,
        path: str,
        data: Json = None,
        *,
        parameters: Mapping[str, Any] | None = None,
        missing_is_fine: bool = False,
        reads: bool = False,
    ) -> Json:
        """Call once, waiting where GitHub asks to; what only reads is tried again when no answer comes.

        A path that begins with `~/` or a whole address is not under the home address.
        """
        outside = path.startswith(("~/", "http"))
        place = path.removeprefix("~") if outside else self._home + path
        reads = reads or verb == "GET"
        pauses = iter(_PAUSES)
        patience = _PATIENCE
        while True:
            try:
                return self._requester.requestJsonAndCheck(
                    verb, place, parameters=dict(parameters) if parameters else None, input=data
                )[1]
            except GithubException as error:
                if error.status == 404 and missing_is_fine:
                    return None
                wait = self._turn(error)
                if wait is None and error.status >= 500 and reads:
                    wait = next(pauses, None)
                if wait is None or wait > patience:
                    raise RefusedError(error.status, _told(error)) from error
            except requests.RequestException as error:
                wait = next(pauses, None) if reads else None
                if wait is None:
                    raise OutsideError("GitHub", type(error).__name__) from error
            patience -= wait
            self._sleep(wait)

    def _turn(self, error: GithubException) -> float | None:
        """Tell how long GitHub asks to wait; None when it was not haste it refused for."""
        headers = {name.lower(): value for name, value in (error.headers or {}).items()}
        if error.status not in (403, 429):
            return None
        if "retry-after" in headers:
            return float(headers["retry-after"])
        if headers.get("x-ratelimit-remaining") == "0" and "x-ratelimit-reset" in headers:
            return max(0.0, float(headers["x-ratelimit-reset"]) - self._clock()) + 1
        if "secondary rate limit" in _told(error).lower():
            return 60.0
        return None


def _told(error: GithubException) -> str:
    data = error.data
    return str(data.get("message", "")) if isinstance(data, dict) else ""
