"""Accepted means stored: through kills, a full disk, a desk away, a clock gone wrong, a lost machine."""

import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from click.testing import CliRunner
from desk_room import DeskRoom
from relay_room import Phone, Relay, at_desk, free_port, serving, settings_file

from sangkien.cli import main
from sangkien.relay import service

pytest_plugins = ["relay_fixtures"]
pytestmark = pytest.mark.hub


@pytest.fixture(autouse=True)
def _no_lull(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "_LULL", 0.05)


DAY = 86400


@dataclass
class Process:
    """A relay as a process of its own, which may be killed."""

    settings: Path
    phone: Phone
    running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [str(Path(sys.executable).parent / "sangkien"), "relay", "serve", "--settings", str(self.settings)]
        environment = {**os.environ, "GITHUB_TOKEN": "none"}
        self.running = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        ends = time.monotonic() + 30
        while time.monotonic() < ends:
            assert self.running.poll() is None
            try:
                self.phone.ask("GET", "/khoe")
            except requests.ConnectionError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError("it does not start")

    def kill(self) -> None:
        assert self.running
        self.running.kill()
        self.running.wait()


@contextmanager
def process(settings: Path, port: int) -> Iterator[Process]:
    found = Process(settings, Phone(f"http://127.0.0.1:{port}"))
    found.start()
    try:
        yield found
    finally:
        found.kill()


def codes_at(desk: DeskRoom) -> list[str]:
    found: list[str] = []
    while True:
        page = len(found) // 100 + 1
        pulls = desk.ask("mau", "GET", f"/pulls?state=all&per_page=100&page={page}")
        found += [pull["title"][-14:] for pull in pulls]
        if len(pulls) < 100:
            return found


@pytest.mark.long
def test_kills_lose_nothing_and_double_nothing(desk: DeskRoom, tmp_path: Path) -> None:
    port = free_port()
    acknowledged: dict[str, str] = {}
    over = threading.Event()

    with process(at_desk(desk, tmp_path, port), port) as relay:

        def send_on(sender: int) -> None:
            number = 0
            while not over.is_set():
                key = f"{sender:016x}{number:016x}"
                try:
                    answer = relay.phone.send(key)
                except (requests.RequestException, ValueError):
                    time.sleep(0.02)
                    continue  # the same key again
                if answer.status_code == 201:
                    known = acknowledged.setdefault(key, answer.json()["code"])
                    assert known == answer.json()["code"]
                    number += 1
                    time.sleep(0.05)

        senders = [threading.Thread(target=send_on, args=(sender,)) for sender in range(3)]
        for sender in senders:
            sender.start()
        for _ in range(3):
            time.sleep(random.uniform(0.2, 0.8))
            relay.kill()
            relay.start()
        over.set()
        for sender in senders:
            sender.join()
        assert len(acknowledged) >= 3
        ends = time.monotonic() + 60
        while relay.phone.ask("GET", "/khoe").json()["waiting"] and time.monotonic() < ends:
            time.sleep(0.1)

    found = codes_at(desk)
    assert set(acknowledged.values()) <= set(found)
    assert len(found) == len(set(found))
    assert len(set(acknowledged.values())) == len(acknowledged)


def test_every_fault_of_the_desk_only_delays(desk: DeskRoom, tmp_path: Path) -> None:
    for kind, verb, after in (
        ("cut-after", "POST", 0),
        ("error-502", "POST", 2),
        ("cut", "POST", 3),
        ("cut-after", "POST", 5),
        ("cut-after", "POST", 6),
        ("error-500", "GET", 4),
        ("rate-limit", "POST", 9),
    ):
        desk.hub.faults.add(kind, method=verb, path="/repos/*", after=after)  # type: ignore[arg-type]  # its own words
    with serving(at_desk(desk, tmp_path, free_port())) as relay:
        relay.service.outbox._clock = lambda: time.monotonic() * 200  # what waits seconds is due at once
        codes = [relay.phone.send(f"{n:032x}").json()["code"] for n in range(4)]
        relay.wait(lambda: relay.service.outbox.counts() == (0, 0), 40)

    assert sorted(codes_at(desk)) == sorted(codes)


def test_nothing_of_a_person_stays_once_it_is_at_the_desk(desk: DeskRoom, tmp_path: Path) -> None:
    with serving(at_desk(desk, tmp_path, free_port())) as relay:
        slip = relay.phone.send(contact=ARMOUR).json()
        relay.wait(lambda: relay.service.outbox.counts() == (0, 0) and relay.phone.look(slip)["state"] == "waiting")
        relay.wait(lambda: not _traces(tmp_path / "data"))

    assert not _traces(tmp_path / "data")


ARMOUR = "-----BEGIN AGE ENCRYPTED FILE-----\nYWdlLWVuY3J5cHRpb24ub3JnL3YxCnJlc3Q=\n-----END AGE ENCRYPTED FILE-----\n"


def _traces(data: Path) -> list[str]:
    words = ["Ví Dụ", "Tổ ủ phân", "YWdlLWVuY3J5cHRpb24ub3JnL3YxCnJlc3Q=", "chôm chôm"]
    return [w for w in words for file in data.iterdir() if w.encode() in file.read_bytes()]


def test_a_paper_nobody_can_carry_is_set_apart_and_others_go_on(desk: DeskRoom, tmp_path: Path) -> None:
    with serving(at_desk(desk, tmp_path, free_port())) as relay:
        relay.service.outbox._clock = lambda: time.monotonic() * 5000
        desk.hub.faults.add("conflict", method="GET", path="/repos/*/pulls", times=8)
        stuck = relay.phone.send("1" * 32).json()["code"]
        relay.wait(lambda: relay.service.outbox.counts() == (0, 1))
        fine = relay.phone.send("2" * 32).json()["code"]
        relay.wait(lambda: relay.service.outbox.counts() == (0, 1) and codes_at(desk) == [fine])
        assert relay.phone.ask("GET", "/khoe").json()["apart"] == 1
        done = CliRunner().invoke(main, ["relay", "retry", "--settings", str(tmp_path / "settings.toml")])
        assert done.exit_code == 0, done.output
        relay.service.wake()
        relay.wait(lambda: stuck in codes_at(desk))


def test_a_full_disk_is_said_and_loses_nothing(tmp_path: Path, checkout: Path) -> None:
    with serving(settings_file(tmp_path, checkout, free_port(), limits_book_pages=60)) as relay:
        seen: dict[str, int] = {}
        for number in range(60):
            key = f"{number:032x}"
            seen[key] = relay.phone.send(key).status_code
            if seen[key] != 201:
                break
        assert seen[key] == 507
        assert relay.phone.ask("GET", "/").status_code == 200
        kept = [key for key, status in seen.items() if status == 201]
        assert kept
        assert relay.service.outbox.counts()[0] == len(kept)
        relay.service.ledger.write(lambda c: c.execute("PRAGMA max_page_count = 100000").fetchone()).result()
        assert relay.phone.send(key).status_code == 201


def test_a_restart_keeps_slips_proofs_and_what_waits(tmp_path: Path, checkout: Path) -> None:
    path = settings_file(tmp_path, checkout, free_port())
    with serving(path) as relay:
        proof = relay.phone.proof()
        slip = relay.phone.send("1" * 32, altcha=proof).json()

    with serving(path) as relay:
        assert relay.phone.send("1" * 32, altcha=proof).json() == slip
        assert relay.phone.send("2" * 32, altcha=proof).status_code == 403
        assert relay.phone.look(slip)["state"] == "queued"
        assert relay.service.outbox.counts() == (1, 0)


@dataclass
class Clock:
    shift: float = 0.0

    def __call__(self) -> float:
        return time.time() + self.shift


def test_a_clock_set_back_never_gives_an_earlier_day(tmp_path: Path, checkout: Path) -> None:
    clock = Clock(shift=DAY)
    path = settings_file(tmp_path, checkout, free_port())

    def day_of(relay: Relay, key: str) -> str:
        code = relay.phone.send(key).json()["code"]
        slip = relay.service.slips.slip(code)
        assert slip
        return slip.days["sent"]

    with serving(path, clock) as relay:
        tomorrow = day_of(relay, "1" * 32)
        clock.shift = 0
        assert day_of(relay, "2" * 32) == tomorrow
        clock.shift = -5 * DAY
        assert relay.phone.send("3" * 32).status_code == 503
        health = relay.phone.ask("GET", "/khoe")
        assert (health.status_code, health.json()["clock"]) == (503, "behind")
        clock.shift = 500 * DAY
        assert relay.phone.send("3" * 32).json()["error"] == "clock"
        clock.shift = 0
        assert relay.phone.send("3" * 32).status_code == 201


def test_a_challenge_ends(tmp_path: Path, checkout: Path) -> None:
    clock = Clock()
    with serving(settings_file(tmp_path, checkout, free_port()), clock) as relay:
        proof = relay.phone.proof()
        clock.shift = 3600
        assert relay.phone.send("1" * 32, altcha=proof).status_code == 403


def test_a_restored_copy_is_not_carried_twice(desk: DeskRoom, tmp_path: Path) -> None:
    path = at_desk(desk, tmp_path, free_port())
    copy = tmp_path / "copy.tar"
    away = settings_file(tmp_path / "away", desk.clone, free_port())
    with serving(away) as relay:
        slips = [relay.phone.send(f"{n:032x}").json() for n in range(2)]
        done = CliRunner(env={"GITHUB_TOKEN": "none"}).invoke(
            main, ["relay", "backup", "--settings", str(away), str(copy)]
        )
        assert done.exit_code == 0, done.output
    assert copy.stat().st_mode & 0o077 == 0
    restored = ["relay", "restore", "--settings", str(path), str(copy)]
    assert CliRunner().invoke(main, restored).exit_code == 0
    with serving(path) as relay:
        relay.wait(lambda: relay.service.outbox.counts() == (0, 0))
    assert CliRunner().invoke(main, restored).exit_code == 2
    assert CliRunner().invoke(main, [*restored, "--force"]).exit_code == 0

    with serving(path) as relay:
        relay.wait(lambda: relay.service.outbox.counts() == (0, 0))
        assert [relay.phone.look(slip)["state"] for slip in slips] == ["waiting", "waiting"]

    assert sorted(codes_at(desk)) == sorted(slip["code"] for slip in slips)


def test_two_relays_do_not_share_a_folder(tmp_path: Path, checkout: Path) -> None:
    path = settings_file(tmp_path, checkout, free_port())
    with serving(path):
        second = subprocess.run(
            [str(Path(sys.executable).parent / "sangkien"), "relay", "serve", "--settings", str(path)],
            env={**os.environ, "GITHUB_TOKEN": "none"},
            capture_output=True,
            check=False,
            timeout=30,
        )
    assert second.returncode == 2
