"""The address the hub and the jobs talk to: signed events, and doors for the App's tokens."""

import hashlib
import hmac
import json
import secrets as lots
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from localhub.apps import Counter

Take = Callable[[str, str, dict[str, Any]], None]


class Receiver:
    """A loopback server; `take` gets an event's name, the kind of token that caused it, and its payload."""

    def __init__(self, take: Take, counter: Counter) -> None:
        self.secret = lots.token_hex(16)
        self._take, self._counter = take, counter
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def close(self) -> None:
        """Stop to listen."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, path: str, headers: Mapping[str, str], data: bytes) -> tuple[int, bytes]:
        """Answer one request."""
        if path.startswith("/app/"):
            return self._counter.answer(path.removeprefix("/app/"), data)
        if path != "/events":
            return 404, b"nothing is here"
        told = {name.lower(): value for name, value in headers.items()}
        sent = told.get("x-hub-signature-256", "")
        if not hmac.compare_digest(sent.encode(), signature(self.secret, data).encode()):
            return 401, b"bad signature"
        self._take(told.get("x-github-event", ""), told.get("x-localhub-token", "user"), json.loads(data))
        return 202, b""

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:  # the library's name
                data = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                status, body = receiver.answer(self.path, dict(self.headers.items()), data)
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
                """Say nothing."""

        return Handler


def signature(secret: str, data: bytes) -> str:
    """Sign a body the way GitHub does."""
    return "sha256=" + hmac.new(secret.encode(), data, hashlib.sha256).hexdigest()
