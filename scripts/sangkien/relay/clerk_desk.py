"""The clerk's pages: sign in, bring a sheet, see what is to be mended, hand in what is sound, print the slips.

Plain forms and no script.
"""

import datetime
import functools
import hashlib
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sangkien.adapters.bounded import BusyError
from sangkien.domain import clerk
from sangkien.domain.errors import FullError
from sangkien.domain.sheet_row import SheetRow
from sangkien.relay import examining, gate, handing_in
from sangkien.relay.clerk_session import Session, Sessions
from sangkien.relay.examining import Examined, Wanted
from sangkien.relay.refusal import RefusedError
from sangkien.relay.service import Service
from sangkien.relay.tray import MINUTES, Held
from sangkien.render import relay_clerk as pages
from sangkien.render import slips

_HOME = "/can-bo/"
_TOKEN = {"token": 64}
_ENTER = {"id": 120, "phrase": 240}
_SHEET = {**_TOKEN, "day": 10, "round": 80, "paper": 800, "fills": 8000}
_HAND_IN = {**_TOKEN, "reading": 32}
_HEADS = {
    "cache-control": "no-store",
    "referrer-policy": "same-origin",  # with none at all, a browser does not say where a form comes from
}
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
T = TypeVar("T")
Handler = Callable[[Request], Awaitable[Response]]


class ClerkDesk:
    """The handlers of a clerk's addresses, and of the paper form, which is for everybody."""

    def __init__(self, service: Service) -> None:
        self._service, self._tray = service, service.tray
        self._megabytes: int = service.settings["limits.sheet"] // 1024**2
        self._sessions = Sessions(service)

    def routes(self) -> list[Route]:
        """Give the addresses."""
        gets = {
            "": self._home,
            "bang-mau.xlsx": self._blank,
            "can-sua.xlsx": self._marked,
            "giay-hen.pdf": self._slips,
        }
        posts = {"vao": self._enter, "ra": self._leave, "bang": self._bring, "gui": self._hand_in, "bo": self._drop}
        return [
            *(Route(_HOME + name, self._told(handler), methods=["GET"]) for name, handler in gets.items()),
            *(Route(_HOME + name, self._told(handler), methods=["POST"]) for name, handler in posts.items()),
            Route(_HOME.rstrip("/"), self._astray, methods=["GET"]),
            Route("/phieu-giay.pdf", self._paper_form, methods=["GET"]),
        ]

    def _told(self, handler: Handler) -> Handler:
        """Answer a refusal with the page itself, and the sentence that says why above it."""

        @functools.wraps(handler)
        async def handle(request: Request) -> Response:
            try:
                return await handler(request)
            except RefusedError as error:
                return await self._page(
                    request, pages.sentence(error.key, example=self._service.reckoning().day), error.status
                )

        return handle

    async def _home(self, request: Request) -> Response:
        self._service.turnstile.look(self._network(request), time.monotonic())
        return await self._page(request)

    async def _astray(self, request: Request) -> Response:  # noqa: ARG002  # as Starlette asks
        return _home()  # people leave out the last stroke

    async def _enter(self, request: Request) -> Response:
        async with self._sessions.posted(request, _ENTER) as form:
            key = clerk.read_id(form.fields.get("id", ""))
            phrase = clerk.read_phrase(form.fields.get("phrase", ""))
        service, network, now = self._service, self._network(request), time.monotonic()
        service.turnstile.may_guess(f"clerk {key}", network, now)
        if not await service.by_hand(service.clerks.opens, key, phrase):
            service.turnstile.guessed_wrong(f"clerk {key}", network, now)
            raise RefusedError(403, "wrong_pair")
        answer = _home()
        await self._sessions.begin(request, answer, key)
        return answer

    async def _leave(self, request: Request) -> Response:
        session = self._sessions.of(request)
        async with self._sessions.posted(request, _TOKEN, session):
            pass
        answer = _home()
        await self._sessions.end(request, answer)
        return answer

    async def _bring(self, request: Request) -> Response:
        session, service = self._sessions.of(request), self._service
        async with self._sessions.posted(request, _SHEET, session, ("sheet",)) as form:
            service.turnstile.send(f"clerk {session.clerk.id}", time.monotonic())
            wanted = self._wanted(session, form.fields)
            if "sheet" not in form.files:
                raise RefusedError(422, "no_file")
            root = str(service.settings.root)
            found = await self._examine(examining.examine, root, service.secret, wanted, form.files["sheet"])
        if found is None:
            service.journal.count("sheet", "heavy")
            raise RefusedError(422, "heavy")
        if found.trouble:
            return await self._page(request, pages.sentence(found.trouble, about=found.about), 422)
        service.journal.count("sheet", "read")
        self._tray.put(session.key, found)
        return _home("#ket-qua")

    async def _hand_in(self, request: Request) -> Response:
        session, service = self._sessions.of(request), self._service
        async with self._sessions.posted(request, _HAND_IN, session) as form:
            held = self._held(session)
            if form.fields.get("reading") != held.id:
                raise RefusedError(409, "gone")
        day = service.day()
        try:
            sent = await service.by_hand(handing_in.hand_in, service.slips, service.secret, day, held.examined.rows)
        except FullError as error:
            service.journal.tell("full", why=error.text[:200])
            raise RefusedError(507, "full") from error
        finally:
            service.wake()
        for _ in sent:
            service.journal.count("accept", "sheet")
        return _home("#ket-qua")

    async def _drop(self, request: Request) -> Response:
        session = self._sessions.of(request)
        async with self._sessions.posted(request, _TOKEN, session):
            self._tray.drop(session.key)
        return _home()

    async def _marked(self, request: Request) -> Response:
        held = self._held(self._sessions.of(request))
        return _file(held.examined.marked, _XLSX, "can-sua.xlsx")

    async def _slips(self, request: Request) -> Response:
        held, service = self._held(self._sessions.of(request)), self._service
        rows = await service.by_hand(_sent, service, held.examined.rows)
        if not rows:
            raise RefusedError(409, "gone")
        pins = await service.by_hand(handing_in.pins, service.slips, service.secret, rows)
        follow, ideas = f"{service.settings['address']}theo-doi/", [row.slip for row in rows]
        root = str(service.settings.root)
        made = await self._examine(examining.print_slips, root, service.secret, ideas, pins, follow)
        if made is None:
            raise RefusedError(422, "heavy")
        return _file(made, "application/pdf", "giay-hen.pdf")

    async def _blank(self, request: Request) -> Response:
        self._sessions.of(request)
        ground = self._service.ground
        if "blank" not in ground.stationery:
            made = await self._service.by_hand(examining.blank_workbook, ground.admission.maker)
            ground.stationery["blank"] = made
        return _file(ground.stationery["blank"], _XLSX, "bang-mau.xlsx")

    async def _paper_form(self, request: Request) -> Response:
        self._service.turnstile.look(self._network(request), time.monotonic())
        ground = self._service.ground
        if "paper" not in ground.stationery:
            sheet = slips.paper_form(ground.admission.maker)
            made = await self._examine(examining.printed, str(self._service.settings.root), sheet)
            if made is None:
                raise RefusedError(503, "busy")
            ground.stationery["paper"] = made
        data = ground.stationery["paper"]
        tag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
        heads = {"cache-control": "no-cache", "etag": tag}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=heads)
        return Response(data, media_type="application/pdf", headers=heads)

    async def _examine(self, function: Callable[..., T], *given: Any) -> T | None:
        """Do what may take long in the process for it; raises RefusedError when too much waits."""
        try:
            return await self._service.examiner.run(function, *given)
        except BusyError as error:
            raise RefusedError(503, "busy") from error

    def _wanted(self, session: Session, fields: Mapping[str, str]) -> Wanted:
        today = self._service.day()
        day = fields.get("day", "").strip()
        if day and (not _is_day(day) or day > today):
            raise RefusedError(422, "day")
        round_ = fields.get("round", "")
        if round_ and round_ not in self._service.ground.admission.books.rounds:
            raise RefusedError(400, "bad_form")
        fills = tuple(line.strip() for line in fields.get("fills", "").splitlines() if line.strip())
        paper = " ".join(fields.get("paper", "").split())
        return Wanted(
            unit=session.clerk.unit,
            today=today,
            megabytes=self._megabytes,
            day=day,
            round=round_,
            paper=paper,
            fills=fills,
        )

    def _held(self, session: Session) -> Held:
        held = self._tray.get(session.key)
        if held is None:
            raise RefusedError(409, "gone")
        return held

    async def _page(self, request: Request, told: str = "", status: int = 200) -> Response:
        session, scene = self._sessions.find(request), self._service.ground.scene
        if session is None:
            html = pages.enter_page(scene, told)
        else:
            held = self._tray.get(session.key)
            brought = await self._service.by_hand(_brought, self._service, held) if held else None
            html = pages.desk_page(scene, self._desk(session), brought, told)
        return Response(html, status, media_type="text/html", headers=_HEADS)

    def _desk(self, session: Session) -> pages.Desk:
        service = self._service
        admission = service.ground.admission
        unit = session.clerk.unit
        return pages.Desk(
            token=self._sessions.token(session),
            unit=admission.desk.gazetteer.title(unit) if unit in admission.books.units else unit,
            today=service.reckoning().day,
            rounds=[(key, record["name"]) for key, record in sorted(admission.books.rounds.items())],
            megabytes=self._megabytes,
            most_rows=examining.MOST_ROWS,
            minutes=MINUTES,
        )

    def _network(self, request: Request) -> str:
        return gate.network_of(request, self._service.settings["proxies"])


def _brought(service: Service, held: Held) -> pages.Brought:
    found: Examined = held.examined
    return pages.Brought(
        id=held.id,
        read=found.read,
        findings=found.findings,
        rows=found.rows,
        sent=handing_in.there(service.slips, found.rows),
        known=len(found.known),
        marked=bool(found.marked),
    )


def _sent(service: Service, rows: Sequence[SheetRow]) -> list[SheetRow]:
    there = handing_in.there(service.slips, rows)
    return [row for row in rows if row.code in there]


def _is_day(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _home(place: str = "") -> Response:
    return RedirectResponse(_HOME + place, 303, headers=_HEADS)


def _file(data: bytes, kind: str, name: str) -> Response:
    heads = {**_HEADS, "content-disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=kind, headers=heads)
