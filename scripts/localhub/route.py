"""What a route is."""

from collections.abc import Callable
from dataclasses import dataclass

from localhub.context import Answer, Context
from localhub.state import Role

Handler = Callable[[Context], Answer]
READ, TRIAGE, WRITE, ADMIN = Role.READ, Role.TRIAGE, Role.WRITE, Role.ADMIN
R = "/repos/<owner>/<repo>"


@dataclass(frozen=True)
class Route:
    """An address: what it does, what a token must hold and what role a person must have.

    `needs` lists alternatives such as `issues:write|pull_requests:write`; nothing means that any token will do.
    """

    method: str
    path: str
    handler: Handler
    needs: str = ""
    role: Role = Role.READ
