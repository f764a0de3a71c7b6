"""The relay's book: many written at once, each whole or not at all."""

import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import wait
from contextlib import closing
from pathlib import Path

import pytest

from sangkien.adapters.ledger import Ledger
from sangkien.adapters.outbox import Outbox
from sangkien.adapters.slips import Accepted, Slips, SpentError
from sangkien.domain.errors import FullError
from sangkien.domain.paper import Paper


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    found = Ledger(tmp_path / "book.sqlite")
    yield found
    found.close()


def accepted(number: int, **changed: object) -> Accepted:
    paper = Paper("idea", f"2026-{number:04d}-XXXX", f"idea/{number}", {"idea.yml": "x", "anh-1.webp": b"\0\xff"})
    own = {"mark": f"m{number}", "proof": f"p{number}", "key": f"idea:{number}", "paper": paper, "day": "2026-11-29"}
    return Accepted(salt=b"s", pin=b"h", proof_until=1, **{**own, **changed})  # type: ignore[arg-type]  # as each case


def test_one_that_fails_takes_no_other_with_it(ledger: Ledger) -> None:
    slips = Slips(ledger)
    gate = threading.Event()
    ledger.write(lambda _: gate.wait())  # so that the others are written together
    futures = [slips.accept(accepted(n, proof="same" if n in (1, 2) else f"p{n}")) for n in range(4)]
    gate.set()
    wait(futures)

    assert [type(f.exception()) for f in futures] == [type(None), type(None), SpentError, type(None)]
    assert Outbox(ledger).counts() == (3, 0)
    assert slips.slip("2026-0002-XXXX") is None


def test_the_same_mark_is_stored_once_even_at_once(ledger: Ledger) -> None:
    slips = Slips(ledger)
    futures = [slips.accept(accepted(n, mark="same")) for n in range(5)]

    assert {f.result() for f in futures} == {"2026-0000-XXXX"}
    assert Outbox(ledger).counts() == (1, 0)


def test_a_code_already_given_is_refused(ledger: Ledger) -> None:
    slips = Slips(ledger)
    slips.accept(accepted(1)).result()

    with pytest.raises(KeyError):
        slips.accept(accepted(1, mark="other", proof="other")).result()


def test_files_come_back_as_they_were(ledger: Ledger) -> None:
    Slips(ledger).accept(accepted(1)).result()
    errand = Outbox(ledger).due()

    assert errand
    assert errand.paper == accepted(1).paper
    assert errand.put_on == "2026-11-29"


def test_who_no_longer_waits_stops_nobody(ledger: Ledger) -> None:
    gate = threading.Event()
    first = ledger.write(lambda _: gate.wait())
    second = ledger.write(lambda c: c.execute("INSERT INTO notes VALUES ('a', 'b')").rowcount)
    second.cancel()
    gate.set()

    assert first.result()
    assert ledger.write(lambda c: c.execute("SELECT count(*) FROM notes").fetchone()).result() == (0,)


def test_a_full_disk_refuses_and_stores_again_when_there_is_room(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "small.sqlite", most_pages=40)
    slips = Slips(ledger)
    large = Paper("idea", "2026-9999-XXXX", "idea/9", {"a": "x" * 500_000})
    slips.accept(accepted(1)).result()

    with pytest.raises(FullError):
        slips.accept(accepted(2, paper=large)).result()

    assert not slips.is_spent("p2")
    slips.accept(accepted(2)).result()
    ledger.close()
    with sqlite3.connect(tmp_path / "small.sqlite") as again:
        assert again.execute("SELECT count(*) FROM slips").fetchone() == (2,)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_errands_are_due_in_turn_and_rest_after_a_failure(ledger: Ledger) -> None:
    clock = Clock()
    outbox = Outbox(ledger, clock)
    for name in "ab":
        outbox.put(name, Paper("idea", name, name, {}))
    first = outbox.due()
    assert first
    outbox.failed(first, "why")
    second = outbox.due()
    assert second
    assert (first.key, second.key) == ("a", "b")
    outbox.done(second)
    assert outbox.due() is None
    clock.now = 4000
    again = outbox.due()
    assert again
    assert (again.key, again.tries) == ("a", 1)
    outbox.unreachable()
    assert outbox.due() is None
    assert outbox.is_resting
    assert Outbox(ledger, clock).due()  # a restart: all are due again


def test_a_newer_word_takes_the_place_of_one_on_its_way(ledger: Ledger) -> None:
    outbox = Outbox(ledger)
    outbox.put("a", Paper("idea", "c", "b", {"x": "old"}))
    under_way = outbox.due()
    assert under_way
    outbox.put("a", Paper("idea", "c", "b", {"x": "new"}))

    outbox.done(under_way)

    left = outbox.due()
    assert left
    assert left.paper.files == {"x": "new"}


def test_what_was_carried_leaves_no_trace(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "book.sqlite")
    outbox = Outbox(ledger)
    outbox.put("a", Paper("idea", "c", "b", {"x": "Tên của một người " * 500}))
    errand = outbox.due()
    assert errand
    outbox.done(errand)
    assert ledger.tidy()

    found = [file.name for file in tmp_path.iterdir() if "một người".encode() in file.read_bytes()]
    ledger.close()
    assert found == []


def test_what_cannot_be_tidied_yet_is_said_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever sends something is not kept waiting by a copy that is being taken."""
    monkeypatch.setattr("sangkien.adapters.ledger._PATIENCE", 600)
    with closing(Ledger(tmp_path / "book.sqlite")) as ledger:
        outbox = Outbox(ledger)
        outbox.put("a", Paper("idea", "c", "b", {"x": "1"}))
        with closing(sqlite3.connect(tmp_path / "book.sqlite", isolation_level=None)) as copying:
            copying.execute("BEGIN")
            copying.execute("SELECT * FROM errands").fetchall()
            outbox.put("a", Paper("idea", "c", "b", {"x": "2"}))
            assert not ledger.tidy()
        assert ledger.tidy()
