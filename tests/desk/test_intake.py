"""Intake against a hub that answers as GitHub does."""

import threading

import pytest
from desk_room import PROPOSER, SECRETARY, STRANGER, DeskRoom, form_body, idea_body

from sangkien.domain import idea_code, notation
from sangkien.domain.form import Box

pytest_plugins = ["desk_fixtures"]


def ids(room: DeskRoom, pull: int) -> tuple[str, dict[str, object], list[dict[str, object]]]:
    """Give code, idea and people of an idea's pull request."""
    files = {path: notation.parse(text.encode()).record for path, text in room.files(pull).items()}
    (idea,) = [record for path, record in files.items() if path.startswith("ideas/")]
    return idea["code"], idea, [record for path, record in files.items() if "/people/" in path]


def test_a_clean_form_becomes_a_pull_request_with_a_receipt(room: DeskRoom) -> None:
    number = room.file_issue(idea_body())
    room.hub.reset_calls()

    assert room.intake(number) == {number: "taken"}

    calls = [call for call in room.hub.calls if call.login == "sang-kien[bot]"]
    assert len(calls) <= 12, calls
    (pull,) = room.pulls()
    code, idea, people = ids(room, pull["number"])
    assert idea_code.is_sound(code)
    assert pull["title"].endswith(code)
    assert pull["head"]["ref"] == f"idea/{number}"
    assert f"Closes #{number}" in pull["body"]
    assert idea["unit"] == "xa-gia-kiem-2025"
    assert idea["cost"] == {"amount": 350_000, "note": "350.000 đồng cho một khối"}
    assert idea["round"] == "dot-mau-2026"
    assert idea["source"] == {"door": "bieu-mau"}
    assert sorted(str(p["kind"]) for p in people) == ["ca-nhan", "tap-the"]
    assert {p["display"] for p in people} == {"hidden"}
    assert room.labels(number) >= {"chờ tiếp nhận"}
    (receipt,) = room.remarks(number)
    assert code in receipt
    assert f"#{pull['number']}" in receipt
    commit = room.ask("mau", "GET", f"/commits/{pull['head']['sha']}")
    names = [str(p["name"]) for p in people]
    for text in (receipt, pull["title"], pull["body"], commit["commit"]["message"], pull["head"]["ref"]):
        assert not any(name in text for name in names)


def test_running_again_changes_nothing(room: DeskRoom) -> None:
    number = room.file_issue(idea_body())
    room.intake(number)
    head = room.pulls()[0]["head"]["sha"]

    room.intake(number)
    room.intake()

    assert [p["head"]["sha"] for p in room.pulls()] == [head]
    assert len(room.remarks(number)) == 1


def test_editing_updates_the_same_pull_request(room: DeskRoom) -> None:
    number = room.file_issue(idea_body())
    room.intake(number)
    code, _, people = ids(room, room.pulls()[0]["number"])

    room.ask(PROPOSER, "PATCH", f"/issues/{number}", {"body": idea_body(title="Ủ lá chôm chôm làm phân bón tiêu")})
    room.intake(number)

    (pull,) = room.pulls()
    same_code, idea, same_people = ids(room, pull["number"])
    assert (same_code, idea["title"]) == (code, "Ủ lá chôm chôm làm phân bón tiêu")
    assert [p["id"] for p in same_people] == [p["id"] for p in people]
    assert room.ask("mau", "GET", f"/pulls/{pull['number']}")["commits"] == 1
    assert len(room.remarks(number)) == 1


def test_faults_are_listed_at_once_and_the_list_is_edited_until_empty(room: DeskRoom) -> None:
    bad = idea_body(unit="xã Không Đâu", cost="nhiều", authors="Ai đó", title="Ngắn", before=None)
    number = room.file_issue(bad)

    assert room.intake(number) == {number: "asked-back"}

    (told,) = room.remarks(number)
    for question in ("Đơn vị", "Nơi khác làm theo", "Trước đây làm thế nào"):
        assert question in told
    assert room.pulls() == []
    assert "cần bổ sung" in room.labels(number)

    room.ask(PROPOSER, "PATCH", f"/issues/{number}", {"body": idea_body(unit="xã Không Đâu")})
    room.intake(number)
    (told,) = room.remarks(number)
    assert "Còn 1 chỗ" in told

    room.ask(PROPOSER, "PATCH", f"/issues/{number}", {"body": idea_body()})
    room.intake(number)
    first, receipt = room.remarks(number)
    assert "Đã đủ" in first
    assert "Mã của ý" in receipt
    assert room.labels(number) == {"chờ tiếp nhận"}


def test_nothing_is_made_of_other_issues(room: DeskRoom) -> None:
    number = room.file_issue("Xin hỏi cách gửi ý?\n\n### Tên của ý\n\nChưa nghĩ ra")

    assert room.intake() == {number: "nothing"}
    assert room.remarks(number) == []


def test_armed_forces_are_sent_to_the_counter(room: DeskRoom) -> None:
    number = room.file_issue(idea_body(content="nd4", unit="không rõ"))

    room.intake(number)

    (told,) = room.remarks(number)
    assert "nộp" in told or "Xin mang tới nơi nhận" in told
    assert "Còn 1 chỗ" in told


def test_consent_holds_for_the_one_who_gave_it(room: DeskRoom) -> None:
    consent = "Tôi là người ghi ở dòng đầu mục Tác giả và đồng ý hiện tên mình như đã chọn ở trên."
    authors = "Trần Thị Ví Dụ 50\nLê Văn Thử 50"
    number = room.file_issue(
        idea_body(authors=authors, display="Chữ cái đầu", agreement=[Box(label=consent, checked=True)])
    )

    room.intake(number)

    people = {p["name"]: p for p in ids(room, room.pulls()[0]["number"])[2]}
    assert (people["Trần Thị Ví Dụ"]["display"], people["Lê Văn Thử"]["display"]) == ("initials", "hidden")
    assert people["Lê Văn Thử"]["consents"] == []


def test_a_name_in_the_wrong_place_is_not_repeated(room: DeskRoom) -> None:
    name = "Trần Thị Ví Dụ"
    wrong = dict.fromkeys(("kind", "field", "content", "unit", "cost", "authors"), name)
    number = room.file_issue(idea_body(**{**wrong, "title": f"Cách làm của {name}", "authors": f"{name} 0912345678"}))

    assert room.intake(number) == {number: "asked-back"}

    (told,) = room.remarks(number)
    assert name not in told
    assert "0912" not in told


def test_a_phone_number_is_refused_and_never_repeated(room: DeskRoom) -> None:
    number = room.file_issue(idea_body(after="Gọi cho tôi 0912 345 678 để xem tận nơi, rất tiện cho bà con."))

    room.intake(number)

    (told,) = room.remarks(number)
    assert "345" not in told
    assert room.pulls() == []


@pytest.mark.parametrize("login", [PROPOSER, SECRETARY])
def test_closing_withdraws_and_leaves_a_stub(room: DeskRoom, login: str) -> None:
    number = room.file_issue(idea_body())
    room.intake(number)
    code = room.pulls()[0]["title"][-14:]

    room.ask(login, "PATCH", f"/issues/{number}", {"state": "closed"})
    assert room.intake() == {number: "withdrawn"}
    room.intake()

    assert room.pulls() == []
    folder = idea_code.folder(code)
    room.refresh()
    assert sorted(p.name for p in (room.clone / folder).iterdir()) == ["withdrawn.yml"]
    stub = notation.parse((room.clone / folder / "withdrawn.yml").read_bytes()).record
    assert "chom" in stub["tokens"]
    assert not list((room.clone / "content/register/people").rglob("*Ví Dụ*"))
    assert "đã rút" in room.labels(number)
    assert len(room.remarks(number)) == 1


def test_closing_by_anybody_else_withdraws_nothing(room: DeskRoom) -> None:
    number = room.file_issue(idea_body())
    room.intake(number)
    room.ask("mau", "PATCH", f"/issues/{number}", {"state": "closed"})

    assert room.intake(number) == {number: "told"}

    assert len(room.pulls()) == 1
    assert "vẫn còn" in room.remarks(number)[1]


def test_a_stranger_cannot_withdraw(room: DeskRoom) -> None:
    number = room.file_issue(idea_body())
    room.intake(number)
    code = room.pulls()[0]["title"][-14:]

    asked = room.file_issue(form_body("3-sua-rut-xoa.yml", {"wish": "Rút một ý đã gửi", "code": code}), login=STRANGER)
    assert room.intake(asked) == {asked: "told"}

    assert len(room.pulls()) == 1
    assert "chờ thư ký" in room.labels(asked)


@pytest.mark.parametrize("login", [PROPOSER, SECRETARY])
def test_withdrawing_by_form(room: DeskRoom, login: str) -> None:
    number = room.file_issue(idea_body())
    room.intake(number)
    code = room.pulls()[0]["title"][-14:]

    asked = room.file_issue(form_body("3-sua-rut-xoa.yml", {"wish": "Rút một ý đã gửi", "code": code.lower()}), login)
    assert room.intake(asked) == {asked: "withdrawn"}
    room.intake()

    assert room.pulls() == []
    assert {room.issue(n)["state"] for n in (number, asked)} == {"closed"}
    assert "Đã rút" in room.remarks(asked)[0]


def test_application_and_correction_stand_beside_the_idea(room: DeskRoom) -> None:
    code = "2019-MMVC-NS1B"
    answers = {"code": code, "unit": "xã Gia Kiệm", "since": "1/9/2026", "result": "Làm theo ở ba hộ, đỡ công tưới."}
    applied = room.file_issue(form_body("2-ap-dung.yml", answers))
    corrected = room.file_issue(
        form_body("3-sua-rut-xoa.yml", {"wish": "Đính chính hoặc ghi thêm vào một ý", "code": code, "text": "Đo lại."})
    )
    room.intake()

    found = {
        path: notation.parse(t.encode()).record for p in room.pulls() for path, t in room.files(p["number"]).items()
    }
    folder = idea_code.folder(code)
    assert {path.rsplit("/", 1)[0] for path in found} == {f"{folder}/applications", f"{folder}/corrections"}
    assert {p["head"]["ref"] for p in room.pulls()} == {f"record/{applied}", f"record/{corrected}"}


def test_two_places_that_wait_have_numbers_of_their_own_and_keep_them(room: DeskRoom) -> None:
    answers = {"code": "2019-MMVC-NS1B", "unit": "xã Gia Kiệm", "since": "1/9/2026", "result": "Đỡ công tưới."}
    asked = [room.file_issue(form_body("2-ap-dung.yml", answers)) for _ in range(2)]

    def numbers() -> list[str]:
        return sorted(path.rpartition("/")[2] for p in room.pulls() for path in room.files(p["number"]))

    assert room.intake() == dict.fromkeys(asked, "taken")
    first = numbers()
    assert len(set(first)) == 2
    for number in asked:
        room.intake(number)
    assert numbers() == first


def test_who_wants_to_do_likewise_is_led_to_the_page_and_the_secretary(room: DeskRoom) -> None:
    answers = {"code": "2019 mmvc ns1b", "unit": "xã Gia Kiệm", "question": "Chai loại nào bền?"}
    asked = room.file_issue(form_body("6-muon-lam-theo.yml", answers))
    unknown = room.file_issue(form_body("6-muon-lam-theo.yml", answers | {"code": "2019-7K3Q-F2TY"}))

    assert room.intake() == {asked: "told", unknown: "asked-back"}
    room.intake()

    assert "chờ thư ký" in room.labels(asked)
    (told,) = room.remarks(asked)
    assert "2019-MMVC-NS1B" in told
    assert "Chai loại nào" not in told
    assert room.pulls() == []


def test_an_erasure_names_nobody_and_goes_to_the_secretary(room: DeskRoom) -> None:
    asked = room.file_issue(
        form_body("3-sua-rut-xoa.yml", {"wish": "Xóa tên hoặc đổi cách hiện tên", "code": "2019-MMVC-NS1B"})
    )

    assert room.intake(asked) == {asked: "told"}
    assert "quyền riêng tư" in room.labels(asked)
    assert room.pulls() == []


def test_two_runs_at_once_end_in_one_pull_request_and_one_receipt(room: DeskRoom) -> None:
    number = room.file_issue(idea_body())
    room.refresh()
    failures: list[BaseException] = []

    def take() -> None:
        try:
            room.intake(number, fresh=False)
        except BaseException as error:  # noqa: BLE001  # a thread's failure must reach the test
            failures.append(error)

    threads = [threading.Thread(target=take) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    room.intake(number)

    assert failures == []
    assert len(room.pulls()) == 1
    assert len(room.remarks(number)) == 1
    assert room.branches() == {"main", f"idea/{number}"}


def test_a_withdrawn_idea_may_be_sent_again_under_a_new_code(room: DeskRoom) -> None:
    number = room.file_issue(idea_body())
    room.intake(number)
    first = room.pulls()[0]["title"][-14:]
    room.ask(PROPOSER, "PATCH", f"/issues/{number}", {"state": "closed"})
    room.intake(number)

    room.ask(PROPOSER, "PATCH", f"/issues/{number}", {"state": "open"})
    assert room.intake(number) == {number: "taken"}

    (pull,) = room.pulls()
    assert pull["title"][-14:] != first
    assert pull["title"][-14:] in room.remarks(number)[0]


def test_a_pull_request_closed_by_hand_stays_closed(room: DeskRoom) -> None:
    number = room.file_issue(idea_body())
    room.intake(number)
    room.ask(SECRETARY, "PATCH", f"/pulls/{room.pulls()[0]['number']}", {"state": "closed"})

    assert room.intake(number) == {number: "nothing"}
    assert room.pulls() == []


def test_a_concluded_idea_is_not_sent_twice(room: DeskRoom) -> None:
    number = room.file_issue(idea_body())
    room.intake(number)
    (pull,) = room.pulls()
    room.ask("mau", "PUT", f"/pulls/{pull['number']}/merge", {"merge_method": "squash"})

    room.ask(
        PROPOSER, "PATCH", f"/issues/{number}", {"state": "open", "body": idea_body(title="Một tên khác hẳn trước")}
    )
    assert room.intake(number) == {number: "nothing"}
    assert room.pulls() == []


def test_what_others_write_under_our_marker_is_theirs(room: DeskRoom) -> None:
    number = room.file_issue(idea_body())
    room.ask(STRANGER, "POST", f"/issues/{number}/comments", {"body": "<!-- sangkien:receipt -->\nMã của ý: 1"})

    room.intake(number)

    theirs, ours = room.remarks(number)
    assert theirs.endswith("Mã của ý: 1")
    assert "Đã nhận" in ours


def test_one_form_s_trouble_stops_no_other(room: DeskRoom) -> None:
    numbers = [room.file_issue(idea_body(title=f"Ủ lá chôm chôm lần thứ {n}")) for n in range(3)]
    room.refresh()
    room.hub.faults.add("error-500", method="POST", path="/repos/*/git/trees")

    swept = room.sweep()

    assert list(swept.intake) == numbers[1:]
    assert len(swept.troubles) == 1
    assert len(room.sweep().intake) == 3
    assert [len(room.remarks(number)) for number in numbers] == [1, 1, 1]


def test_a_forge_in_trouble_is_left_alone(room: DeskRoom) -> None:
    for n in range(5):
        room.file_issue(idea_body(title=f"Ủ lá chôm chôm lần thứ {n}"))
    room.hub.faults.add("rate-limit", method="POST", path="/repos/*", times=99)
    room.behind = 3600

    swept = room.sweep()

    assert not swept.intake
    assert len(swept.troubles) == 3
