"""Limits and pauses."""

from sangkien.domain.pace import Stride, Window, pause


def test_a_window_lets_so_many_through_and_opens_again() -> None:
    window = Window(2, 60)

    assert [window.take("a", now) for now in (0, 1, 2, 59, 60, 61, 62)] == [True, True, False, False, True, True, False]
    assert window.take("b", 2)


def test_a_window_forgets_the_oldest_key() -> None:
    window = Window(1, 60, most=2)
    for key in "abc":
        assert window.take(key, 0)

    assert window.is_spent("c", 1)
    assert not window.is_spent("a", 1)
    assert not window.is_spent("c", 60)


def test_a_stride_keeps_within_every_limit() -> None:
    stride = Stride((2, 10.0), (3, 100.0), (0, 1.0))
    done = []
    now = 0.0
    for _ in range(5):
        now += stride.wait(now)
        stride.step(now)
        done.append(now)

    assert done == [0, 0, 10, 100, 100]


def test_pauses_grow_to_an_hour_and_differ() -> None:
    assert [pause(n, 1.0) for n in (0, 1, 2, 30)] == [2, 4, 8, 3600]
    assert pause(3, 0.0) == pause(3, 1.0) / 2
