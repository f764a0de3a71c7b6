"""The council at the desk: asked, heard, counted, opened, concluded; against the double, from outside."""

import re
import sys

from council_room import (
    CHAIR,
    FARMERS,
    SCHOOLS,
    VICE,
    CouncilRoom,
    figures,
)
from desk_room import PROPOSER, SECRETARY, STRANGER, idea_body, run

pytest_plugins = ["council_fixtures"]


def test_an_open_round_from_asking_to_conclusion(council: CouncilRoom) -> None:
    number = council.received()
    council.count()
    said = council.tally_comment(number)
    assert "Hội đồng đang chấm" in said
    assert "Đã có **0** phiếu" in said
    assert said.count("mở phiếu chấm") == 5
    assert "thanh-vien=1004" in said
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
            "tinh-moi": "20",
            "tinh-phu-hop": "10",
            "tinh-tap-the": "10",
            "thiet-thuc-hieu-qua": "15",
            "tinh-kinh-te": "10",
        },
    )
    council.count()
    said = council.tally_comment(number)
    assert "Đã có kết quả đếm" in said
    assert "23,33" in said
    assert "r_WG(J)" in said
    assert council.statuses(number)["council/score"] == "pending"

    council.comment(CHAIR, number, "/ket-luan công nhận\nCách làm gọn, nhiều hộ làm theo được.")
    assert council.count(number).results == {number: "concluded"}

    ((name, record),) = council.conclusions().items()
    assert name.endswith("/hd-mau-2026-1.yml")
    assert (record["outcome"], record["pull"], record["recused"]) == ("cong-nhan", number, ["ghe-4"])
    assert [sheet["seat"] for sheet in record["counted"]] == ["ghe-1", "ghe-2", "ghe-3"]
    assert council.ask("mau", "GET", f"/pulls/{number}")["merged"]
    assert "đã kết luận" in council.labels(number)
    assert "đã tiếp nhận" not in council.labels(number)
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
    assert not re.search(r"\b99\b", said)
    assert figures(said) == []
    assert "Mã lỗi E411" in said
    assert "Mã lỗi E409" in said
    assert "phiếu để mở" in said
    assert "chưa thành phiếu" in said

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
    assert f"{late}" in secret.tally_comment(number)
    assert "sau khi mở phiếu" in secret.tally_comment(number)
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


def test_more_is_asked_for_and_the_answer_is_concluded_as_the_second(council: CouncilRoom) -> None:
    number = council.received()
    for login in (CHAIR, VICE, SECRETARY, FARMERS):
        council.vote(login, number, "bo-sung")
    council.comment(CHAIR, number, "/ket-luan\nXin ghi thêm số đo của một vụ.")
    council.count()
    issue = next(i for i in range(1, number) if "bổ sung ý" in "".join(council.remarks(i)))
    assert council.issue(issue)["state"] == "open"
    assert "cần bổ sung" in council.labels(issue)
    assert "Xin ghi thêm số đo" in "".join(council.remarks(issue))
    assert council.intake(issue) == {issue: "nothing"}

    council.ask(
        PROPOSER,
        "PATCH",
        f"/issues/{issue}",
        {"body": idea_body(after="Đỡ hai ký phân mỗi gốc, đo trong một vụ ở ba vườn.")},
    )
    assert council.intake(issue) == {issue: "taken"}
    again = max(int(pull["number"]) for pull in council.pulls())
    assert again != number
    assert set(council.files(again)) == {f"{next(p for p in council.files(again))}"}
    council.judge(again)
    assert council.statuses(again)["ideas/validate"] == "success"
    council.comment(SECRETARY, again, "/tiep-nhan")
    council.attend(again)
    for login in (CHAIR, VICE, SECRETARY, FARMERS):
        council.vote(login, again)
    council.count()
    assert "Đây là lần xét lại" in council.tally_comment(again)
    council.comment(CHAIR, again, "/ket-luan công nhận")
    council.count()

    records = council.conclusions()
    assert {name.partition("/")[2]: r["outcome"] for name, r in records.items()} == {
        "hd-mau-2026-1.yml": "bo-sung",
        "hd-mau-2026-2.yml": "cong-nhan",
    }


def test_a_sitting_concludes_what_was_on_its_table(council: CouncilRoom) -> None:
    first, second = (
        council.received(title=t, before=f"Trước đây {t}.") for t in ("Ủ phân từ lá", "Tưới nhỏ giọt cho tiêu")
    )
    for number in (first, second):
        for login in (CHAIR, VICE, SECRETARY, FARMERS):
            council.vote(login, number)
    council.count()
    (board,) = [
        i
        for i in council.ask("mau", "GET", "/issues?labels=b%E1%BA%A3ng+h%E1%BB%99i+%C4%91%E1%BB%93ng")
        if "pull_request" not in i
    ]
    assert f"#{first}" in board["body"]
    assert "phien-hop" in board["body"]
    codes = [council.idea(n)["code"] for n in (first, second)]
    lines = ["hoi-dong: hd-mau-2026", "ngay: 23/11/2026", "noi-hop: Phòng họp (mẫu)", "chu-tri: ghe-1", "thu-ky: ghe-3"]
    lines += ["co-mat: ghe-1, ghe-2, ghe-3, ghe-4", "vang: ghe-5 (đi công tác)"]
    block = "\n".join(
        ["```phien-hop", *lines, f"{codes[0]}: công nhận", f"{codes[1]}: bổ sung: xin ghi chi phí", "```"]
    )
    council.comment(FARMERS, board["number"], block)
    council.comment(CHAIR, board["number"], block.replace("co-mat: ghe-1, ghe-2, ghe-3, ghe-4", "co-mat: ghe-1, ghe-3"))
    council.count()
    assert council.conclusions() == {}
    said = "\n".join(council.remarks(board["number"]))
    assert "giữ ghế chủ trì" in said
    assert "cần ít nhất 4" in said

    council.comment(CHAIR, board["number"], block.replace("đi công tác", "gọi 0912 345 678"))
    council.count()
    assert council.conclusions() == {}
    assert "0912" not in "\n".join(council.remarks(board["number"])[-1:])
    council.comment(CHAIR, board["number"], block)
    council.count()

    records = list(council.conclusions().values())
    assert {r["code"]: r["outcome"] for r in records} == dict(zip(codes, ("cong-nhan", "bo-sung"), strict=True))
    (session,) = {r["session"] for r in records}
    assert (council.clone / f"content/register/sessions/{session}.yml").exists()
    answer = council.remarks(board["number"])[-1]
    assert answer.count("đã kết luận") == 2
    assert f"`{session}`" in answer
    assert "/actions/workflows/paper.yml" in answer
    council.count()
    listed = council.ask("mau", "GET", f"/issues/{board['number']}")["body"]
    assert f"(gần đây: `{session}`" in listed
    run(sys.executable, "-m", "sangkien", "validate", cwd=council.clone)
    run(sys.executable, "-m", "sangkien", "verify", "--all", cwd=council.clone)


def test_an_appeal_is_a_second_evaluation_beside_the_first(council: CouncilRoom) -> None:
    number = council.received()
    code = council.idea(number)["code"]
    for login in (CHAIR, VICE, SECRETARY, FARMERS):
        council.vote(login, number, "khong-cong-nhan")
    council.comment(CHAIR, number, "/ket-luan không công nhận\nChưa có số đo.")
    council.count()
    lines = ["version: 1", "sample: true", "id: dn-mau-2026-1", "purpose: xet-lai", "council: hd-mau-2026"]
    lines += ["round: dot-mau-2026", "reason: Nay đã có số đo của hai vụ.", f"code: {code}"]
    units = ["from_unit: thanh-pho-dong-nai-2026", "to_unit: thanh-pho-dong-nai-2026", "sent_on: 2026-11-23"]
    text = "\n".join([*lines, *units, "status: da-gui", ""])
    appeal = council.offer("content/register/nominations/dn-mau-2026-1.yml", text, "xet-lai")
    council.judge(appeal)
    assert council.statuses(appeal) == {"ideas/validate": "success", "council/score": "pending"}
    council.comment(SECRETARY, appeal, "/tiep-nhan")
    council.attend(appeal)
    for login in (CHAIR, VICE, SECRETARY, FARMERS):
        council.vote(login, appeal)
    council.comment(CHAIR, appeal, "/ket-luan công nhận\nSố đo thuyết phục.")
    council.count()

    records = council.conclusions()
    assert [(r["number"], r["outcome"], r["pull"]) for r in records.values()] == [
        (1, "khong-cong-nhan", number),
        (2, "cong-nhan", appeal),
    ]
    run(sys.executable, "-m", "sangkien", "validate", cwd=council.clone)
    run(sys.executable, "-m", "sangkien", "verify", "--all", cwd=council.clone)


def test_a_paper_sheet_is_entered_by_the_secretary_and_confirmed_by_a_second(paper: CouncilRoom) -> None:
    number = paper.received()
    paper.count()
    assert "chấm trên giấy" in paper.tally_comment(number)
    assert "ghe=ghe-5" in paper.tally_comment(number)
    entered = paper.vote(SECRETARY, number, ghe="ghe-5")
    paper.count()
    assert f"xac-nhan: {entered}" in paper.tally_comment(number)
    assert "Đã có **0** phiếu" in paper.tally_comment(number)
    paper.review(SECRETARY, number, f"```phieu-cham\nxac-nhan: {entered}\n```")
    paper.count()
    assert "Đã có **0** phiếu" in paper.tally_comment(number)
    paper.review(VICE, number, f"```phieu-cham\nxac-nhan: {entered}\n```", "APPROVE")
    paper.count()
    assert "Đã có **1** phiếu" in paper.tally_comment(number)
    assert "Chỉ bấm **Approve**" not in "\n".join(paper.remarks(number))


def test_who_lets_wait_is_reminded_once_a_day(council: CouncilRoom) -> None:
    number = council.received()
    council.vote(CHAIR, number)
    council.count()
    for day, reminded in (("2026-11-24", 0), ("2026-11-26", 1), ("2026-11-26", 1), ("2026-11-27", 1)):
        council.today = day
        council.count()
        (board,) = [i["number"] for i in council.ask("mau", "GET", "/issues") if i["title"] == "Bảng việc của hội đồng"]
        said = [body for body in council.remarks(board) if "sangkien:reminder" in body]
        assert len(said) == reminded
        assert all(day in body for body in said)
    assert f"- @{FARMERS}: #{number}" in said[0]
    assert CHAIR not in said[0]
