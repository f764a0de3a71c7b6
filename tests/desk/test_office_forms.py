"""The secretary enters what was signed by form, to be merged; others are turned away kindly."""

import sys
from collections.abc import Mapping

from council_room import CHAIR, FARMERS, VICE, CouncilRoom
from desk_room import PROPOSER, SECRETARY, form_body, run

from sangkien.domain.form import Answer

pytest_plugins = ["council_fixtures"]

DECISION: Mapping[str, Answer] = {
    "kind": "Công nhận",
    "number": "01/QĐ-MTTQ-BTT/MẪU",
    "date": "23/11/2026",
    "title": "Công nhận ý của đợt mẫu",
    "issuer": "thanh pho Dong Nai",
    "body": "Ban Thường trực Ủy ban MTTQ Việt Nam (mẫu)",
    "signer": "Chủ tịch",
    "legal_bases": "15/ĐA-MTTW-BTT\n- thong-tri-32-mttw",
    "council": "Hội đồng xét sáng kiến mẫu năm 2026",
}
COMMENDATION: Mapping[str, Answer] = {
    "award": "Biểu dương",
    "person": "Tập thể: Tổ ủ phân Mẫu",
    "date": "23/11/2026",
    "issuer": "thành phố Đồng Nai",
    "reason": "Chỉ lại cách làm cho nhiều hộ.",
}


def concluded(room: CouncilRoom) -> str:
    number = room.received()
    for login in (CHAIR, VICE, SECRETARY, FARMERS):
        room.vote(login, number)
    room.comment(CHAIR, number, "/ket-luan công nhận\nHay.")
    room.count()
    return str(room.idea(number)["code"])


def decision(**changed: Answer) -> str:
    return form_body("4-quyet-dinh.yml", {**DECISION, **changed})


def test_a_decision_by_form_is_honoured_once_merged(council: CouncilRoom) -> None:
    code = concluded(council)
    number = council.file_issue(decision(codes=f"1. {code.lower()}"), SECRETARY)
    assert council.intake(number) == {number: "taken"}, council.remarks(number)
    assert council.intake(number) == {number: "taken"}
    (pull,) = [p for p in council.pulls() if p["head"]["ref"] == f"record/{number}"]
    assert pull["title"] == "Quyết định qd-2026-01-qd-mttq-btt-mau"
    council.judge(pull["number"])
    assert council.statuses(pull["number"]) == {"ideas/validate": "success", "council/score": "success"}
    council.ask(SECRETARY, "PUT", f"/pulls/{pull['number']}/merge", {"merge_method": "squash"})
    council.refresh()
    run(sys.executable, "-m", "sangkien", "validate", cwd=council.clone)
    run(sys.executable, "-m", "sangkien", "verify", "--all", cwd=council.clone)


def test_only_who_holds_an_office_enters_what_was_signed(council: CouncilRoom) -> None:
    for login in (PROPOSER, FARMERS):
        number = council.file_issue(decision(codes="2018-ZGNS-08CZ"), login)
        council.intake(number)
        assert "dành cho thư ký" in "".join(council.remarks(number))
    assert council.pulls() == []


def test_every_fault_is_told_by_its_question(council: CouncilRoom) -> None:
    code = council.idea(council.received())["code"]
    number = council.file_issue(decision(codes=code, date="mai", legal_bases="Luật nào đó"), SECRETARY)
    assert council.intake(number) == {number: "asked-back"}
    said = "".join(council.remarks(number))
    assert "Ngày ký" in said
    assert "Căn cứ" in said
    council.ask(SECRETARY, "PATCH", f"/issues/{number}", {"body": decision(codes=code)})
    assert council.intake(number) == {number: "asked-back"}

    wrong = council.file_issue(decision(issuer="xã Gia Kiệm", codes=concluded(council)), CHAIR)
    assert council.intake(wrong) == {wrong: "asked-back"}
    assert "không phải nơi của" in "".join(council.remarks(wrong))


def test_a_commendation_of_somebody_new(council: CouncilRoom) -> None:
    number = council.file_issue(form_body("5-bieu-duong.yml", COMMENDATION), SECRETARY)
    assert council.intake(number) == {number: "taken"}
    (pull,) = council.pulls()
    files = council.files(pull["number"])
    (person,) = (text for path, text in files.items() if "/people/" in path)
    assert "display: hidden" in person
    assert "kind: tap-the" in person
    assert "Tổ ủ phân" not in pull["title"] + pull["body"] + "".join(council.remarks(number))
    council.judge(pull["number"])
    assert council.statuses(pull["number"])["ideas/validate"] == "success"

    rank = {**COMMENDATION, "award": "Giấy khen", "person": "p-9fzaffmj"}
    other = council.file_issue(form_body("5-bieu-duong.yml", rank), SECRETARY)
    assert council.intake(other) == {other: "asked-back"}
    assert "không thuộc cấp" in "".join(council.remarks(other))
