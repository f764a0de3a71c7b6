"""Faults a careful reader of the council's part looks for: each was one once."""

from council_room import CHAIR, FARMERS, VICE, CouncilRoom
from desk_room import SECRETARY

pytest_plugins = ["council_fixtures"]


def four(room: CouncilRoom, number: int, verdict: str = "cong-nhan") -> None:
    for login in (CHAIR, VICE, SECRETARY, FARMERS):
        room.vote(login, number, verdict)


def test_an_order_that_was_refused_stands_in_no_later_order_s_way(council: CouncilRoom) -> None:
    number = council.received()
    four(council, number)
    council.comment(CHAIR, number, "/ket-luan công nhận\nHay \u0007 lắm.")
    assert council.count().results == {number: "refused"}

    council.comment(CHAIR, number, "/ket-luan công nhận\nHay lắm.")
    assert council.count().results == {number: "concluded"}
