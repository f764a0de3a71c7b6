"""How far an idea has come, and what its sender may do."""

import pytest

from sangkien.domain.following import Slip, Verdict, days_after, deeds, steps

CODE = "2026-7K3Q-F2TZ"


def slip(state: str, **more: object) -> Slip:
    return Slip(code=CODE, state=state, **more)  # type: ignore[arg-type]  # as each case says


@pytest.mark.parametrize(
    ("state", "verdict", "expected"),
    [
        ("queued", Verdict(), ["edit", "withdraw", "erase"]),
        ("waiting", Verdict(), ["edit", "withdraw", "erase"]),
        ("mend", Verdict(), ["answer", "withdraw", "erase"]),
        ("returned", Verdict(), ["answer", "withdraw", "erase"]),
        ("received", Verdict(), ["withdraw", "erase"]),
        ("concluded", Verdict(outcome="bo-sung", awaits_more=True), ["answer", "erase"]),
        ("concluded", Verdict(outcome="cong-nhan"), ["erase"]),
        ("withdrawn", Verdict(), ["erase"]),
        ("waiting", Verdict(withdrawn=True), ["erase"]),
        ("closed", Verdict(), ["erase"]),
    ],
)
def test_deeds(state: str, verdict: Verdict, expected: list[str]) -> None:
    assert deeds(slip(state), verdict) == expected
    assert "erase" not in deeds(slip(state, erase_on="2026-11-29"), verdict)


def test_steps_are_done_up_to_the_furthest_and_keep_their_first_day() -> None:
    kept = slip("waiting", days={"sent": "2026-11-01"})
    days = days_after(kept, "waiting", "2026-11-02")
    again = days_after(slip("returned", days=days), "returned", "2026-11-09")

    assert again == {"sent": "2026-11-01", "delivered": "2026-11-02"}
    told = steps(slip("concluded", days=again), Verdict(outcome="cong-nhan", day="2026-12-01"))
    assert told == [
        ("sent", True, "2026-11-01"),
        ("delivered", True, "2026-11-02"),
        ("received", True, ""),
        ("concluded", True, "2026-12-01"),
        ("public", False, ""),
    ]
