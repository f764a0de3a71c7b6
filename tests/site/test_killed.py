"""Runs that are killed or stopped: the site that stands is whole, and the next run puts everything right."""

import os
import pty
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from site_tools import begun, contents, mkdocs, sangkien
from site_world import DRIP, small_world

from sangkien.adapters import site_folder
from sangkien.adapters.exchange import exchange
from sangkien.adapters.parcels import Parcels
from sangkien.adapters.pool import Pool
from sangkien.adapters.site_folder import Successor
from sangkien.adapters.whole import write_whole
from sangkien.domain.errors import OutsideError, UsageError
from sangkien.domain.parcel import Entry

Files = dict[str, bytes]
SAYS = ("Nên che nắng cho chai.", "Nên thay nắp mỗi tháng.")


class Place:
    """A repository in one of two states, what its site is in each, and a folder that holds one of them."""

    def __init__(self, room: Path) -> None:
        self.root, self.out = small_world().write(room / "world"), room / "public" / "site"
        self.sites: dict[int, Files] = {}
        for state in (1, 0, 1):  # the last time with everything kept, as in all runs to come
            self.change(state)
            start = time.monotonic()
            assert sangkien(self.root, "publish", "--out", str(self.out)).returncode == 0
            self.takes = time.monotonic() - start
            self.sites[state] = contents(self.out)
        assert self.sites[0] != self.sites[1]

    def change(self, state: int) -> None:
        """Let the records be in a state."""
        world = small_world()
        world.inside(DRIP, "corrections/2", number=2, date="2019-09-01", text=SAYS[state])
        world.write(self.root)

    def litter(self) -> list[str]:
        """List what a run left that is nobody's."""
        beside = [p.name for p in self.out.parent.iterdir() if p != self.out]
        kept = [p.name for p in (self.root / ".cache").rglob("*") if p.name.endswith((".new", ".old", ".parts"))]
        return beside + kept + [p.name for p in (self.root / ".cache" / "rooms").iterdir() if p.name != "lock"]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(tmp_path_factory.mktemp("killed"))


def killed(run: subprocess.Popen[str], after: float) -> bool:
    """Kill a whole group of processes after a while; tells whether it was still at work."""
    try:
        run.communicate(timeout=after)
    except subprocess.TimeoutExpired:
        os.killpg(run.pid, signal.SIGKILL)
        run.communicate()
        return True
    return False


@pytest.mark.site
def test_site_is_whole_whenever_publish_is_killed(place: Place, tmp_path: Path) -> None:
    r = random.Random(20)
    moments = [r.uniform(0.3, place.takes) for _ in range(15)] + [r.uniform(0.85, 1.02) * place.takes for _ in range(5)]
    hit = 0
    for number, after in enumerate(moments):
        place.change(number % 2)
        hit += killed(begun(place.root, "sangkien", "publish", "--out", str(place.out)), after)
        assert contents(place.out) in place.sites.values(), after
    assert hit

    run = sangkien(place.root, "publish", "--out", str(place.out), "--tar", str(place.out.parent / "a.tar"))
    assert run.returncode == 0, run.stderr
    assert contents(place.out) == place.sites[1]
    (place.out.parent / "a.tar").unlink()
    assert place.litter() == []


@pytest.mark.site
def test_next_mkdocs_build_is_right_after_a_killed_one(place: Place) -> None:
    place.change(1)
    r, out = random.Random(4), place.root / "site"
    for _ in range(5):
        after = r.uniform(0.5, place.takes)
        killed(begun(place.root, "mkdocs", "build", "--quiet", "--site-dir", str(out)), after)
    mkdocs(place.root, out)

    assert contents(out) == place.sites[1]
    assert place.litter() == []


@pytest.mark.site
def test_workers_go_with_the_first_process(place: Place) -> None:
    place.change(0)
    run = begun(place.root, "sangkien", "publish", "--out", str(place.out), "--processes", "3")
    assert waited(lambda: len(group(run.pid)) > 2)
    run.kill()
    run.communicate()

    assert waited(lambda: not group(run.pid))
    assert contents(place.out) in place.sites.values()


def group(leader: int) -> list[str]:
    """List the processes of a group that live."""
    stats = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            stats.append(place.read_text().rpartition(")")[2].split())
        except OSError:
            continue
    return [stat[1] for stat in stats if int(stat[2]) == leader and stat[0] != "Z"]


def waited(holds: Callable[[], object]) -> bool:
    """Wait for something to hold, as long as any machine may need."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.02)
    return False


@pytest.mark.site
def test_two_runs_at_once_do_not_disturb_each_other(place: Place) -> None:
    place.change(1)
    runs = [begun(place.root, "sangkien", "publish", "--out", str(place.out)) for _ in range(2)]
    said = [run.communicate(timeout=120) for run in runs]

    assert [run.returncode for run in runs] == [0, 0], said
    assert sorted("Xin chờ" in errors for _, errors in said) == [False, True]
    assert contents(place.out) == place.sites[1]
    assert place.litter() == []


@pytest.mark.site
def test_progress_is_shown_on_a_terminal_and_nowhere_else(place: Place) -> None:
    place.change(0)
    quiet = sangkien(place.root, "publish", "--out", str(place.out))
    code, shown = on_terminal(place)

    assert quiet.stderr == ""
    assert len(quiet.stdout.splitlines()) == 1
    assert code == 0
    assert [stage for stage in STAGES if stage not in shown] == []
    assert "100%" in shown
    assert shown.endswith("\r\033[K")


STAGES = ("Đọc hồ sơ", "Dựng khung", "Lập sổ", "Viết các trang", "Viết dữ liệu", "In ảnh", "Đưa trang vào chỗ")


@pytest.mark.site
@pytest.mark.parametrize("stage", ["Dựng khung", "Viết các trang", "In ảnh"])
def test_ctrl_c_leaves_the_old_site_and_a_calm_word(place: Place, stage: str) -> None:
    shutil.rmtree(place.root / ".cache" / "press", ignore_errors=True)  # so that printing takes a while
    before = contents(place.out)
    place.change(0 if before == place.sites[1] else 1)
    code, shown = on_terminal(place, until=stage)

    assert code == 130
    assert contents(place.out) == before
    assert place.litter() == []
    assert shown.rpartition("\033[K")[2].strip() == "Đã dừng. Trang đã dựng trước đó vẫn còn nguyên."
    assert "Traceback" not in shown


def on_terminal(place: Place, until: str = "") -> tuple[int, str]:
    """Publish at a terminal; press Ctrl+C where a word shows. Gives the exit code and all that was shown."""
    ours, theirs = pty.openpty()
    run = subprocess.Popen(
        [sys.executable, "-m", "sangkien", "publish", "--out", str(place.out)],
        cwd=place.root, stdout=subprocess.DEVNULL, stderr=theirs, start_new_session=True,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip
    os.close(theirs)
    shown, pressed = b"", not until
    while True:
        try:
            new = os.read(ours, 4096)
        except OSError:  # how Linux says that the other end is closed
            break
        if not new:
            break
        shown += new
        if not pressed and until.encode() in shown:
            pressed = True
            os.killpg(run.pid, signal.SIGINT)
    os.close(ours)
    return run.wait(), shown.decode().replace("\r\n", "\n")


class Killed(BaseException):
    """The end of a process, as far as a test can play it."""


@pytest.mark.parametrize("can_exchange", [True, False])
@pytest.mark.parametrize("step", range(8))
def test_a_successor_is_killed_at_any_step(
    can_exchange: bool, step: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, fresh = tmp_path / "site", tmp_path / "fresh"
    for folder, text in ((target, "old"), (fresh, "new")):
        folder.mkdir()
        (folder / "404.html").write_text(text)

    with monkeypatch.context() as patch:
        count = iter(range(100))

        def dying(function: Callable[..., object]) -> Callable[..., object]:
            def call(*given: object, **named: object) -> object:
                if next(count) == step:
                    raise Killed
                return function(*given, **named)

            return call

        patch.setattr(shutil, "rmtree", dying(shutil.rmtree))
        patch.setattr(Path, "rename", dying(Path.rename))
        patch.setattr(site_folder, "exchange", dying(exchange) if can_exchange else lambda *_: False)
        try:
            one = Successor(target)
            one.start_from(fresh)
            one.take_place()
        except Killed:
            pass

    if can_exchange:
        assert (target / "404.html").read_text() in ("old", "new")
    two = Successor(target)
    assert (target / "404.html").read_text() in ("old", "new")
    two.start_from(fresh)
    two.take_place()
    assert contents(target) == {"404.html": b"new"}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["fresh", "site"]


def test_a_successor_leaves_alone_what_is_not_its_own(tmp_path: Path) -> None:
    fresh, real = tmp_path / "fresh", tmp_path / "real"
    for name in ("fresh", "real", "site.old", "site.new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "404.html").write_text(name)
    (tmp_path / "site").symlink_to("real")
    one = Successor(tmp_path / "site")
    one.start_from(fresh)
    one.take_place()

    assert (tmp_path / "site").is_symlink()
    assert (real / "404.html").read_text() == "fresh"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["fresh", "real", "site", "site.new", "site.old"]


def test_what_is_kept_is_kept_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "kept" / "a"
    write_whole(place, b"old")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(Killed))
        with pytest.raises(Killed):
            write_whole(place, b"new")

    assert place.read_bytes() == b"old"


def test_a_parcel_written_anew_is_read_anew(tmp_path: Path) -> None:
    parcels = Parcels(tmp_path)
    for number in (1, 2):
        pieces = [(Entry(name, "key", True, ""), [name * 9 * number]) for name in "ab"]
        kept = parcels.write("2019-a", "context", "whole", pieces)
        told = [parcels.piece("2019-a", entry.start, entry.length) for entry in kept.entries.values()]
        assert told == [[name * 9 * number] for name in "ab"]
    parcels.close()


def raised(error: Exception) -> None:
    raise error


@pytest.mark.parametrize("error", [OutsideError("cache", "2019-a"), UsageError("no-repository", path="x")])
def test_errors_come_out_of_workers_as_they_are(error: Exception) -> None:
    with pytest.raises(type(error)) as caught:
        list(Pool(2).map(raised, [error] * 2, heavy=True))

    assert vars(caught.value) == vars(error)
    assert str(caught.value) == str(error)
