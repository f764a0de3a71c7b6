"""A folder served on this computer alone, and its sources watched."""

import http.server
import os
import stat
import threading
from collections.abc import Iterable
from functools import partial
from http import HTTPStatus
from pathlib import Path

from sangkien.domain.errors import OutsideError

HOST = "127.0.0.1"
_TRIES = 20


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serve files; what is not found gets the site's own page for that."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the base class's
        """Stay silent: the terminal is for people."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer a missing page with the site's 404.html."""
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        data = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def end_headers(self) -> None:
        """Forbid keeping copies, so that a reload shows the newest."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


def serve(folder: Path, port: int) -> str:
    """Serve a folder in the background on this port or the next free one; returns the address."""
    handler = partial(_Handler, directory=str(folder))
    for candidate in range(port, port + _TRIES):
        try:
            server = http.server.ThreadingHTTPServer((HOST, candidate), handler)
        except OSError:
            continue
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://{HOST}:{server.server_port}/"
    raise OutsideError("port", f"{HOST}:{port}")


class Watch:
    """Sources looked at now and then; what changed since the last look is told by path."""

    def __init__(self, root: Path, areas: Iterable[str]) -> None:
        self.root, self.areas = root, tuple(areas)
        self.seen = self._look()

    def changed(self) -> list[str]:
        """Give the paths that came, went or changed since the last call."""
        now = self._look()
        different = sorted(path for path in now.keys() | self.seen.keys() if now.get(path) != self.seen.get(path))
        self.seen = now
        return different

    def _look(self) -> dict[str, tuple[int, ...]]:
        # Strings and scandir: there may be thousands of files, looked at several times a second.
        found: dict[str, tuple[int, ...]] = {}
        root, waiting = str(self.root), [*self.areas]
        while waiting:
            path = waiting.pop()
            try:
                seen = os.stat(f"{root}/{path}")  # noqa: PTH116
                if stat.S_ISDIR(seen.st_mode):
                    with os.scandir(f"{root}/{path}") as entries:
                        for entry in entries:
                            below = f"{path}/{entry.name}"
                            if entry.is_dir(follow_symlinks=False):
                                waiting.append(below)
                            else:
                                found[below] = _about(entry.stat(follow_symlinks=False))
                else:
                    found[path] = _about(seen)
            except OSError:
                continue
        return found


def _about(seen: os.stat_result) -> tuple[int, ...]:
    """Give what differs when a file was written or another was put in its place."""
    return seen.st_mtime_ns, seen.st_size, seen.st_ino
