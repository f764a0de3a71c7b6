"""What pages say of sending and reading follows the data; a closed desk never tells where it is."""

from typing import Any

import pytest

from sangkien.render.ways_in import parts

REPOSITORY = "https://forge.example/xa/sang-kien"
RELAY = "https://gui.example/"
CLOSED: Any = {"topology": "closed"}
OPEN: Any = {"topology": "open"}


@pytest.mark.parametrize(
    ("movement", "said", "links"),
    [
        (None, "Chỉ ai được văn phòng mời", []),
        ({"topology": "closed", "repository": REPOSITORY}, "Chỉ ai được văn phòng mời", []),
        (
            {"topology": "closed", "repository": REPOSITORY, "relay": RELAY},
            "Không cần tài khoản nào",
            [RELAY, f"{RELAY}theo-doi/"],
        ),
        ({"topology": "open"}, "Ai có tài khoản đều điền được ở trang kho hồ sơ", []),
        ({"topology": "open", "repository": REPOSITORY}, "điền được</a>", [f"{REPOSITORY}/issues/new/choose"]),
    ],
)
def test_ways_in_follow_the_data(movement: Any, said: str, links: list[str]) -> None:
    told = parts(movement)["ways-in"]

    assert said in told
    assert [part.partition('"')[0] for part in told.split('href="')[1:]] == links


def test_who_reads_follows_the_topology() -> None:
    closed, opened = (parts(movement) for movement in (CLOSED, OPEN))

    assert "bàn kín" in closed["who-reads"]
    assert "kho mở" in opened["who-reads"]
    assert "kho Git kín" in closed["kept-where"]
    assert "kho Git mở" in opened["kept-where"]


def test_a_place_to_hand_papers_in_is_told_and_escaped() -> None:
    movement: Any = {**OPEN, "intake": "Phòng <1>"}

    assert "Phòng &lt;1&gt;. Cán bộ" in parts(movement)["ways-in"]
