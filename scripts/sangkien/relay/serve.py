"""uvicorn with our protocol: one process, no access log, nothing told of the server."""

import logging
import sys

import uvicorn

from sangkien.relay.app import make_app
from sangkien.relay.journal import Journal
from sangkien.relay.protocol import ImpatientProtocol
from sangkien.relay.service import Service
from sangkien.relay.settings import Settings

_KEEP_ALIVE = 15  # seconds
_GRACE = 20
_SWITCH = 0.001  # seconds a thread computes before another may: answers must not wait for judging


def run(settings: Settings) -> None:
    """Serve until stopped."""
    sys.setswitchinterval(_SWITCH)
    journal = Journal()
    logging.getLogger("uvicorn.error").addHandler(_ToJournal(journal))
    logging.getLogger("python_multipart").addHandler(logging.NullHandler())  # what it says is about a stranger's bytes
    server(Service(settings, journal)).run()


def server(service: Service) -> uvicorn.Server:
    """Make the server of a service."""
    config = uvicorn.Config(
        make_app(service),
        host=service.settings["host"],
        port=service.settings["port"],
        http=ImpatientProtocol,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=_GRACE,
        backlog=1024,
    )
    return uvicorn.Server(config)


class _ToJournal(logging.Handler):
    """Passes on what uvicorn says by its kind alone: its words may quote a request."""

    def __init__(self, journal: Journal) -> None:
        super().__init__(logging.INFO)
        self._journal = journal

    def emit(self, record: logging.LogRecord) -> None:
        raised = record.exc_info[1] if record.exc_info else record.msg if isinstance(record.msg, Exception) else None
        is_ours = record.levelno < logging.ERROR or isinstance(raised, OSError)  # such as a port that is taken
        words = str(record.msg) if is_ours else ""
        kind = type(raised).__name__ if raised else ""
        self._journal.tell("server", level=record.levelname.lower(), words=words, kind=kind)
