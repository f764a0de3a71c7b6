"""The HTTP server: keeps connections open, reads requests whole and sends answers in one piece."""

import io
import logging
import threading
from typing import Any

from flask import Flask
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.test import run_wsgi_app

CUT = "localhub.cut"


class Handler(WSGIRequestHandler):
    """Answers many requests on one connection; Werkzeug's own handler closes after each."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    silent = False

    def cut(self) -> None:
        """Close the connection after this request, without an answer."""
        self.silent = True

    def run_wsgi(self) -> None:
        """Run the application on one request."""
        if self.headers.get("Expect", "").lower() == "100-continue":
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            self.wfile.flush()
        self.environ = environ = self.make_environ()
        length = environ.get("CONTENT_LENGTH")
        stream = environ["wsgi.input"]
        body = stream.read() if environ.get("wsgi.input_terminated") else stream.read(int(length or 0))
        environ |= {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body)), CUT: self.cut}
        parts, status, headers = run_wsgi_app(self.server.app, environ, buffered=True)
        if self.silent:
            self.close_connection = True
            return
        data = b"".join(parts)
        code, _, words = status.partition(" ")
        self.send_response(int(code), words)
        headers["Content-Length"] = str(len(data))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD" and code not in {"204", "304"}:
            self.wfile.write(data)
        self.wfile.flush()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing: the hub keeps its own list of calls."""


class Server:
    """A thread that listens on this computer only."""

    def __init__(self, app: Flask, port: int):
        logging.getLogger("werkzeug").setLevel(logging.WARNING)
        self._server: BaseWSGIServer = make_server("127.0.0.1", port, app, threaded=True, request_handler=Handler)
        self.url = f"http://127.0.0.1:{self._server.port}"
        options: dict[str, Any] = {"poll_interval": 0.05}
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs=options, name="localhub-server", daemon=True
        )

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def close(self) -> None:
        """Stop answering and free the port."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=5)
