"""Serve a hub with one repository and run its workflows, until stopped: `python -m localhub --help`."""

import argparse
import json
import signal
import sys
import threading
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from localhub.dispatcher import App, Dispatcher
from localhub.hub import Hub

BIN = Path(sys.executable).parent
APP = App(
    slug="sang-kien",
    permissions={"contents": "write", "issues": "write", "pull_requests": "write", "statuses": "write"},
)


def main() -> int:
    """Read the options, start, print where everything is as one line of JSON, and wait."""
    parser = argparse.ArgumentParser(prog="python -m localhub", description=__doc__)
    parser.add_argument("--source", type=Path, default=Path.cwd(), help="a git repository (its HEAD) or a plain folder")
    parser.add_argument("--repository", default="mau/sang-kien", help="the name it gets, owner/name")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--private", action="store_true")
    parser.add_argument("--user", action="append", default=[], metavar="LOGIN=ID[:ROLE]", help="may be repeated")
    parser.add_argument("--workflow", action="append", default=[], help="run these alone; all when not given")
    parser.add_argument("--app", action="store_true", help="install an App, so that workflows use its token")
    parser.add_argument("--no-runs", action="store_true", help="serve only, run nothing")
    options = parser.parse_args()
    with TemporaryDirectory(prefix="localhub-") as room, ExitStack() as stack:
        hub = stack.enter_context(Hub.start(Path(room) / "hub", port=options.port))
        people = [_person(text) for text in options.user]
        for login, number, _ in people:
            hub.add_user(login, id=number)
        hub.add_repository(options.repository, source=options.source, private=options.private)
        for login, _, role in people:
            if role:
                hub.add_collaborator(options.repository, login, role)
        if not options.no_runs:
            stack.enter_context(
                Dispatcher(
                    hub,
                    options.repository,
                    Path(room) / "runs",
                    act=BIN / "act",
                    python_bin=BIN,
                    secrets={"APP_PRIVATE_KEY": "none"} if options.app else {},
                    variables={"APP_CLIENT_ID": "Iv1.local"} if options.app else {},
                    app=APP if options.app else None,
                    only=options.workflow or None,
                )
            )
        owner = options.repository.partition("/")[0]
        tokens = {login: hub.user_token(login) for login in (owner, *(login for login, _, _ in people))}
        told = {"url": hub.url, "api_url": hub.api_url, "repository": options.repository, "tokens": tokens}
        print(json.dumps(told), flush=True)  # noqa: T201  # what whoever started us waits for
        stop = threading.Event()
        for sign in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sign, lambda *_: stop.set())
        stop.wait()
    return 0


def _person(text: str) -> tuple[str, int, str]:
    login, _, rest = text.partition("=")
    number, _, role = rest.partition(":")
    return login, int(number), role


if __name__ == "__main__":
    sys.exit(main())
