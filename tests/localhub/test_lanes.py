"""Concurrency groups: one runs, one waits, a newer one takes the waiting one's place."""

from localhub.lanes import Lanes


def test_one_runs_and_the_newest_waits() -> None:
    lanes: Lanes[str] = Lanes()
    assert [lanes.add(item, "Tally") for item in ("a", "b")] == [None, None]
    assert lanes.add("c", "tally") == "b"
    assert lanes.take() == ("tally", "a")
    assert lanes.take() is None
    lanes.done("tally")
    assert lanes.take() == ("tally", "c")
    assert not lanes.idle
    lanes.done("tally")
    assert lanes.idle


def test_the_first_keeps_its_place_before_anybody_works() -> None:
    lanes: Lanes[str] = Lanes()
    lanes.add("a", "x")
    lanes.add("b", "x")
    assert lanes.take() == ("x", "a")


def test_without_a_group_nothing_holds_up() -> None:
    lanes: Lanes[str] = Lanes()
    for item in "abc":
        assert lanes.add(item, "") is None
    assert [lanes.take() for _ in range(4)] == [("", "a"), ("", "b"), ("", "c"), None]


def test_groups_do_not_hold_each_other_up() -> None:
    lanes: Lanes[str] = Lanes()
    for item, group in (("a", "x"), ("b", "x"), ("c", "y")):
        lanes.add(item, group)
    assert [lanes.take(), lanes.take()] == [("x", "a"), ("y", "c")]
