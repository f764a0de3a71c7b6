"""What clerks' files came to, held in memory for some minutes and for one session each; never on the disk."""

import asyncio
import secrets
from dataclasses import dataclass

from sangkien.relay.examining import Examined

MINUTES = 20
_MOST = 16  # files of several sessions; the oldest gives way


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A file that was looked through, under an id of its own."""

    id: str
    examined: Examined


class Tray:
    """Used within one event loop."""

    def __init__(self) -> None:
        self._held: dict[str, Held] = {}

    def put(self, session: str, examined: Examined) -> None:
        """Hold what a session's file came to, in the place of an earlier one."""
        self._held.pop(session, None)
        held = self._held[session] = Held(id=secrets.token_hex(16), examined=examined)
        if len(self._held) > _MOST:
            del self._held[next(iter(self._held))]
        asyncio.get_running_loop().call_later(MINUTES * 60, self._forget, session, held)

    def get(self, session: str) -> Held | None:
        """Give what is held for a session."""
        return self._held.get(session)

    def drop(self, session: str) -> None:
        """Forget a session's file."""
        self._held.pop(session, None)

    def _forget(self, session: str, held: Held) -> None:
        if self._held.get(session) is held:
            self.drop(session)
