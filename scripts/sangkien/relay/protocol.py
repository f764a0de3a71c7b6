"""uvicorn's protocol with little patience: for heads that never end, requests by the thousand, answers nobody takes."""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_HEAD_SECONDS = 10.0
_MOST_HEAD_BYTES = 32 * 1024
_MOST_AT_ONCE = 8  # requests that wait on one connection for the answer to an earlier one
_ANSWER_SECONDS = 60.0  # in which an answer's next part must be taken
_CLOSE = b"connection: close\r\ncontent-length: 0\r\n\r\n"


class _TooManyError(Exception):
    """More requests at once than anybody needs."""


class ImpatientProtocol(HttpToolsProtocol):
    """Cuts connections off that would only be held open."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self._is_in_head, self._head_bytes = True, 0
        self._head_timer: asyncio.TimerHandle | None = None
        self._answer_timer: asyncio.TimerHandle | None = None
        most = self.app_state.get("connections", 0)
        if most and len(self.connections) > most:
            self._refuse(b"503 Service Unavailable")
            return
        self._await_head()

    def data_received(self, data: bytes) -> None:
        if self._is_idle() and self._head_timer is None:
            self._await_head()  # also where what comes is no request at all
        super().data_received(data)
        if self._is_in_head:
            self._head_bytes += len(data)
            if self._head_bytes > _MOST_HEAD_BYTES:
                self._refuse(b"431 Request Header Fields Too Large")

    def on_message_begin(self) -> None:
        if len(self.pipeline) >= _MOST_AT_ONCE:
            raise _TooManyError  # the parser stops, and what it had begun to read is refused
        super().on_message_begin()
        self._is_in_head, self._head_bytes = True, 0

    def on_headers_complete(self) -> None:
        self._is_in_head = False
        self._stop_timers()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_timers()
        if self._answer_timer is not None:
            self._answer_timer.cancel()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._answer_timer = self.loop.call_later(_ANSWER_SECONDS, self._cut_off)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._answer_timer is not None:
            self._answer_timer.cancel()
            self._answer_timer = None

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002  # what the parser found is nobody's to know
        self._refuse(b"400 Bad Request")

    def _await_head(self) -> None:
        seconds: Any = self.app_state.get("head_seconds", _HEAD_SECONDS)
        self._head_timer = self.loop.call_later(seconds, self._cut_off)

    def _is_idle(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _stop_timers(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _refuse(self, status: bytes) -> None:
        if not self.transport.is_closing():
            self.transport.write(b"HTTP/1.1 " + status + b"\r\n" + _CLOSE)
            self.transport.close()

    def _cut_off(self) -> None:
        if not self.transport.is_closing():
            self.transport.abort()
