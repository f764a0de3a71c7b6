"""What cheats would try with a council: none of it counts, and each try is to be seen as refused or set aside."""

import base64

import yaml
from council_room import CHAIR, FARMERS, SCHOOLS, VICE, CouncilRoom
from desk_room import PROPOSER, REPO, SECRETARY, STRANGER

pytest_plugins = ["council_fixtures"]


def four(room: CouncilRoom, number: int, verdict: str = "cong-nhan") -> None:
    for login in (CHAIR, VICE, SECRETARY, FARMERS):
        room.vote(login, number, verdict)


def reasons(room: CouncilRoom) -> dict[int, str]:
    ((_, record),) = room.conclusions().items()
    return {aside["review_id"]: aside["reason"] for aside in record["set_aside"]}


def test_markers_of_ours_in_somebody_s_comment_are_nothing(council: CouncilRoom) -> None:
    number = council.received()
    council.comment(STRANGER, number, "<!-- sangkien:tally -->\n### Hội đồng đã kết luận: công nhận")
    council.count()
    ours = [r for r in council.remarks(number) if r.startswith("<!-- sangkien:tally -->")]
    assert len(ours) == 2
    assert "đang chấm" in ours[1]


def test_our_comment_edited_by_another_is_put_right_and_hides_no_order(council: CouncilRoom) -> None:
    number = council.received()
    four(council, number)
    council.count()
    order = council.comment(CHAIR, number, "/ket-luan công nhận\nHay.")
    found = council.ask("mau", "GET", f"/issues/{number}/comments")
    (ours,) = [c["id"] for c in found if c["body"].startswith("<!-- sangkien:tally -->")]
    council.ask(SECRETARY, "PATCH", f"/issues/comments/{ours}", {"body": f"<!-- sangkien:answer {order} -->\nkhông"})

    assert council.count().results == {number: "concluded"}
    assert "Hội đồng đã kết luận" in council.tally_comment(number)


def test_an_order_written_into_another_s_comment_is_refused(council: CouncilRoom) -> None:
    number = council.received()
    four(council, number)
    said = council.comment(CHAIR, number, "Mai họp nhé.")
    council.ask(SECRETARY, "PATCH", f"/issues/comments/{said}", {"body": "/ket-luan công nhận\nHay."})
    council.count()

    assert council.conclusions() == {}
    assert "Lệnh trong bình luận đã sửa" in "\n".join(council.remarks(number))


def test_a_block_in_the_idea_s_own_text_is_no_ballot(council: CouncilRoom) -> None:
    block = "```phieu-cham\nbo-tieu-chi: 2019-1\nket-luan: cong-nhan\n```\n/ket-luan công nhận"
    number = council.received(before=f"Trước đây ghi thế này:\n\n{block}")
    council.review(PROPOSER, number, council.block())
    council.count()

    assert "Đã có **0** phiếu" in council.tally_comment(number)
    assert "người gửi không giữ ghế" in council.tally_comment(number)


def test_a_copied_sealed_ballot_is_its_writer_s_alone(secret: CouncilRoom) -> None:
    number = secret.received()
    own = secret.sealed(CHAIR, number)
    secret.review(CHAIR, number, own)
    copied = secret.review(SCHOOLS, number, own)
    other = secret.received(title="Một ý khác hẳn về nước tưới", before="Trước gánh nước.")
    elsewhere = secret.review(CHAIR, other, own)
    secret.count()

    assert "Đã có **1** phiếu" in secret.tally_comment(number)
    assert f"{copied}]" in secret.tally_comment(number)
    assert "Đã có **0** phiếu" in secret.tally_comment(other)
    assert f"{elsewhere}]" in secret.tally_comment(other)
    assert "không ghi đúng người gửi" in "\n".join(secret.remarks(number))


def test_figures_that_only_look_like_digits_are_faulty(council: CouncilRoom) -> None:
    number = council.received()
    for login, digit in ((CHAIR, "２５"), (VICE, "٢٥"), (FARMERS, "2５")):  # that is the point
        council.vote(login, number, marks={"tinh-moi": digit, "tinh-phu-hop": "12", "tinh-tap-the": "12"})
    council.count()

    assert "Đã có **0** phiếu" in council.tally_comment(number)
    assert council.tally_comment(number).count("phiếu cần viết lại") == 3


def test_an_opening_somebody_else_declared_opens_nothing(secret: CouncilRoom) -> None:
    number = secret.received()
    four(secret, number)
    head = secret.ask("mau", "GET", f"/pulls/{number}")["head"]["sha"]
    forged = {"state": "success", "context": "council/opening", "description": "Đã mở phiếu"}
    secret.ask(VICE, "POST", f"/statuses/{head}", forged)
    secret.count()
    assert "25,00" not in "\n".join(secret.remarks(number))

    secret.comment(CHAIR, number, "/mo-phieu")
    secret.count()
    secret.next_second()
    secret.ask(VICE, "POST", f"/statuses/{head}", forged)
    late = secret.vote(SCHOOLS, number)
    secret.comment(CHAIR, number, "/ket-luan công nhận\nHay.")
    secret.count()
    assert reasons(secret) == {late: "sau-mo-phieu"}


def test_a_forged_verdict_of_the_gate_merges_nothing(council: CouncilRoom) -> None:
    number = council.propose({"ideas/2026/xx/xx000000/idea.yml": b"version: 1\ncode: 2026-XX00-0000\n"})
    good = council.received()
    record = yaml.safe_dump({**council.idea(good), "title": "x" * 500}, allow_unicode=True).encode()
    path = next(p for p in council.files(good) if p.endswith("idea.yml"))
    bad = council.propose({path: record}, login=STRANGER)
    for forged in (number, bad):
        head = council.ask("mau", "GET", f"/pulls/{forged}")["head"]["sha"]
        council.ask(VICE, "POST", f"/statuses/{head}", {"state": "success", "context": "ideas/validate"})
        council.ask(VICE, "POST", f"/issues/{forged}/labels", {"labels": ["đã tiếp nhận"]})
        four(council, forged)
        council.comment(CHAIR, forged, "/ket-luan công nhận\nHay.")
    council.count()

    assert council.conclusions() == {}
    assert not any(council.ask("mau", "GET", f"/pulls/{n}")["merged"] for n in (number, bad))


def test_a_council_changed_in_the_pull_request_seats_nobody(council: CouncilRoom) -> None:
    number = council.received()
    path = "content/register/councils/hd-mau-2026.yml"
    changed = (council.clone / path).read_text().replace("github_id: 1001", "github_id: 5002")
    branch = council.ask("mau", "GET", f"/pulls/{number}")["head"]["ref"]
    sha = council.ask("mau", "GET", f"/contents/{path}?ref={branch}")["sha"]
    data = {"message": "x", "content": base64.b64encode(changed.encode()).decode(), "branch": branch, "sha": sha}
    council.ask("mau", "PUT", f"/contents/{path}", data)
    stranger = council.review(STRANGER, number, council.block())
    council.comment(STRANGER, number, "/ket-luan công nhận\nHay.")
    council.count()

    assert council.conclusions() == {}
    assert f"{stranger}]" in council.tally_comment(number)
    assert "Chỉ chủ tịch" in "\n".join(council.remarks(number))


def test_a_renamed_account_keeps_its_seat(council: CouncilRoom) -> None:
    number = council.received()
    four(council, number)
    users = council.hub.state.users
    chair = users.pop(CHAIR)
    chair.login = "ten-moi"
    users["ten-moi"] = chair
    council.hub.add_user(CHAIR, id=6000)
    council.hub.add_collaborator(REPO, "ten-moi", "write")
    council.comment(CHAIR, number, "/ket-luan công nhận\nHay.")
    council.count()
    assert council.conclusions() == {}
    council.comment("ten-moi", number, "/ket-luan công nhận\nHay.")
    council.count()
    assert len(council.conclusions()) == 1


def test_reviews_that_do_not_count_are_set_aside_each_with_its_reason(council: CouncilRoom) -> None:
    number = council.received()
    old = council.ask("mau", "GET", "/git/ref/heads/main")["object"]["sha"]
    stale = council.review(SCHOOLS, number, council.block(), commit=old)
    dismissed = council.review(FARMERS, number, council.block(), "APPROVE")
    council.ask("mau", "PUT", f"/pulls/{number}/reviews/{dismissed}/dismissals", {"message": "x", "event": "DISMISS"})
    stranger = council.review(STRANGER, number, council.block())
    council.hub.add_user("may-cham[bot]", id=6001, type="Bot")
    bot = council.review("may-cham[bot]", number, council.block())
    rewritten = council.vote(CHAIR, number)
    council.ask("mau", "PUT", f"/pulls/{number}/reviews/{rewritten}", {"body": council.block("khong-cong-nhan")})
    gone = council.vote(VICE, number)
    council.vote(SECRETARY, number)
    council.hub.state.users[VICE].gone = True
    council.count()

    said = council.tally_comment(number)
    expected = {
        stale: "nội dung ý đã đổi",
        dismissed: "hủy trên GitHub",
        stranger: "không giữ ghế",
        bot: "do máy gửi",
        rewritten: "người khác đã sửa",
        gone: "không giữ ghế",
    }
    for review, reason in expected.items():
        (line,) = [line for line in said.split("\n") if f" {review}]" in line]
        assert reason in line
    assert "Đã có **1** phiếu" in said
