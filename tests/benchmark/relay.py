"""How many ideas a second the relay takes, how long each sender waits, and how much memory that needs.

    python tests/benchmark/relay.py 10000 --at 10000 --at 100000 --kills 5

A real server on loopback; every idea comes over HTTP with its own solved proof and its own device's key. The desk is
out of reach, so that all that is accepted stays stored. With --kills the server is killed so often at random
moments; at the end every acknowledged code must be stored once.
"""

import argparse
import base64
import hashlib
import json
import os
import random
import secrets
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PORT = int(os.environ.get("PORT", "8177"))
ORIGIN = f"http://127.0.0.1:{PORT}"
BATCH = 1000
IDEA = {
    "kind": "Cách làm mới",
    "title": "Ủ lá chôm chôm thành phân cho vườn tiêu",
    "content": "Sản xuất, kinh doanh và hộ gia đình",
    "field": "Nông nghiệp",
    "unit": "xã Gia Kiệm",
    "authors": "Trần Thị Ví Dụ 60%\nTập thể: Tổ ủ phân Mẫu 40%",
    "before": "Lá chôm chôm rụng thì gom lại đốt, khói cả xóm, đất vườn ngày càng chai. " * 4,
    "after": "Lá được ủ với phân chuồng và nấm đối kháng, mỗi gốc đỡ hai ký phân mua. " * 4,
    "how_to": "Gom lá khô\nRải từng lớp với phân chuồng\nTưới ẩm, đậy bạt, ba tháng đảo hai lần",
    "cost": "350.000 đồng cho một khối",
}


class LostError(Exception):
    """No answer came."""


@dataclass
class Client:
    """One connection that is kept open."""

    link: socket.socket | None = None

    def ask(self, request: bytes) -> tuple[int, Any]:
        """Send a request and read the answer; raises LostError."""
        try:
            if self.link is None:
                self.link = socket.create_connection(("127.0.0.1", PORT), timeout=30)
            self.link.sendall(request)
            data = b""
            while b"\r\n\r\n" not in data:
                data += self._more()
            head, _, body = data.partition(b"\r\n\r\n")
            length = next(int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
            while len(body) < length:
                body += self._more()
        except OSError as error:
            self.close()
            raise LostError from error
        if b"connection: close" in head.lower():
            self.close()
        return int(head[9:12]), json.loads(body)

    def _more(self) -> bytes:
        assert self.link is not None
        data = self.link.recv(65536)
        if not data:
            raise ConnectionResetError
        return data

    def close(self) -> None:
        if self.link is not None:
            self.link.close()
            self.link = None


def get(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()


def solve(challenge: dict[str, Any]) -> str:
    """Solve a challenge as a browser would."""
    wanted = challenge["parameters"]
    nonce, salt = bytes.fromhex(wanted["nonce"]), bytes.fromhex(wanted["salt"])
    counter = 0
    while True:
        word = nonce + counter.to_bytes(4, "big")
        key = hashlib.pbkdf2_hmac("sha256", word, salt, wanted["cost"], wanted["keyLength"])
        if key.hex().startswith(wanted["keyPrefix"]):
            solved = {"challenge": challenge, "solution": {"counter": counter, "derivedKey": key.hex()}}
            return base64.b64encode(json.dumps(solved).encode()).decode()
        counter += 1


def post(fields: dict[str, str]) -> bytes:
    """Write a form as a browser posts it."""
    edge = f"----{secrets.token_hex(12)}"
    parts = "".join(
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n' for name, text in fields.items()
    )
    body = f"{parts}--{edge}--\r\n".encode()
    head = (
        f"POST /gui HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: {ORIGIN}\r\nContent-Length: {len(body)}\r\n"
        f"Content-Type: multipart/form-data; boundary={edge}\r\n\r\n"
    )
    return head.encode() + body


@dataclass
class Server:
    """The relay as its own process."""

    folder: Path
    process: subprocess.Popen[bytes] | None = None
    kills: int = 0

    def settings(self) -> Path:
        (self.folder / "data").mkdir(exist_ok=True)
        path = self.folder / "settings.toml"
        path.write_text(
            f'data = "{self.folder}/data"\nport = {PORT}\naddress = "{ORIGIN}/"\nroot = "{ROOT}"\nrefresh = 0\n'
            '[github]\nrepository = "mau/kho"\napi = "http://127.0.0.1:9"\n'
            "[limits]\nper_address = 100000000\nper_hour = 100000000\nper_day = 100000000\n[proof]\ncost = 1\n",
            encoding="utf-8",
        )
        return path

    def start(self) -> None:
        command = [str(Path(sys.executable).parent / "sangkien"), "relay", "serve", "--settings", str(self.settings())]
        environment = {"GITHUB_TOKEN": "none", "PATH": "/usr/bin:/bin"}
        self.process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        for _ in range(300):
            try:
                Client().ask(get("/khoe"))
            except LostError:
                time.sleep(0.1)
            else:
                return
        raise SystemExit("the relay does not start")

    def kill(self) -> None:
        assert self.process
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.kills += 1
        self.start()

    def stop(self) -> None:
        assert self.process
        self.process.terminate()
        self.process.wait()

    def computed(self) -> float:
        """Give the seconds the server computed since it was started."""
        assert self.process
        words = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> int:
        """Give the resident memory, in MB."""
        assert self.process
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) // 1024


@dataclass
class Senders:
    """People with phones, all at once; each goes on until it has its code."""

    count: int
    clients: list[Client] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def __post_init__(self) -> None:
        self.clients = [Client() for _ in range(self.count)]

    def batch(self, size: int) -> None:
        """Solve proofs for a batch, then send it, which alone is timed."""
        each = [size // self.count + (place < size % self.count) for place in range(self.count)]
        with ThreadPoolExecutor(self.count) as pool:
            ready = list(pool.map(_prepare, self.clients, each))
            began = time.perf_counter()
            for times, codes in pool.map(_send_all, self.clients, ready):
                self.times += times
                self.codes += codes
            self.seconds += time.perf_counter() - began


def _prepare(client: Client, count: int) -> list[bytes]:
    found = []
    for _ in range(count):
        while True:
            try:
                challenge = client.ask(get("/thu-thach"))[1]
                break
            except LostError:
                time.sleep(0.05)
        found.append(post({**IDEA, "request": secrets.token_hex(16), "altcha": solve(challenge)}))
    return found


def _send_all(client: Client, requests: Sequence[bytes]) -> tuple[list[float], list[str]]:
    times, codes = [], []
    for request in requests:
        while True:
            began = time.perf_counter()
            try:
                status, answer = client.ask(request)
            except LostError:
                time.sleep(0.05)
                continue
            break
        times.append(time.perf_counter() - began)
        if status != 201:
            raise SystemExit(f"{status} {answer}")
        codes.append(answer["code"])
    return times, codes


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("count", type=int, help="how many ideas")
    options.add_argument("--senders", type=int, default=16)
    options.add_argument("--at", type=int, action="append", default=[], help="tell the memory after so many")
    options.add_argument("--kills", type=int, default=0)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server, senders = Server(Path(folder)), Senders(given.senders)
        server.start()
        killer = threading.Thread(target=_kill, args=(server, given.kills))
        killer.start()
        while len(senders.codes) < given.count:
            senders.batch(min(BATCH, given.count - len(senders.codes)))
            if len(senders.codes) in given.at:
                print(f"{len(senders.codes)} ideas: {server.memory()} MB resident, {_rate(senders)}", flush=True)
        killer.join()
        print(f"{len(senders.codes)} ideas, {server.kills} kills: {server.memory()} MB resident, {_rate(senders)}")
        if not server.kills:
            print(
                f"{server.computed() / len(senders.codes) * 1000:.1f} ms of computing an idea, its challenge included"
            )
        server.stop()
        _check(Path(folder) / "data" / "relay.sqlite", senders.codes)


def _kill(server: Server, times: int) -> None:
    for _ in range(times):
        time.sleep(random.uniform(0.5, 3))
        server.kill()


def _rate(senders: Senders) -> str:
    cuts = statistics.quantiles(senders.times, n=100)
    return f"{len(senders.codes) / senders.seconds:.0f}/s, p50 {cuts[49] * 1000:.0f} ms, p99 {cuts[98] * 1000:.0f} ms"


def _check(book: Path, codes: Sequence[str]) -> None:
    stored = [row[0] for row in sqlite3.connect(book).execute("SELECT code FROM errands")]
    lost, twice, more = set(codes) - set(stored), len(codes) - len(set(codes)), len(stored) - len(set(stored))
    print(f"lost {len(lost)}, given twice {twice}, stored twice {more}, not acknowledged {len(stored) - len(codes)}")


if __name__ == "__main__":
    main()
