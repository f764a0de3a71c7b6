"""The relay as a whole: what is open while it runs, and the threads that carry, follow and refresh."""

import asyncio
import datetime
import fcntl
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from sangkien.adapters.bounded import BoundedPool
from sangkien.adapters.clerks import Clerks
from sangkien.adapters.darkroom_pool import DarkroomPool
from sangkien.adapters.git import Git
from sangkien.adapters.github import GitHub
from sangkien.adapters.github_transport import AppKey, Key
from sangkien.adapters.ledger import Ledger
from sangkien.adapters.marks import Marks
from sangkien.adapters.outbox import Outbox
from sangkien.adapters.proof import Proofs
from sangkien.adapters.slips import Slips
from sangkien.adapters.store import Store
from sangkien.domain import almanac
from sangkien.domain.errors import OutsideError, UsageError
from sangkien.domain.pace import Stride
from sangkien.relay import examining
from sangkien.relay.gate import Room, Turnstile
from sangkien.relay.ground import Ground
from sangkien.relay.journal import Journal
from sangkien.relay.refusal import RefusedError
from sangkien.relay.settings import BOOK, Settings, private_key, secret_of
from sangkien.relay.tray import Tray
from sangkien.workflow.deliver import Courier, Outcome, Round
from sangkien.workflow.follow import Follower

T = TypeVar("T")

_HANDS = 2  # threads that compute for requests
_MOST_AT_HAND = 200  # requests that wait for one of them
_MOST_AT_DESK = 8  # requests that wait for the desk's answer
_SHORT = 3.0  # seconds a request waits because the desk asks to
_LULL = 1.0  # seconds the courier rests when nothing is due
_PRUNE = 3600.0


class Service:
    """Everything requests work with; `start` before the first, `close` after the last."""

    def __init__(self, settings: Settings, journal: Journal, clock: Callable[[], float] = time.time) -> None:
        self.settings, self.journal, self.clock = settings, journal, clock
        self._lock = only_one(settings.data)
        self.secret = secret_of(settings.data)
        self.git = Git(settings.root)
        self.ground = Ground.read(Store(settings.root), self.git)
        self.ledger = Ledger(settings.data / BOOK, most_pages=settings["limits.book_pages"])
        self.slips, self.marks, self.outbox = Slips(self.ledger), Marks(self.ledger), Outbox(self.ledger)
        self.clerks = Clerks(self.ledger)
        self.proofs = Proofs(self.secret, settings["proof.cost"], clock)
        self.turnstile, self.room = Turnstile(settings), Room(settings["limits.memory"])
        self.darkroom = DarkroomPool(max(1, (os.cpu_count() or 1) - 1))
        self.tray = Tray()
        self.examiner = BoundedPool(examining.BOUNDS)
        self._hands = ThreadPoolExecutor(_HANDS, thread_name_prefix="hand")
        self._errand_boy = ThreadPoolExecutor(1, thread_name_prefix="desk")
        self._busy = {"hand": 0, "desk": 0}
        self._forge = connect(settings, self._shortly)
        self._over, self._woken = threading.Event(), threading.Event()
        self.last_contact = 0.0  # when the desk last answered
        self._threads = [threading.Thread(target=self._carry, name="courier", daemon=True)]
        self._threads.append(threading.Thread(target=self._refresh, name="refresher", daemon=True))

    def start(self) -> None:
        """Begin to carry, follow and refresh."""
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """End what runs; what is stored is carried after the next start."""
        self._over.set()
        self._woken.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(timeout=20)
        self._hands.shutdown(cancel_futures=True)
        self._errand_boy.shutdown(wait=False, cancel_futures=True)
        self.darkroom.close()
        self.examiner.close()
        self.ledger.close()
        os.close(self._lock)

    def wake(self) -> None:
        """Tell the courier that there is something to carry."""
        self._woken.set()

    def reckoning(self) -> almanac.Reckoning:
        """Tell what day it is, and whether the clock can be believed."""
        now = datetime.datetime.fromtimestamp(self.clock(), datetime.UTC)
        return almanac.reckon(now, self.ground.admission.zone, self.slips.last_day, self.ground.newest_day)

    def day(self) -> str:
        """Give today; raises RefusedError when the clock cannot be believed."""
        reckoning = self.reckoning()
        if reckoning.doubt:
            raise RefusedError(503, "clock")
        return reckoning.day

    async def by_hand(self, work: Callable[..., T], *given: Any) -> T:
        """Let a thread compute; raises RefusedError when too many wait."""
        return await self._in(self._hands, "hand", _MOST_AT_HAND, work, *given)

    async def by_desk(self, work: Callable[..., T], *given: Any) -> T:
        """Let a thread of its own do what may ask the desk, lest accepting wait for that; raises RefusedError."""
        try:
            return await self._in(self._errand_boy, "desk", _MOST_AT_DESK, work, *given)
        except OutsideError as error:
            raise RefusedError(503, "desk_away") from error

    async def _in(self, pool: ThreadPoolExecutor, name: str, most: int, work: Callable[..., T], *given: Any) -> T:
        if self._busy[name] >= most:
            raise RefusedError(503, "busy")
        self._busy[name] += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(pool, work, *given)
        finally:
            self._busy[name] -= 1

    @property
    def forge(self) -> GitHub:
        """The desk as requests reach it: by `by_desk` alone, one at a time."""
        return self._forge

    def _connect(self) -> GitHub:
        return connect(self.settings, self._over_or)

    def _over_or(self, seconds: float) -> None:
        if self._over.wait(seconds):
            raise OutsideError("GitHub", "the relay ends")

    def _shortly(self, seconds: float) -> None:
        if seconds > _SHORT:
            raise OutsideError("GitHub", "it asks to wait")
        self._over_or(seconds)

    def _carry(self) -> None:
        """Carry what waits, and follow what was carried, until the end."""
        forge, stride = self._connect(), self._stride()
        courier = Courier(forge, self.ground.admission.schemas)
        round_ = Round(self.outbox, self.slips, courier, stride, self._note)
        follower = Follower(forge, self.slips)
        polled = pruned = 0.0
        untidy = True
        while not self._over.is_set():
            now = time.monotonic()
            outcome: Outcome | None = self._guarded(lambda now=now: round_.step(now, self.reckoning().day))  # type: ignore[misc]  # bound at once
            untidy = untidy or outcome == "done"
            if outcome not in ("idle", None):
                continue
            if untidy and outcome == "idle":
                self._guarded(self.ledger.tidy)  # names that were carried are gone from the log too
                untidy = False
            if not polled or now - polled > self.settings["github.poll"]:
                polled = now
                courier.forget_base()
                self._guarded(lambda: self._poll(follower))
            if not pruned or now - pruned > _PRUNE:
                pruned = now
                self._guarded(lambda: self.slips.forget_proofs(int(self.clock())))
            self._woken.wait(_LULL)
            self._woken.clear()

    def _poll(self, follower: Follower) -> None:
        changed = follower.poll(self.reckoning().day)
        self.last_contact = self.clock()
        self.journal.count("poll", "done")
        if changed:
            self.journal.tell("followed", changed=changed)

    def _refresh(self) -> None:
        """Keep the checkout in step with the desk, until the end."""
        self._guarded(lambda: self.ground.open_likeness(self.git))
        every = self.settings["refresh"]
        forge = self._connect()
        while every and not self._over.wait(every):
            self._guarded(lambda: self._forward(forge))

    def _forward(self, forge: GitHub) -> None:
        before = self.git.head().key
        self.git.forward(forge.token())
        if self.git.head().key != before:
            ground = Ground.read(Store(self.settings.root), self.git)
            ground.open_likeness(self.git)
            self.ground = ground
            self.journal.tell("refreshed")

    def _stride(self) -> Stride:
        return Stride((self.settings["github.per_minute"], 60.0), (self.settings["github.per_hour"], 3600.0))

    def _note(self, outcome: Outcome, why: str) -> None:
        self.journal.count("deliver", outcome)
        if outcome != "unreachable":
            self.last_contact = self.clock()
        self.journal.tell("delivered", outcome=outcome, **({"why": why[:200]} if why else {}))

    def _guarded(self, work: Callable[[], T]) -> T | None:
        """Do something in the background; what goes wrong is told, and tried again in its turn."""
        try:
            return work()
        except OutsideError as error:
            self.journal.tell("trouble", system=error.system, why=error.text[:200])
        except Exception as error:  # noqa: BLE001  # a thread that ends would stop all carrying
            self.journal.fault(error)
        self._over.wait(_LULL)
        return None


def connect(settings: Settings, sleep: Callable[[float], None] = time.sleep) -> GitHub:
    """Reach the desk, as the App that is installed there or with a token."""
    key: Key = settings.token
    if settings["github.client_id"]:
        key = AppKey(
            client_id=settings["github.client_id"],
            installation=settings["github.installation"],
            private_key=private_key(settings),
        )
    return GitHub(settings["github.repository"], key, settings["github.api"], sleep=sleep)


def only_one(data: Path) -> int:
    """Hold the data folder for this process; raises UsageError when another has it."""
    lock = os.open(data / "lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(lock)
        raise UsageError("relay-running", path=data) from error
    return lock
