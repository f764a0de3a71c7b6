"""Who asks, and whether the token holds the right a route needs."""

import base64
import binascii
import secrets
from collections.abc import Mapping
from datetime import datetime

from localhub.errors import Refusal
from localhub.state import Repository, Role, State, Token

LEVELS = {"read": 1, "write": 2, "admin": 3}
PREFIXES = {"user": "ghp_", "actions": "ghs_", "app": "ghs_"}


def mint(
    state: State,
    kind: str,
    login: str,
    repo: Repository | None = None,
    permissions: Mapping[str, str] | None = None,
    expires_at: datetime | None = None,
) -> Token:
    """Make a new token."""
    rights = (
        None if permissions is None else {"metadata": "read"} | {k.replace("-", "_"): v for k, v in permissions.items()}
    )
    token = Token(PREFIXES[kind] + secrets.token_hex(18), kind, login, repo.id if repo else None, rights, expires_at)
    state.tokens[token.value] = token
    return token


def identify(state: State, header: str | None) -> Token | None:
    """Find the token an Authorization header carries; basic auth carries it as the password."""
    if not header:
        return None
    scheme, _, value = header.partition(" ")
    if scheme.lower() == "basic":
        try:
            value = base64.b64decode(value).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError) as problem:
            raise Refusal(401, "Bad credentials") from problem
    token = state.tokens.get(value.strip())
    if token is None or (token.expires_at is not None and token.expires_at <= state.now()):
        raise Refusal(401, "Bad credentials")
    return token


def holds(token: Token, repo: Repository | None, needs: str) -> bool:
    """Tell whether a token with exact rights holds one of `name:level`, the alternatives split by bars."""
    if not needs:
        return True
    for need in needs.split("|"):
        name, _, level = need.partition(":")
        given = LEVELS.get((token.permissions or {}).get(name, ""), 0)
        home = repo is None or token.repository == repo.id
        if home and given >= LEVELS[level]:
            return True
        if not home and level == "read" and repo is not None and not repo.private:
            return True
    return False


def check(state: State, token: Token | None, repo: Repository | None, needs: str, role: Role) -> None:
    """Refuse a request whose token or owner lacks the right the route needs."""
    viewer = state.user(token.login) if token else None
    if token is not None and token.permissions is not None:
        seen = repo is None or token.repository == repo.id or not repo.private
        if not seen:
            raise Refusal(404, "Not Found")
        away = repo is not None and token.repository != repo.id
        if not holds(token, repo, needs) or (away and role > Role.READ):
            raise Refusal(
                403,
                "Resource not accessible by integration",
                headers={"X-Accepted-GitHub-Permissions": needs.replace("|", "; ").replace(":", "=")},
            )
        return
    if repo is None:
        return
    held = repo.role_of(viewer)
    if held is Role.NONE:
        raise Refusal(404, "Not Found")
    if held < role:
        if viewer is None:
            raise Refusal(401, "Requires authentication")
        raise Refusal(403, "Must have admin rights to Repository.")
