"""A clerk's session: a cookie of this origin alone, and a token of the session in every form besides."""

import contextlib
import hashlib
import hmac
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from sangkien.domain import clerk
from sangkien.domain.clerk import Clerk
from sangkien.relay import body, gate
from sangkien.relay.multipart import Form, read_form
from sangkien.relay.refusal import RefusedError
from sangkien.relay.service import Service

_BESIDE_FILE = 64 * 1024  # bytes of a form's texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Who is signed in, by which cookie."""

    clerk: Clerk
    cookie: str

    @property
    def key(self) -> str:
        return hashlib.sha256(self.cookie.encode()).hexdigest()


class Sessions:
    """The sessions of one relay; they outlast a restart."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._cookie = "__Host-can-bo" if service.settings.secure else "can-bo"

    def find(self, request: Request) -> Session | None:
        """Give the session a request comes with."""
        cookie = request.cookies.get(self._cookie, "")
        found = self._service.clerks.signed_in(cookie, int(self._service.clock())) if cookie else None
        return Session(clerk=found, cookie=cookie) if found else None

    def of(self, request: Request) -> Session:
        """Give the session a request must come with; raises RefusedError."""
        session = self.find(request)
        if session is None:
            raise RefusedError(403, "signed_out")
        return session

    def token(self, session: Session) -> str:
        """Give what every form of a session shows."""
        return clerk.form_token(self._service.secret, session.cookie)

    async def begin(self, request: Request, answer: Response, key: str) -> None:
        """Open a session for a clerk under a cookie drawn now, whatever cookie the request came with."""
        await self._forget(request)
        cookie = await self._service.by_hand(self._service.clerks.sign_in, key, int(self._service.clock()))
        answer.set_cookie(
            self._cookie,
            cookie,
            max_age=clerk.SESSION_LIFE,
            path="/",
            secure=self._service.settings.secure,
            httponly=True,
            samesite="strict",
        )

    async def end(self, request: Request, answer: Response) -> None:
        """End a request's session here and in the browser."""
        await self._forget(request)
        secure = self._service.settings.secure
        answer.delete_cookie(self._cookie, path="/", secure=secure, httponly=True, samesite="strict")

    @contextlib.asynccontextmanager
    async def posted(
        self, request: Request, fields: Mapping[str, int], session: Session | None = None, files: Sequence[str] = ()
    ) -> AsyncIterator[Form]:
        """Take in what a page of ours sent, while there is room for it; raises RefusedError for any other page's."""
        settings = self._service.settings
        gate.check_origin(request, settings.origin)
        most = settings["limits.sheet"]
        kind, size = body.one(request, "content-type"), body.size(request, _BESIDE_FILE + len(files) * most)
        with self._service.room.held(size):
            async with body.deadline():
                form = await read_form(body.parts(request, size), kind, fields, files, most)
            if session is not None and not self._is_of(session, form.fields.get("token", "")):
                raise RefusedError(403, "form")
            yield form

    def _is_of(self, session: Session, token: str) -> bool:
        return hmac.compare_digest(token.encode(), self.token(session).encode())

    async def _forget(self, request: Request) -> None:
        if session := self.find(request):
            self._service.tray.drop(session.key)
            await self._service.by_hand(self._service.clerks.sign_out, session.cookie)
