"""The demonstration: a desk and a site on this computer, and an idea on its whole way through the real workflows."""

import socket
import subprocess
import sys
import threading
from pathlib import Path
from tempfile import TemporaryDirectory

from localhub.demo_desk import BIN, Desk
from localhub.demo_relay import Relay
from localhub.demo_story import Story

_FIRST_PORT = 8000


def free_port(first: int = _FIRST_PORT) -> int:
    """Find a port nobody uses, from one upwards."""
    for port in range(first, first + 100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError("no free port")


def _site(clone: Path, port: int, options: list[str]) -> tuple[subprocess.Popen[str], threading.Event]:
    """Build and serve the site of a clone, silently; the event tells when it is served."""
    command = [str(BIN / "sangkien"), "--root", str(clone), "demo", "--port", str(port), *options]
    site = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    served = threading.Event()

    def listen() -> None:
        for line in site.stdout or ():
            if "Ctrl+C" in line:
                served.set()
        served.set()

    threading.Thread(target=listen, daemon=True).start()
    return site, served


def main(options: list[str]) -> int:
    """Serve the site and the desk until somebody stops them."""
    port = free_port()
    address, door = f"http://127.0.0.1:{port}/", f"http://127.0.0.1:{free_port(port + 1)}/"
    with TemporaryDirectory(prefix="sangkien-demo-") as room:
        desk = Desk(Path(room), 0, door, f"{address}cham-diem/")
        relay = Relay(desk, door)
        site, served = _site(desk.clone, port, options)
        said = desk.plan.words["words"]
        places = {"home": f"{desk.hub.url}/{desk.repository}", "site": address, "door": door}
        try:
            relay.wait()
            print(said["open"].format(**places), flush=True)  # noqa: T201  # this is what it is for
            told = Story(desk, address).tell(relay)
            served.wait(120)
            print((said["try"] if told else said["unfinished"]).format(**places), flush=True)  # noqa: T201  # the same
            return site.wait()
        except KeyboardInterrupt:
            return 0
        finally:
            site.terminate()
            relay.close()
            desk.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
