"""The council at the desk: asked, heard, counted, opened, concluded; against the double, from outside."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from council_room import (
    CHAIR,
    FARMERS,
    SCHOOLS,
    VICE,
    CouncilRoom,
    council_source,
    figures,
    open_council,
    sealed_source,
)
from desk_room import PROPOSER, SECRETARY, STRANGER

from localhub import Hub


@pytest.fixture(scope="module")
def open_source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return council_source(tmp_path_factory.mktemp("council") / "open")


@pytest.fixture(scope="module")
def closed_source(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    return sealed_source(tmp_path_factory.mktemp("council") / "sealed")


@pytest.fixture
def council(tmp_path: Path, open_source: Path) -> Iterator[CouncilRoom]:
    with Hub.start(tmp_path / "hub") as hub:
        yield open_council(hub, open_source, tmp_path)


@pytest.fixture
def secret(tmp_path: Path, closed_source: tuple[Path, str, str]) -> Iterator[CouncilRoom]:
    with Hub.start(tmp_path / "hub") as hub:
        yield open_council(hub, closed_source[0], tmp_path, keys=closed_source[1])


def test_an_open_round_from_asking_to_conclusion(council: CouncilRoom) -> None:
    number = council.received()
    council.count()
    said = council.tally_comment(number)
    assert "Hội đồng đang chấm" in said and "Đã có **0** phiếu" in said
    assert said.count("mở phiếu chấm") == 5 and "thanh-vien=1004" in said
    asked = council.ask("mau", "GET", f"/pulls/{number}")["requested_reviewers"]
    assert {user["id"] for user in asked} == {1001, 1002, 1003, 1004, 1005}

    council.vote(CHAIR, number)
    council.vote(VICE, number)
    council.review(FARMERS, number, council.block("khong-tham-gia", {}, ly_do="cùng tổ"))
    council.count()
    assert council.description(number, "council/score") == "Đã có 2 phiếu, cần ít nhất 3"
    assert figures(council.tally_comment(number)) == []

    council.vote(
        SECRETARY,
        number,
        marks={
            **{"tinh-moi": "20"},
            "tinh-phu-hop": "10",
            "tinh-tap-the": "10",
            "thiet-thuc-hieu-qua": "15",
            "tinh-kinh-te": "10",
        },
    )
    council.count()
    said = council.tally_comment(number)
    assert "Đã có kết quả đếm" in said and "23,33" in said and "r_WG(J)" in said
    assert council.statuses(number)["council/score"] == "pending"

    council.comment(CHAIR, number, "/ket-luan công nhận\nCách làm gọn, nhiều hộ làm theo được.")
    assert council.count(number).results == {number: "concluded"}

    ((name, record),) = council.conclusions().items()
    assert name == "hd-mau-2026-1.yml"
    assert (record["outcome"], record["pull"], record["recused"]) == ("cong-nhan", number, ["ghe-4"])
    assert [sheet["seat"] for sheet in record["counted"]] == ["ghe-1", "ghe-2", "ghe-3"]
    assert council.ask("mau", "GET", f"/pulls/{number}")["merged"]
    assert "đã kết luận" in council.labels(number) and "đã tiếp nhận" not in council.labels(number)
    assert "Hội đồng đã kết luận" in council.tally_comment(number)
    before = len(council.hub.calls)
    assert council.count(number).results == {}
    writes = [c for c in council.hub.calls[before:] if c.method != "GET" and "graphql" not in c.path]
    assert writes == []


def test_sealed_ballots_stay_sealed_until_opened(secret: CouncilRoom) -> None:
    number = secret.received()
    secret.count()
    secret.vote(CHAIR, number)
    secret.vote(VICE, number, marks={"tinh-moi": "99"})
    secret.review(FARMERS, number, secret.block())
    secret.review(SCHOOLS, number, "", "APPROVE")
    secret.vote(SECRETARY, number)
    secret.count()
    said = "\n".join(secret.remarks(number))
    assert "Đã có **2** phiếu" in said
    assert "99" not in said.replace("2099", "") and figures(said) == []
    assert "Mã lỗi E411" in said and "Mã lỗi E409" in said
    assert "phiếu để mở" in said and "chưa thành phiếu" in said

    secret.comment(CHAIR, number, "/mo-phieu")
    secret.count()
    assert "council/opening" not in secret.statuses(number)
    assert "chưa đủ phiếu hợp lệ" in "\n".join(secret.remarks(number))

    secret.vote(VICE, number, "bo-sung", nhan_xet="Nên thử thêm một vụ.")
    secret.review(FARMERS, number, secret.block("khong-tham-gia", {}, ly_do="cùng tổ"))
    secret.count()
    assert "Đã đủ phiếu" in secret.tally_comment(number)
    assert figures("\n".join(secret.remarks(number))) == []
    secret.comment(STRANGER, number, "/mo-phieu")
    secret.count()
    assert "council/opening" not in secret.statuses(number)

    secret.comment(SECRETARY, number, "/mở phiếu")
    secret.count()
    assert secret.statuses(number)["council/opening"] == "success"
    assert "25,00" in secret.tally_comment(number)

    secret.next_second()
    late = secret.vote(SCHOOLS, number)
    secret.count()
    assert f"{late}" in secret.tally_comment(number) and "sau khi mở phiếu" in secret.tally_comment(number)
    secret.comment(CHAIR, number, "/ket-luan bo-sung\nGhi thêm chi phí.")
    secret.count()
    ((_, record),) = secret.conclusions().items()
    assert (record["outcome"], record["result"], record["base"]) == ("bo-sung", "cong-nhan", 4)
    assert {"review_id": late, "user_id": 1005, "reason": "sau-mo-phieu"} in record["set_aside"]


def test_an_unchanged_desk_costs_few_calls_and_says_nothing(council: CouncilRoom) -> None:
    numbers = [
        council.received(title=f"Cách ủ phân số {n} cho vườn tiêu", before=f"Trước đây cách {n} khó.") for n in range(4)
    ]
    for number in numbers:
        council.vote(CHAIR, number)
        council.review(PROPOSER, number, "Cảm ơn hội đồng")
    council.count()
    before = len(council.hub.calls)
    council.count()
    calls = council.hub.calls[before:]
    assert [c for c in calls if c.method != "GET" and "graphql" not in c.path] == []
    assert len(calls) <= 3 * len(numbers)
