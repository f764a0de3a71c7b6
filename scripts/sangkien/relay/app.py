"""The relay's addresses: what each takes, how much of it, how long, and how every answer is headed."""

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sangkien.domain import posting
from sangkien.domain.errors import SangKienError
from sangkien.relay import body, gate, likewise, returning, sending
from sangkien.relay.clerk_desk import ClerkDesk
from sangkien.relay.ground import Ground
from sangkien.relay.multipart import Form, read_form
from sangkien.relay.refusal import RefusedError
from sangkien.relay.sending import Answer
from sangkien.relay.service import Service
from sangkien.render import relay as pages
from sangkien.workflow.likewise import Form as LikewiseForm

_MOST_JSON = 16 * 1024
_MOST_TEXT = 2_000  # letters held against earlier ideas
_BESIDE_FILES = 512 * 1024  # bytes of all texts together
_NEVER_KEPT = "no-store"
_A_YEAR = "public, max-age=31536000, immutable"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "x-frame-options": "DENY",
}
_SECURE = {"strict-transport-security": "max-age=31536000"}
_TYPES = {
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "pdf": "application/pdf",
    "woff2": "font/woff2",
}
_TEXTS = ("css", "js", "svg", "txt")
Json = Mapping[str, Any]
Deed = Callable[[Service, Json, str], Awaitable[Answer]]


def make_app(service: Service) -> ASGIApp:
    """Make the application that answers with a service, which starts and ends with it."""

    @contextlib.asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[dict[str, Any]]:
        service.start()
        yield {"connections": service.settings["limits.connections"]}
        await asyncio.to_thread(service.close)

    desk = _Desk(service)
    routes = [
        Route("/", desk.form_page, methods=["GET"]),
        Route("/theo-doi/", desk.follow_page, methods=["GET"]),
        Route("/lam-theo/", desk.likewise_page("follow"), methods=["GET"]),
        Route("/da-lam/", desk.likewise_page("application"), methods=["GET"]),
        Route("/tinh/{digest}/{name}", desk.static, methods=["GET"]),
        Route("/thu-thach", desk.challenge, methods=["GET"]),
        Route("/y-giong", desk.json(_alike), methods=["POST"]),
        Route("/gui", desk.form(sending.send, _of_idea, posting.PHOTOS), methods=["POST"]),
        Route("/lam-theo", desk.form(likewise.wish_to_follow, _of_wish), methods=["POST"]),
        Route("/da-lam", desk.form(likewise.tell_applied, _of_application), methods=["POST"]),
        Route("/theo-doi", desk.json(returning.look), methods=["POST"]),
        Route("/y/doc", desk.json(_read_again), methods=["POST"]),
        Route("/y/sua", desk.form(returning.amend, _of_amended), methods=["POST"]),
        Route("/y/rut", desk.json(returning.withdraw), methods=["POST"]),
        Route("/y/xoa", desk.json(returning.erase), methods=["POST"]),
        Route("/khoe", desk.health, methods=["GET"]),
        Route("/so-do", desk.figures, methods=["GET"]),
        *ClerkDesk(service).routes(),
    ]
    handlers: dict[Any, Any] = {HTTPException: desk.astray, RefusedError: desk.refused, SangKienError: desk.broken}
    app = Starlette(routes=routes, exception_handlers=handlers, lifespan=life)
    app.router.redirect_slashes = False
    return _Headed(app, service)


class _Headed:
    """Heads every answer, measures it, and answers where the program failed."""

    def __init__(self, app: ASGIApp, service: Service) -> None:
        self._app, self._journal = app, service.journal
        heads = _HEADS | (_SECURE if service.settings.secure else {})
        self._heads = [(name.encode(), value.encode()) for name, value in heads.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), 0

        async def headed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                closes = [(b"connection", b"close")] if status >= 400 and scope["method"] == "POST" else []
                own = {name for name, _ in message["headers"]}
                usual = [head for head in self._heads if head[0] not in own]
                message = {**message, "headers": [*message["headers"], *usual, *closes]}
            await send(message)

        try:
            await self._app(scope, receive, headed)
        except ClientDisconnect:
            return
        except Exception as error:  # noqa: BLE001  # whoever sent something gets an answer, whatever fails
            self._journal.fault(error)
            if not status:
                await _said(500, "broken")(scope, receive, headed)
        finally:
            route = scope.get("route")
            path = route.path if isinstance(route, Route) else scope["path"] if status < 400 else "?"
            self._journal.answered(path, status, time.perf_counter() - began)


class _Desk:
    """The handlers; they read what was asked and hand it to a step."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._static = {path: pages.static_files()[name] for name, path in pages.static_addresses().items()}

    async def form_page(self, request: Request) -> Response:  # noqa: ARG002  # as Starlette asks
        return _page(self._service.ground.form_page)

    async def follow_page(self, request: Request) -> Response:  # noqa: ARG002
        return _page(self._service.ground.follow_page)

    def likewise_page(self, form: LikewiseForm) -> Callable[[Request], Awaitable[Response]]:
        """Make the handler of the page of a form about an idea that stands, which may name the idea."""

        async def handle(request: Request) -> Response:
            return _page(await self._service.by_hand(self._service.ground.likewise_page, form, _asked(request)))

        return handle

    async def static(self, request: Request) -> Response:
        data = self._static.get(request.url.path)
        ending = request.url.path.rpartition(".")[2]
        if data is None:
            raise HTTPException(404)
        kind = _TYPES.get(ending, "application/octet-stream") + ("; charset=utf-8" if ending in _TEXTS else "")
        return Response(data, headers={"content-type": kind, "cache-control": _A_YEAR})

    async def challenge(self, request: Request) -> Response:
        self._service.turnstile.look(self._network(request), time.monotonic())
        return JSONResponse(self._service.proofs.challenge(), headers={"cache-control": _NEVER_KEPT})

    def form(
        self,
        deed: Callable[[Service, Form, str], Awaitable[Answer]],
        fields_of: Callable[[Ground], Mapping[str, int]],
        files: Sequence[str] = (),
    ) -> Callable[[Request], Awaitable[Response]]:
        """Make the handler of an address that takes a form of these fields and files."""

        async def handle(request: Request) -> Response:
            gate.check_origin(request, self._service.settings.origin)
            settings = self._service.settings
            most = _BESIDE_FILES + len(files) * settings["limits.photo"]
            size = body.size(request, most)
            limits = fields_of(self._service.ground)
            kind = body.one(request, "content-type")
            with self._service.room.held(size):
                async with body.deadline():
                    posted = await read_form(body.parts(request, size), kind, limits, files, settings["limits.photo"])
                return _json(*await deed(self._service, posted, self._network(request)))

        return handle

    def json(self, deed: Deed) -> Callable[[Request], Awaitable[Response]]:
        """Make the handler of an address that takes JSON."""

        async def handle(request: Request) -> Response:
            gate.check_origin(request, self._service.settings.origin)
            if body.one(request, "content-type").partition(";")[0].strip().lower() != "application/json":
                raise RefusedError(415, "bad_form")
            size = body.size(request, _MOST_JSON)
            with self._service.room.held(size):
                async with body.deadline():
                    data = b"".join([chunk async for chunk in body.parts(request, size)])
                try:
                    given = json.loads(data)
                except (ValueError, RecursionError) as error:
                    raise RefusedError(400, "bad_form") from error
                if not isinstance(given, dict):
                    raise RefusedError(400, "bad_form")
                return _json(*await deed(self._service, given, self._network(request)))

        return handle

    async def health(self, request: Request) -> Response:  # noqa: ARG002
        waiting, apart = self._service.outbox.counts()
        doubt = self._service.reckoning().doubt
        away = self._service.outbox.is_resting
        told: dict[str, object] = {"ok": not doubt, "clock": doubt or "ok", "desk": "away" if away else "ok"}
        told |= {"waiting": waiting, "apart": apart}
        return JSONResponse(told, 503 if doubt else 200, headers={"cache-control": _NEVER_KEPT})

    async def figures(self, request: Request) -> Response:
        if not gate.is_operator(request, self._service.settings.metrics_token):
            raise HTTPException(404)
        waiting, apart = self._service.outbox.counts()
        service = self._service
        gauges = {"outbox_waiting": waiting, "outbox_apart": apart, "desk_last_contact": service.last_contact}
        gauges |= {f"ideas_{state}": count for state, count in service.slips.counts().items()}
        text = service.journal.figures(room_left=service.room.left, **gauges)
        return PlainTextResponse(text, headers={"cache-control": _NEVER_KEPT})

    async def astray(self, request: Request, error: HTTPException) -> Response:
        """Answer what leads nowhere: with a page where one was looked for."""
        if request.method == "GET" and error.status_code == 404:
            return _page(pages.message_page(self._service.ground.scene, "not-found", 404).encode(), 404)
        return _said(error.status_code, "not_found" if error.status_code == 404 else "wrong_way")

    async def refused(self, request: Request, error: RefusedError) -> Response:  # noqa: ARG002
        return _said(error.status, error.key)

    async def broken(self, request: Request, error: SangKienError) -> Response:  # noqa: ARG002
        self._service.journal.tell("trouble", kind=type(error).__name__)
        return _said(503, "broken")

    def _network(self, request: Request) -> str:
        return gate.network_of(request, self._service.settings["proxies"])


def _of_idea(ground: Ground) -> Mapping[str, int]:
    return posting.limits(ground.admission.template, amending=False)


def _of_amended(ground: Ground) -> Mapping[str, int]:
    return posting.limits(ground.admission.template, amending=True)


def _of_application(ground: Ground) -> Mapping[str, int]:
    return posting.likewise_limits(ground.likewise.templates["application"], contact=False)


def _of_wish(ground: Ground) -> Mapping[str, int]:
    return posting.likewise_limits(ground.likewise.templates["follow"], contact=True)


def _asked(request: Request) -> str:
    """Give the code a link names; one that names several names none."""
    named = request.query_params.getlist("ma")
    return named[0] if len(named) == 1 else ""


async def _alike(service: Service, given: Json, network: str) -> Answer:
    service.turnstile.look(network, time.monotonic())
    text = given.get("text")
    if not isinstance(text, str) or len(text) > _MOST_TEXT:
        raise RefusedError(400, "bad_form")
    return 200, {"ideas": await service.by_hand(service.ground.alike, text)}


async def _read_again(service: Service, given: Json, network: str) -> Answer:
    service.turnstile.look(network, time.monotonic())
    return await returning.read_again(service, given)


def _page(data: bytes, status: int = 200) -> Response:
    heads = {"content-type": "text/html; charset=utf-8", "cache-control": "no-cache"}
    return Response(data, status, headers=heads)


def _json(status: int, told: Json) -> Response:
    return JSONResponse(told, status, headers={"cache-control": _NEVER_KEPT})


def _said(status: int, key: str) -> Response:
    heads = {"cache-control": _NEVER_KEPT} | ({"retry-after": "60"} if status in (429, 503) else {})
    return JSONResponse({"error": key, "sentence": pages.sentence(key)}, status, headers=heads)
